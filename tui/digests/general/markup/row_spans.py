"""Cells of tables in HTML that span several rows, as a day above several papers does."""

from __future__ import annotations

import re
from typing import NamedTuple

_MAX_ROWS = 200
_MAX_CELL_CHARS = 2000
_MAX_ADDED_CHARS = 1_000_000
"""What repeated cells may add to a page."""

_PART = re.compile(
    r"</?table\b|<tr\b[^<>]{0,1000}>(?P<cells>(?:[^<]|<(?!/?(?:table|tr)\b))*+)", re.IGNORECASE
)
"""The start or end of a table, or a row without a table in it."""

_CELL = re.compile(
    r"<t[dh]\b(?P<attributes>[^<>]{0,1000})>(?:[^<]|<(?!(?:t[dh]|/?tr)\b))*+", re.IGNORECASE
)
_SPAN = re.compile(r"\b(?P<kind>row|col)span\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)


class _Repeated(NamedTuple):
    """A cell that following rows have, too.

    Attributes:
        html: the cell.
        rows: the number of these rows.
        columns: how many columns it spans.
    """

    html: str
    rows: int
    columns: int


def with_repeated_cells(html: str) -> str:
    """Return a page whose cells that span several rows are repeated in each of them."""
    if "rowspan" not in html.lower():
        return html
    return _PART.sub(_Repeater().convert, html)


class _Repeater:
    """Repeats cells, row by row."""

    def __init__(self) -> None:
        self._repeated: dict[int, _Repeated] = {}
        """The cells of rows above, by their column."""
        self._added_chars = 0

    def convert(self, part: re.Match[str]) -> str:
        """Return a row with the cells of rows above; another part as it is."""
        if part["cells"] is None:
            self._repeated = {}
            return part[0]
        start = part[0][: part.start("cells") - part.start()]
        return start + self._with_cells_above(part["cells"])

    def _with_cells_above(self, cells: str) -> str:
        pieces: list[str] = []
        above, self._repeated = self._repeated, {}
        column = end = 0
        for cell in _CELL.finditer(cells):
            pieces.append(cells[end : cell.start()])
            column = self._repeat(above, column, pieces)
            spans = {span["kind"].lower(): int(span["count"]) for span in _spans_of(cell)}
            columns = max(spans.get("col", 1), 1)
            rows = min(spans.get("row", 1), _MAX_ROWS) - 1
            if rows > 0 and len(cell[0]) <= _MAX_CELL_CHARS:
                self._repeated[column] = _Repeated(cell[0].replace("\n", " "), rows, columns)
            pieces.append(cell[0])
            column += columns
            end = cell.end()
        self._repeat(above, column, pieces)
        return "".join([*pieces, cells[end:]])

    def _repeat(self, above: dict[int, _Repeated], column: int, pieces: list[str]) -> int:
        """Add the cells of rows above that start at a column; return the next free column."""
        while cell := above.pop(column, None):
            self._added_chars += len(cell.html)
            if self._added_chars > _MAX_ADDED_CHARS:
                break
            pieces.append(cell.html)
            if cell.rows > 1:
                self._repeated[column] = cell._replace(rows=cell.rows - 1)
            column += cell.columns
        return column


def _spans_of(cell: re.Match[str]) -> list[re.Match[str]]:
    return list(_SPAN.finditer(cell["attributes"]))
