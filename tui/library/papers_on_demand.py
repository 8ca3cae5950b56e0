"""The papers of a very large library, of which only a few months are in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate, count, islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, overload

from tui.cache.period_counts import PeriodCounts
from tui.i18n import ngettext
from tui.library.paper_reader import Candidates, PaperReader
from tui.models import UNDATED, Paper
from tui.runtime.tuning import no_collection

if TYPE_CHECKING:
    from tui.library.volumes import Volume

MAX_KEPT_PAPERS = 250_000
"""Papers that stay in memory once they were read: a search without words reads all of them."""

RECENT_PARTS = 3
"""Parts that stay as well, after that: the one on the screen, while a search goes on to others."""

_VOTED = "voted"
"""The name of the part with the papers that have votes, if these come first."""

FindCandidates: TypeAlias = "Callable[[Iterable[Volume]], Candidates | None]"
"""Finds the papers that may match a query, given the volumes with all entries of the papers in
question; None if any paper may."""


class PartReader(Protocol):
    """Reads parts of a list of papers. A part is a month, or has the papers with votes."""

    def read(self, part: str) -> Sequence[Paper]:
        """Return the papers of a part."""

    def candidates(self, part: str, find: FindCandidates) -> Sequence[Paper]:
        """Return the papers of a part that may match a query, and perhaps others."""


class _MonthReader(NamedTuple):
    """Reads months of a library; see ``PartReader``."""

    reader: PaperReader

    def read(self, part: str) -> Sequence[Paper]:
        return self._read(part, None)

    def candidates(self, part: str, find: FindCandidates) -> Sequence[Paper]:
        return self._read(part, find(self.reader.volumes(part)))

    def _read(self, month: str, only: Candidates | None) -> Sequence[Paper]:
        with no_collection(are_kept=False):
            papers = self.reader.read(month, only=only)
        return [paper for paper in papers if paper.newest_day.startswith(month)]


class _RestReader(NamedTuple):
    """Reads the parts of a list without some papers; see ``PartReader``."""

    papers: PapersOnDemand
    left_out: Set[str]

    def read(self, part: str) -> Sequence[Paper]:
        return self._keep(self.papers._part(part))

    def candidates(self, part: str, find: FindCandidates) -> Sequence[Paper]:
        return self._keep(self.papers._parts.candidates(part, find))

    def _keep(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        return [paper for paper in papers if paper.paper_id not in self.left_out]


class _VotedReader(NamedTuple):
    """Reads the papers with votes as the first part of a list; see ``PartReader``."""

    voted: Sequence[Paper]
    rest: PapersOnDemand

    def read(self, part: str) -> Sequence[Paper]:
        return self.voted if part == _VOTED else self.rest._part(part)

    def candidates(self, part: str, find: FindCandidates) -> Sequence[Paper]:
        return self.voted if part == _VOTED else self.rest._parts.candidates(part, find)


class PapersOnDemand(Sequence[Paper]):
    """Papers in parts, each of which is read when one of its papers is needed. Thread-safe.

    If a part turns out to have fewer papers than it should, because a file was replaced or damaged,
    its last paper stands for those that are missing, until the library is opened again.

    Args:
        counts: the number of papers of each part, in order.
        parts: reads the parts.
        newest_months: returns the month with each of some papers.
        months_with_votes: the parts in which papers may have votes.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        parts: PartReader,
        newest_months: Callable[[Iterable[str]], Mapping[str, str]],
        months_with_votes: Set[str] = frozenset(),
    ) -> None:
        self._counts = {part: number for part, number in counts.items() if number}
        self._names = list(self._counts)
        self._ends = list(accumulate(self._counts.values()))
        self._parts = parts
        self._newest_months = newest_months
        self._months_with_votes = months_with_votes
        self._kept: dict[str, Sequence[Paper]] = {}
        self._recent: dict[str, Sequence[Paper]] = {}
        self._kept_number = 0
        self._lock = Lock()
        self._voted: Sequence[Paper] | None = None

    @classmethod
    def of_library(cls, reader: PaperReader, period_counts: PeriodCounts) -> PapersOnDemand:
        """Return all papers of a library, newest first, then by votes, then by id."""
        counts = {month: period_counts.counts[month] for month in period_counts.months()}
        with_votes = set(reader.months_with_votes())
        for months in period_counts.recurring_months.values():
            # A paper is listed on the newest of its days, but may have votes of an earlier one.
            *earlier, newest = sorted(months)
            for month in earlier:
                counts[month] -= month != UNDATED[:7]
            if not with_votes.isdisjoint(earlier):
                with_votes.add(newest)
        return cls(counts, _MonthReader(reader), reader.newest_months, with_votes)

    # A sequence

    def __len__(self) -> int:
        """Return the number of papers."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> Paper: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Paper]: ...

    def __getitem__(self, index: int | slice) -> Paper | Sequence[Paper]:
        """Return a paper by its row, or a list of those of some rows."""
        if isinstance(index, int):
            return self._paper(range(len(self))[index])
        rows = range(len(self))[index]
        if rows.step != 1:
            return list(map(self._paper, rows))
        found: list[Paper] = []
        row = rows.start
        while row < rows.stop:
            part, first = self._locate(row)
            end = min(first + self._counts[part], rows.stop)
            found += self._part(part)[row - first : end - first]
            row = end
        return found

    def __iter__(self) -> Iterator[Paper]:
        """Yield all papers, a part at a time."""
        for part in self._names:
            yield from islice(self._part(part), self._counts[part])

    def _locate(self, row: int) -> tuple[str, int]:
        """Return the part with a row, and the first row of the part."""
        number = bisect_right(self._ends, row)
        return self._names[number], self._ends[number - 1] if number else 0

    def _paper(self, row: int) -> Paper:
        part, first = self._locate(row)
        papers = self._part(part) or next(filter(None, map(self._part, self._names)), ())
        if not papers:
            raise IndexError("no paper can be read")
        return papers[min(row - first, len(papers) - 1)]

    def _part(self, part: str) -> Sequence[Paper]:
        papers = self._kept.get(part)
        if papers is not None:
            return papers
        with self._lock:
            papers = self._recent.pop(part, None)
        # Without the lock, so that the screen need not wait for a search.
        papers = self._parts.read(part) if papers is None else papers
        with self._lock:
            if self._kept_number + len(papers) <= MAX_KEPT_PAPERS and part not in self._kept:
                self._kept[part] = papers
                self._kept_number += len(papers)
            else:
                self._recent[part] = papers
                if len(self._recent) > RECENT_PARTS:
                    del self._recent[next(iter(self._recent))]
        return papers

    # Finding papers

    def index_of(self, paper_id: str) -> int | None:
        """Return the row of a paper; None if it is not among them."""
        with self._lock:
            parts = [*self._recent, *self._kept]
        month = self._newest_months([paper_id]).get(paper_id, "")
        for part in dict.fromkeys((*parts, _VOTED, month)):
            if part in self._counts:
                ids = (paper.paper_id for paper in self._part(part))
                first = self._ends[self._names.index(part)] - self._counts[part]
                rows = (
                    row for row, each in zip(count(first), ids, strict=False) if each == paper_id
                )
                if (row := next(rows, None)) is not None:
                    return row
        return None

    def with_ids(self, ids: Set[str]) -> list[Paper]:
        """Return the papers with some ids, in order. Reads only their parts."""
        months = {_VOTED, *self._newest_months(ids).values()}
        parts = (part for part in self._names if part in months)
        return [paper for part in parts for paper in self._part(part) if paper.paper_id in ids]

    def candidates(self, find: FindCandidates) -> Iterator[tuple[int, Sequence[Paper]]]:
        """Yield the papers that may match a query, and perhaps others, a part at a time.

        Only these are read.

        Args:
            find: finds these.

        Yields:
            The number of rows up to the end of the part, and its papers.
        """
        for part, end in zip(self._names, self._ends, strict=True):
            yield end, self._parts.candidates(part, find)

    def without(self, ids: Set[str]) -> PapersOnDemand:
        """Return the papers without those with some ids."""
        return self._without(ids, Counter(self._newest_months(ids).values()))

    def _without(self, ids: Set[str], gone: Mapping[str, int]) -> PapersOnDemand:
        """Return the papers without some ids, of which so many are in each month."""
        if not any(gone.get(part) for part in self._names):
            return self

        counts = {part: number - gone.get(part, 0) for part, number in self._counts.items()}
        rest = _RestReader(self, ids)
        return PapersOnDemand(counts, rest, self._newest_months, self._months_with_votes)

    @property
    def sample(self) -> Sequence[Paper]:
        """The papers of the part that comes first."""
        return self._part(self._names[0]) if self._names else ()

    # Votes

    def voted(self) -> Sequence[Paper]:
        """Return the papers with votes, in order. Reads the months with votes at the first call."""
        if self._voted is None:
            months = (month for month in self._names if month in self._months_with_votes)
            self._voted = [
                paper for month in months for paper in self._part(month) if paper.votes is not None
            ]
        return self._voted

    def voted_first(self, voted: Sequence[Paper]) -> PapersOnDemand:
        """Return the papers with votes, in a given order, and then the others in theirs."""
        if not voted:
            return self
        ids = {paper.paper_id for paper in voted}
        rest = self._without(ids, Counter(paper.newest_day[:7] for paper in voted))
        counts, parts = {_VOTED: len(voted), **rest._counts}, _VotedReader(voted, rest)
        return PapersOnDemand(counts, parts, self._newest_months)


def read_all(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the papers of a list, all of them in memory.

    Raises:
        OSError: some of a very large library cannot be read.
    """
    if not isinstance(papers, PapersOnDemand):
        return papers
    found = list(papers)
    if missing := len(papers) - len(found):
        text = ngettext(
            "{number} paper of the list cannot be read",
            "{number} papers of the list cannot be read",
            missing,
        )
        raise OSError(0, text.format(number=f"{missing:,}"))
    return found


def with_votes(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the papers of a list whose votes are known, in order."""
    if isinstance(papers, PapersOnDemand):
        return papers.voted()
    return [paper for paper in papers if paper.votes is not None]


def row_of(papers: Sequence[Paper], paper_id: str) -> int | None:
    """Return the row of a paper in a list; None if it is not in it."""
    if isinstance(papers, PapersOnDemand):
        return papers.index_of(paper_id)
    rows = (row for row, paper in enumerate(papers) if paper.paper_id == paper_id)
    return next(rows, None)


def papers_among(papers: Sequence[Paper], ids: Set[str]) -> Sequence[Paper]:
    """Return the papers of a list with some ids, in order."""
    if isinstance(papers, PapersOnDemand):
        return papers.with_ids(ids)
    return [paper for paper in papers if paper.paper_id in ids]
