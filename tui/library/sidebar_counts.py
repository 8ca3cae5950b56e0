"""Count marked papers and those of saved views, for the sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tui.library.library import Library
from tui.library.saved_views import SavedView
from tui.library.scope import Scope, SidebarCounts
from tui.library.search.search import search
from tui.marks.store import MarkStore
from tui.marks.tags import tags_in_use
from tui.query import relative_dates
from tui.query.query import Query
from tui.runtime.task import Task


class SavedViewCounter:
    """Counts the papers of saved views, and caches counts that marks do not affect.

    Args:
        library: the library to count in.
        marks: the reader's marks.
    """

    def __init__(self, library: Library, marks: MarkStore) -> None:
        self.library = library
        self._marks = marks
        self._counts: dict[tuple[Query, date | None], int] = {}

    def count(self, query: Query, task: Task) -> int | None:
        """Return the number of papers that match a query.

        Args:
            query: the query.
            task: can cancel counting; the result is then too small.

        Returns:
            The number, or None if counting would have to read all summaries.
        """
        if query.needs_summaries:
            return None
        # The papers of the last days are others tomorrow.
        key = query, relative_dates.current_day() if query.needs_clock else None
        if (cached := self._counts.get(key)) is not None:
            return cached
        matches = search(self.library, self.library.papers(), query, self._marks, task)
        number = sum(1 for _paper in matches)
        if not query.needs_marks and not task.is_cancelled():
            self._counts[key] = number
        return number


def count_sidebar(
    marks: MarkStore, views: Iterable[SavedView], counter: SavedViewCounter, task: Task
) -> SidebarCounts:
    """Return the counts of the sidebar.

    Args:
        marks: the reader's marks; those of papers that are not in the library do not count.
        views: the saved views.
        counter: counts the papers of the views.
        task: can cancel counting.
    """
    ids = counter.library.ids
    marked = {id_: found for id_, found in marks.all_marks().items() if id_ in ids}
    all_marks = marked.values()
    return SidebarCounts(
        unread=len(ids) - sum(each.read for each in all_marks),
        starred=sum(each.starred for each in all_marks),
        noted=sum(bool(each.note) for each in all_marks),
        tagged=sum(bool(each.tags) for each in all_marks),
        tags=tags_in_use(marked),
        views=[
            (Scope(query_text=str(view.query), name=view.name), counter.count(view.query, task))
            for view in views
        ],
    )
