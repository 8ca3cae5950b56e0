"""Dates that depend on the current day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.query.strategies import FakeDocument, paper
from tui.query import relative_dates
from tui.query.parser import parse
from tui.query.query import compile_query


@pytest.fixture
def set_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that sets the current day."""

    def set_to(day: str) -> None:
        monkeypatch.setattr(relative_dates, "current_day", lambda: date.fromisoformat(day))

    return set_to


def matching_days(query: str, *days: str) -> list[str]:
    predicate = compile_query(parse(query))
    return [day for day in days if predicate(FakeDocument(paper(dates=(day,))))]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("today", "2025-05-21", "2025-05-21"),
        ("yesterday", "2025-05-20", "2025-05-20"),
        ("오늘", "2025-05-21", "2025-05-21"),
        ("week", "2025-05-19", "2025-05-25"),
        ("lastweek", "2025-05-12", "2025-05-18"),
        ("month", "2025-05-01", "2025-05-31"),
        ("year", "2025-01-01", "2025-12-31"),
        ("1d", "2025-05-21", "2025-05-21"),
        ("7d", "2025-05-15", "2025-05-21"),
        ("2w", "2025-05-08", "2025-05-21"),
        ("1m", "2025-04-22", "2025-05-21"),
        ("1y", "2024-05-22", "2025-05-21"),
        ("-7d", "2025-05-14", "2025-05-14"),
        ("-1m", "2025-04-21", "2025-04-21"),
        ("-30d..", "2025-04-21", "9999-12-31"),
        ("..-7d", "0001-01-01", "2025-05-14"),
        ("-7d..yesterday", "2025-05-14", "2025-05-20"),
        ("2025-05..today", "2025-05-01", "2025-05-21"),
        (">=week", "2025-05-19", "9999-12-31"),
        ("<week", "0001-01-01", "2025-05-18"),
        ("<=week", "0001-01-01", "2025-05-25"),
        (">month", "2025-06-01", "9999-12-31"),
        ("<7d", "0001-01-01", "2025-05-14"),
        ("9999y", "0001-01-02", "2025-05-21"),
    ],
)
def test_relative_date_stands_for_days(
    set_day: Callable[[str], None], value: str, first: str, last: str
) -> None:
    set_day("2025-05-21")  # a Wednesday
    if first > "0001-01-01":
        before = date.fromordinal(date.fromisoformat(first).toordinal() - 1).isoformat()
        assert matching_days(f"date:{value}", before, first) == [first]
    if last < "9999-12-31":
        after = date.fromordinal(date.fromisoformat(last).toordinal() + 1).isoformat()
        assert matching_days(f"date:{value}", last, after) == [last]


@pytest.mark.parametrize(
    ("today", "value", "first"),
    [
        ("2025-03-31", "-1m", "2025-02-28"),
        ("2024-03-31", "-1m", "2024-02-29"),
        ("2024-02-29", "-1y", "2023-02-28"),
        ("2025-01-15", "-1m", "2024-12-15"),
        ("2025-12-31", "-1m", "2025-11-30"),
        ("2025-05-19", "week", "2025-05-19"),
        ("2025-05-25", "week", "2025-05-19"),
    ],
)
def test_calendar_is_irregular(
    set_day: Callable[[str], None], today: str, value: str, first: str
) -> None:
    set_day(today)
    before = date.fromordinal(date.fromisoformat(first).toordinal() - 1).isoformat()
    assert matching_days(f"date:{value}", before, first) == [first]


def test_date_is_evaluated_when_a_search_begins(set_day: Callable[[str], None]) -> None:
    query = parse("date:today..2025-06")
    set_day("2025-05-21")
    assert compile_query(query)(FakeDocument(paper(dates=("2025-05-21",))))
    set_day("2025-05-22")
    assert not compile_query(query)(FakeDocument(paper(dates=("2025-05-21",))))
    assert query.needs_clock
    assert parse("a OR (b -date:7d)").needs_clock
    assert not parse("date:2025").needs_clock


def test_range_is_valid_on_every_day_or_on_none(set_day: Callable[[str], None]) -> None:
    # On a Monday, the week has only begun.
    set_day("2025-05-19")
    assert matching_days("date:week..yesterday", "2025-05-19", "2025-05-18") == []
