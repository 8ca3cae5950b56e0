"""``broadsheet list`` and ``broadsheet show``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from tui.cli.commands.open_library import choose_sources, read_library
from tui.cli.output import NOTHING_MATCHED, OK, CommandError, print_json, warn
from tui.config.paths import marks_folder
from tui.library.library import Library
from tui.marks import MarkStore
from tui.models import Marks, Paper
from tui.query.columns import LIST_COLUMNS
from tui.terminal.glyphs import drawn

NO_MARKS = Marks()


def run_list(arguments: argparse.Namespace) -> int:
    """List the papers that a query finds."""
    marks = MarkStore(marks_folder())
    papers = read_library(choose_sources(arguments.path), finder(arguments.query, marks))
    _PRINT[arguments.format](list(islice(papers, arguments.limit)), marks)
    warn_of_damage(marks)
    if not papers and arguments.format == "table":
        warn(nothing_found(arguments.query))
    return OK if papers else NOTHING_MATCHED


def nothing_found(query: str | None) -> str:
    """Return what to say where a list is empty."""
    return "no paper matches" if query else "there are no papers"


def warn_of_damage(marks: MarkStore) -> None:
    """Say which of the reader's marks could not be read."""
    for told in marks.damage:
        warn(told)


def finder(text: str | None, marks: MarkStore) -> Callable[[Library], Sequence[Paper]]:
    """Return what finds and sorts the papers of a query; all, newest first, without one.

    Args:
        text: the query.
        marks: the reader's, which it may ask for.

    Raises:
        CommandError: the query cannot be understood.
    """
    if not text:
        return Library.papers
    # The query language takes longer to import than a list without a query takes to print.
    from tui.library.search.search import search
    from tui.query import QueryError, parse, sort_papers

    try:
        query = parse(text)
    except QueryError as error:
        raise CommandError(str(error)) from error

    def find(library: Library) -> Sequence[Paper]:
        return sort_papers(
            list(search(library, library.papers(), query, marks.marked())), query.sort
        )

    return find


def run_show(arguments: argparse.Namespace) -> int:
    """Show one paper with its summaries, or all whose ids come from standard input."""
    from tui.export.record import ExportRecord

    is_many = arguments.id == "-"
    named = _ids_of_input() if is_many else [arguments.id]
    marks = MarkStore(marks_folder())

    def find(library: Library) -> list[ExportRecord | None]:
        papers = [library.paper(_canonical(name)) for name in named]
        return [
            ExportRecord(paper, marks.get(paper.arxiv_id), library.summaries(paper))
            if paper
            else None
            for paper in papers
        ]

    told = read_library(choose_sources(arguments.path), find)
    found = [exported for exported in told if exported is not None]
    if arguments.format == "json":
        from tui.export.json_export import whole_as_data

        papers = [whole_as_data(exported) for exported in found]
        if is_many or papers:
            print_json(papers if is_many else papers[0])
    else:
        from tui.export.markdown import pages

        sys.stdout.writelines(pages(found))
    for name, exported in zip(named, told, strict=True):
        if exported is None:
            warn(f"{name}: no digest tells this paper")
    warn_of_damage(marks)
    return OK if found and None not in told else NOTHING_MATCHED


def _ids_of_input() -> list[str]:
    """Return the ids that standard input tells, one a line, each once."""
    if sys.stdin is None or sys.stdin.isatty():
        raise CommandError(
            "-: ids are to come from a pipe or a file, as 'broadsheet list' has them"
        )
    lines = sys.stdin.buffer.read().decode(errors="replace").splitlines()
    return list(dict.fromkeys(filter(None, map(str.strip, lines))))


def _canonical(text: str) -> str:
    """Return the id that a person typed or copied: with a version, as an address, or as it is."""
    from tui.arxiv import id_in_url, parse_id

    text = text.strip()
    return parse_id(text) or id_in_url(text) or text


def _print_table(papers: Sequence[Paper], marks: MarkStore) -> None:
    """Print a table: through Rich to a terminal, with tabs between to anything else."""
    if not sys.stdout.isatty():
        for cells in _cells(papers, marks):
            print("\t".join(cells))
        return
    if not papers:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in LIST_COLUMNS:
        table.add_column(
            column.heading,
            justify="right" if column.is_right_aligned else "left",
            no_wrap=column.width > 0,
            overflow="ellipsis" if column.width else "fold",
        )
    for cells in _cells(papers, marks):
        table.add_row(*map(Text, cells))
    Console(highlight=False, markup=False).print(table)


def _cells(papers: Iterable[Paper], marks: MarkStore) -> Iterator[list[str]]:
    glyphs = drawn()
    needs_marks = any(column.needs_marks for column in LIST_COLUMNS)
    for paper in papers:
        of_paper = marks.get(paper.arxiv_id) if needs_marks else NO_MARKS
        yield [column.text(paper, of_paper, glyphs) for column in LIST_COLUMNS]


def _print_csv(papers: Sequence[Paper], marks: MarkStore) -> None:
    from tui.export.csv_export import rows
    from tui.export.record import ExportRecord

    sys.stdout.writelines(rows(ExportRecord(paper, marks.get(paper.arxiv_id)) for paper in papers))


def _print_ids(papers: Sequence[Paper], _marks: MarkStore) -> None:
    for paper in papers:
        print(paper.arxiv_id)


def _print_json(papers: Sequence[Paper], marks: MarkStore) -> None:
    from tui.export.json_export import paper_as_data

    print_json([paper_as_data(paper, marks.get(paper.arxiv_id)) for paper in papers])


_PRINT = {"table": _print_table, "json": _print_json, "csv": _print_csv, "ids": _print_ids}
