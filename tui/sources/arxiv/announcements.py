"""When arXiv announces papers: https://info.arxiv.org/help/availability.html.

Papers that are submitted from 14:00 to 14:00 of the next working day, in New York, are announced at
20:00 of the latter, from Sunday to Thursday. Lists and feeds call that the day after: Monday to
Friday. Holidays are unknown here; their papers are in the list of the next day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_DAY = date(1991, 8, 14)
"""The day on which the first paper was submitted."""

RECENT_DAYS = 5
"""Working days."""

_DEADLINE = time(14)
_SATURDAY = 5


def _local() -> tzinfo:
    """Return arXiv's time zone; on systems without a list of zones, without daylight saving."""
    try:
        return ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=-5))


def midnight(day: date) -> datetime:
    """Return the start of a day at arXiv, which is the time that its feeds give."""
    return datetime.combine(day, time(), _local())


def current_day(now: datetime | None = None) -> date:
    """Return the day of the newest list.

    Args:
        now: the current time; None for that of the clock.
    """
    # The list of a day appears at 20:00 of the day before.
    day = ((now or datetime.now(UTC)).astimezone(_local()) + timedelta(hours=4)).date()
    return day if day.weekday() < _SATURDAY else _working_day_before(day)


def last_days(number: int, last: date) -> list[date]:
    """Return the last days with a list up to a day with one, newest first."""
    days = [last]
    while len(days) < number and days[-1] > FIRST_DAY:
        days.append(_working_day_before(days[-1]))
    return days


def days_since(first: date, last: date) -> list[date]:
    """Return the days with a list from one day to another with one, newest first."""
    first = max(first, FIRST_DAY)
    return [day for day in last_days((last - first).days + 1, last) if day >= first]


def submission_interval(day: date) -> tuple[datetime, datetime]:
    """Return when the papers of a day's list were submitted: start and end, in UTC."""
    end = _working_day_before(day)
    start = _working_day_before(end)
    return _deadline(start), _deadline(end)


def _deadline(day: date) -> datetime:
    return datetime.combine(day, _DEADLINE, _local()).astimezone(UTC)


def _working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day
