"""Titles: freed of what language models put around them, and short enough for a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.digests.parsing.markdown_lines import cap, plain
from tui.i18n import N_

if TYPE_CHECKING:
    from tui.digests.parsing.report import ReportProblem

LONGEST_TITLE = 500

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


def title_of_summary(words: str) -> str | None:
    """Return the title that a summary's level-1 heading tells, or None if it tells none.

    A prefix (``논문 요약:``, ``Title:``) goes, and quotes or stars that enclose all of the rest.
    """
    # The loop is short for any title, and must be for a hostile one.
    title = plain(words[: 4 * LONGEST_TITLE])
    while match := _PREFIX.match(title):
        title = plain(title[match.end() :])
    return _unquote(title) or None


def _unquote(title: str) -> str:
    for opening, closing in _QUOTES:
        if len(title) > 1 and title[0] in opening and title[-1] in closing:
            inner = title[1:-1]
            # `"A" and "B"` begins and ends with a quote, too.
            others = set(_APOSTROPHE.sub("", inner)) & {*opening, *closing}
            return title if others else plain(inner)
    return title


def capped_title(title: str | None, line: int, report: ReportProblem) -> str | None:
    """Return a title that fits a table, or None for an empty one; report what was cut."""
    if title and len(title) > LONGEST_TITLE:
        report(line, N_("the title has {number} characters: it is cut"), number=len(title))
        return cap(title, LONGEST_TITLE)
    return title or None
