"""Papers as rows of CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from tui.export.json_export import paper_as_data
from tui.export.record import ExportRecord
from tui.models import Marks, Paper

_COMPUTED = tuple("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that a spreadsheet takes for a formula; some know the wide signs, too."""


def rows(papers: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a row of headings, and one a paper."""
    nobody = Paper(arxiv_id="", title="", votes=None, author_lines="", dates=(), entries=())
    yield _row(paper_as_data(nobody, Marks()))
    for exported in papers:
        yield _row(map(_cell, paper_as_data(exported.paper, exported.marks).values()))


def _row(cells: Iterable[object]) -> str:
    line = StringIO(newline="")
    # The writer puts quotes only around those line ends that it writes itself.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    """Return a value for a cell; a text that a spreadsheet would compute gets a quote before it."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_COMPUTED):
        return f"'{value}"
    return value
