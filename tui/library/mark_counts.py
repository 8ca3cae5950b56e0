"""Count the reader's marks by period. A mark that changes costs no more than its shard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tui.library.visits import DaysById
from tui.models import Marks


class ShardCounts(NamedTuple):
    """The counts of one shard; only papers of the library count.

    Attributes:
        read: number of read papers by period, ``""`` for all.
        read_arrivals: number of read papers among the new ones.
        starred: number of starred papers.
        noted: number of papers with a note.
        tagged: the marks of the papers with tags, by id.
    """

    read: Mapping[str, int]
    read_arrivals: int
    starred: int
    noted: int
    tagged: Mapping[str, Marks]


class MarkCounts:
    """Counts marks shard by shard, and again only those shards that changed.

    Args:
        days_by_id: the days of the library's papers.
        arrivals: ids of the new papers.
    """

    def __init__(self, days_by_id: DaysById, arrivals: frozenset[str]) -> None:
        self._days_by_id = days_by_id
        self._arrivals = arrivals
        self._counted: dict[str, tuple[Mapping[str, Marks], ShardCounts]] = {}

    def update(self, shards: Mapping[str, Mapping[str, Marks]]) -> list[ShardCounts]:
        """Return the counts of all shards.

        Args:
            shards: the marks of each shard by id. A mapping never changes: a shard that changed
                has another one.
        """
        for name, marks in shards.items():
            before = self._counted.get(name)
            if before is None or before[0] is not marks:
                self._counted[name] = marks, self._count(marks)
        return [counts for _marks, counts in self._counted.values()]

    def _count(self, marks: Mapping[str, Marks]) -> ShardCounts:
        days_by_id = self._days_by_id
        present = {paper: found for paper, found in marks.items() if paper in days_by_id}
        read = [paper for paper, found in present.items() if found.read]
        by_period: Counter[str] = Counter()
        # Most papers share their days with many others.
        for days, number in Counter(map(days_by_id.__getitem__, read)).items():
            for period in periods_of(days):
                by_period[period] += number
        return ShardCounts(
            by_period,
            len(self._arrivals.intersection(read)) if self._arrivals else 0,
            sum(found.starred for found in present.values()),
            sum(bool(found.note) for found in present.values()),
            {paper: found for paper, found in present.items() if found.tags},
        )


def periods_of(days: tuple[str, ...]) -> set[str]:
    """Return the days, months and years of a paper, and ``""`` for all days."""
    return {day[:length] for day in days for length in (0, 4, 7, 10)}
