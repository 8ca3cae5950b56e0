"""How everything grows with the library: a table that is nearly a plot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median

from rich.table import Table

from tests.bench.calm import Calm
from tests.bench.keypresses import measure_search
from tests.bench.report import written
from tests.bench.rows import OURS, Unit
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Stage, Ways
from tests.bench.starts import measure_start
from tests.bench.syncs import measure_sync

SIZES = (120, 1000, 5500, 20_000, 55_000, 200_000)
WIDTH = 10
"""Cells of the longest bar."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MEGABYTE = 10**6


@dataclass(frozen=True)
class Column:
    """What is told of every size."""

    row: str
    words: str
    unit: Unit = Unit.TIME


COLUMNS = (
    Column("first", "first screen"),
    Column("memory", "its memory", Unit.MEMORY),
    Column("sync-one", "sync of one new digest"),
    Column("query", "search, warm"),
    Column("query-cold", "search, cold"),
    Column("disk", "cache on disk", Unit.MEMORY),
)


def measure(stage: Stage, ways: Ways, samples: Samples, calm: Calm) -> None:
    """Measure all columns at all sizes, round by round."""
    collections = [stage.collection(papers) for papers in SIZES]
    for turn in range(ways.runs):
        for collection in collections:
            calm.measure(samples, partial(_measure, turn, ways, collection))


def _measure(turn: int, ways: Ways, collection: Collection, samples: Samples) -> None:
    measure_start(samples, turn, ways, collection)
    measure_sync(samples, turn, collection)
    measure_search(samples, turn, ways, collection)
    samples.note("disk", collection.papers, turn, collection.on_disk / _MEGABYTE)


def table(samples: Samples) -> Table:
    """Return a row for each size, with a bar beside each figure."""
    made = Table("papers", title="How it grows (medians)")
    for column in COLUMNS:
        made.add_column(column.words)
    values = {
        column.row: [median(samples.of(OURS, column.row, papers)) for papers in SIZES]
        for column in COLUMNS
    }
    for number, papers in enumerate(SIZES):
        cells = (
            f"{written(values[column.row][number], column.unit):>9} "
            f"{bar(values[column.row][number], max(values[column.row]))}"
            for column in COLUMNS
        )
        made.add_row(f"{papers:>7,}", *cells)
    return made


def bar(value: float, most: float) -> str:
    """Return a bar, as long as a value is beside the most."""
    eighths = round(value / most * WIDTH * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
