"""Titles: freed of what language models put around them, and short enough for a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.digests.parsing.markdown_lines import plain_text, truncate
from tui.i18n import N_

if TYPE_CHECKING:
    from tui.digests.parsing.report import ReportProblem

MAX_TITLE_CHARS = 500

_SIGN = r"[^\w\s(\[{<\"'“”‘’„「『《〈«`$\\]"
_PREFIX = re.compile(
    rf"(?:{_SIGN}{{1,8}}\s*)?"  # an emoji, or the stars of a bold prefix
    r"(?:[\[【]\s*)?"
    r"(?:(?:논문\s*)?(?:요약|제목)|(?:paper\s+)?(?:summary|title))"
    r"\s*[*_]{0,3}\s*(?:[\]】]\s*[:：]?|[:：]|\s[-–—](?=\s|$)|[-–—]\s|$)\s*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_QUOTES = [(quotes, quotes) for quotes in ('"“”„‟', "'‘’‚‛", "`")] + [
    (pair[0], pair[1]) for pair in ("「」", "『』", "《》", "〈〉", "«»")
]
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def clean_summary_title(words: str) -> str | None:
    """Return the title that a summary's level-1 heading tells, or None if it tells none.

    A prefix (``논문 요약:``, ``Title:``) goes, and quotes or stars that enclose all of the rest.
    """
    # The loop is short for any title, and must be for a hostile one.
    title = plain_text(words[: 4 * MAX_TITLE_CHARS])
    while match := _PREFIX.match(title):
        title = plain_text(title[match.end() :])
    return _unquote(title) or None


def _unquote(title: str) -> str:
    for opening, closing in _QUOTES:
        if len(title) > 1 and title[0] in opening and title[-1] in closing:
            inner = title[1:-1]
            # `"A" and "B"` begins and ends with a quote, too.
            others = set(_APOSTROPHE.sub("", inner)) & {*opening, *closing}
            return title if others else plain_text(inner)
    return title


def limit_title(title: str | None, line: int, report: ReportProblem) -> str | None:
    """Return a title that fits a table, or None for an empty one; report what was cut."""
    if title and len(title) > MAX_TITLE_CHARS:
        report(line, N_("the title has {number} characters: it is cut"), number=len(title))
        return truncate(title, MAX_TITLE_CHARS)
    return title or None
