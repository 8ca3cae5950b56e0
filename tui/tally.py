"""Counts what the reader marked and kept, for the sidebar."""

from __future__ import annotations

from collections.abc import Iterable

from tui.library import Library
from tui.marks import MarkStore, tags_in_use
from tui.saved_views import SavedView
from tui.search import search
from tui.shelf import Shelf, Tally


def take_tally(library: Library, marks: MarkStore, views: Iterable[SavedView]) -> Tally:
    """Count papers of a library.

    Args:
        library: only its papers count; marks of others are kept, and not counted.
        marks: the reader's.
        views: what the reader keeps.

    Returns:
        The counts.
    """
    ids = library.ids()
    here = {arxiv_id: each for arxiv_id, each in marks.marked().items() if arxiv_id in ids}
    return Tally(
        unread=len(ids) - sum(each.read for each in here.values()),
        starred=sum(each.starred for each in here.values()),
        noted=sum(bool(each.note) for each in here.values()),
        tagged=sum(bool(each.tags) for each in here.values()),
        tags=tags_in_use(here),
        views=[(shelf_of(view), _count(library, marks, view)) for view in views],
    )


def shelf_of(view: SavedView) -> Shelf:
    """Return the shelf of a kept view."""
    return Shelf(text=str(view.query), name=view.name)


def _count(library: Library, marks: MarkStore, view: SavedView) -> int | None:
    if view.query.needs_summaries:
        return None
    found = search(library, library.papers(), view.query, marks)
    return sum(1 for _paper in found)
