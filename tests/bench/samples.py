"""The samples, and the statistics of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles

from tests.bench.rows import BROADSHEET, BenchRow


@dataclass(frozen=True)
class Sample:
    """One measurement of a row: program, library size, round and value."""

    program: str
    row: str
    papers: int
    round_number: int
    value: float


@dataclass(frozen=True)
class RowResult:
    """The statistics of a row.

    Attributes:
        median, p95: of all samples.
        ratio: the median of the ratios to the reference in the same round; None without one.
        spread: the lowest and the highest of these ratios.
        limit: the budget, or None.
        is_met: whether the budget is met; None if unknown.
    """

    median: float
    p95: float
    ratio: float | None
    spread: tuple[float, float] | None
    limit: float | None
    is_met: bool | None


@dataclass
class Samples:
    """The samples of a run, in the units of their rows."""

    all: list[Sample] = field(default_factory=list)

    def add(
        self, row: str, papers: int, round_number: int, *values: float, program: str = BROADSHEET
    ) -> None:
        """Add measured values."""
        self.all += [Sample(program, row, papers, round_number, value) for value in values]

    def values(self, program: str, row: str, papers: int) -> list[float]:
        """Return the values of a program's row."""
        key = (program, row, papers)
        return [
            sample.value
            for sample in self.all
            if (sample.program, sample.row, sample.papers) == key
        ]

    def largest_size_up_to(self, program: str, row: str, papers: int) -> int | None:
        """Return the largest measured number of papers up to a limit, or None."""
        sizes = {
            sample.papers for sample in self.all if (sample.program, sample.row) == (program, row)
        }
        return max((size for size in sizes if size <= papers), default=None)

    def reference_median(self, program: str, row: str, papers: int) -> float | None:
        """Return the median of a reference program, or None if it was not measured."""
        values = self.values(program, row, papers)
        return median(values) if values else None

    def sizes(self, row: str) -> list[int]:
        """Return the numbers of papers for which Broadsheet's row was measured, ascending."""
        return sorted(
            {
                sample.papers
                for sample in self.all
                if (sample.program, sample.row) == (BROADSHEET, row)
            }
        )

    def result(self, row: BenchRow, papers: int) -> RowResult:
        """Return the statistics of Broadsheet's row."""
        values = self.values(BROADSHEET, row.name, papers)
        median_value, p95_value = median(values), p95(values)
        budget = row.budget
        limit = budget.limit(papers) if budget else None
        if budget is None or budget.reference is None or limit is None:
            value = p95_value if budget and budget.uses_p95 else median_value
            is_met = None if limit is None else value <= limit
            return RowResult(median_value, p95_value, None, None, limit, is_met)
        ratios = self._ratios(row.name, papers, *budget.reference)
        if not ratios:
            return RowResult(median_value, p95_value, None, None, limit, None)
        ratio = median(ratios)
        spread = min(ratios), max(ratios)
        return RowResult(median_value, p95_value, ratio, spread, limit, ratio <= limit)

    def _ratios(self, row: str, papers: int, program: str, reference_row: str) -> list[float]:
        """Return the ratios to another program's row in the rounds that measured both."""
        reference_papers = self.largest_size_up_to(program, reference_row, papers)
        if reference_papers is None:
            return []
        own_medians, reference_medians = (
            self._medians_by_round(BROADSHEET, row, papers),
            self._medians_by_round(program, reference_row, reference_papers),
        )
        return [
            own_medians[round_number] / reference_medians[round_number]
            for round_number in own_medians
            if round_number in reference_medians
        ]

    def _medians_by_round(self, program: str, row: str, papers: int) -> dict[int, float]:
        rounds: dict[int, list[float]] = {}
        for sample in self.all:
            if (sample.program, sample.row, sample.papers) == (program, row, papers):
                rounds.setdefault(sample.round_number, []).append(sample.value)
        return {round_number: median(values) for round_number, values in rounds.items()}

    @property
    def as_json(self) -> list[dict[str, object]]:
        """All samples, for JSON."""
        return [asdict(sample) for sample in self.all]


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile; of a single value, the value."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
