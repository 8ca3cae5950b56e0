"""``broadsheet stats``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.cli.commands.list import finder, nothing_found, warn_of_damage
from tui.cli.commands.open_library import choose_sources, read_library
from tui.cli.output import NOTHING_MATCHED, OK, print_json, printable, warn
from tui.config.paths import marks_folder
from tui.library.statistics.bars import bar
from tui.library.statistics.counting import count_papers
from tui.library.statistics.models import Count, Statistics
from tui.library.view import count
from tui.marks import MarkStore
from tui.terminal.glyphs import ASCII, UNICODE, Glyphs

BAR = 30
"""Cells of the longest bar, at most."""


class _Row(NamedTuple):
    """A line of a section: what is counted, how many papers, and what more there is to say."""

    label: str
    papers: int
    more: str = ""


class _Section(NamedTuple):
    heading: str
    rows: Sequence[_Row]


def run(arguments: argparse.Namespace) -> int:
    """Count the papers that a query finds."""
    marks = MarkStore(marks_folder())
    papers = read_library(choose_sources(arguments.path), finder(arguments.query, marks))
    numbers = count_papers(papers)
    if arguments.format == "json":
        # Only scripts read it.
        from tui.library.statistics.as_json import as_data

        print_json(as_data(numbers))
    elif papers:
        _print(numbers)
    warn_of_damage(marks)
    if not papers and arguments.format == "text":
        warn(nothing_found(arguments.query))
    return OK if papers else NOTHING_MATCHED


def _print(numbers: Statistics) -> None:
    """Print the numbers: through Rich to a terminal, with tabs between to anything else."""
    days = list(numbers.days)
    some = numbers.unknown and numbers.total.votes is not None
    unknown = f" ({numbers.unknown} with unknown ones)" if some else ""
    total = f"{count(numbers.total.papers, 'paper')}, {_votes(numbers.total.votes)}"
    reach = f"from {days[0]} to {days[-1]}" if len(days) > 1 else days[0]
    first = f"{total}{unknown}; {count(len(days), 'day')}{',' * (len(days) == 1)} {reach}"
    sections = [section for section in _sections(numbers) if section.rows]
    if sys.stdout.isatty():
        _print_richly(first, sections)
        return
    print(first)
    for section in sections:
        print(f"\n{section.heading}")
        most = max(row.papers for row in section.rows)
        for row in section.rows:
            cells = (row.label, bar(row.papers, most, BAR, ASCII.bar), str(row.papers), row.more)
            print("\t".join(cells).rstrip("\t"))


def _sections(numbers: Statistics) -> Iterator[_Section]:
    if len(numbers.years) > 1:
        yield _Section("Years", [_of_period(*each) for each in numbers.years.items()])
    yield _Section("Months", [_of_period(*each) for each in numbers.months.items()])
    month = max(numbers.months)
    days = [_of_period(day, of) for day, of in numbers.days.items() if day.startswith(month)]
    yield _Section(f"Days of {month}", days)
    bins = [_Row(each.label or "unknown", each.papers) for each in numbers.bins]
    yield _Section("Papers by votes", bins)
    top = [_Row(each.name, each.papers, _votes(each.votes)) for each in numbers.top_authors]
    yield _Section(f"Most papers, of {count(numbers.authors, 'author')}", top)
    rising = numbers.rising
    words = [_Row(each.word, each.papers, f"{each.before} before") for each in rising.words]
    yield _Section(
        f"Words that rise: titles of {rising.month} ({rising.papers}) beside those since "
        f"{rising.since} ({rising.before})",
        words,
    )


def _of_period(period: str, of: Count) -> _Row:
    return _Row(period, of.papers, _votes(of.votes))


def _votes(votes: int | None) -> str:
    return "unknown votes" if votes is None else count(votes, "vote")


def _print_richly(first: str, sections: Sequence[_Section]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    signs: Glyphs = UNICODE if sys.stdout.encoding.lower().startswith("utf") else ASCII
    console = Console(highlight=False, markup=False)
    # A narrow terminal is for names and numbers first.
    longest = min(BAR, console.width // 4)
    console.print(Text(first))
    for section in sections:
        most = max(row.papers for row in section.rows)
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(overflow="fold")
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        for row in section.rows:
            length = bar(row.papers, most, longest, signs.bar)
            cells = (printable(row.label), length, str(row.papers), row.more)
            table.add_row(*map(Text, cells))
        console.print()
        console.print(Text(section.heading, style="bold"))
        console.print(table)
