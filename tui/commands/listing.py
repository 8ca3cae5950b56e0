"""``broadsheet list`` and ``broadsheet show``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from tui.commands.collection import choose_sources, read_library
from tui.commands.output import NOTHING_MATCHED, OK, CommandError, print_json, warn
from tui.library import Library
from tui.model import Marks, Paper, Summary


def run_list(arguments: argparse.Namespace) -> int:
    """List the papers that a query finds."""
    find = _finder(arguments.query)
    papers = read_library(choose_sources(arguments.path), find)
    _PRINT[arguments.format](list(islice(papers, arguments.limit)))
    if not papers and arguments.format == "table":
        warn("no paper matches" if arguments.query else "there are no papers")
    return OK if papers else NOTHING_MATCHED


def _finder(text: str | None) -> Callable[[Library], Sequence[Paper]]:
    """Return what finds and sorts the papers of a query; all, newest first, without one.

    Raises:
        CommandError: the query cannot be understood.
    """
    if not text:
        return Library.papers
    # The query language takes longer to import than a list without a query takes to print.
    from tui.query import QueryError, parse, sort_papers
    from tui.search import search

    try:
        query = parse(text)
    except QueryError as error:
        raise CommandError(str(error)) from error

    def find(library: Library) -> Sequence[Paper]:
        return sort_papers(list(search(library, library.papers(), query)), query.sort)

    return find


def run_show(arguments: argparse.Namespace) -> int:
    """Show one paper with its summaries."""
    arxiv_id = _canonical(arguments.id)

    def find(library: Library) -> tuple[Paper, list[Summary]] | None:
        paper = library.paper(arxiv_id)
        return None if paper is None else (paper, library.summaries(paper))

    found = read_library(choose_sources(arguments.path), find)
    if found is None:
        warn(f"{arguments.id}: no digest tells this paper")
        return NOTHING_MATCHED
    if arguments.format == "json":
        print_json({**paper_as_data(found[0]), "summaries": summaries_as_data(found[1])})
    else:
        print(paper_as_markdown(*found))
    return OK


def _canonical(text: str) -> str:
    """Return the id that a person typed or copied: with a version, as an address, or as it is."""
    from tui.digests.arxiv import id_in_address, leading_id

    arxiv_id, rest = leading_id(text.strip()) or ("", text)
    return id_in_address(text) or (text.strip() if rest else arxiv_id)


def paper_as_data(paper: Paper, marks: Marks | None = None) -> dict[str, Any]:
    """Return a paper as plain data, as the README documents it."""
    marks = marks or Marks()
    return {
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "votes": paper.votes,
        "authors": paper.authors,
        "dates": paper.dates,
        "sources": tuple(dict.fromkeys(telling.digest for telling in paper.tellings)),
        "url": paper.url,
        "read": marks.read,
        "starred": marks.starred,
        "tags": marks.tags,
    }


def summaries_as_data(summaries: Iterable[Summary]) -> list[dict[str, str]]:
    """Return a paper's summaries as plain data."""
    return [
        {
            "source": summary.telling.digest,
            "dialect": summary.telling.dialect,
            "date": summary.telling.date,
            "markdown": summary.markdown,
        }
        for summary in summaries
    ]


def paper_as_markdown(paper: Paper, summaries: Sequence[Summary]) -> str:
    """Return a paper as a Markdown page."""
    votes = "unknown" if paper.votes is None else str(paper.votes)
    authors = ", ".join(paper.authors) or "unknown"
    parts = [
        f"# {paper.title}",
        f"<{paper.url}>",
        f"Votes: {votes}  \nDates: {', '.join(paper.dates)}  \nAuthors: {authors}",
    ]
    for summary in summaries:
        if len(summaries) > 1:
            parts.append(f"*{summary.telling.dialect}, {summary.telling.date}*")
        parts.append(summary.markdown)
    return "\n\n".join(parts)


def _print_table(papers: Sequence[Paper]) -> None:
    """Print a table: through Rich to a terminal, with tabs between to anything else."""
    if not sys.stdout.isatty():
        for cells in _cells(papers):
            print("\t".join(cells))
        return
    if not papers:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Date", no_wrap=True)
    table.add_column("Votes", justify="right", no_wrap=True)
    table.add_column("arXiv", no_wrap=True)
    table.add_column("Title", overflow="fold")
    for cells in _cells(papers):
        table.add_row(*map(Text, cells))
    Console(highlight=False, markup=False).print(table)


def _cells(papers: Iterable[Paper]) -> Iterator[tuple[str, str, str, str]]:
    for paper in papers:
        votes = "-" if paper.votes is None else str(paper.votes)
        yield paper.dates[-1], votes, paper.arxiv_id, paper.title


def _print_csv(papers: Sequence[Paper]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    nobody = Paper(arxiv_id="", title="", votes=None, names="", dates=(), tellings=())
    writer.writerow(paper_as_data(nobody))
    for paper in papers:
        writer.writerow(map(_csv_cell, paper_as_data(paper).values()))


def _csv_cell(value: object) -> object:
    """Return a value for a cell; a text that a spreadsheet would compute gets a quote before it."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _print_ids(papers: Sequence[Paper]) -> None:
    for paper in papers:
        print(paper.arxiv_id)


def _print_json(papers: Sequence[Paper]) -> None:
    print_json([paper_as_data(paper) for paper in papers])


_PRINT = {"table": _print_table, "json": _print_json, "csv": _print_csv, "ids": _print_ids}
