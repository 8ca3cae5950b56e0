"""Find papers in a page that is nothing but a list of links or ids, as people paste them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.digests.general.fields.line_days import ANY_YEAR
from tui.digests.general.fields.section_days import day_line, day_of_section
from tui.digests.general.fields.titles import id_alone, is_generic
from tui.digests.general.found_paper import FoundPaper, value_id
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.parsing.markdown_lines import labelled_links
from tui.digests.parsing.written_days import day_written_in

_DECORATION = " \t*>`\"'<>,;.|"
_SPACE = re.compile(r"\s")
_LINE = re.compile(r"[^\s][^\n]*(?<!\s)")
_COMMENT = re.compile(r"^[ \t]*#.*", re.MULTILINE)


def find_bare_ids(root: Block, year: str = "") -> list[FoundPaper]:
    """Return the papers of a page whose lines are links to papers or ids, and nothing else.

    Args:
        root: the page as a tree.
        year: of days without one; empty if unknown.

    Returns:
        The papers without titles; none if a line is anything but an id or a day.
    """
    try:
        return list(_papers_in(root, None, year))
    except _OtherLineError:
        return []


def without_comments(text: str) -> str:
    """Return a list of links or ids without its comments: ``# One link per line``.

    Headings with the day of what follows are kept. Any other text is returned as it is, as are
    links with a heading above each.
    """
    links, behind_links, is_behind_link = 0, 0, False
    for found in _LINE.finditer(text):
        line = found[0]
        if is_link := not line.startswith("#"):
            if _SPACE.search(line):
                return text
            links += 1
            behind_links += is_behind_link
        is_behind_link = is_link
    return _COMMENT.sub(_only_day, text) if behind_links * 2 > links else text


def _only_day(comment: re.Match[str]) -> str:
    return comment[0] if day_written_in(comment[0], ANY_YEAR) else ""


class _OtherLineError(Exception):
    """A line that is neither the id of a paper nor a day."""


def _papers_in(section: Block, day: str | None, year: str) -> Iterator[FoundPaper]:
    day = day_of_section(section, day, year) or day
    for child in section.children:
        if child.kind is BlockKind.SECTION:
            yield from _papers_in(child, day, year)
        elif written := day_line(child, year):
            day = written
        elif child.children or not (paper_id := _only_id(child.text)):
            raise _OtherLineError
        else:
            yield FoundPaper(child.line, paper_id, issue_day=day, rule="bare id")


def _only_id(text: str) -> str | None:
    """Return the id if a line is a link to a paper or an id, and has no other word; or None."""
    text = text.strip(_DECORATION)
    if paper_id := id_alone(text):
        return paper_id
    if link := next(iter(labelled_links(text)), None):
        _, label, url = link
        is_whole = text == f"[{label}]({url})"
        return value_id(url) if is_whole and (is_generic(label) or value_id(label)) else None
    return value_id(text) if text.startswith("http") and not _SPACE.search(text) else None
