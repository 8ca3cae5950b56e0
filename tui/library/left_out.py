"""What lists leave out: hidden papers and, on a day, papers that were featured before."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from tui.library.periods import is_day
from tui.models import Paper
from tui.query.query import Query

if TYPE_CHECKING:
    from tui.library.scope import Scope
    from tui.marks.store import MarkStore

HIDDEN_QUERY = "is:hidden"


class LeftOut(NamedTuple):
    """Which papers a list leaves out.

    Attributes:
        hidden: ids of the papers that the reader is not interested in.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
    """

    hidden: Set[str] = frozenset()
    skips_seen: bool = False

    def keep(self, papers: Sequence[Paper], period: str) -> Sequence[Paper]:
        """Return the papers that a list of a period shows; the same object if it shows all."""
        kept, hidden = papers, self.hidden
        if hidden and any(paper.paper_id in hidden for paper in papers):
            kept = [paper for paper in papers if paper.paper_id not in hidden]
        if self.skips_seen and is_day(period):
            kept = [paper for paper in kept if not seen_before(paper, period)]
        return papers if len(kept) == len(papers) else kept


NOTHING = LeftOut()
"""For lists that show all papers."""


def seen_before(paper: Paper, day: str) -> str:
    """Return the last day before a day on which a paper was featured; empty if it was not."""
    if not paper.dates or paper.dates[0] >= day:
        return ""
    return max(earlier for earlier in paper.dates if earlier < day)


class LeftOutFilter:
    """Knows whether lists leave papers out, and which. Thread-safe.

    Args:
        marks: the reader's marks.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.

    Attributes:
        is_off: whether the reader wants to see all papers for now.
    """

    def __init__(self, marks: MarkStore, *, skips_seen: bool) -> None:
        self._marks = marks
        self._skips_seen = skips_seen
        self.is_off = False

    def of(self, scope: Scope, query: Query, papers: Sequence[Paper]) -> LeftOut:
        """Return what a list leaves out. A list that is about hidden papers shows all.

        Args:
            scope: the scope.
            query: the query.
            papers: the papers of the list; their marks are read if necessary.
        """
        asks_for_hidden = HIDDEN_QUERY in f"{scope.query_text} {Query(query.clauses)}"
        if self.is_off or asks_for_hidden:
            return NOTHING
        hidden = self._marks.hidden_ids(paper.paper_id for paper in papers)
        return LeftOut(hidden, self._skips_seen)
