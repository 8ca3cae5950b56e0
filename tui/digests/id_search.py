"""Search files for what looks like the id of a paper, before anything else is done with them.

Most files of a repository name no paper. Each pattern starts with a literal character, which makes
it ten times faster than one that starts with a digit.
"""

from __future__ import annotations

import re
from functools import cache

_PATTERNS = (
    r"\.(?<=\d\d\d\d\.)\d\d\d\d",  # 2504.08101
    r"/\d{7}",  # hep-th/9901001
)
_EXACT_DIALECTS = (b"aily", b"AILY", b'"upvotes"', b'"paper_url"')
"""One of them is in every file that a dialect may claim, and report, although it has no papers."""


def names_paper(text: str) -> bool:
    """Return whether a text contains what looks like the id of a paper; fast, and often wrong."""
    return any(pattern.search(text) for pattern in _compiled())


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _PATTERNS))


def may_be_digest(data: bytes) -> bool:
    """Return whether a file may have papers, or problems that a dialect would report.

    Args:
        data: the whole file. It is searched as it is, so that the answer for an encoding like
            UTF-16 is always yes.
    """
    if any(re.search(pattern.encode(), data) for pattern in _PATTERNS):
        return True
    is_wide = b"\0" in data[:1024]
    has_fields = data[:100].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"---")
    return is_wide or has_fields or any(marker in data for marker in _EXACT_DIALECTS)
