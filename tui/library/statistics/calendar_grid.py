"""Days as a calendar has them: a column a week, Monday at the top, a year or half of one a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

DAYS_PER_WEEK = 7


class CalendarPage(NamedTuple):
    """A page of the calendar.

    Attributes:
        year: its year.
        half: 1 or 2 for half of it; 0 for all.
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
        """Return its weeks: seven days each, None for what is outside."""
        # By number, for a week may begin before the first day that a date can have.
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
    """Return the page that a day is on."""
    half = (1 if int(day[5:7]) <= 6 else 2) if halved else 0
    return CalendarPage(int(day[:4]), half)


def pages_of(days: Iterable[str], *, halved: bool) -> Sequence[CalendarPage]:
    """Return the pages that have any of these days, the oldest first."""
    return sorted({page_of(day, halved=halved) for day in days})
