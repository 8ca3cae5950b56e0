"""Headings that are a paper's id, with its link below: ``## 2505.15277`` and ``🔗 https://…``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.parsing.markdown_lines import lines_below, url_of_link_line
from tui.digests.parsing.summary_fence import is_summary_label

if TYPE_CHECKING:
    from tui.digests.parsing.markdown_lines import MarkdownLine

_DEEPEST = 4
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]\s+")
_LINK_SIGN = "🔗"


@dataclass(frozen=True, slots=True)
class IdHeading:
    """A heading that begins a paper.

    Attributes:
        arxiv_id: canonical; None if its link is not one to arXiv.
        linked_id: the id its link tells; None if there is no such link.
        title: what the heading says besides the id; mostly empty.
        end: offset behind the heading and its link.
    """

    arxiv_id: str | None
    linked_id: str | None
    title: str
    end: int


def id_heading(text: str, heading: MarkdownLine) -> IdHeading | None:
    """Return the paper that begins at a heading, or None if none does.

    An id alone begins none: its link, or at least the label of a summary, must stand within the
    next few lines. A title with both below it begins one, too.
    """
    if heading.level > _DEEPEST:
        return None
    words = _LIST_NUMBER.sub("", heading.text, count=1)
    told = split_leading_id(words)
    if told is None:
        return _titled_heading(text, heading)
    arxiv_id, rest = told
    below = _LinesBelow(text, heading.end)
    if linked_id := id_in_url(rest) or below.linked_id:
        return IdHeading(arxiv_id, linked_id, _title(rest), below.end)
    if below.has_link:
        return IdHeading(None, None, "", below.end)
    return IdHeading(arxiv_id, None, _title(rest), below.end) if below.has_label else None


def _titled_heading(text: str, heading: MarkdownLine) -> IdHeading | None:
    if not text.startswith(("\n" + _LINK_SIGN, "\n\n" + _LINK_SIGN), heading.end):
        return None
    below = _LinesBelow(text, heading.end)
    begins = below.linked_id and below.has_label
    return IdHeading(below.linked_id, below.linked_id, heading.text, below.end) if begins else None


def _title(rest: str) -> str:
    """Return the title that follows an id in a heading; a link's brackets and signs are none."""
    rest = re.sub(r"^\]?\([^)\s]*\)|^\]", "", rest)
    return rest.strip(" \t:：-–—|*_")


class _LinesBelow:
    """The link and the label in the lines below a heading."""

    def __init__(self, text: str, start: int) -> None:
        self.linked_id: str | None = None
        self.has_link = False
        self.has_label = False
        self.end = start
        for line, end in lines_below(text, start):
            if is_summary_label(line):
                self.has_label = True
                break
            if line.startswith(("#", "```", "~~~")):
                break
            if line.startswith(_LINK_SIGN) or url_of_link_line(line):
                self.has_link = True
                self.linked_id = self.linked_id or id_in_url(line)
                self.end = end
