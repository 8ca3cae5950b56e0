"""Which days are asked for. The hub's days are UTC's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2023, 5, 4)
"""The first day on which the hub featured papers."""

RECENT_DAYS = 7
"""How many days, today among them, a reader is taken to want who only asks for what is new."""

SETTLING_TIME = timedelta(days=7)
"""How long after its end a day's votes still change by much."""

_DAY = timedelta(days=1)


def today() -> date:
    """Return the day it is for the hub."""
    return datetime.now(UTC).date()


def days_between(first: date, last: date) -> list[date]:
    """Return the days from one to another, the newest first; none before the hub's first."""
    return list(_backwards(max(first, FIRST_DAY), last))


def last_days(number: int, last: date) -> list[date]:
    """Return so many days up to the last one, the newest first; none before the hub's first."""
    # A number may lead farther back than there are dates.
    number = min(number, (last - FIRST_DAY).days + 1)
    return days_between(last - (number - 1) * _DAY, last)


def _backwards(first: date, last: date) -> Iterator[date]:
    while last >= first:
        yield last
        last -= _DAY


def is_final(day: date, asked: float) -> bool:
    """Tell whether what the hub told of a day at some time is what it tells for good.

    Args:
        day: the day.
        asked: when it was told, in seconds of the epoch.
    """
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY
    return asked >= (end + SETTLING_TIME).timestamp()
