"""``broadsheet stats``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.arguments import add_format, add_pager, add_query, add_sources
from tui.cli.output import (
    NOTHING_MATCHED,
    OK,
    console,
    plural,
    print_json,
    print_line,
    styled,
    warn,
)

if TYPE_CHECKING:
    from tui.library.statistics.records import Count, Statistics

MAX_BAR_WIDTH = 30
"""In cells."""


class _Row(NamedTuple):
    """A row of a section: what is counted, how many papers, and further figures."""

    label: str
    papers: int
    details: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)
    add_format(parser, "text", "json")
    add_pager(parser)


def run(arguments: argparse.Namespace) -> int:
    """Count the papers that match a query."""
    from tui.cli.find_papers import find_papers, no_papers_message, open_marks
    from tui.library.statistics.counting import count_papers

    marks = open_marks()
    papers = find_papers(arguments, marks)
    statistics = count_papers(papers)
    if arguments.format == "json":
        from tui.library.statistics.records import statistics_fields

        print_json(statistics_fields(statistics))
    elif papers:
        _print(statistics)
    warn(*marks.read_errors)
    if not papers and arguments.format == "text":
        warn(no_papers_message(arguments.query))
    return OK if papers else NOTHING_MATCHED


def _print(statistics: Statistics) -> None:
    """Print the statistics with Rich on a terminal, and tab-separated values elsewhere."""
    from tui.terminal.glyphs import ASCII

    summary = _summary(statistics)
    sections = [(heading, rows) for heading, rows in _sections(statistics) if rows]
    if sys.stdout.isatty():
        _print_with_rich(summary, sections)
        return
    print_line(summary)
    for heading, rows in sections:
        print_line("")
        print_line(heading)
        for cells in _rows_with_bars(rows, MAX_BAR_WIDTH, ASCII.bar):
            print_line("\t".join(cells).rstrip("\t"))


def _rows_with_bars(
    rows: Sequence[_Row], width: int, steps: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of rows: label, bar, number of papers and details."""
    from tui.library.statistics.charts import bar

    most = max(row.papers for row in rows)
    for row in rows:
        yield row.label, bar(row.papers, most, width, steps), str(row.papers), row.details


def _summary(statistics: Statistics) -> str:
    """Return the first line: papers, votes and dates."""
    total, unknown = statistics.total, statistics.unknown_votes
    votes = _votes(total.votes)
    if unknown and total.votes is not None:
        votes += f" (unknown for {unknown})"
    days = list(statistics.days)
    dates = f" from {days[0]} to {days[-1]}" if len(days) > 1 else f", {days[0]}"
    return f"{plural(total.papers, 'paper')}, {votes}; {plural(len(days), 'day')}{dates}"


def _sections(statistics: Statistics) -> Iterator[tuple[str, Sequence[_Row]]]:
    """Yield the heading and the rows of each section."""
    if len(statistics.years) > 1:
        yield "Years", _period_rows(statistics.years)
    yield "Months", _period_rows(statistics.months)
    month = max(statistics.months)
    days = {day: total for day, total in statistics.days.items() if day.startswith(month)}
    yield f"Days of {month}", _period_rows(days)
    bins = [_Row(vote_bin.label or "unknown", vote_bin.papers) for vote_bin in statistics.bins]
    yield "Papers by votes", bins
    authors = [_Row(name, papers, _votes(votes)) for name, papers, votes in statistics.top_authors]
    number = plural(statistics.authors, "author")
    yield f"Authors with the most papers, of {number}", authors
    rising = statistics.rising
    words = [_Row(word.word, word.papers, f"{word.before} before") for word in rising.words]
    now, earlier = f"{rising.month} ({rising.papers})", f"{rising.since} ({rising.before})"
    yield f"Rising words: titles of {now} compared with those since {earlier}", words


def _period_rows(totals: Mapping[str, Count]) -> list[_Row]:
    return [_Row(period, total.papers, _votes(total.votes)) for period, total in totals.items()]


def _votes(votes: int | None) -> str:
    return "unknown votes" if votes is None else plural(votes, "vote")


def _print_with_rich(summary: str, sections: Sequence[tuple[str, Sequence[_Row]]]) -> None:
    from rich.table import Table

    from tui.terminal.glyphs import ASCII, UNICODE

    glyphs = UNICODE if sys.stdout.encoding.lower().startswith("utf") else ASCII
    screen = console()
    # On a narrow terminal, labels and numbers take precedence over bars.
    bar_width = min(MAX_BAR_WIDTH, screen.width // 4)
    screen.print(styled(summary))
    for heading, rows in sections:
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(overflow="fold")
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        for label, *cells in _rows_with_bars(rows, bar_width, glyphs.bar):
            table.add_row(*map(styled, (label, *cells)))
        screen.print()
        screen.print(styled(heading, "bold"))
        screen.print(table)
