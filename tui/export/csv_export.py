"""Export to CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from tui.export import ExportRecord
from tui.export.json_export import paper_fields
from tui.models import Marks, Paper

_FORMULA_PREFIXES = tuple("=+-@\t\r\n＝＋－＠")
"""First characters of cells that spreadsheets evaluate; some also evaluate full-width signs."""


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a header row, and one row per paper."""
    empty = Paper(arxiv_id="", title="", votes=None, author_lines="", dates=(), entries=())
    yield _format_row(paper_fields(empty, Marks()))
    for record in records:
        yield _format_row(map(_cell, paper_fields(record.paper, record.marks).values()))


def _format_row(cells: Iterable[object]) -> str:
    line = StringIO(newline="")
    # csv quotes only cells with the line ends that it writes: with "\n" alone, "\r" is not quoted.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    """Return the value of a cell; text that a spreadsheet would evaluate starts with a quote."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA_PREFIXES):
        return f"'{value}"
    return value
