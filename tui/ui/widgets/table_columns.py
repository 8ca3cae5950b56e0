"""How the paper table divides its width among its columns: titles come first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from tui.library.papers_on_demand import PapersOnDemand
from tui.models import Paper
from tui.paper_ids import arxiv_id_of
from tui.query.columns import (
    AUTHORS,
    CATEGORIES,
    DATE,
    DEFAULT_COLUMNS,
    ID,
    MARKS,
    MATCH,
    TAGS,
    TITLE,
    VOTES,
    Column,
)
from tui.query.matches import current_matches
from tui.ui.typeset.authors import shorten_authors
from tui.ui.typeset.title import typeset_title

GAP = 2
"""Empty cells between two columns."""

MARGIN = 1
"""Empty cells before the first column and after the last."""

MAX_TITLE_WIDTH = 110
"""Cells. The few titles that are longer do not keep other columns away."""

TITLE_WIDTH_BESIDE_CHOSEN = 60
"""Cells that a title keeps if the reader has chosen other columns."""

SHORT_AUTHORS_WIDTH = 14
"""Cells. The first author and the number of the others."""

MAX_AUTHORS_WIDTH = 34

_FAIR_TITLE_WIDTH = 100
"""Cells in which nine of ten titles fit on one line."""

_SAMPLE_SIZE = 150
"""How many titles and authors are measured; a list may have 100,000."""

_MANY_PAPERS = 2000
_MAX_VOTES_WIDTH = len("99,999")
_MAX_ID_WIDTH = 32
"""A DOI of a preprint fits; longer ones, and URLs, are cut."""


_ALWAYS = (MARKS, VOTES, TITLE)


class ListContent(NamedTuple):
    """What the papers of a list need. The default is for a list whose papers are not known yet.

    Attributes:
        without: names of the columns that have nothing to show, or too little.
        title_width: cells that nine of ten titles fit into.
        votes_width: cells of the greatest number of votes.
        short_authors_width: cells for the first author and the number of the others.
        authors_width: cells for all authors, as far as that is useful.
        id_width: cells of the longest id, up to a limit.
        are_on_arxiv: whether all papers are on arXiv.
    """

    without: frozenset[str] = frozenset({CATEGORIES.name, MATCH.name})
    title_width: int = 100
    votes_width: int = VOTES.width
    short_authors_width: int = SHORT_AUTHORS_WIDTH
    authors_width: int = SHORT_AUTHORS_WIDTH
    id_width: int = ID.width
    are_on_arxiv: bool = True


class RowLayout(NamedTuple):
    """How the rows of a table are divided.

    Attributes:
        columns: the visible columns, each with its first cell and its width in cells.
        title_overflow: cells right of its column that a long title may take.
        facts: names of columns whose content is in the second line of a row, as far as it has room.
        has_two_lines: whether a row has two lines, for the title.
        only_family: whether authors are shown by their family names, because these sort the list.
    """

    columns: tuple[tuple[Column, int, int], ...] = ()
    title_overflow: int = 0
    facts: frozenset[str] = frozenset()
    has_two_lines: bool = False
    only_family: bool = False


def measure_content(papers: Sequence[Paper], *, one_day: bool, has_tags: bool) -> ListContent:
    """Return what papers need of the columns.

    Args:
        papers: the papers of a list, at least one.
        one_day: whether they are all of one day, which then needs no column.
        has_tags: whether any paper has tags.
    """
    if isinstance(papers, PapersOnDemand):
        papers = papers.sample
    without = {DATE.name} if one_day else set()
    if not has_tags:
        without.add(TAGS.name)
    if not any(paper.author_lines for paper in papers):
        without.add(AUTHORS.name)
    if all(paper.votes is None for paper in papers):
        without.add(VOTES.name)
    votes_width = _MAX_VOTES_WIDTH
    if len(papers) <= _MANY_PAPERS:
        votes_width = len(f"{max(paper.votes or 0 for paper in papers):,}")
    sample = papers[:: -(-len(papers) // _SAMPLE_SIZE)]
    if 2 * sum(bool(paper.categories) for paper in sample) < len(sample):
        without.add(CATEGORIES.name)
    matches = current_matches()
    if not any(paper.paper_id in matches for paper in sample):
        without.add(MATCH.name)
    some = papers if len(papers) <= _MANY_PAPERS else sample
    titles = sorted(cell_len(typeset_title(paper.title)) for paper in sample)
    return ListContent(
        frozenset(without),
        min(titles[len(titles) * 9 // 10], MAX_TITLE_WIDTH),
        max(votes_width, VOTES.width),
        max(_authors_width(sample, SHORT_AUTHORS_WIDTH), AUTHORS.width),
        max(_authors_width(sample, MAX_AUTHORS_WIDTH), AUTHORS.width),
        min(max(ID.width, *(len(paper.paper_id) for paper in some)), _MAX_ID_WIDTH),
        all(arxiv_id_of(paper.paper_id) for paper in some),
    )


def _authors_width(papers: Sequence[Paper], most: int) -> int:
    """Return the cells that the authors of all papers need if each has at most so many."""
    widest = 0
    for paper in papers:
        widest = max(widest, cell_len(shorten_authors(paper, most)))
        if widest == most:
            # None needs more; this happens soon.
            break
    return widest


def layout_rows(
    columns: Sequence[Column],
    width: int,
    content: ListContent,
    *,
    is_beside: bool = False,
    by_authors: bool = False,
) -> RowLayout:
    """Divide a width among columns, and decide whether the titles need two lines.

    Args:
        columns: the columns in their order, the title among them.
        width: in cells.
        content: what the list needs.
        is_beside: whether the table has the whole height, so that rows may have two lines.
        by_authors: whether they sort the list: even a long title leaves them their cells.
    """
    # In two lines, the end of the second one has what has no column.
    narrow = layout_columns([each for each in columns if each in _ALWAYS], width, content)
    title_width = next(cells for column, _x, cells in narrow if column is TITLE)
    if is_beside and title_width < min(_FAIR_TITLE_WIDTH, content.title_width):
        facts = frozenset(column.name for column in columns) - content.without
        return RowLayout(tuple(narrow), 0, facts, has_two_lines=True, only_family=by_authors)
    layout = layout_columns(columns, width, content)
    overflow = 0
    for (left, *_left), (right, _x, cells) in pairwise(layout):
        if left is TITLE and right is AUTHORS and not by_authors:
            overflow = GAP + cells
    return RowLayout(tuple(layout), overflow, only_family=by_authors)


def layout_columns(
    columns: Sequence[Column], width: int, content: ListContent
) -> list[tuple[Column, int, int]]:
    """Divide a width among columns.

    Args:
        columns: the columns in their order, the title among them.
        width: in cells.
        content: what the list needs.

    Returns:
        The columns that fit, always the title, each with its first cell and its width in cells.
    """
    widths = {column.name: column.width for column in columns}
    widths[VOTES.name] = content.votes_width
    widths[ID.name] = content.id_width
    widths[AUTHORS.name] = content.short_authors_width
    shown = [column for column in columns if column.name not in content.without]

    def title_width() -> int:
        others = (widths[column.name] + GAP for column in shown if column is not TITLE)
        return width - 2 * MARGIN - sum(others)

    # The columns that the reader chose are worth more than the end of a long title.
    are_chosen = set(columns) != set(DEFAULT_COLUMNS)
    optional = [column for column in shown if column is not TITLE]
    for column in sorted(optional, key=lambda column: column.priority):
        least = min(column.min_title_width, content.title_width)
        if title_width() < (min(least, TITLE_WIDTH_BESIDE_CHOSEN) if are_chosen else least):
            shown.remove(column)
    spare = title_width() - content.title_width
    if AUTHORS in shown and spare > 0:
        widths[AUTHORS.name] = min(widths[AUTHORS.name] + spare, content.authors_width)
    widths[TITLE.name] = max(title_width(), 1)
    layout = []
    x = MARGIN
    for column in shown:
        layout.append((column, x, widths[column.name]))
        x += widths[column.name] + GAP
    return layout
