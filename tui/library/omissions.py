"""What lists leave out: hidden papers and, on a day, muted ones and those featured before."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from tui.library.papers_on_demand import PapersOnDemand
from tui.library.periods import is_day
from tui.models import Paper
from tui.query.query import Query
from tui.runtime.task import UNATTENDED, Task

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.scope import Scope
    from tui.marks.store import MarkStore

HIDDEN_QUERY = "is:hidden"

_MAX_MUTED_SCOPES = 32


class Omissions(NamedTuple):
    """Which papers a list leaves out.

    Attributes:
        hidden: ids of the papers that the reader is not interested in.
        muted: ids of the muted papers.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
    """

    hidden: Set[str] = frozenset()
    muted: Set[str] = frozenset()
    skips_seen: bool = False

    def keep(self, papers: Sequence[Paper], period: str) -> Sequence[Paper]:
        """Return the papers that a list of a period shows; the same object if it shows all."""
        kept, hidden = papers, self.hidden | self.muted
        if isinstance(papers, PapersOnDemand):
            return papers.without(hidden)
        if hidden and any(paper.paper_id in hidden for paper in papers):
            kept = [paper for paper in papers if paper.paper_id not in hidden]
        if self.skips_seen and is_day(period):
            kept = [paper for paper in kept if not seen_before(paper, period)]
        return papers if len(kept) == len(papers) else kept

    def count_hidden(self, papers: Sequence[Paper], left_out: int) -> int:
        """Return how many papers are left out because they are hidden.

        Args:
            papers: the papers before some were left out.
            left_out: how many were left out.
        """
        if not left_out or isinstance(papers, PapersOnDemand):
            # A list of all days leaves out nothing else.
            return left_out
        return sum(paper.paper_id in self.hidden for paper in papers)


NO_OMISSIONS = Omissions()
"""The omissions of lists that show all papers."""


def seen_before(paper: Paper, day: str) -> str:
    """Return the last day before a day on which a paper was featured; empty if it was not."""
    if not paper.dates or paper.dates[0] >= day:
        return ""
    return max(earlier for earlier in paper.dates if earlier < day)


class OmissionRules:
    """Decides which papers lists leave out. Thread-safe.

    Args:
        marks: the reader's marks.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
        mute: queries whose papers days leave out.

    Attributes:
        is_off: whether the reader wants to see all papers for now.
    """

    def __init__(self, marks: MarkStore, *, skips_seen: bool, mute: Sequence[str] = ()) -> None:
        self._marks = marks
        self._skips_seen = skips_seen
        self._mute = " OR ".join(f"({query})" for query in mute)
        # The muted papers of the scopes looked at last, by the key of the scope.
        self._muted: dict[str, frozenset[str]] = {}
        self.is_off = False

    def mutes(self, scope: Scope) -> bool:
        """Return whether papers of a scope may be muted, which ``find_muted`` finds out."""
        return bool(self._mute) and (is_day(scope.period) or scope.is_for_you)

    def find_muted(
        self, library: Library, scope: Scope, papers: Sequence[Paper], task: Task = UNATTENDED
    ) -> None:
        """Find the muted papers of a scope; in a worker, because it may read their summaries.

        Args:
            library: the library.
            scope: the scope.
            papers: its papers.
            task: can cancel it.
        """
        if not self.mutes(scope):
            return
        from tui.library.search.search import search
        from tui.query.parser import parse

        found = search(library, papers, parse(self._mute), self._marks, task)
        muted = frozenset(paper.paper_id for paper in found)
        if not task.is_cancelled():
            self._muted.pop(scope.key, None)
            self._muted[scope.key] = muted
            while len(self._muted) > _MAX_MUTED_SCOPES:
                del self._muted[next(iter(self._muted))]

    def of(self, scope: Scope, query: Query, papers: Sequence[Paper]) -> Omissions:
        """Return what a list leaves out. A list that is about hidden papers shows all.

        Args:
            scope: the scope.
            query: the query.
            papers: the papers of the list; their marks are read if necessary.
        """
        asks_for_hidden = HIDDEN_QUERY in f"{scope.query_text} {Query(query.clauses)}"
        if self.is_off or asks_for_hidden:
            return NO_OMISSIONS
        if isinstance(papers, PapersOnDemand):
            hidden = self._marks.all_hidden()
        else:
            hidden = self._marks.hidden_ids(paper.paper_id for paper in papers)
        muted = self._muted.get(scope.key, frozenset()) if self.mutes(scope) else frozenset()
        return Omissions(hidden, muted, self._skips_seen)
