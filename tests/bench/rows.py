"""The rows of the benchmark and their budgets, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

BROADSHEET = "broadsheet"
EMPTY, STOCK, NEWSBOAT, COBIB = "H", "stock", "newsboat", "cobib"
PYTHON = "python"
"""Python without a program, which has no column of its own."""
REFERENCES = (EMPTY, STOCK, NEWSBOAT, COBIB)


class Unit(StrEnum):
    """The unit of a row."""

    TIME = "ms"
    MEMORY = "MB"
    BYTES = "bytes"
    RATIO = "×"


@dataclass(frozen=True)
class Budget:
    """The limit of a row.

    Attributes:
        limits: limits by number of papers up to which they apply; the last one also beyond.
        reference: a program and its row; the limits are multiples of its value. None if absolute.
        uses_p95: whether it limits the 95th percentile instead of the median.
        min_papers, max_papers: the range of library sizes to which it applies.
    """

    limits: Mapping[int, float]
    reference: tuple[str, str] | None = None
    uses_p95: bool = False
    min_papers: int = 0
    max_papers: float = inf

    def limit(self, papers: int) -> float | None:
        """Return the limit for a number of papers, or None."""
        if not self.min_papers <= papers <= self.max_papers:
            return None
        fitting = [size for size in sorted(self.limits) if size >= papers]
        return self.limits[fitting[0] if fitting else max(self.limits)]


def _absolute(limit: float, *, p95: bool = False) -> Budget:
    return Budget({0: limit}, uses_p95=p95)


def _ratio_to_empty(limit: float, row: str) -> Budget:
    return Budget({0: limit}, (EMPTY, row))


@dataclass(frozen=True)
class BenchRow:
    """A row of the benchmark.

    Attributes:
        name: its name on the command line and in the samples.
        label: its name in the table.
        unit: the unit of its values.
        budget: its limit; None if the value is only reported.
    """

    name: str
    label: str
    unit: Unit = Unit.TIME
    budget: Budget | None = None


ROWS = (
    BenchRow("first", "first useful screen", budget=_ratio_to_empty(1.25, "first")),
    BenchRow("frame", "stored first frame", budget=_ratio_to_empty(0.25, "first")),
    BenchRow("frame-key", "first key pressed on that frame"),
    BenchRow("first-bytes", "first screen and its summary", Unit.BYTES, _absolute(12_000)),
    BenchRow("first-summary", "first summary, after that", budget=_absolute(60)),
    BenchRow("memory", "memory at the first screen", Unit.MEMORY, _ratio_to_empty(1.5, "memory")),
    BenchRow("memory-rest", "memory a second later", Unit.MEMORY, _ratio_to_empty(1.5, "memory")),
    BenchRow("memory-all", "memory after All", Unit.MEMORY, _ratio_to_empty(5, "memory")),
    BenchRow("memory-search", "peak memory of a search", Unit.MEMORY, _ratio_to_empty(5, "memory")),
    BenchRow("move", "cursor move: row settled", budget=_absolute(10, p95=True)),
    BenchRow("move-bytes", "cursor move: row settled", Unit.BYTES, _absolute(350)),
    BenchRow("summary", "cursor move: summary settled", budget=_absolute(50, p95=True)),
    BenchRow("summary-bytes", "cursor move: summary settled", Unit.BYTES, _absolute(3500)),
    BenchRow("held", "200 moves at once: settled", budget=_absolute(250)),
    BenchRow("day", "another day", budget=_absolute(50)),
    BenchRow("day-summary", "another day: summary settled"),
    BenchRow("all-first", "All, first time", budget=_absolute(400)),
    BenchRow("all-again", "All, again", budget=_absolute(30)),
    BenchRow("threshold", "threshold step, in All", budget=_absolute(30)),
    BenchRow("sort", "sort, in All", budget=_absolute(60)),
    BenchRow("query-cold", "full-text query, cold: all results", budget=_absolute(500)),
    BenchRow("query-first", "full-text query, cold: first results"),
    BenchRow("query", "full-text query, warm", budget=Budget({5500: 30, 55000: 100})),
    BenchRow("list-word", "list of the papers with a word, as a process",
        budget=_absolute(700)),
    BenchRow("import", "first import, as a process",
        budget=Budget({0: 1}, (NEWSBOAT, "import"), min_papers=5500, max_papers=5500)),
    BenchRow("sync-same", "sync as a process: nothing changed",
        budget=Budget({0: 0.5}, (NEWSBOAT, "sync-same"), min_papers=5500)),
    BenchRow("sync-one", "sync as a process: one new digest",
        budget=Budget({0: 0.5}, (NEWSBOAT, "sync-same"), min_papers=5500)),
    BenchRow("sync-flat", "one new digest: largest library ÷ 5,500 papers",
        Unit.RATIO, _absolute(1.25)),
    BenchRow("version", "broadsheet --version, as a process",
        budget=Budget({0: 1.5}, (PYTHON, "version"))),
    BenchRow("count", "broadsheet count, as a process", budget=Budget({0: 4}, (PYTHON, "count"))),
    BenchRow("list-limit", "broadsheet list --limit 5, as a process",
        budget=Budget({0: 4}, (PYTHON, "list-limit"))),
    BenchRow("mark", "one mark on disk, with every paper marked", budget=_absolute(20)),
    BenchRow("mark-confirmed", "one mark, until the status line confirms it"),
    BenchRow("key-latency-idle", "longest key latency: idle"),
    BenchRow("key-latency-import", "longest key latency: first import", budget=_absolute(50)),
    BenchRow("key-latency-all", "longest key latency: All, first time", budget=_absolute(50)),
    BenchRow("key-latency-search", "longest key latency: cold query", budget=_absolute(50)),
)  # fmt: skip
"""All rows, in the order of the table."""

BY_NAME = {row.name: row for row in ROWS}
