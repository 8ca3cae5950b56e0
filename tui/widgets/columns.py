"""How the table's width is divided among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.query import Column

GAP = 2
MARGIN = 1

TITLE_NEEDS = 44
"""Cells; a column that would leave the title less is left out, votes only at the very last."""

VOTES_NEED = 12
"""Cells of title, below which even the votes are left out."""

_WIDTHS = {Column.VOTES: 5, Column.DATE: 10, Column.ID: 10}
_GIVES_WAY = (Column.ID, Column.AUTHORS, Column.DATE)
_HEADINGS = {
    Column.VOTES: "Votes",
    Column.TITLE: "Title",
    Column.AUTHORS: "Authors",
    Column.DATE: "Date",
    Column.ID: "arXiv",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with its place.

    Attributes:
        column: which one.
        x: its first cell.
        width: in cells.
    """

    column: Column
    x: int
    width: int

    @property
    def heading(self) -> str:
        """What stands above it."""
        return _HEADINGS[self.column]


def place(wanted: Sequence[Column], width: int, *, one_day: bool) -> list[Placed]:
    """Divide a width among columns.

    Args:
        wanted: the columns in their order.
        width: in cells.
        one_day: whether all rows are of one day, so that the date is the first to give way.

    Returns:
        The columns for which there is room; always the title.
    """
    columns = list(wanted)
    order = (Column.DATE, *_GIVES_WAY) if one_day else _GIVES_WAY
    authors = max(16, min(34, width // 4))
    for column in (None, *order):
        if column in columns:
            columns.remove(column)
        fixed = {each: _WIDTHS.get(each, authors) for each in columns if each != Column.TITLE}
        title = width - 2 * MARGIN - sum(fixed.values()) - GAP * len(fixed)
        if title >= TITLE_NEEDS:
            break
    if title < VOTES_NEED and Column.VOTES in columns:
        columns.remove(Column.VOTES)
        title = width - 2 * MARGIN
    placed = []
    x = MARGIN
    for column in columns:
        each = max(title, 1) if column == Column.TITLE else fixed[column]
        placed.append(Placed(column, x, each))
        x += each + GAP
    return placed
