"""Addresses of code repositories."""

from __future__ import annotations

import re

CODE_HOSTS = frozenset(
    {"github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht", "gitee.com"}
)
"""Sites on which the first two parts of a path are owner and name of a repository."""

_PREFIXES = tuple(f"{host}/" for host in sorted(CODE_HOSTS))


def names_repository(text: str) -> bool:
    """Return whether a text has the address of a code repository.

    Args:
        text: such as a summary in Markdown.
    """
    # A pattern of all sites takes ten times as long.
    found = [prefix for prefix in _PREFIXES if prefix in text]
    return any(
        re.search(rf"(?<![\w.-])(?:www\.)?{re.escape(prefix)}[\w.~-]+/[\w.-]", text)
        for prefix in found
    )
