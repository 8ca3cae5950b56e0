"""How the table's width is divided among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from tui.i18n import N_, _
from tui.query import Column

GAP = 2
MARGIN = 1

TITLE_NEEDS = 44
"""Cells; a column that would leave the title less is left out, marks and votes at the very last."""

VOTES_NEED = 12
"""Cells of title, below which even marks and votes are left out."""


class TableColumn(StrEnum):
    """What a column shows; papers can be ordered by most of it."""

    MARKS = "marks"
    VOTES = Column.VOTES
    TITLE = Column.TITLE
    AUTHORS = Column.AUTHORS
    TAGS = "tags"
    DATE = Column.DATE
    ID = Column.ID


_WIDTHS = {
    TableColumn.MARKS: 3,
    TableColumn.VOTES: 5,
    TableColumn.TAGS: 10,
    TableColumn.DATE: 10,
    TableColumn.ID: 10,
}
_GIVES_WAY = (TableColumn.ID, TableColumn.AUTHORS, TableColumn.TAGS, TableColumn.DATE)
_HEADINGS = {
    TableColumn.MARKS: "",
    TableColumn.VOTES: N_("Votes"),
    TableColumn.TITLE: N_("Title"),
    TableColumn.AUTHORS: N_("Authors"),
    TableColumn.TAGS: N_("Tags"),
    TableColumn.DATE: N_("Date"),
    TableColumn.ID: "arXiv",
}


class ColumnLayout(NamedTuple):
    """A column with its place.

    Attributes:
        column: which one.
        x: its first cell.
        width: in cells.
    """

    column: TableColumn
    x: int
    width: int

    @property
    def heading(self) -> str:
        """What stands above it."""
        heading = _HEADINGS[self.column]
        return _(heading) if heading else ""

    @property
    def sorts_by(self) -> Column | None:
        """What a click on it sorts by; None if it is nothing to sort by."""
        return next((column for column in Column if column.value == self.column.value), None)


def place(
    wanted: Sequence[TableColumn], width: int, *, one_day: bool, tags: bool = True
) -> list[ColumnLayout]:
    """Divide a width among columns.

    Args:
        wanted: the columns in their order.
        width: in cells.
        one_day: whether all rows are of one day, so that the date is the first to give way.
        tags: whether there is any tag to show; without, the column is left out.

    Returns:
        The columns for which there is room; always the title.
    """
    columns = [each for each in wanted if tags or each != TableColumn.TAGS]
    order = (TableColumn.DATE, *_GIVES_WAY) if one_day else _GIVES_WAY
    authors = max(16, min(34, width // 4))
    for column in (None, *order):
        if column in columns:
            columns.remove(column)
        fixed = {each: _WIDTHS.get(each, authors) for each in columns if each != TableColumn.TITLE}
        title = width - 2 * MARGIN - sum(fixed.values()) - GAP * len(fixed)
        if title >= TITLE_NEEDS:
            break
    for needless in (TableColumn.MARKS, TableColumn.VOTES):
        if title < VOTES_NEED and needless in columns:
            columns.remove(needless)
            title += _WIDTHS[needless] + GAP
    placed = []
    x = MARGIN
    for column in columns:
        each = max(title, 1) if column == TableColumn.TITLE else fixed[column]
        placed.append(ColumnLayout(column, x, each))
        x += each + GAP
    return placed
