"""What is measured, and what is budgeted for it: as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

OURS = "broadsheet"
EMPTY, STOCK, NEWSBOAT, COBIB = "H", "stock", "newsboat", "cobib"
REFERENCES = (EMPTY, STOCK, NEWSBOAT, COBIB)


class Unit(StrEnum):
    """What a row's numbers are."""

    TIME = "ms"
    MEMORY = "MB"
    BYTES = "bytes"
    RATIO = "×"


@dataclass(frozen=True)
class Budget:
    """How much there may be of something.

    Attributes:
        limits: at most so much, for so many papers or fewer; the last also for more.
        of: the reference and its row of which the limits are multiples; None for plain ones.
        p95: whether the 95th percentile must keep to it; else the median.
        least, most: the numbers of papers between which it holds.
    """

    limits: Mapping[int, float]
    of: tuple[str, str] | None = None
    p95: bool = False
    least: int = 0
    most: float = inf

    def limit(self, papers: int) -> float | None:
        """Return the limit for a number of papers; None where there is none."""
        if not self.least <= papers <= self.most:
            return None
        fitting = [size for size in sorted(self.limits) if size >= papers]
        return self.limits[fitting[0] if fitting else max(self.limits)]


def _plain(limit: float, *, p95: bool = False) -> Budget:
    return Budget({0: limit}, p95=p95)


def _of_empty(limit: float, row: str) -> Budget:
    return Budget({0: limit}, (EMPTY, row))


@dataclass(frozen=True)
class Row:
    """One thing that is measured.

    Attributes:
        name: for the command line and the samples.
        words: for people.
        unit: what its numbers are.
        budget: None for what is only told.
    """

    name: str
    words: str
    unit: Unit = Unit.TIME
    budget: Budget | None = None


ROWS = (
    Row("first", "first useful screen", budget=_of_empty(1.25, "first")),
    Row("first-summary", "its first summary, after that", budget=_plain(60)),
    Row("memory", "memory at the first screen", Unit.MEMORY, _of_empty(1.5, "memory")),
    Row("memory-rest", "memory when digests are looked through", Unit.MEMORY),
    Row("memory-all", "memory after All", Unit.MEMORY, _of_empty(5, "memory")),
    Row("memory-search", "most memory in a search", Unit.MEMORY, _of_empty(8, "memory")),
    Row("move", "cursor move: row settled", budget=_plain(10, p95=True)),
    Row("move-bytes", "cursor move: row settled", Unit.BYTES, _plain(1200)),
    Row("summary", "cursor move: summary settled", budget=_plain(50, p95=True)),
    Row("summary-bytes", "cursor move: summary settled", Unit.BYTES, _plain(8000)),
    Row("held", "200 moves at once: settled", budget=_plain(250)),
    Row("day", "another day", budget=_plain(50)),
    Row("day-summary", "another day: its summary settled"),
    Row("all-first", "All, first time", budget=_plain(400)),
    Row("all-again", "All, again", budget=_plain(30)),
    Row("threshold", "threshold step, in All", budget=_plain(30)),
    Row("sort", "sort, in All", budget=_plain(60)),
    Row("query-cold", "full-text query, cold: all found", budget=_plain(2500)),
    Row("query-first", "full-text query, cold: first found"),
    Row("query", "full-text query, warm", budget=Budget({5500: 30, 55000: 150})),
    Row("import", "first import, as a process",
        budget=Budget({0: 1}, (NEWSBOAT, "import"), least=5500, most=5500)),
    Row("sync-same", "sync as a process: nothing changed",
        budget=Budget({0: 0.5}, (NEWSBOAT, "sync-same"), least=5500)),
    Row("sync-one", "sync as a process: one new digest",
        budget=Budget({0: 0.5}, (NEWSBOAT, "sync-same"), least=5500)),
    Row("sync-flat", "one new digest: most papers ÷ 5,500", Unit.RATIO, _plain(1.25)),
    Row("mark", "one mark, to on disk (as many kept)", budget=_plain(20)),
    Row("mark-told", "one mark, until it is told"),
    Row("alive-idle", "longest wait for a key: at rest"),
    Row("alive-import", "longest wait for a key: first import", budget=_plain(50)),
    Row("alive-all", "longest wait for a key: All, first time", budget=_plain(50)),
    Row("alive-search", "longest wait for a key: cold query", budget=_plain(50)),
)  # fmt: skip
"""Everything that is measured, in the order in which it is told."""

BY_NAME = {row.name: row for row in ROWS}
