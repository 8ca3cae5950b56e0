"""Fetch the daily papers of the Hugging Face hub and save each day as a file.

This module has what is needed before anything is fetched: the days to request, in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2023, 5, 4)
"""The first day on which the hub featured papers."""

RECENT_DAYS = 7
"""Number of days, including today, that are fetched by default."""

_DAY = timedelta(days=1)


def today() -> date:
    """Return the current day in UTC."""
    return datetime.now(UTC).date()


def days_between(first: date, last: date) -> list[date]:
    """Return the days from ``first`` to ``last``, newest first, without those before the hub's."""
    count = (last - max(first, FIRST_DAY)).days + 1
    return [last - number * _DAY for number in range(count)]


def last_days(number: int, last: date) -> list[date]:
    """Return the ``number`` days up to ``last``, newest first, without those before the hub's."""
    # A larger number could lead to a date that does not exist.
    number = min(number, (last - FIRST_DAY).days + 1)
    return days_between(last - (number - 1) * _DAY, last)
