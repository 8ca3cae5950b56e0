"""On which days how many papers were featured: all that the sidebar needs, without any rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

Index = dict[str, list[str]]
"""Day → the arXiv ids featured on it."""


class PeriodCounts(NamedTuple):
    """Counts of distinct papers.

    Attributes:
        counts: papers in a period, by the period's name; ``""`` is the whole, then years
            (``2025``), months (``2025-05``) and days (``2025-05-22``).
        recurring: for a paper that was featured in several months, those months.
    """

    counts: Mapping[str, int] = MappingProxyType({})
    recurring: Mapping[str, list[str]] = MappingProxyType({})

    @classmethod
    def of(cls, index: Mapping[str, Iterable[str]]) -> PeriodCounts:
        """Count an index of days."""
        months: dict[str, set[str]] = {}
        years: dict[str, set[str]] = {}
        counts: dict[str, int] = {}
        for day, papers in index.items():
            distinct = set(papers)
            counts[day] = len(distinct)
            months.setdefault(day[:7], set()).update(distinct)
        seen: set[str] = set()
        again: set[str] = set()
        for month, distinct in months.items():
            counts[month] = len(distinct)
            years.setdefault(month[:4], set()).update(distinct)
            again |= seen & distinct
            seen |= distinct
        counts.update((year, len(distinct)) for year, distinct in years.items())
        counts[""] = len(seen)
        where = {paper: [m for m, papers in months.items() if paper in papers] for paper in again}
        return cls(counts, where)

    @classmethod
    def sum(cls, calendars: Iterable[PeriodCounts]) -> PeriodCounts:
        """Add the counts of calendars of which no two tell of the same paper."""
        counts = {"": 0}
        recurring: dict[str, list[str]] = {}
        for calendar in calendars:
            for period, papers in calendar.counts.items():
                counts[period] = counts.get(period, 0) + papers
            recurring.update(calendar.recurring)
        return cls(counts, recurring)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> PeriodCounts:
        """Read what ``to_document`` wrote.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: something else did.
        """
        counts = {period: int(papers) for period, papers in document["counts"].items()}
        return cls(counts, dict(document["recurring"]))

    def to_document(self) -> dict[str, Any]:
        """Return the calendar as plain data."""
        return {"counts": dict(self.counts), "recurring": dict(self.recurring)}

    @property
    def total(self) -> int:
        """How many papers there are."""
        return self.counts.get("", 0)

    def days(self) -> list[str]:
        """Return the days with a digest, newest first."""
        return sorted((period for period in self.counts if len(period) == 10), reverse=True)

    def months(self, period: str = "") -> list[str]:
        """Return the months within a period, newest first; a day is in its month."""
        prefix = period[:7]
        found = (p for p in self.counts if len(p) == 7 and p.startswith(prefix))
        return sorted(found, reverse=True)


def merge_indexes(indexes: Iterable[Index]) -> dict[str, set[str]]:
    """Return what several sources feature on each day, each paper once a day."""
    merged: dict[str, set[str]] = {}
    for index in indexes:
        for day, papers in index.items():
            merged.setdefault(day, set()).update(papers)
    return merged
