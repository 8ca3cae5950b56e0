"""Headings that are a paper's title and its link: ``### [Title](https://arxiv.org/abs/…)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.parsing.markdown_lines import (
    lines_below,
    link_label,
    link_targets,
    url_of_link_line,
)
from tui.digests.parsing.summary_fence import is_summary_label
from tui.digests.parsing.votes_and_authors import parse_labelled_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.parsing.markdown_lines import MarkdownLine

_DEEPEST = 4
_ADDRESS = re.compile(r"<?https?://\S+")


@dataclass(frozen=True, slots=True)
class LinkedHeading:
    """A heading that begins a paper.

    Attributes:
        title: as written, Markdown and all.
        arxiv_id: canonical; None if its link is not one to arXiv.
        end: offset behind all that belongs to the heading.
    """

    title: str
    arxiv_id: str | None
    end: int


def linked_heading(text: str, heading: MarkdownLine) -> LinkedHeading | None:
    """Return the paper that begins at a heading, or None if none does.

    Besides the usual form it knows a title wrapped over several lines, an address that is no
    link, and a link on a line of its own below. A level-3 heading with another link, or with votes
    or authors below it, is a paper, too, but one without an id.
    """
    if heading.level > _DEEPEST:
        return None
    words, end = _unwrapped(text, heading)
    if "]" in words and (found := _arxiv_link(words)):
        is_others = split_leading_id(found[0]) and _is_other_dialects(text, end)
        return None if is_others else LinkedHeading(*found, end)
    if "://" in words and (bare := _ADDRESS.search(words)) and (arxiv_id := id_in_url(bare[0])):
        title = words[: bare.start()].rstrip(" :-–—(").removeprefix("[").removesuffix("]")
        return LinkedHeading(title, arxiv_id, end)
    return _linked_below(text, heading.level, words, end)


def _linked_below(text: str, level: int, words: str, end: int) -> LinkedHeading | None:
    """Return the paper that begins at a heading whose words hold no link to arXiv."""
    if level not in {2, 3} or split_leading_id(words):
        return None
    below = list(_until_heading(text, end))
    if not below or _is_other_dialects(text, end):
        return None
    first_line, first_end = below[0]
    address = url_of_link_line(first_line)
    if address and (arxiv_id := id_in_url(address)):
        return LinkedHeading(words, arxiv_id, first_end)
    has_link = next(link_targets(words), None) is not None
    begins = level == 3 and (has_link or any(parse_labelled_line(line) for line, _ in below))
    return LinkedHeading(words, None, end) if begins else None


def _is_other_dialects(text: str, end: int) -> bool:
    """Whether a heading is followed by the label that `daily_papers` puts there."""
    return any(is_summary_label(line) for line, _ in _until_heading(text, end))


def _until_heading(text: str, start: int) -> Iterator[tuple[str, int]]:
    return takewhile(lambda below: not below[0].startswith("#"), lines_below(text, start))


def _arxiv_link(words: str) -> tuple[str, str] | None:
    """Return the label of the heading's first link to arXiv, and the paper's id."""
    for label_end, address in link_targets(words):
        if arxiv_id := id_in_url(address):
            return link_label(words, label_end), arxiv_id
    return None


def _unwrapped(text: str, heading: MarkdownLine) -> tuple[str, int]:
    """Return the heading's words and where they end; a title may go on on the next lines."""
    if not heading.text.startswith("[") or "://" in heading.text:
        return heading.text, heading.end
    words = heading.text
    for line, end in lines_below(text, heading.end):
        if line.startswith(("#", "!", "- ")) or parse_labelled_line(line):
            break
        words = f"{words} {line}"
        if "](" in line:
            return words, end
    return heading.text, heading.end
