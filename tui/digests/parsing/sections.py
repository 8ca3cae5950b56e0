"""The parts of a summary: which headings or labels divide it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from tui.digests.parsing.markdown_lines import Fences, LineKind, plain_text, scan_lines, truncate

_LONGEST_LABEL = 200
_NUMBERED = re.compile(r"[*_]{0,3}\d+(?:\.\d+)*[.)]\s")
_BOLD_LABEL = re.compile(
    r"[ ]?(?P<bullet>(?:[-*+]|\d{1,2}[.)])[ \t]+)?"
    r"(?:\*{2,3}(?P<starred>[^*\n]{1,200})\*{2,3}|_{2,3}(?P<underlined>[^_\n]{1,200})_{2,3})"
    r"[ \t]*(?P<colon>[:：])?[ \t]*(?P<more>[^\n]?)"
)
_USUAL_LABEL = re.compile(
    r"[ ]?(?:[-*+][ \t]+)?[*_]{0,3}"
    r"(?P<label>what['’‘]?s new|technical details|performance highlights)[*_]{0,3}[ \t]*[:：]",
    re.IGNORECASE,
)
# What the writers of daily_papers_ko divide a summary into.
_USUAL = {
    label.casefold().replace("'", ""): label
    for label in ("What's New", "Technical Details", "Performance Highlights")
}
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘"))


@dataclass(frozen=True, slots=True)
class SummaryOutline:
    """What a summary's headings and labels tell.

    Attributes:
        title: the words of its level-1 heading, as written, or None.
        sections: the labels of its parts, in order.
    """

    title: str | None
    sections: tuple[str, ...]


def summary_outline(summary: str) -> SummaryOutline:
    """Return the title and the sections of a summary.

    Its headings below the title are the sections; without any, the lines that are bold or begin
    with a bold label and a colon; without those, the top-level bullets that do; and at last what
    begins with one of the usual labels. Nothing within a code fence counts.
    """
    title: str | None = None
    headings = []
    unfenced, unfenced_from = [], 0
    fences = Fences()
    for mark in scan_lines(summary):
        if mark.kind is LineKind.FENCE:
            was_open = fences.is_open
            fences.step(mark)
            if fences.is_open and not was_open:
                unfenced.append(summary[unfenced_from : mark.start])
            unfenced_from = mark.end
        elif mark.kind is LineKind.HEADING and not fences.is_open:
            if mark.level == 1 and title is None and not is_numbered(mark.text):
                title = mark.text
            else:
                headings.append(_clean_label(mark.text.replace("**", "")))
    if not fences.is_open:
        unfenced.append(summary[unfenced_from:])
    sections = list(filter(None, headings)) or _labels("\n".join(unfenced))
    return SummaryOutline(title, tuple(sections))


def is_numbered(words: str) -> bool:
    """Whether a heading is one of a summary's parts by its number: ``1. Motivation``."""
    return _NUMBERED.match(words) is not None


def _labels(text: str) -> list[str]:
    """Return the labels that divide a text without headings."""
    found: list[tuple[_LabelRank, str]] = []
    for line in text.split("\n"):
        if match := _BOLD_LABEL.match(line):
            label = match["starred"] or match["underlined"]
            if match["colon"] or label.rstrip().endswith((":", "：")) or not match["more"]:
                place = _LabelRank.BULLET if match["bullet"] else _LabelRank.LINE
                found.append((place, _clean_label(label)))
        elif match := _USUAL_LABEL.match(line):
            found.append((_LabelRank.ANY, _clean_label(match["label"])))
    # Bold bullets below bold lines are details, but the usual labels never are.
    best = min((place for place, _ in found), default=_LabelRank.ANY)
    usual = _USUAL.values()
    return [label for place, label in found if label and (place is best or label in usual)]


def _clean_label(words: str) -> str:
    label = plain_text(words.rstrip(" :：\t"))
    if label in _USUAL.values():
        return label
    known = _USUAL.get(label.casefold().translate(_APOSTROPHES))
    return known or truncate(label, _LONGEST_LABEL)


class _LabelRank(IntEnum):
    """Where a label stands; the first place that a summary uses is the one that divides it."""

    LINE = 1
    BULLET = 2
    ANY = 3
