"""Titles: without the decoration that language models add, and short enough for a table."""

from __future__ import annotations

import re

from tui.digests.parsing.markdown_lines import plain_text, truncate
from tui.digests.registry import ReportProblem
from tui.i18n import N_

MAX_TITLE_CHARS = 500

_SYMBOL = r"[^\w\s(\[{<\"'“”‘’„「『《〈«`$\\]"
_PREFIX = re.compile(
    rf"(?:{_SYMBOL}{{1,8}}\s*)?"  # an emoji, or the stars of a bold prefix
    r"(?:[\[【]\s*)?"
    r"(?:(?:논문\s*)?(?:요약|제목)|(?:paper\s+)?(?:summary|title))"
    r"\s*[*_]{0,3}\s*(?:[\]】]\s*[:：]?|[:：]|\s[-–—](?=\s|$)|[-–—]\s|$)\s*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_QUOTES = [(quotes, quotes) for quotes in ('"“”„‟', "'‘’‚‛", "`")] + [
    (pair[0], pair[1]) for pair in ("「」", "『』", "《》", "〈〉", "«»")
]
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def clean_summary_title(heading: str) -> str | None:
    """Return the title in a summary's level-1 heading, or None if it has no title.

    Removes prefixes (``논문 요약:``, ``Title:``), and quotes or stars around the whole title.
    """
    # Bounds the time of the loop for hostile titles.
    title = plain_text(heading[: 4 * MAX_TITLE_CHARS])
    while match := _PREFIX.match(title):
        title = plain_text(title[match.end() :])
    return _unquote(title) or None


def _unquote(title: str) -> str:
    for opening, closing in _QUOTES:
        if len(title) > 1 and title[0] in opening and title[-1] in closing:
            inner = title[1:-1]
            # `"A" and "B"` starts and ends with a quote, too.
            inner_quotes = set(_APOSTROPHE.sub("", inner)) & {*opening, *closing}
            return title if inner_quotes else plain_text(inner)
    return title


def limit_title(title: str | None, line: int, report: ReportProblem) -> str | None:
    """Return a title that fits a table, or None for an empty one; report a title that is cut."""
    if title and len(title) > MAX_TITLE_CHARS:
        report(line, N_("the title has {number} characters; shortened"), number=len(title))
        return truncate(title, MAX_TITLE_CHARS)
    return title or None
