"""Count marked papers, unread papers by period and those of saved views, for the sidebar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tui.library.library import Library
from tui.library.mark_counts import MarkCounts, periods_of
from tui.library.saved_views import SavedView
from tui.library.scope import Scope, SidebarCounts
from tui.library.view_counts import ViewCounts
from tui.marks.store import MarkStore
from tui.marks.tags import tags_in_use
from tui.models import Marks
from tui.runtime.task import Task


class LibraryCounts:
    """Counts in one library. Counting again costs as little as has changed since.

    Args:
        library: the library to count in.
        marks: the reader's marks; those of papers that are not in the library do not count.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
        interests: the query of the papers about interests; empty without interests.
    """

    def __init__(
        self, library: Library, marks: MarkStore, *, skips_seen: bool = False, interests: str = ""
    ) -> None:
        self.library = library
        self._interests = interests
        # The number of papers about interests by period, and the marks with which it was counted.
        self._interesting: tuple[Mapping[str, int], Mapping[str, Marks]] | None = None
        self._marks = marks
        self._mark_counts = MarkCounts(
            library.days_by_id, frozenset(library.arrivals), skips_seen=skips_seen
        )
        self._seen = self._mark_counts.seen()
        self._view_counts = ViewCounts(library)

    def count(self, views: Iterable[SavedView], task: Task, *, read_texts: bool) -> SidebarCounts:
        """Return the counts of the sidebar.

        Args:
            views: the saved views.
            task: can cancel counting; the result is then incomplete.
            read_texts: whether to count views that search summaries, which takes long at first.
        """
        shards = self._marks.shards()
        shard_counts = self._mark_counts.update(shards)
        read: Counter[str] = Counter()
        hidden: Counter[str] = Counter()
        hidden_arrivals: set[str] = set()
        tagged: dict[str, Marks] = {}
        for each in shard_counts:
            hidden.update(each.hidden)
            hidden_arrivals |= each.hidden_arrivals
            read.update(each.read)
            tagged.update(each.tagged)
        return SidebarCounts(
            read=read,
            left_out=hidden + self._seen,
            starred=sum(each.starred for each in shard_counts),
            later=sum(each.later for each in shard_counts),
            noted=sum(each.noted for each in shard_counts),
            tagged=len(tagged),
            tags=tags_in_use(tagged),
            views=self._count_views(views, shards, task, read_texts=read_texts),
            arrivals={
                paper: days
                for paper, days in self.library.arrivals.items()
                if paper not in hidden_arrivals
            },
            read_arrivals=sum(each.read_arrivals for each in shard_counts),
            since=self.library.visits.since if self.library.visits else "",
            interests=self._interests,
            interesting=self._count_interests(task, read_texts=read_texts),
        )

    def _count_interests(self, task: Task, *, read_texts: bool) -> Mapping[str, int] | None:
        """Return the number of papers about interests by period; None if it is not known yet."""
        if not self._interests:
            return None
        from tui.library.search.search import search
        from tui.query.parser import parse

        query, marks, before = parse(self._interests), self._marks.all_marks(), self._interesting
        if before and not (query.needs_marks and before[1] is not marks):
            return before[0]
        if query.needs_summaries and not read_texts:
            return before[0] if before else None
        counts: Counter[str] = Counter()
        for paper in search(self.library, self.library.papers(), query, marks, task):
            counts.update(periods_of(self.library.days_by_id.get(paper.paper_id, ())) | {""})
        if task.is_cancelled():
            return before[0] if before else None
        self._interesting = counts, marks
        return counts

    def _count_views(
        self,
        views: Iterable[SavedView],
        shards: Mapping[str, Mapping[str, Marks]],
        task: Task,
        *,
        read_texts: bool,
    ) -> list[tuple[Scope, int | None]]:
        return [
            (
                Scope(query_text=str(view.query), name=view.name),
                self._view_counts.count(view.query, shards, task, read_texts=read_texts),
            )
            for view in views
        ]
