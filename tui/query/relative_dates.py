"""Dates that depend on the current day.

==========================  =================================================================
``today``, ``yesterday``    the day
``week``, ``month``,        the current one, with all its days; a week begins on Monday
``year``
``lastweek``                the week before the current one
``7d``, ``2w``, ``3m``,     the last days, weeks, months or years; the current day is the last one
``1y``
``-7d``, ``-2w``, ...       the day so long ago
==========================  =================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

NAMES = ("today", "yesterday", "week", "lastweek", "month", "year")
"""The words that stand for a day or a period."""

_KOREAN = {
    "오늘": "today",
    "어제": "yesterday",
    "이번주": "week",
    "지난주": "lastweek",
    "이번달": "month",
    "올해": "year",
}
# Compiled on first use: the first screen needs no relative dates.
_DAY_COUNT = r"today|yesterday|-?[0-9]+[dw]"
_SPAN = r"(?P<ago>-?)(?P<number>[1-9][0-9]{0,3})(?P<unit>[dwmy])"

on_day_read: Callable[[], object] | None = None
"""Called when something depends on the current day: it may be different tomorrow."""


def current_day() -> date:
    """Return the current day in the reader's time zone."""
    if on_day_read is not None:
        on_day_read()
    return date.today()


def is_day_count(text: str) -> bool:
    """Return whether a relative date is always the same number of days ago."""
    return re.fullmatch(_DAY_COUNT, text) is not None


class Days(NamedTuple):
    """The first and the last day, month or year of an interval, in ISO format."""

    first: str
    last: str


def relative_date(text: str) -> str | None:
    """Return the canonical text of a relative date; None if the text is something else.

    Args:
        text: in lower case, and perhaps in Korean.
    """
    text = _KOREAN.get(text, text)
    return text if text in NAMES or re.fullmatch(_SPAN, text) else None


def resolve(text: str) -> Days | None:
    """Return the days that a relative date stands for today; None if the text is something else.

    Args:
        text: the canonical text.
    """
    today = current_day()
    match text:
        case "today":
            return _days(today, today)
        case "yesterday":
            day = today - timedelta(1)
            return _days(day, day)
        case "week" | "lastweek":
            monday = today - timedelta(today.weekday() + (7 if text == "lastweek" else 0))
            return _days(monday, monday + timedelta(6))
        case "month" | "year":
            period = today.isoformat()[: 7 if text == "month" else 4]
            return Days(period, period)
    if not (match := re.fullmatch(_SPAN, text)):
        return None
    day = _before(today, int(match["number"]), match["unit"])
    return _days(day, day) if match["ago"] else _days(min(day + timedelta(1), today), today)


def span(text: str) -> tuple[int, str]:
    """Return the number and the unit (``d``, ``w``, ``m`` or ``y``) of a relative date.

    Raises:
        ValueError: the text has none.
    """
    if not (match := re.fullmatch(_SPAN, text)):
        raise ValueError(text)
    return int(match["number"]), match["unit"]


def weekday(text: str) -> date | None:
    """Return the last day with this name, today included: ``thu``, ``thursday``, ``목요일``.

    Args:
        text: in lower case.
    """
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, (name, korean) in enumerate(zip(names, "월화수목금토일", strict=True)):
        is_short = len(text) >= len("mon") and name.startswith(text)
        if is_short or text in {korean, f"{korean}요일"}:
            today = current_day()
            return today - timedelta((today.weekday() - number) % 7)
    return None


def _days(first: date, last: date) -> Days:
    return Days(first.isoformat(), last.isoformat())


def _before(day: date, number: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years before, or the calendar's first day."""
    if unit in "dw":
        days = number * (7 if unit == "w" else 1)
        return date.fromordinal(max(day.toordinal() - days, 1))
    months = day.year * 12 + day.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    # The month may be shorter.
    next_month = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (next_month - timedelta(1)).day))
