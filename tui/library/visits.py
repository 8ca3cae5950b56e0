"""Visits: what the reader knew when the last one was completed, and which papers are new since.

A visit is completed when the reader quits. A dropped connection or a crash completes nothing, so
that nothing new is lost. Every paper that has arrived since is new, whatever its day. What had
arrived but was not seen stays new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError

if TYPE_CHECKING:
    from tui.library.library import Library

SCHEMA = 1

_VISIT, _PAPERS = "visit", "known-papers"
"""Files in the state folder: a small one, and one that only changes when papers arrive."""

DaysById: TypeAlias = Mapping[str, tuple[str, ...]]
"""The days of papers, ascending, by paper id."""


class Visit(NamedTuple):
    """The end of a completed visit.

    Attributes:
        day: the day since which papers are new: the last one on which everything had been seen.
        sources: the sources whose papers are known.
        papers: ids of the papers that are not new, whether they still exist or not.
    """

    day: str
    sources: Set[str]
    papers: Set[str]


class VisitLog:
    """Remembers the last completed visit. Thread-safe, because it is read once and then replaced.

    Args:
        folder: the folder of the files; None to remember nothing.
        newest: returns the newest day at the end of the last visit, as versions without this log
            remembered it; None if there was none. Called only if no visit was logged.
    """

    def __init__(
        self, folder: Path | None, newest: Callable[[], str | None] = lambda: None
    ) -> None:
        self._store = TinyDbFolder(folder, SCHEMA) if folder else None
        self._newest = newest
        self._last: Visit | None = None
        self._is_read = False
        self._ended: Visit | None = None

    def last(self) -> Visit | None:
        """Return the last completed visit; None before the first, or if it cannot be read."""
        if not self._is_read:
            self._last = self._read()
            self._is_read = True
        return self._last

    @property
    def since(self) -> str:
        """The day since which papers are new; empty before the first visit."""
        visit = self.last()
        return visit.day if visit else self._newest() or ""

    def arrivals(self, library: Library) -> DaysById:
        """Return the papers of a library that arrived since the last completed visit.

        A source that was not there then has no new papers: all of it would be new.
        """
        days_of, visit = library.days_by_id, self.last()
        if visit is None:
            newest = self._newest()
            if newest is None:
                return {}
            return {paper: days for paper, days in days_of.items() if days[0] > newest}
        unknown = days_of.keys() - visit.papers
        for cache in library.caches:
            if unknown and str(cache.source) not in visit.sources:
                unknown -= library.ids_of(cache)
        return {paper: days_of[paper] for paper in unknown}

    def end(self, library: Library, seen: Set[str]) -> None:
        """Note the end of a visit, which ``save`` writes.

        A source that is being read for the first time stays unknown: all that is read of it after
        the visit would be new.

        Args:
            library: the library at the end.
            seen: ids of the new papers that the reader has seen.
        """
        last = self.last()
        unseen = library.arrivals.keys() - seen
        sources = set(last.sources) if last else set()
        if last is None and self._newest() is not None:
            sources |= {str(cache.source) for cache in library.caches}
        else:
            sources |= {str(source) for source in library.whole_sources()}
        if not sources:
            return
        known = library.days_by_id.keys() - unseen
        papers = known | last.papers if last else known
        day = self.since if unseen and self.since else date.today().isoformat()
        self._ended = Visit(day, sources, papers)

    def save(self) -> None:
        """Write the end of the visit, if there is one.

        Raises:
            StorageError: another process is writing, or a file is from a newer version.
            OSError: the folder cannot be written.
        """
        if self._ended is None or self._store is None:
            return
        with self._store.locked(timeout=2):
            # Another Broadsheet may have been quit meanwhile.
            before = self._read()
            papers = self._ended.papers | (before.papers if before else set())
            if before is None or len(papers) > len(before.papers):
                self._write(_PAPERS, {"ids": sorted(papers)})
            document = {"day": self._ended.day, "sources": sorted(self._ended.sources)}
            self._write(_VISIT, document)

    def _read(self) -> Visit | None:
        if self._store is None:
            return None
        try:
            visit = self._store.read(_VISIT).get(_VISIT, {}).get("", {})
            papers = self._store.read(_PAPERS).get(_PAPERS, {}).get("", {})
            day, sources, ids = visit["day"], visit["sources"], papers["ids"]
        except (StorageError, OSError, KeyError):
            return None
        texts = (day, *sources, *ids) if type(sources) is type(ids) is list else (None,)
        if not {str} >= set(map(type, texts)):
            return None
        from tui.library.id_map import IdMap

        return Visit(day, frozenset(sources), IdMap([dict.fromkeys(ids)]).keys())

    def _write(self, name: str, document: Mapping[str, Any]) -> None:
        store = self._store
        if store is None:
            return
        try:
            store.read(name)
        except DamagedFileError:
            store.file(name).unlink()
        with store.edit(name) as database:
            database.keyed(name).put([("", document)])
