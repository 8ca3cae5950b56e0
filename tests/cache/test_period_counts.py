from __future__ import annotations

from tui.cache.period_counts import PeriodCounts
from tui.models import UNDATED

INDEX = {
    "2025-05-02": ["b", "c"],
    "2024-12-31": ["z"],
    "2025-05-01": ["a", "b"],
    "2025-06-01": ["a", "d", "d"],
}


def test_each_paper_is_counted_once_per_period() -> None:
    assert PeriodCounts.from_index(INDEX).counts == {
        "": 5,
        "2024": 1,
        "2024-12": 1,
        "2024-12-31": 1,
        "2025": 4,
        "2025-05": 3,
        "2025-05-01": 2,
        "2025-05-02": 2,
        "2025-06": 2,
        "2025-06-01": 2,
    }
    assert PeriodCounts.from_index(INDEX).total == 5


def test_papers_of_several_months_are_recurring() -> None:
    index = {**INDEX, "2023-01-01": ["a", "z"]}
    months = {
        paper: sorted(months)
        for paper, months in PeriodCounts.from_index(index).recurring_months.items()
    }
    assert months == {"a": ["2023-01", "2025-05", "2025-06"], "z": ["2023-01", "2024-12"]}


def test_days_and_months_are_newest_first() -> None:
    calendar = PeriodCounts.from_index(INDEX)
    assert calendar.days() == ["2025-06-01", "2025-05-02", "2025-05-01", "2024-12-31"]
    assert calendar.months() == ["2025-06", "2025-05", "2024-12"]
    assert calendar.months("2025") == ["2025-06", "2025-05"]
    assert calendar.months("2025-05") == ["2025-05"]
    assert calendar.months("2025-05-02") == ["2025-05"]
    assert calendar.months("2023") == []


def test_empty_index_has_no_counts() -> None:
    for calendar in (PeriodCounts(), PeriodCounts.from_index({})):
        assert calendar.total == 0
        assert calendar.days() == []
        assert calendar.months() == []


def test_counts_survive_serialization() -> None:
    calendar = PeriodCounts.from_index(INDEX)
    assert PeriodCounts.from_document(calendar.to_document()) == calendar


def test_counts_of_disjoint_indexes_add_up() -> None:
    indexes: dict[str, dict[str, list[str]]] = {}
    for day, papers in INDEX.items():
        for paper in papers:
            indexes.setdefault(paper, {}).setdefault(day, []).append(paper)
    assert PeriodCounts.sum(
        map(PeriodCounts.from_index, indexes.values())
    ) == PeriodCounts.from_index(INDEX)
    assert PeriodCounts.sum([]) == PeriodCounts.from_index({})


def test_undated_papers_count_unless_another_digest_has_a_day() -> None:
    index = {UNDATED: ["a", "y"], "2025-05-01": ["a", "b"]}
    calendar = PeriodCounts.from_index(index)
    assert calendar.total == 3
    assert calendar.counts[UNDATED] == 1
    assert calendar.days() == ["2025-05-01"]
    assert calendar.recurring_months == {"a": ["0001-01", "2025-05"]}
    assert PeriodCounts.from_document(calendar.to_document()) == calendar
