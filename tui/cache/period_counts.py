"""The number of papers in each period: all that the sidebar needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Set
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from tui.models import UNDATED


class PeriodCounts(NamedTuple):
    """Counts of distinct papers.

    Attributes:
        counts: number of papers by period: years (``2025``), months (``2025-05``), days
            (``2025-05-22``), and ``""`` for all. UNDATED, and the year and month that it starts
            with, are for the papers without any day.
        recurring_months: the months of each paper that was featured in more than one.
    """

    counts: Mapping[str, int] = MappingProxyType({})
    recurring_months: Mapping[str, list[str]] = MappingProxyType({})

    @classmethod
    def from_index(cls, index: Mapping[str, Iterable[str]]) -> PeriodCounts:
        """Count the papers of an index of days."""
        months: dict[str, set[str]] = {}
        years: dict[str, set[str]] = {}
        counts: dict[str, int] = {}
        for day, papers in index.items():
            distinct = set(papers)
            counts[day] = len(distinct)
            months.setdefault(day[:7], set()).update(distinct)
        seen: set[str] = set()
        recurring: set[str] = set()
        for month, distinct in months.items():
            counts[month] = len(distinct)
            years.setdefault(month[:4], set()).update(distinct)
            recurring |= seen & distinct
            seen |= distinct
        counts.update((year, len(distinct)) for year, distinct in years.items())
        counts[""] = len(seen)
        if undated := months.get(UNDATED[:7]):
            # A paper that has a day in another digest is not undated.
            counts |= dict.fromkeys(_periods_of(UNDATED), len(undated - recurring))
        recurring_months = {
            paper: [month for month, papers in months.items() if paper in papers]
            for paper in recurring
        }
        return cls(counts, recurring_months)

    @classmethod
    def sum(cls, parts: Iterable[PeriodCounts]) -> PeriodCounts:
        """Add counts that have no paper in common."""
        counts = {"": 0}
        recurring_months: dict[str, list[str]] = {}
        for part in parts:
            for period, papers in part.counts.items():
                counts[period] = counts.get(period, 0) + papers
            recurring_months.update(part.recurring_months)
        return cls(counts, recurring_months)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> PeriodCounts:
        """Deserialize the result of ``to_document``.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: the document is malformed.
        """
        counts: dict[str, int] = dict(document["counts"].items())
        if not {int} >= set(map(type, counts.values())):
            raise TypeError("a count is not a number")
        _check_periods(counts.keys())
        recurring_months: dict[str, list[str]] = dict(document["recurring"].items())
        months = set(chain.from_iterable(recurring_months.values()))
        if not months <= counts.keys() or not all(len(month) == 7 for month in months):
            raise ValueError("a month is unknown")
        return cls(counts, recurring_months)

    def to_document(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {"counts": dict(self.counts), "recurring": dict(self.recurring_months)}

    @property
    def total(self) -> int:
        """Number of papers."""
        return self.counts.get("", 0)

    def days(self) -> list[str]:
        """Return the days with a digest, newest first."""
        periods = (period for period in self.counts if len(period) == 10 and period != UNDATED)
        return sorted(periods, reverse=True)

    def nearest_day(self, day: str) -> str | None:
        """Return a day if it has a digest, or else the next older one, or else the oldest.

        None if there are no digests.
        """
        days = self.days()
        return next((other for other in days if other <= day), days[-1] if days else None)

    def step_day(self, period: str, by: int) -> str | None:
        """Return a day with a digest that is older or newer than a period; None without one.

        Args:
            period: a day, a month or a year. From a month or a year, the older day is its newest.
            by: how many days with a digest, at most: -1 for the next older one, 1 for the next
                newer one.
        """
        days = self.days()
        inside = [index for index, day in enumerate(days) if day.startswith(period)]
        if not inside:
            return None
        index = inside[0] if len(period) == 10 or by > 0 else inside[0] - 1
        target = min(max(index - by, 0), len(days) - 1)
        return days[target] if target != index else None

    def months(self, period: str = "") -> list[str]:
        """Return the months of a period, newest first. For a day, the month that contains it."""
        prefix = period[:7]
        months = (each for each in self.counts if len(each) == 7 and each.startswith(prefix))
        return sorted(months, reverse=True)


def _periods_of(day: str) -> tuple[str, str, str]:
    return day, day[:7], day[:4]


def _check_periods(periods: Set[str]) -> None:
    """Raise ValueError unless all texts are periods; for thousands of days, in half the time."""
    days = {period for period in periods if len(period) == 10 and period[4::3] == "--"}
    deque(map(date.fromisoformat, days), maxlen=0)
    for period in periods - days:
        check_period(period)


def check_period(period: str, length: int | None = None) -> None:
    """Raise ValueError unless a text is a year, month or day, or empty for all days.

    Args:
        period: the text.
        length: the only length that is valid; None for any.
    """
    is_written_well = period[4::3] == "-" * len(period[4::3]) and len(period) in {0, 4, 7, 10}
    if not is_written_well or len(period) != (len(period) if length is None else length):
        raise ValueError(f"not a period: {period[:20]!r}")
    # Raises ValueError for a day that is not in the calendar.
    date.fromisoformat(period + "2000-01-01"[len(period) :])
