"""The library: the caches of all sources, combined.

A library is a thread-safe, read-only snapshot. After a sync, a new one is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING

from tui.cache.entries import EntryText, summary_of, volume_of
from tui.cache.period_counts import PeriodCounts
from tui.cache.source_cache import SourceCache, TextLookup
from tui.library.paper_reader import Candidates, IncompletePapers, PaperReader, collecting_errors
from tui.library.periods import is_day
from tui.models import UNDATED, EntryRef, Marks, Paper, Problem, Summary
from tui.runtime.tuning import INPUT_PRIORITY
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library.papers_on_demand import PapersOnDemand
    from tui.library.ranking.ranking import Ranking
    from tui.library.search.kept_texts import KeptTexts
    from tui.library.search.text_index import TextIndex
    from tui.library.visits import DaysById, VisitLog
    from tui.library.volumes import Volume

CACHED_MONTHS = 4
"""Months of summaries that are kept in memory, per source: the current one and a few others."""


MAX_PAPERS_IN_MEMORY = 100_000
"""With more papers in months without votes, these are read when they are needed."""


class _IncompleteError(Exception):
    """Keeps papers out of the cache, so that they are read again when they are needed."""

    def __init__(self, papers: IncompletePapers) -> None:
        super().__init__(papers.error)
        self.papers = papers


class Library:
    """The papers of some sources.

    A cache file that cannot be read counts as empty, and the error is added to ``read_errors``; the
    next sync rebuilds it.

    Args:
        caches: the caches of the sources, in the order of the settings.
        before: the library that this one replaces. Unchanged parts of its text index are reused.

    Attributes:
        visits: decides which papers are new; None if none are.
        searches_texts: whether the words of a search are also looked up in kept full texts.
        reader_marks: returns the marks to learn from, by paper: the same object until they change.
    """

    def __init__(self, caches: Sequence[SourceCache], before: Library | None = None) -> None:
        self.caches = tuple(caches)
        self.read_errors: list[str] = []
        self.visits: VisitLog | None = before.visits if before else None
        self.searches_texts: bool = before.searches_texts if before else False
        self.reader_marks: Callable[[], Mapping[str, Marks]] = dict
        if before:
            self.reader_marks = before.reader_marks
        self._ranking: Ranking | None = before._ranking if before else None
        # Before reading, so that a file that is replaced meanwhile is read again.
        self._stamps = [cache.stamp() for cache in self.caches]
        self.period_counts = self._count_periods()
        # Nothing refers to this library, so that it is freed at once when it is replaced.
        months = CACHED_MONTHS * len(self.caches)
        self._text_lookups = lru_cache(months)(partial(_text_lookup, self.caches))
        self._reader = PaperReader(self.caches, self.period_counts, self.read_errors)
        self._papers = lru_cache(CACHED_MONTHS)(partial(_read_whole, self._reader))
        self._on_demand: PapersOnDemand | None = None
        self._last_long_period: tuple[str | None, Sequence[Paper]] = (None, ())
        self._lock = Lock()
        self._text_index: TextIndex | None = None
        if before and before._text_index:
            self._text_index = self._new_text_index(before._text_index)

    def is_outdated(self) -> bool:
        """Return whether a cache has changed, and no sync is writing to it.

        A cache that was deleted does not count: it may be restored.

        Raises:
            StorageError: a cache file is damaged.
            OSError: a cache file cannot be read.
        """
        now = [cache.stamp() for cache in self.caches]
        return (
            now != self._stamps
            and None not in now
            and all(cache.is_write_complete() for cache in self.caches)
        )

    def whole_sources(self) -> set[Path]:
        """Return the sources of which this library has all papers, as of the last sync.

        A source that is being read for the first time is not among them, nor one whose cache was
        written since it was loaded, or cannot be read.
        """
        found = set()
        for cache, stamp in zip(self.caches, self._stamps, strict=True):
            with suppress(StorageError, OSError):
                if cache.was_read_whole() and cache.stamp() == stamp:
                    found.add(cache.source)
        return found

    def clear_caches(self) -> None:
        """Free the memory of everything that was read. It is read again when needed."""
        self._papers.cache_clear()
        self._on_demand = None
        self._text_lookups.cache_clear()
        self._last_long_period = None, ()
        self.drop_text_index()

    @property
    def text_index(self) -> TextIndex:
        """The full-text index, created on first use."""
        with self._lock:
            if self._text_index is None:
                self._text_index = self._new_text_index()
            return self._text_index

    @cached_property
    def kept_texts(self) -> KeptTexts:
        """The full texts that are kept."""
        from tui.library.search.kept_texts import KeptTexts

        return KeptTexts()

    @property
    def ranking(self) -> Ranking:
        """What is learnt from the reader's marks, created on first use."""
        with self._lock:
            if self._ranking is None:
                from tui.library.ranking.ranking import Ranking

                self._ranking = Ranking(self.reader_marks)
            return self._ranking

    @property
    def has_ranking(self) -> bool:
        """Whether anything was learnt from the reader's marks."""
        return self._ranking is not None and self._ranking.trained is not None

    def drop_text_index(self) -> None:
        """Free the memory of the full-text index. What it had read is read again when needed."""
        with self._lock:
            self._text_index = None

    def papers(self, period: str = "", *, with_replaced: bool = False) -> Sequence[Paper]:
        """Return the papers featured in a year, in a month, on a day, or all (``""``).

        The papers of a day have the votes of that day.

        Args:
            period: the year, month or day.
            with_replaced: whether to return papers as well of which only a new version is
                announced in the period. They count nowhere else.

        Returns:
            The papers, newest first, then by votes, then by id; ``IncompletePapers`` if a file
            could not be read. The list is cached and must not be changed. All papers of a very
            large library are ``PapersOnDemand``.
        """
        if not period and not with_replaced and self.is_very_large:
            return self._papers_on_demand()
        try:
            papers = self._papers(period, with_replaced)
        except _IncompleteError as error:
            return error.papers
        if not is_day(period) and not with_replaced:
            self._last_long_period = period, papers
        return papers

    @cached_property
    def is_very_large(self) -> bool:
        """Whether all papers are ``PapersOnDemand``: not if sorting by votes needs most of them."""
        counts = self.period_counts
        if counts.total <= MAX_PAPERS_IN_MEMORY:
            return False
        voted = sum(counts.counts.get(month, 0) for month in self._reader.months_with_votes())
        return counts.total - voted > MAX_PAPERS_IN_MEMORY

    def _papers_on_demand(self) -> PapersOnDemand:
        with self._lock:
            if self._on_demand is None:
                from tui.library.papers_on_demand import PapersOnDemand

                self._on_demand = PapersOnDemand.of_library(self._reader, self.period_counts)
            return self._on_demand

    def papers_without_waiting(self, period: str) -> Sequence[Paper] | None:
        """Return a period's papers if that is fast (a day, or the cached period); otherwise None.

        Reading a day takes a few milliseconds. The last longer period stays in memory.
        """
        cached_period, papers = self._last_long_period
        if period == cached_period:
            return papers
        return self.papers(period) if is_day(period) else None

    def ids(self) -> Set[str]:
        """Return the ids of all papers, which are read from the caches as they are now."""
        return set[str]().union(*map(self.ids_of, self.caches))

    @cached_property
    def days_by_id(self) -> DaysById:
        """The days on which each paper is featured, ascending, or UNDATED, by its id."""
        from tui.library.id_map import IdMap

        parts: set[str] = set()
        for cache in self.caches:
            parts.update(cache.index_parts())
        return IdMap(map(self._days_in_part, sorted(parts)))

    def _days_in_part(self, part: str) -> DaysById:
        INPUT_PRIORITY.yield_to_input()
        days_by_id: dict[str, tuple[str, ...]] = {}
        undated = (UNDATED,)
        for day, papers in sorted(self._index(part).items()):
            # Most papers have a single day, and share the tuple.
            new: dict[str, tuple[str, ...]] = dict.fromkeys(papers, (day,))
            for paper in days_by_id.keys() & papers:
                earlier = days_by_id[paper]
                # A paper that has a day in another digest is not undated.
                if earlier != undated:
                    new[paper] = *earlier, day
            days_by_id |= new
        return days_by_id

    @cached_property
    def arrivals(self) -> DaysById:
        """The papers that are new since the last completed visit, with their days."""
        return self.visits.arrivals(self) if self.visits else {}

    def papers_by_id(self, ids: Iterable[str]) -> Sequence[Paper]:
        """Return papers by their ids, in the order of ``papers``. Reads only their months."""
        wanted = {paper for paper in ids if paper in self.days_by_id}
        months = {self.days_by_id[paper][-1][:7] for paper in wanted}
        return [
            paper
            for month in sorted(months, reverse=True)
            for paper in self.papers(month)
            if paper.paper_id in wanted and paper.newest_day.startswith(month)
        ]

    def candidates(self, candidates: Candidates, *, with_replaced: bool = False) -> Sequence[Paper]:
        """Return those of all ``papers`` that may match a query, in order; parses no others."""
        return self._reader.read("", with_replaced=with_replaced, only=candidates)

    def volumes(self) -> Sequence[Volume]:
        """Return the volumes of all papers."""
        return self._reader.volumes()

    def ids_of(self, cache: SourceCache) -> Set[str]:
        """Return the ids of the papers of one source."""
        with collecting_errors(self.read_errors):
            return set[str]().union(*cache.index().values())
        return set()

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its canonical id, or None."""
        # The id contains a month, but a digest may be months later.
        for cache in self.caches:
            with collecting_errors(self.read_errors):
                days = cache.days_of(paper_id)
                # The last one: a digest without a day may list a paper that others date.
                for paper in self.papers(days[-1][:7]) if days else ():
                    if paper.paper_id == paper_id:
                        return paper
        return None

    def summaries(self, paper: Paper) -> list[Summary]:
        """Return a paper's distinct summaries, newest first.

        An empty summary is returned only if there is no other.
        """
        summaries: dict[str, Summary] = {}
        for entry in reversed(paper.entries):
            with collecting_errors(self.read_errors):
                summary = summary_of(self._text_of(entry), paper.paper_id, entry)
                if summary is not None:
                    summaries.setdefault(summary.markdown, summary)
        return [s for s in summaries.values() if s.markdown or len(summaries) == 1]

    def markdown_of(self, paper: Paper) -> list[str]:
        """Return a paper's distinct summaries as they are cached, to be compared, not to be shown.

        The months read last stay in memory.
        """
        found: dict[str, None] = {}
        for entry in reversed(paper.entries):
            with collecting_errors(self.read_errors):
                text = self._text_of(entry)
                if text is not None and text["id"] == paper.paper_id:
                    found[text["markdown"]] = None
        return list(filter(None, found))

    def _text_of(self, entry: EntryRef) -> EntryText | None:
        find_text = self._text_lookups(entry.source, volume_of(entry.date, entry.number))
        return find_text(entry.number)

    def problems(self) -> list[Problem]:
        """Return the problems in the digests, by source and file."""
        problems: list[Problem] = []
        for cache in self.caches:
            with collecting_errors(self.read_errors):
                problems += cache.manifest().problems()
        return problems

    def _new_text_index(self, before: TextIndex | None = None) -> TextIndex:
        from tui.library.search.text_index import TextIndex

        return TextIndex(self.caches, self.read_errors, before)

    def _count_periods(self) -> PeriodCounts:
        if len(self.caches) == 1:
            with collecting_errors(self.read_errors):
                return self.caches[0].period_counts()
            return PeriodCounts()
        counts: dict[str, PeriodCounts] = {}
        shared_parts = set()
        for cache in self.caches:
            with collecting_errors(self.read_errors):
                for part, part_counts in cache.period_counts_by_part().items():
                    if part in counts:
                        shared_parts.add(part)
                    counts[part] = part_counts
        # Only these parts can have papers in several sources, which count once.
        for part in shared_parts:
            counts[part] = PeriodCounts.from_index(self._index(part))
        return PeriodCounts.sum(counts.values())

    def _index(self, part: str = "") -> dict[str, set[str]]:
        """Return the papers that the sources feature on each day; see ``SourceCache.index``."""
        index: dict[str, set[str]] = {}
        for cache in self.caches:
            with collecting_errors(self.read_errors):
                for day, papers in cache.index(part).items():
                    index.setdefault(day, set()).update(papers)
        return index


def _read_whole(reader: PaperReader, period: str, with_replaced: bool) -> Sequence[Paper]:  # noqa: FBT001
    """Return the papers of a period.

    Raises:
        _IncompleteError: a file could not be read.
    """
    papers = reader.read(period, with_replaced=with_replaced)
    if isinstance(papers, IncompletePapers):
        raise _IncompleteError(papers)
    return papers


def _text_lookup(caches: Sequence[SourceCache], source: int, volume: str) -> TextLookup:
    return caches[source].text_lookup(volume)
