"""Divide the width of the paper table among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.query.columns import DATE, TAGS, TITLE, Column

GAP = 2
"""Empty cells between two columns."""

MARGIN = 1
"""Empty cells before the first column and after the last."""


class ColumnLayout(NamedTuple):
    """A column and its position in the table.

    Attributes:
        column: the column.
        x: its first cell.
        width: in cells.
    """

    column: Column
    x: int
    width: int


def layout_columns(
    columns: Sequence[Column], width: int, *, one_day: bool, tags: bool = True
) -> list[ColumnLayout]:
    """Divide a width among columns.

    Args:
        columns: the columns in their order, the title among them.
        width: in cells.
        one_day: whether all rows are of one day, so that the date is left out first.
        tags: whether any paper has tags; otherwise their column is left out.

    Returns:
        The columns that fit; always the title.
    """
    shown = [column for column in columns if tags or column is not TAGS]
    optional = [column for column in shown if column is not TITLE]
    optional.sort(key=lambda column: 0 if one_day and column is DATE else column.priority)
    for column in optional:
        if _title_width(shown, width) < column.min_title_width:
            shown.remove(column)
    layout = []
    x = MARGIN
    for column in shown:
        cells = max(_title_width(shown, width), 1) if column is TITLE else _width(column, width)
        layout.append(ColumnLayout(column, x, cells))
        x += cells + GAP
    return layout


def _width(column: Column, width: int) -> int:
    """Return the cells of a column other than the title in a table of this width."""
    return max(column.width, min(column.max_width, width // 4))


def _title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the other columns leave for the title."""
    others = [_width(column, width) + GAP for column in columns if column is not TITLE]
    return width - 2 * MARGIN - sum(others)
