"""The outline of a summary: its title, and its sections from headings or labels."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import Fences, LineKind, plain_text, scan_lines, truncate

_MAX_HEADING_CHARS = 2000
_MAX_LABEL_CHARS = 200

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
_INNER_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_NUMBERED = re.compile(r"[*_]{0,3}\d+(?:\.\d+)*[.)]\s")
_BOLD_LABEL = re.compile(
    r"[ ]?(?P<bullet>(?:[-*+]|\d{1,2}[.)])[ \t]+)?"
    r"(?:\*{2,3}(?P<starred>[^*\n]{1,200})\*{2,3}|_{2,3}(?P<underlined>[^_\n]{1,200})_{2,3})"
    r"[ \t]*(?P<colon>[:：])?[ \t]*(?P<rest>[^\n]?)"
)
_STANDARD_LABEL = re.compile(
    r"[ ]?(?:[-*+][ \t]+)?[*_]{0,3}"
    r"(?P<label>what['’‘]?s new|technical details|performance highlights)[*_]{0,3}[ \t]*[:：]",
    re.IGNORECASE,
)
# The sections that the summaries of daily_papers_ko have.
_STANDARD_LABELS = {
    label.casefold().replace("'", ""): label
    for label in ("What's New", "Technical Details", "Performance Highlights")
}
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘"))


class SummaryOutline(NamedTuple):
    """The title and sections of a summary.

    Attributes:
        title: the text of its level-1 heading, as written, or None.
        sections: the labels of its sections, in order.
    """

    title: str | None
    sections: tuple[str, ...]


def summary_outline(summary: str) -> SummaryOutline:
    """Return the title and the sections of a summary.

    The sections are the headings below the title. Without headings they are the lines that are bold
    or start with a bold label and a colon; without those, the top-level bullets that do; and
    finally the lines that start with a standard label. Code blocks are ignored.
    """
    title: str | None = None
    headings = []
    unfenced, unfenced_start = [], 0
    fences = Fences()
    for line in scan_lines(summary):
        if line.kind is LineKind.FENCE:
            was_open = fences.is_open
            fences.feed(line)
            if fences.is_open and not was_open:
                unfenced.append(summary[unfenced_start : line.start])
            unfenced_start = line.end
        elif line.kind is LineKind.HEADING and not fences.is_open:
            if line.level == 1 and title is None and not is_numbered(line.text):
                title = line.text
            else:
                headings.append(_clean_label(line.text.replace("**", "")))
    if not fences.is_open:
        unfenced.append(summary[unfenced_start:])
    sections = list(filter(None, headings)) or _find_labels("\n".join(unfenced))
    return SummaryOutline(title, tuple(sections))


def is_numbered(heading: str) -> bool:
    """Return whether a heading starts with the number of a section: ``1. Motivation``."""
    return _NUMBERED.match(heading) is not None


class _LabelRank(IntEnum):
    """The position of a label. Only labels of the best rank in a summary are sections."""

    LINE = 1
    BULLET = 2
    ANYWHERE = 3


def _find_labels(text: str) -> list[str]:
    """Return the labels that divide a text without headings."""
    found: list[tuple[_LabelRank, str]] = []
    for line in text.split("\n"):
        has_bold = "**" in line or "__" in line
        if has_bold and (match := _BOLD_LABEL.match(line)):
            label = match["starred"] or match["underlined"]
            if match["colon"] or label.rstrip().endswith((":", "：")) or not match["rest"]:
                rank = _LabelRank.BULLET if match["bullet"] else _LabelRank.LINE
                found.append((rank, _clean_label(label)))
        elif match := _STANDARD_LABEL.match(line):
            found.append((_LabelRank.ANYWHERE, _clean_label(match["label"])))
    # Bold bullets below bold lines are details, but standard labels are always sections.
    best = min((rank for rank, _ in found), default=_LabelRank.ANYWHERE)
    standard = _STANDARD_LABELS.values()
    return [label for rank, label in found if label and (rank is best or label in standard)]


@lru_cache(maxsize=256)
def _clean_label(text: str) -> str:
    label = plain_text(text.rstrip(" :：\t"))
    if label in _STANDARD_LABELS.values():
        return label
    standard = _STANDARD_LABELS.get(label.casefold().translate(_APOSTROPHES))
    return standard or truncate(label, _MAX_LABEL_CHARS)


def clean_summary_title(heading: str) -> str:
    """Return the title in a summary's level-1 heading; empty if it has none.

    Removes prefixes (``논문 요약:``, ``Title:``), and quotes or stars around the whole title.
    """
    # Bounds the time of the loop for hostile titles.
    title = plain_text(heading[:_MAX_HEADING_CHARS])
    while match := _PREFIX.match(title):
        title = plain_text(title[match.end() :])
    return _unquote(title)


def _unquote(title: str) -> str:
    for opening, closing in _QUOTES:
        if len(title) > 1 and title[0] in opening and title[-1] in closing:
            inner = title[1:-1]
            # `"A" and "B"` starts and ends with a quote, too.
            inner_quotes = set(_INNER_APOSTROPHE.sub("", inner)) & {*opening, *closing}
            return title if inner_quotes else plain_text(inner)
    return title
