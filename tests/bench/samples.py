"""What was measured, sample by sample, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles

from tests.bench.rows import OURS, Row


@dataclass(frozen=True)
class Sample:
    """One measurement: whose, of what, with how many papers, in which round."""

    who: str
    row: str
    papers: int
    turn: int
    value: float


@dataclass(frozen=True)
class Verdict:
    """What the samples of a row come to.

    Attributes:
        median, p95: of all samples.
        ratio: the median of the ratios to the reference, each within a round; None without one.
        spread: the lowest and the highest of these ratios.
        limit: the budget; None where there is none.
        met: whether it is kept; None where that cannot be said.
    """

    median: float
    p95: float
    ratio: float | None
    spread: tuple[float, float] | None
    limit: float | None
    met: bool | None


@dataclass
class Samples:
    """All samples of a run, in the units of their rows."""

    all: list[Sample] = field(default_factory=list)

    def note(self, row: str, papers: int, turn: int, *values: float, who: str = OURS) -> None:
        """Keep what was measured."""
        self.all += [Sample(who, row, papers, turn, value) for value in values]

    def of(self, who: str, row: str, papers: int) -> list[float]:
        """Return the values of somebody's row."""
        wanted = (who, row, papers)
        return [one.value for one in self.all if (one.who, one.row, one.papers) == wanted]

    def nearest(self, who: str, row: str, papers: int) -> int | None:
        """Return with how many papers somebody was measured: the most up to a number."""
        sizes = {one.papers for one in self.all if (one.who, one.row) == (who, row)}
        return max((size for size in sizes if size <= papers), default=None)

    def reference(self, who: str, row: str, papers: int) -> float | None:
        """Return the median of a reference; None where it was not measured."""
        values = self.of(who, row, papers)
        return median(values) if values else None

    def sizes(self, row: str) -> list[int]:
        """Return with how many papers a row of ours was measured."""
        return sorted({one.papers for one in self.all if (one.who, one.row) == (OURS, row)})

    def verdict(self, row: Row, papers: int) -> Verdict:
        """Return what our samples of a row come to."""
        values = self.of(OURS, row.name, papers)
        middle, highest = median(values), p95(values)
        budget = row.budget
        limit = budget.limit(papers) if budget else None
        if budget is None or budget.of is None or limit is None:
            kept = highest if budget and budget.p95 else middle
            met = None if limit is None else kept <= limit
            return Verdict(middle, highest, None, None, limit, met)
        ratios = self._ratios(row.name, papers, *budget.of)
        if not ratios:
            return Verdict(middle, highest, None, None, limit, None)
        ratio = median(ratios)
        spread = min(ratios), max(ratios)
        return Verdict(middle, highest, ratio, spread, limit, ratio <= limit)

    def _ratios(self, row: str, papers: int, who: str, other: str) -> list[float]:
        """Return ours by theirs, for each round in which both were measured."""
        theirs = self.nearest(who, other, papers)
        if theirs is None:
            return []
        ours, others = self._by_turn(OURS, row, papers), self._by_turn(who, other, theirs)
        return [ours[turn] / others[turn] for turn in ours if turn in others]

    def _by_turn(self, who: str, row: str, papers: int) -> dict[int, float]:
        turns: dict[int, list[float]] = {}
        for one in self.all:
            if (one.who, one.row, one.papers) == (who, row, papers):
                turns.setdefault(one.turn, []).append(one.value)
        return {turn: median(values) for turn, values in turns.items()}

    @property
    def raw(self) -> list[dict[str, object]]:
        """All samples, for JSON."""
        return [asdict(one) for one in self.all]


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile; of few values, the highest."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
