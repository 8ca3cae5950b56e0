"""Statistics of samples, compared with their budgets."""

from __future__ import annotations

import pytest

from tests.bench.growth import bar
from tests.bench.rows import BY_NAME, EMPTY, NEWSBOAT
from tests.bench.samples import Samples


def test_ratios_are_taken_within_a_round() -> None:
    samples = Samples()
    # A disturbance in the second round affected both programs.
    for round_number, (ours, empty) in enumerate(((110, 100), (360, 300), (130, 100))):
        samples.add("first", 5500, round_number, ours)
        samples.add("first", 0, round_number, empty, program=EMPTY)
    result = samples.result(BY_NAME["first"], 5500)
    assert result.ratio == pytest.approx(1.2)
    assert result.spread is not None
    assert list(result.spread) == pytest.approx([1.1, 1.3])
    assert result.is_met is True


def test_round_without_the_reference_is_not_compared() -> None:
    samples = Samples()
    samples.add("first", 120, 0, 110)
    samples.add("first", 120, 1, 900)
    samples.add("first", 0, 0, 100, program=EMPTY)
    assert samples.result(BY_NAME["first"], 120).ratio == pytest.approx(1.1)


def test_result_without_the_reference_is_unknown() -> None:
    samples = Samples()
    samples.add("sync-same", 5500, 0, 80)
    assert samples.result(BY_NAME["sync-same"], 5500).is_met is None


def test_larger_library_is_compared_with_the_largest_one_of_the_reference() -> None:
    samples = Samples()
    samples.add("sync-same", 55_000, 0, 80)
    for papers, value in ((120, 10), (5500, 100)):
        samples.add("sync-same", papers, 0, value, program=NEWSBOAT)
    result = samples.result(BY_NAME["sync-same"], 55_000)
    assert result.ratio == pytest.approx(0.8)
    assert result.is_met is False


def test_budget_can_limit_the_95th_percentile() -> None:
    samples = Samples()
    samples.add("move", 120, 0, *[5.0] * 15, *[12.0] * 5)
    samples.add("threshold", 120, 0, *[5.0] * 15, *[100.0] * 5)
    assert samples.result(BY_NAME["move"], 120).is_met is False
    assert samples.result(BY_NAME["threshold"], 120).is_met is True


@pytest.mark.parametrize(
    ("papers", "limit"), [(120, 30), (5500, 30), (20_000, 100), (200_000, 100)]
)
def test_budget_can_grow_with_the_library(papers: int, limit: float) -> None:
    budget = BY_NAME["query"].budget
    assert budget is not None
    assert budget.limit(papers) == limit


def test_budget_can_apply_to_one_size() -> None:
    budget = BY_NAME["import"].budget
    assert budget is not None
    assert [budget.limit(papers) for papers in (120, 5500, 55_000)] == [None, 1, None]


def test_bar_length_is_proportional() -> None:
    assert bar(100, 100) == "█" * 10
    assert bar(25, 100) == "██▌"
    assert bar(0, 100) == ""
