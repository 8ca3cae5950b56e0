"""Count the titles that the table cuts, for the digests of a folder.

    python -m tests.bench.titles FOLDER [--width 80 --width 120 …]

lists every day as the browser does, with the sidebar and the default columns, and prints the share
of the titles that are not shown whole, by the width of the terminal.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table

from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.library import Library
from tui.models import NO_MARKS, Paper
from tui.query.columns import DEFAULT_COLUMNS, TITLE
from tui.ui.screens.main.pane_geometry import SIDEBAR_WIDTH, TABLE_SHARE, arrange_panes
from tui.ui.typeset.title import typeset_title
from tui.ui.widgets.paper_row import PaperRow, RowStyles
from tui.ui.widgets.table_columns import RowLayout, layout_rows, measure_content

WIDTHS = (80, 100, 120, 150, 200)
LINES = 40
SCROLL_BAR = 1
PLAIN = RowStyles(Style(), Style(), Style(), Style(), Style())


def days_of(folder: Path) -> Iterator[Sequence[Paper]]:
    """Yield the papers of each day of a folder of digests."""
    with tempfile.TemporaryDirectory() as cache:
        source = SourceCache(Path(cache), folder)
        sync(source)
        library = Library([source])
        for day in library.period_counts.days():
            papers = library.papers_without_waiting(day)
            assert papers is not None
            yield papers


def row_layout(papers: Sequence[Paper], width: int, layout: str = "auto") -> tuple[RowLayout, int]:
    """Return how a terminal of this width divides the rows of a day, and their width in cells."""
    panes = arrange_panes(
        width,
        LINES,
        layout=layout,
        has_sidebar=True,
        share=TABLE_SHARE,
        rows=len(papers) + 1,
    )
    cells = (panes.width if panes.is_beside else width - SIDEBAR_WIDTH) - SCROLL_BAR
    content = measure_content(papers, one_day=True, has_tags=False)
    return layout_rows(DEFAULT_COLUMNS, cells, content, is_beside=panes.is_beside), cells


def is_whole(paper: Paper, layout: RowLayout, width: int) -> bool:
    """Return whether a row shows all of a title."""
    row = PaperRow(layout, paper, NO_MARKS, PLAIN, {})
    lines = [row.draw(line, width) for line in range(1 + layout.has_two_lines)]
    shown = "".join(segment.text for line in lines for segment in line)
    return "".join(typeset_title(paper.title).split()) in "".join(shown.split())


def share_cut(days: Sequence[Sequence[Paper]], width: int, layout: str = "auto") -> float:
    """Return the share of the titles that are cut, from 0 to 1."""
    cut = total = 0
    for papers in days:
        row, cells = row_layout(papers, width, layout)
        cut += sum(not is_whole(paper, row, cells) for paper in papers)
        total += len(papers)
    return cut / total if total else 0.0


def main() -> None:
    """Parse the command line, count, and print the table."""
    parser = argparse.ArgumentParser(prog="tests.bench.titles", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of digests")
    parser.add_argument("--width", type=int, action="append", help="columns of the terminal")
    chosen = parser.parse_args()
    days = list(days_of(chosen.folder))
    titles = sorted(cell_len(typeset_title(paper.title)) for papers in days for paper in papers)
    if not titles:
        parser.error("no titles")
    summary = f"{len(titles)} titles of {len(days)} days; median {median(titles):.0f} cells"
    table = Table(title=f"{summary}, nine of ten up to {titles[len(titles) * 9 // 10]}")
    for heading in ("columns", "cells for the title", "cut", "cut, summary below"):
        table.add_column(heading, justify="right")
    for width in chosen.width or WIDTHS:
        row, _cells = row_layout(max(days, key=len), width)
        title = next(cells for column, _x, cells in row.columns if column is TITLE)
        cells = f"2 x {title}" if row.has_two_lines else f"{title} to {title + row.title_overflow}"
        cut, below = share_cut(days, width), share_cut(days, width, "below")
        table.add_row(f"{width}", cells, f"{cut:.0%}", f"{below:.0%}")
    Console().print(table)


if __name__ == "__main__":
    main()
