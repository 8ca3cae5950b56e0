"""Parsing and displaying periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.periods import (
    format_period,
    is_day,
    is_today,
    parent,
    parse_period,
    recent_day,
    weekday,
)
from tui.query import relative_dates

NEWEST = "2025-05-22"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025", "2025"),
        ("2025-05", "2025-05"),
        ("2025-5", "2025-05"),
        ("2025-05-22", "2025-05-22"),
        ("2025/5/2", "2025-05-02"),
        ("2025.05.02", "2025-05-02"),
        ("25.05.02", "2025-05-02"),
        ("20250502", "2025-05-02"),
        ("  2025-05-02 ", "2025-05-02"),
        ("2025-05-", "2025-05"),
        ("22", "2025-05-22"),
        ("22.", "2025-05-22"),
        ("3", "2025-05-03"),
        ("4-30", "2025-04-30"),
        ("12.31", "2025-12-31"),
        ("2024-02-29", "2024-02-29"),
        ("２０２５-０５-０２", "2025-05-02"),
        ("2025. 5. 2.", "2025-05-02"),
        ("2025–05–02", "2025-05-02"),
        ("2025년 5월 2일", "2025-05-02"),
        ("2025년5월2일", "2025-05-02"),
        ("2025년 5월", "2025-05"),
        ("2025년", "2025"),
        ("25년 5월 2일", "2025-05-02"),
        ("5월 2일", "2025-05-02"),
        ("2일", "2025-05-02"),
        ("2025年5月2日", "2025-05-02"),
        ("２０２５０５０２", "2025-05-02"),
        ("all", ""),
        ("ALL", ""),
        ("*", ""),
    ],
)
def test_period_is_parsed(text: str, period: str) -> None:
    assert parse_period(text, NEWEST) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("today", "2025-05-21"),
        (" Yesterday", "2025-05-20"),
        ("-7d", "2025-05-14"),
        ("-1m", "2025-04-21"),
        ("month", "2025-05"),
        ("next month", None),
        ("year", "2025"),
        ("오늘", "2025-05-21"),
        ("이번 달", "2025-05"),
        ("week", None),
        ("7d", None),
    ],
)
def test_relative_date_is_a_period_if_it_is_one(
    text: str, period: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relative_dates, "current_day", lambda: date(2025, 5, 21))
    assert parse_period(text, NEWEST) == period


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "2025-13", "2025-00", "2025-02-29", "2025-02-30", "0000", "32", "0", "13-1",
     "25-05", "20251301", "20250230", "2025-05-22-01", "2025 05", "May", "5월", "2025-٥-x", "²",
     "2²", "Ⅷ", "一", "½", "+5",
     "2025년 2일", "25년", "25년 5월", "5월 32일", "2025년 13월", "년", "2025년 5", "2025-05-22T00",
     "99999999999", "9" * 5000, "1-2-" + "9" * 5000],
)  # fmt: skip
def test_other_text_is_not_a_period(text: str) -> None:
    assert parse_period(text, NEWEST) is None


@given(text=st.text("0123456789-./² ２all*", max_size=12) | st.text())
def test_parsing_any_text_is_safe(text: str) -> None:
    period = parse_period(text, NEWEST)
    if period:
        assert period.isascii()
        assert date.fromisoformat(f"{period}-01-01"[:10] if len(period) != 7 else f"{period}-01")


@given(day=st.dates(date(1000, 1, 1)))
def test_every_iso_day_parses_to_itself(day: date) -> None:
    text = day.isoformat()
    for period in (text, text[:7], text[:4]):
        assert parse_period(period, NEWEST) == period
    assert parse_period(f"{day:%Y%m%d}", NEWEST) == text
    assert parse_period(str(day.day), text) == text
    assert parse_period(f"{day.month}-{day.day}", text) == text


def test_parent_is_the_next_longer_period() -> None:
    assert [parent(period) for period in ("2025-05-22", "2025-05", "2025", "")] == [
        "2025-05", "2025", "", "",
    ]  # fmt: skip


def test_only_days_are_days() -> None:
    assert [is_day(period) for period in ("2025-05-22", "2025-05", "2025", "")] == [
        True, False, False, False,
    ]  # fmt: skip


def test_period_is_formatted() -> None:
    assert format_period("2025-05-22") == "Thu 22 May 2025"
    assert format_period("2025-01-01") == "Wed 1 January 2025"
    assert format_period("2025-12") == "December 2025"
    assert format_period("2025") == "2025"
    assert format_period("") == "All days"


@given(day=st.dates(date(1000, 1, 1)))
def test_weekday_is_correct(day: date) -> None:
    assert weekday(day.isoformat()) == f"{day:%a}"


@pytest.mark.parametrize(
    "read",
    [
        lambda: is_today("2025-05-21"),
        lambda: recent_day("2025-05-21"),
        lambda: parse_period("today", ""),
    ],
)
def test_what_depends_on_the_day_is_noted(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(relative_dates, "on_day_read", lambda: noted.append("day"))
    read()
    assert noted
