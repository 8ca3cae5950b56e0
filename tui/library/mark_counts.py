"""Count the reader's marks by period. A mark that changes costs no more than its shard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.library.visits import DaysById
from tui.models import Marks


class ShardCounts(NamedTuple):
    """The counts of one shard; only papers of the library count, and only those not hidden.

    Attributes:
        hidden: number of hidden papers by period, ``""`` for all.
        hidden_arrivals: the hidden papers among the new ones.
        read: number of read papers by period, ``""`` for all.
        read_arrivals: number of read papers among the new ones.
        starred: number of starred papers.
        later: number of papers in the reading list.
        noted: number of papers with a note.
        tagged: the marks of the papers with tags, by id.
    """

    hidden: Mapping[str, int]
    hidden_arrivals: frozenset[str]
    read: Mapping[str, int]
    read_arrivals: int
    starred: int
    later: int
    noted: int
    tagged: Mapping[str, Marks]


class MarkCounts:
    """Counts marks shard by shard, and again only those shards that changed.

    Args:
        days_by_id: the days of the library's papers.
        arrivals: ids of the new papers.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
    """

    def __init__(
        self, days_by_id: DaysById, arrivals: frozenset[str], *, skips_seen: bool = False
    ) -> None:
        self._days_by_id = days_by_id
        self._skips_seen = skips_seen
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
        hidden = [paper for paper, found in present.items() if found.hidden]
        for paper in hidden:
            del present[paper]
        read = [paper for paper, found in present.items() if found.read]
        return ShardCounts(
            self._by_period(hidden),
            self._arrivals.intersection(hidden),
            self._by_period(read),
            len(self._arrivals.intersection(read)) if self._arrivals else 0,
            sum(found.starred for found in present.values()),
            sum(found.later > 0 for found in present.values()),
            sum(bool(found.note) for found in present.values()),
            {paper: found for paper, found in present.items() if found.tags},
        )

    def _by_period(self, papers: Sequence[str]) -> Counter[str]:
        """Count papers by period."""
        by_period: Counter[str] = Counter()
        # Most papers share their days with many others.
        for days, number in Counter(map(self._days_by_id.__getitem__, papers)).items():
            for period in periods_of(days, skips_seen=self._skips_seen):
                by_period[period] += number
        return by_period

    def seen(self) -> Counter[str]:
        """Return how many papers each day leaves out because they were featured before."""
        if not self._skips_seen:
            return Counter()
        return Counter(day for days in self._days_by_id.values() for day in days[1:])


def periods_of(days: tuple[str, ...], *, skips_seen: bool = False) -> set[str]:
    """Return the days, months and years of a paper, and ``""`` for all days.

    Args:
        days: its days, ascending.
        skips_seen: whether to return only the first of its days.
    """
    periods = {day[:length] for day in days for length in (0, 4, 7)}
    return periods.union(days[:1] if skips_seen else days)
