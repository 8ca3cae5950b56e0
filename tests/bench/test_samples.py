"""What samples come to, and when a budget counts as kept."""

from __future__ import annotations

import pytest

from tests.bench.growth import bar
from tests.bench.rows import BY_NAME, EMPTY, NEWSBOAT
from tests.bench.samples import Samples


def test_ratios_are_taken_within_a_round() -> None:
    samples = Samples()
    # The second round was disturbed, and both with it.
    for turn, (ours, empty) in enumerate(((110, 100), (360, 300), (130, 100))):
        samples.note("first", 5500, turn, ours)
        samples.note("first", 0, turn, empty, who=EMPTY)
    verdict = samples.verdict(BY_NAME["first"], 5500)
    assert verdict.ratio == pytest.approx(1.2)
    assert verdict.spread is not None
    assert list(verdict.spread) == pytest.approx([1.1, 1.3])
    assert verdict.met is True


def test_a_round_without_the_reference_is_not_compared() -> None:
    samples = Samples()
    samples.note("first", 120, 0, 110)
    samples.note("first", 120, 1, 900)
    samples.note("first", 0, 0, 100, who=EMPTY)
    assert samples.verdict(BY_NAME["first"], 120).ratio == pytest.approx(1.1)


def test_nobody_can_say_without_the_reference() -> None:
    samples = Samples()
    samples.note("sync-same", 5500, 0, 80)
    assert samples.verdict(BY_NAME["sync-same"], 5500).met is None


def test_a_library_too_large_for_a_reference_is_compared_with_its_largest() -> None:
    samples = Samples()
    samples.note("sync-same", 55_000, 0, 80)
    for papers, value in ((120, 10), (5500, 100)):
        samples.note("sync-same", papers, 0, value, who=NEWSBOAT)
    verdict = samples.verdict(BY_NAME["sync-same"], 55_000)
    assert verdict.ratio == pytest.approx(0.8)
    assert verdict.met is False


def test_some_budgets_are_for_the_slowest() -> None:
    samples = Samples()
    samples.note("move", 120, 0, *[5.0] * 15, *[12.0] * 5)
    samples.note("threshold", 120, 0, *[5.0] * 15, *[100.0] * 5)
    assert samples.verdict(BY_NAME["move"], 120).met is False
    assert samples.verdict(BY_NAME["threshold"], 120).met is True


@pytest.mark.parametrize(
    ("papers", "limit"), [(120, 30), (5500, 30), (20_000, 150), (200_000, 150)]
)
def test_a_budget_may_grow_with_the_library(papers: int, limit: float) -> None:
    budget = BY_NAME["query"].budget
    assert budget is not None
    assert budget.limit(papers) == limit


def test_a_budget_may_be_for_one_size() -> None:
    budget = BY_NAME["import"].budget
    assert budget is not None
    assert [budget.limit(papers) for papers in (120, 5500, 55_000)] == [None, 1, None]


def test_a_bar_is_as_long_as_its_value() -> None:
    assert bar(100, 100) == "█" * 10
    assert bar(25, 100) == "██▌"
    assert bar(0, 100) == ""
