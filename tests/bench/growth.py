"""The growth of times and sizes with the library: a table with bars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from statistics import median

from rich.table import Table

from tests.bench.keypresses import measure_search
from tests.bench.load_guard import LoadGuard
from tests.bench.report import format_value
from tests.bench.rows import BROADSHEET, Unit
from tests.bench.sample_libraries import BenchOptions, LibraryBuilder, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import measure_start
from tests.bench.sync_times import measure_sync

SIZES = (120, 1000, 5500, 20_000, 55_000, 200_000, 1_000_000)
BAR_WIDTH = 10
"""Cells."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MEGABYTE_BYTES = 10**6


@dataclass(frozen=True)
class GrowthColumn:
    """A column of the table."""

    row: str
    label: str
    unit: Unit = Unit.TIME


GROWTH_COLUMNS = (
    GrowthColumn("first", "first screen"),
    GrowthColumn("memory", "memory", Unit.MEMORY),
    GrowthColumn("all-first", "all days"),
    GrowthColumn("memory-all", "memory then", Unit.MEMORY),
    GrowthColumn("sync-one", "sync of one new digest"),
    GrowthColumn("query", "search, warm"),
    GrowthColumn("query-cold", "search, cold"),
    GrowthColumn("disk", "cache on disk", Unit.MEMORY),
)


def measure(
    builder: LibraryBuilder,
    options: BenchOptions,
    sizes: Iterable[int],
    samples: Samples,
    guard: LoadGuard,
) -> None:
    """Measure all columns at some sizes, up to millions of papers, round by round."""
    libraries = [builder.build(papers) for papers in sizes]
    for round_number in range(options.runs):
        for library in libraries:
            guard.measure(samples, partial(_measure, round_number, options, library))


def _measure(
    round_number: int, options: BenchOptions, library: SampleLibrary, samples: Samples
) -> None:
    measure_start(samples, round_number, options, library)
    measure_sync(samples, round_number, library)
    measure_search(samples, round_number, options, library)
    samples.add("disk", library.papers, round_number, library.cache_bytes / _MEGABYTE_BYTES)


def table(samples: Samples) -> Table:
    """Return the table: a row for each size, with a bar next to each value."""
    sizes = sorted(samples.sizes("disk"))
    result = Table("papers", title="Growth (medians)")
    for column in GROWTH_COLUMNS:
        result.add_column(column.label)
    values = {
        column.row: [median(samples.values(BROADSHEET, column.row, papers)) for papers in sizes]
        for column in GROWTH_COLUMNS
    }
    for number, papers in enumerate(sizes):
        cells = (
            f"{format_value(values[column.row][number], column.unit):>9} "
            f"{bar(values[column.row][number], max(values[column.row]))}"
            for column in GROWTH_COLUMNS
        )
        result.add_row(f"{papers:>9,}", *cells)
    return result


def bar(value: float, largest: float) -> str:
    """Return a bar whose length is proportional to the ratio of a value to the largest value."""
    eighths = round(value / largest * BAR_WIDTH * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
