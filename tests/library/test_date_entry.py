"""Dates that are typed to go to them."""

from __future__ import annotations

from datetime import date

import pytest

from tui.library.date_entry import parse_date_entry
from tui.library.scope import Scope
from tui.query import relative_dates


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("thu", Scope("2025-05-15")),
        ("Wednesday", Scope("2025-05-21")),
        ("tues", Scope("2025-05-20")),
        ("목", Scope("2025-05-15")),
        ("수요일", Scope("2025-05-21")),
        ("last week", Scope(query_text="date:lastweek", name="Last week")),
        ("th", None),
        ("thursdays", None),
    ],
)
def test_weekdays_and_weeks_are_dates(
    monkeypatch: pytest.MonkeyPatch, text: str, scope: Scope | None
) -> None:
    monkeypatch.setattr(relative_dates, "current_day", lambda: date(2025, 5, 21))
    assert parse_date_entry(text, "2025-05-20") == scope
