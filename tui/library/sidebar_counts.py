"""Counts what the reader marked and kept, for the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.library.library import Library
from tui.library.saved_views import SavedView
from tui.library.scope import Scope, SidebarCounts
from tui.library.search.search import search
from tui.marks import MarkStore, tags_in_use
from tui.query import Query


class SavedViewCounter:
    """Counts the papers of kept views, and not again what marks cannot have changed.

    Args:
        library: what is counted in.
        marks: the reader's.
    """

    def __init__(self, library: Library, marks: MarkStore) -> None:
        self.library = library
        self._marks = marks
        self._counts: dict[Query, int] = {}

    def count(self, query: Query, cancelled: Callable[[], bool]) -> int | None:
        """Return how many papers a query finds; None where that would read every summary.

        Args:
            query: what to look for.
            cancelled: is asked before each paper; the count is not finished when it says so.
        """
        if query.needs_summaries:
            return None
        if (known := self._counts.get(query)) is not None:
            return known
        papers = self.library.papers()
        found = search(self.library, papers, query, self._marks, cancelled)
        number = sum(1 for _paper in found)
        if not query.needs_marks and not cancelled():
            self._counts[query] = number
        return number


def count_sidebar(
    marks: MarkStore,
    views: Iterable[SavedView],
    counter: SavedViewCounter,
    cancelled: Callable[[], bool],
) -> SidebarCounts:
    """Count papers of a library.

    Args:
        marks: the reader's; those of papers of another library are kept, and not counted.
        views: what the reader keeps.
        counter: knows the library, and counts the papers of the views.
        cancelled: tells whether anybody waits for the views' counts.

    Returns:
        The counts.
    """
    ids = counter.library.ids()
    here = {arxiv_id: each for arxiv_id, each in marks.all_marks().items() if arxiv_id in ids}
    return SidebarCounts(
        unread=len(ids) - sum(each.read for each in here.values()),
        starred=sum(each.starred for each in here.values()),
        noted=sum(bool(each.note) for each in here.values()),
        tagged=sum(bool(each.tags) for each in here.values()),
        tags=tags_in_use(here),
        views=[(scope_of_view(view), counter.count(view.query, cancelled)) for view in views],
    )


def scope_of_view(view: SavedView) -> Scope:
    """Return the shelf of a kept view."""
    return Scope(query_text=str(view.query), name=view.name)
