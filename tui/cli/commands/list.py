"""``broadsheet list``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format, add_limit, add_pager, add_query, add_sources
from tui.cli.output import (
    NOTHING_MATCHED,
    OK,
    console,
    is_file_start,
    print_json,
    print_line,
    print_lines,
    print_utf8,
    styled,
    warn,
)

if TYPE_CHECKING:
    from tui.marks.store import MarkStore
    from tui.models import Paper


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)
    add_limit(parser)
    add_format(parser, "table", "json", "csv", "ids")
    add_pager(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the papers that match a query."""
    from tui.cli.find_papers import find_papers, no_papers_message, open_marks

    marks = open_marks()
    papers = find_papers(arguments, marks)
    shown = list(islice(papers, arguments.limit))
    if arguments.format == "table":
        _print_table(shown, marks)
    elif arguments.format == "ids":
        print_lines(paper.paper_id for paper in shown)
    else:
        from tui.library.export import ExportRecord, data_export

        records = [ExportRecord(paper, marks.get(paper.paper_id)) for paper in shown]
        if arguments.format == "csv":
            # UTF-8 whatever the locale, like an export.
            prefix = data_export.BYTE_ORDER_MARK if is_file_start() else ""
            print_utf8(chain([prefix], data_export.render_csv(records)))
        else:
            print_json(list(map(data_export.paper_fields, records)))
    warn(*marks.read_errors)
    if not papers and arguments.format == "table":
        warn(no_papers_message(arguments.query))
    return OK if papers else NOTHING_MATCHED


def _print_table(papers: Sequence[Paper], marks: MarkStore) -> None:
    """Print a table with Rich on a terminal, and tab-separated values elsewhere."""
    from tui.models import NO_MARKS
    from tui.paper_ids import arxiv_id_of
    from tui.query.columns import ID, LIST_COLUMNS, TITLE
    from tui.terminal.glyphs import current_glyphs

    glyphs = current_glyphs()

    def cells(paper: Paper) -> Iterator[str]:
        for column in LIST_COLUMNS:
            paper_marks = marks.get(paper.paper_id) if column.needs_marks else NO_MARKS
            yield column.text(paper, paper_marks, glyphs)

    if not sys.stdout.isatty():
        for paper in papers:
            print_line("\t".join(cells(paper)))
        return
    if not papers:
        return
    from rich.table import Table

    from tui.ui.typeset.title import typeset_title

    table = Table(box=None, pad_edge=False, header_style="bold")
    are_on_arxiv = all(arxiv_id_of(paper.paper_id) for paper in papers)
    for column in LIST_COLUMNS:
        table.add_column(
            column.heading if column is not ID or are_on_arxiv else "Id",
            justify="right" if column.is_right_aligned else "left",
            no_wrap=column.width > 0,
            overflow="ellipsis" if column.width else "fold",
        )
    for paper in papers:
        texts = zip(LIST_COLUMNS, cells(paper), strict=True)
        shown = (typeset_title(text) if column is TITLE else text for column, text in texts)
        table.add_row(*map(styled, shown))
    console().print(table)
