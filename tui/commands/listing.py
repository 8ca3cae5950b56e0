"""``broadsheet list`` and ``broadsheet show``."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tui.commands.collection import (
    choose_sources,
    settings_with_warnings,
    sync_sources,
    warn_of_problems,
)
from tui.commands.output import NOTHING_MATCHED, OK, CommandError, print_json, warn
from tui.library import Library
from tui.model import Marks, Paper
from tui.query import QueryError, parse, sort_papers
from tui.search import search

FORMATS = ("table", "json", "csv", "ids")


def run_list(arguments: argparse.Namespace) -> int:
    """List the papers that a query finds."""
    try:
        query = parse(arguments.query or "")
    except QueryError as error:
        raise CommandError(str(error)) from error
    sources = choose_sources(arguments.path, settings_with_warnings())
    library, report = sync_sources(sources)
    warn_of_problems(report)
    papers: Sequence[Paper] = list(search(library, library.papers(), query))
    if query.sort:
        papers = sort_papers(papers, query.sort)
    if arguments.limit is not None:
        papers = papers[: arguments.limit]
    _PRINT[arguments.format](papers)
    return OK if papers else NOTHING_MATCHED


def run_show(arguments: argparse.Namespace) -> int:
    """Show one paper with its summaries."""
    sources = choose_sources(arguments.path, settings_with_warnings())
    library, report = sync_sources(sources)
    warn_of_problems(report)
    arxiv_id = arguments.id.strip()
    head, version, number = arxiv_id.rpartition("v")
    if version and number.isdecimal():
        arxiv_id = head
    paper = library.paper(arxiv_id)
    if paper is None:
        warn(f"{arguments.id}: no digest tells this paper")
        return NOTHING_MATCHED
    if arguments.format == "json":
        print_json({**paper_as_data(paper), "summaries": summaries_as_data(library, paper)})
    else:
        print(paper_as_markdown(library, paper))
    return OK


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


def summaries_as_data(library: Library, paper: Paper) -> list[dict[str, str]]:
    """Return a paper's summaries as plain data."""
    return [
        {
            "source": summary.telling.digest,
            "dialect": summary.telling.dialect,
            "date": summary.telling.date,
            "markdown": summary.markdown,
        }
        for summary in library.summaries(paper)
    ]


def paper_as_markdown(library: Library, paper: Paper) -> str:
    """Return a paper as a Markdown page."""
    votes = "unknown" if paper.votes is None else str(paper.votes)
    parts = [
        f"# {paper.title}",
        f"<{paper.url}>",
        f"Votes: {votes}  \nDates: {', '.join(paper.dates)}  \nAuthors: {', '.join(paper.authors)}",
    ]
    summaries = library.summaries(paper)
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
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = list(paper_as_data(papers[0])) if papers else []
    if names:
        writer.writerow(names)
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
