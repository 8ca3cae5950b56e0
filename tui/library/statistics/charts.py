"""Parts of charts: bars, the shades of a heat map, and the pages of a calendar.

Colors carry no information. A page of the calendar is a year or half a year, with one column per
week and Monday at the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

DAYS_PER_WEEK = 7


def bar(value: float, max_value: float, width: int, steps: Sequence[str]) -> str:
    """Return a bar for a value.

    Args:
        value: the value, 0 or greater.
        max_value: the value of a bar of full width.
        width: the full width, in cells.
        steps: characters for the end of a bar, from the emptiest to the full one.

    Returns:
        The bar: at least one character for a value above 0, and none for 0.
    """
    if value <= 0 or max_value <= 0 or width <= 0:
        return ""
    filled = max(1, round(min(value / max_value, 1.0) * width * len(steps)))
    whole, rest = divmod(filled, len(steps))
    return steps[-1] * whole + (steps[rest - 1] if rest else "")


def shade(value: float, max_value: float, shades: Sequence[str]) -> str:
    """Return the heat map character of a value: the last one for the maximum, a space for 0."""
    if value <= 0 or max_value <= 0:
        return " "
    return shades[min(int(value / max_value * len(shades)), len(shades) - 1)]


class CalendarPage(NamedTuple):
    """A page of the calendar.

    Attributes:
        year: the year.
        half: 1 or 2 for a half of the year; 0 for all of it.
    """

    year: int
    half: int = 0

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def weeks(self) -> list[list[str | None]]:
        """Return the weeks of seven days each; days of other pages are None."""
        # Ordinals, because the first week may begin before date.min.
        first, last = self.first.toordinal(), self.last.toordinal()
        start = first - self.first.weekday()
        return [
            [
                date.fromordinal(day).isoformat() if first <= day <= last else None
                for day in range(monday, monday + DAYS_PER_WEEK)
            ]
            for monday in range(start, last + 1, DAYS_PER_WEEK)
        ]


def page_of(day: str, *, halved: bool) -> CalendarPage:
    """Return the page of a day; pages are half a year if ``halved``."""
    half = (1 if int(day[5:7]) <= 6 else 2) if halved else 0
    return CalendarPage(int(day[:4]), half)


def pages_of(days: Iterable[str], *, halved: bool) -> Sequence[CalendarPage]:
    """Return the pages of some days, oldest first."""
    return sorted({page_of(day, halved=halved) for day in days})
