"""The reader's whole collection: several sources' caches seen as one.

A library is a snapshot to read from, in any thread. After a sync a new one is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import proxy

from tui.cache.merge import LocatedRow, merge
from tui.cache.period_counts import DayIndex, PeriodCounts, merge_indexes
from tui.cache.serialization import EntryText
from tui.cache.source_cache import SourceCache, find_summary
from tui.library.periods import is_day
from tui.models import Paper, Problem, Summary
from tui.runtime.garbage_collector import no_collection
from tui.storage.tables import OlderSchemaError, StorageError

if TYPE_CHECKING:
    from tui.library.search.text_index import TextIndex

CACHED_MONTHS = 4
"""Months of summaries that are kept parsed, of each source: the one being read and a few around."""


class Library:
    """Papers of a set of sources.

    A file of the cache that cannot be read counts as empty, and ``damage`` tells it: a sync will
    make it anew.

    Args:
        caches: the sources' caches, in the order of the settings.
        before: the library that this one takes the place of: what was read of it for a search,
            and is still the same, is not read again.
    """

    def __init__(self, caches: Sequence[SourceCache], before: Library | None = None) -> None:
        self.caches = tuple(caches)
        self.read_errors: list[str] = []
        # Before reading: if something is replaced in between, it is only read once more.
        self._stamps = [cache.stamp() for cache in self.caches]
        self.period_counts = self._count_periods()
        # A library that held itself would stay for good: what was made under no_collection, the
        # garbage collector leaves alone.
        own: Any = proxy(self)
        held = CACHED_MONTHS * len(self.caches)
        self._texts = lru_cache(held)(partial(Library._read_texts, own))
        self._papers = lru_cache(CACHED_MONTHS)(partial(Library._read_papers, own))
        self._last_long_period: tuple[str | None, Sequence[Paper]] = (None, ())
        self._lock = Lock()
        self._text_index: TextIndex | None = None
        if before and before._text_index:
            self._text_index = self._new_text_index(before._text_index)

    @classmethod
    def open(cls, root: Path, sources: Iterable[Path]) -> Library:
        """Open the caches of these sources, below the cache folder ``root``."""
        return cls([SourceCache(root, source) for source in sources])

    def is_outdated(self) -> bool:
        """Tell whether something else is cached by now, and all of it written.

        A cache that is gone is no news: what was read of it may come back.

        Raises:
            StorageError: a file of a cache cannot be used.
            OSError: one cannot be read.
        """
        now = [cache.stamp() for cache in self.caches]
        return (
            now != self._stamps
            and None not in now
            and all(cache.is_write_complete() for cache in self.caches)
        )

    def clear_caches(self) -> None:
        """Let go of all that was read. Whoever asks for it has it read again."""
        self._papers.cache_clear()
        self._texts.cache_clear()
        self._last_long_period = None, ()
        with self._lock:
            self._text_index = None

    @property
    def text_index(self) -> TextIndex:
        """The papers' texts, folded: made when they are first searched, and kept."""
        with self._lock:
            if self._text_index is None:
                self._text_index = self._new_text_index()
            return self._text_index

    def papers(self, period: str = "") -> Sequence[Paper]:
        """Return the papers featured in a year, a month, on a day, or all (``""``).

        A day's papers have that day's votes.

        Returns:
            Papers, newest first, then by votes, then by id. The same list each time: not to be
            changed.
        """
        found = self._papers(period)
        if not is_day(period):
            self._last_long_period = period, found
        return found

    def papers_without_waiting(self, period: str) -> Sequence[Paper] | None:
        """Return the papers of a period that needs no worker; None of any other.

        A day is read within a few milliseconds, and the longer period that was read last is in
        memory.
        """
        last, found = self._last_long_period
        if period == last:
            return found
        return self.papers(period) if is_day(period) else None

    def ids(self) -> Set[str]:
        """Return the ids of all papers. The same set each time."""
        return self._ids

    def paper(self, arxiv_id: str) -> Paper | None:
        """Return a paper by its canonical id, or None."""
        # An id tells its month, but a digest may be months later: ask the index.
        for cache in self.caches:
            with self._collecting_errors():
                days = cache.days_of(arxiv_id)
                for paper in self.papers(days[0][:7]) if days else ():
                    if paper.arxiv_id == arxiv_id:
                        return paper
        return None

    def summaries(self, paper: Paper) -> list[Summary]:
        """Return a paper's summaries, newest first, each text once.

        One without a text is returned only if there is no other.
        """
        found: dict[str, Summary] = {}
        for telling in reversed(paper.entries):
            texts = self._texts(telling.source, telling.date[:7])
            summary = find_summary(texts, paper.arxiv_id, telling)
            if summary is not None:
                found.setdefault(summary.markdown, summary)
        return [each for each in found.values() if each.markdown or len(found) == 1]

    def problems(self) -> list[Problem]:
        """Return what is odd in the digests, by source and file."""
        problems: list[Problem] = []
        for cache in self.caches:
            with self._collecting_errors():
                catalogue = cache.manifest()
                problems += catalogue.dialects.failures
                for name, document in sorted(catalogue.files.items()):
                    problems += [Problem(name, *told) for told in document["problems"]]
        return problems

    def nearest_day(self, day: str) -> str | None:
        """Return the day itself if it has a digest, else the next older one, else the oldest.

        None if there is no digest at all.
        """
        days = self.period_counts.days()
        return next((found for found in days if found <= day), days[-1] if days else None)

    def step_day(self, period: str, by: int) -> str | None:
        """Return the next day with a digest, older (1) or newer (-1) than a period.

        From a month or a year, older is its newest day and newer the day after it. None at the
        end.
        """
        days = self.period_counts.days()
        within = [at for at, day in enumerate(days) if day.startswith(period)]
        if not within:
            return None
        at = within[0] + by if is_day(period) or by < 0 else within[0]
        return days[at] if 0 <= at < len(days) else None

    @cached_property
    def _ids(self) -> Set[str]:
        return frozenset[str]().union(
            *(papers for index in self._indexes() for papers in index.values())
        )

    def _new_text_index(self, before: TextIndex | None = None) -> TextIndex:
        # The first screen does not search.
        from tui.library.search.text_index import TextIndex

        return TextIndex(self.caches, self.read_errors, before)

    def _count_periods(self) -> PeriodCounts:
        if len(self.caches) == 1:
            with self._collecting_errors():
                return self.caches[0].period_counts()
            return PeriodCounts()
        counted: dict[str, PeriodCounts] = {}
        told_by_several = set()
        for cache in self.caches:
            with self._collecting_errors():
                for part, calendar in cache.period_counts_by_part().items():
                    if part in counted:
                        told_by_several.add(part)
                    counted[part] = calendar
        # Only those may tell of the same paper: the others are counted already.
        for part in told_by_several:
            counted[part] = PeriodCounts.from_index(merge_indexes(self._indexes(part)))
        return PeriodCounts.sum(counted.values())

    def _indexes(self, part: str = "") -> list[DayIndex]:
        indexes = []
        for cache in self.caches:
            with self._collecting_errors():
                indexes.append(cache.index(part))
        return indexes

    def _read_papers(self, period: str) -> Sequence[Paper]:
        with no_collection():
            return self._merge_papers(period)

    def _merge_papers(self, period: str) -> Sequence[Paper]:
        rows: list[LocatedRow] = list(self._rows(self.period_counts.months(period)))
        if len(period) == 10:
            day = {row[2]["id"] for row in rows if row[2]["date"] == period}
            rows = [row for row in rows if row[2]["id"] in day]
        # What other months tell of the same papers bears on their titles, votes and dates.
        months = self.period_counts.months(period)
        ids = {row[2]["id"] for row in rows}
        elsewhere = {
            month: None
            for arxiv_id in self.period_counts.recurring_months.keys() & ids
            for month in self.period_counts.recurring_months[arxiv_id]
            if month not in months
        }
        rows += [row for row in self._rows(elsewhere) if row[2]["id"] in ids]
        return merge(rows, period)

    def _rows(self, months: Iterable[str]) -> Iterator[LocatedRow]:
        for month in months:
            for number, cache in enumerate(self.caches):
                with self._collecting_errors():
                    yield from cache.rows(month, number)

    def _read_texts(self, source: int, month: str) -> Mapping[str, EntryText]:
        with self._collecting_errors():
            return self.caches[source].texts(month)
        return {}

    @contextmanager
    def _collecting_errors(self) -> Iterator[None]:
        """Note a file that cannot be read, and go on without it."""
        try:
            yield
        except OlderSchemaError:
            # The next sync reads all digests anew, and says so.
            return
        except (StorageError, OSError) as error:
            if str(error) not in self.read_errors:
                self.read_errors.append(str(error))
