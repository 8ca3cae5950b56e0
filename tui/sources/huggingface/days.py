"""The days to request from the hub, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2023, 5, 4)
"""The first day on which the hub featured papers."""

RECENT_DAYS = 7
"""Number of days, including today, that are fetched by default."""

SETTLING_TIME = timedelta(days=7)
"""How long the votes of a day still change noticeably after its end."""

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


def is_final(day: date, fetched_at: float) -> bool:
    """Return whether a day was fetched so late that it no longer changes.

    Args:
        day: the day.
        fetched_at: seconds since the epoch.
    """
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY
    return fetched_at >= (end + SETTLING_TIME).timestamp()
