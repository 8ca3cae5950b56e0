"""How many cells a picture takes."""

from __future__ import annotations

from typing import NamedTuple

CELL_ASPECT = 2.0
"""Height divided by width of a cell, which terminals do not reliably report."""


class CellSize(NamedTuple):
    """A size in cells."""

    columns: int
    rows: int


def fit(aspect: float, max_columns: int, max_rows: int, max_cells: int = 0) -> CellSize:
    """Return the largest size in cells that keeps the proportions of a picture.

    Args:
        aspect: height divided by width, in pixels.
        max_columns: the limit of the columns, at least 1.
        max_rows: the limit of the rows, at least 1.
        max_cells: the limit of their product; 0 for none.
    """
    columns = min(float(max_columns), max_rows * CELL_ASPECT / aspect)
    if max_cells:
        columns = min(columns, (max_cells * CELL_ASPECT / aspect) ** 0.5)
    rows = columns * aspect / CELL_ASPECT
    return CellSize(max(int(columns), 1), min(max(round(rows), 1), max_rows))
