"""Read the papers of a period from the caches of several sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.cache.merge import EntryPaper, merge
from tui.cache.period_counts import PeriodCounts
from tui.cache.source_cache import SourceCache, index_part
from tui.cache.volume_scan import may_list_any, may_list_days
from tui.i18n import _
from tui.library.periods import is_day
from tui.models import Paper
from tui.runtime.tuning import no_collection
from tui.storage.disk_errors import path_and_reason
from tui.storage.tables import DamagedFileError, OlderSchemaError, StorageError

if TYPE_CHECKING:
    from tui.library.volumes import Volume


class IncompletePapers(list[Paper]):
    """The papers of a period of which a file could not be read.

    Args:
        papers: those that could be read.
        error: why the others could not.
    """

    def __init__(self, papers: Sequence[Paper], error: str) -> None:
        super().__init__(papers)
        self.error = error


@contextmanager
def collecting_errors(errors: list[str], failed: list[str] | None = None) -> Iterator[None]:
    """Collect the error of an unreadable cache file, and continue without the file.

    Args:
        errors: gets the error, unless it is known.
        failed: gets the error even if it is known.
    """
    try:
        yield
    except OlderSchemaError:
        # The next sync rebuilds the cache, and reports that.
        return
    except (StorageError, OSError) as error:
        message = path_and_reason(error)
        if failed is not None:
            failed.append(message)
        if message not in errors:
            errors.append(message)


class Candidates(NamedTuple):
    """The papers that may match a query.

    Attributes:
        ids: their ids.
        numbers: returns the numbers of the entries of some papers in a volume, ascending; None if
            unknown.
    """

    ids: Set[str]
    numbers: Callable[[Volume, Set[str]], Sequence[int] | None]


class PaperReader:
    """Reads papers from caches, merged, whenever it is asked to. Thread-safe.

    Args:
        caches: the caches of the sources.
        period_counts: the number of their papers in each period.
        errors: gets the error of each file that cannot be read; the file counts as empty.
    """

    def __init__(
        self, caches: Sequence[SourceCache], period_counts: PeriodCounts, errors: list[str]
    ) -> None:
        self._caches = caches
        self._counts = period_counts
        self._errors = errors
        self._newest_months: dict[str, str] = {}
        """What ``newest_months`` has looked up; empty for unknown papers."""

    @no_collection()
    def read(
        self, period: str, *, with_replaced: bool = False, only: Candidates | None = None
    ) -> Sequence[Paper]:
        """Return the papers of a period; see ``Library.papers``.

        Args:
            period: the year, month or day.
            with_replaced: see there.
            only: the papers to return, of a month or of all days; None for all. Others are not
                parsed.
        """
        failed: list[str] = []
        months = self._counts.months(period)
        if is_day(period):
            entries = self._entries_of_day(period, failed)
        else:
            entries = self._entries(months, failed, only)
        # The papers' entries in other months affect their titles, votes and dates.
        recurring = self._counts.recurring_months
        if period and recurring:
            ids = {paper.paper_id for paper, _ in entries}
            other_months = {
                month: None
                for paper_id in recurring.keys() & ids
                for month in recurring[paper_id]
                if month not in months
            }
            others = self._entries(other_months, failed, only and only._replace(ids=ids))
            entries += [each for each in others if each[0].paper_id in ids]
        papers = merge(entries, period, with_replaced=with_replaced)
        if not papers and self._counts.counts.get(period):
            # A single missing file is no error: the cache may have nothing of a month.
            for cache in self._caches:
                with collecting_errors(self._errors, failed):
                    if not cache.exists():
                        raise DamagedFileError(cache.folder.path, _("is missing"))
        return IncompletePapers(papers, failed[0]) if failed else papers

    def volumes(self, month: str = "") -> list[Volume]:
        """Return the volumes with the entries of the papers of a month, or of all papers."""
        months = [month, *self._shared_months.get(month, ())] if month else self._counts.months()
        return [
            (source, volume)
            for source, cache in enumerate(self._caches)
            for each in months
            for volume in cache.volumes(each)
        ]

    @cached_property
    def _shared_months(self) -> Mapping[str, Set[str]]:
        """The other months in which papers of a month are featured."""
        shared: dict[str, set[str]] = {}
        for months in set(map(tuple, self._counts.recurring_months.values())):
            for month in months:
                shared.setdefault(month, set()).update(months)
        return {month: others - {month} for month, others in shared.items()}

    def newest_months(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the newest month in which each paper is featured; unknown papers have none."""
        wanted = set(ids)
        found = dict.fromkeys(wanted - self._newest_months.keys(), "")
        by_part: dict[str, set[str]] = {}
        for paper_id in found:
            by_part.setdefault(index_part(paper_id), set()).add(paper_id)
        for cache in self._caches:
            for part, new in by_part.items():
                with collecting_errors(self._errors):
                    for day, papers in cache.index(part).items():
                        for paper_id in new.intersection(papers):
                            found[paper_id] = max(found[paper_id], day[:7])
        self._newest_months.update(found)
        return {each: month for each in wanted if (month := self._newest_months[each])}

    def months_with_votes(self) -> Set[str]:
        """Return the months in which an entry may have votes."""
        found: set[str] = set()
        for cache in self._caches:
            with collecting_errors(self._errors):
                known = cache.months_with_votes()
                found |= set(self._counts.months()) if known is None else known
        return found

    def _entries(
        self, months: Iterable[str], failed: list[str], only: Candidates | None = None
    ) -> list[EntryPaper]:
        """Return the entries of some months, of all papers or of a few."""
        entries: list[EntryPaper] = []
        if only is not None and not only.ids:
            return entries
        for month in months:
            for source, cache in enumerate(self._caches):
                with collecting_errors(self._errors, failed):
                    for volume in cache.volumes(month):
                        numbers = only.numbers((source, volume), only.ids) if only else None
                        entries += cache.volume_papers(volume, source, numbers)
        return entries if only is None else [e for e in entries if e[0].paper_id in only.ids]

    def _entries_of_day(self, day: str, failed: list[str]) -> list[EntryPaper]:
        """Return all entries of the papers of a day that are in its month."""
        entries: list[EntryPaper] = []
        others: list[tuple[int, SourceCache, str]] = []
        for number, cache in enumerate(self._caches):
            with collecting_errors(self._errors, failed):
                for volume in (volumes := cache.volumes(day[:7])):
                    # A month of average size has a single one.
                    if len(volumes) == 1 or may_list_days(cache.volume_bytes(volume), [day]):
                        entries += cache.volume_papers(volume, number)
                    else:
                        others.append((number, cache, volume))
        ids = {paper.paper_id for paper, _ in entries if paper.entries[0].date == day}
        for number, cache, volume in others:
            with collecting_errors(self._errors, failed):
                if may_list_any(cache.volume_bytes(volume), ids):
                    entries += cache.volume_papers(volume, number)
        return [each for each in entries if each[0].paper_id in ids]
