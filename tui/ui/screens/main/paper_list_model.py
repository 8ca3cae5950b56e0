"""The state of the paper list, without any user interface.

Loading is a state machine::

    LOADING --first results--> PARTIAL --last results--> COMPLETE
       |                                                    ^  |
       +--------------------all results---------------------+  +--begin_loading(), same request
    begin_loading() for another request leads back to LOADING from every state, and restore() to
    the list that was complete before the request.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.config.session import Session
from tui.library.omissions import NO_OMISSIONS, Omissions
from tui.library.scope import Scope
from tui.library.view import View
from tui.models import Paper
from tui.query.query import Query

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter

Request: TypeAlias = tuple[Scope, tuple[object, ...]]
"""What decides which papers are loaded: the scope and the clauses of the query."""


class LoadState(Enum):
    """How much of the requested papers the list shows."""

    LOADING = auto()
    """None of them; the list may still show papers of an earlier request."""

    PARTIAL = auto()
    """The ones that a running search has found so far."""

    COMPLETE = auto()
    """All of them, even while they are loaded again in the background."""


class CursorPlacement(NamedTuple):
    """Where to put the cursor when the list is drawn.

    Attributes:
        paper: id of the paper; None for no particular one.
        at_top: whether to put it on the first row if the paper is not in the list.
    """

    paper: str | None = None
    at_top: bool = False


class SettledList(NamedTuple):
    """A complete list, to return to if the reader cancels what comes after it.

    Attributes:
        view: its view.
        papers: its papers, before threshold and sort.
        total: number of papers in the scope.
        cursor: id of the paper under the cursor.
    """

    view: View
    papers: Sequence[Paper]
    total: int
    cursor: str | None


class Highlighters(NamedTuple):
    """What to highlight in titles, authors and summaries; None for nothing."""

    title: Highlighter | None = None
    author: Highlighter | None = None
    summary: Highlighter | None = None


class PaperListModel:
    """The requested view, the papers that were loaded for it, and where the cursor belongs.

    Args:
        view: the first view.
        session: provides remembered cursor positions, and remembers threshold and sort order.
    """

    def __init__(self, view: View, session: Session) -> None:
        self.view = view
        self.state = LoadState.LOADING
        self.searched: int | None = None
        """Number of papers that a running search has processed; None unless PARTIAL."""
        self.papers: Sequence[Paper] = ()
        self.total = 0
        self.listing = view.listing((), 0)
        self.target_paper: str | None = None
        """Id of the paper to put the cursor on when the next results arrive."""
        self._session = session
        self._period_view = view
        self._shown: View | None = None
        self._displayed = view
        self._settled: SettledList | None = None
        self._held: Request | None = None
        """The request when a query began to be typed; None while none is."""
        self._completed: Request | None = None
        self._target: str | None = None
        """Id of the paper on which the cursor belongs while results arrive: it may not be among
        them yet. Moving the cursor by hand makes the paper under it the new target."""
        self._placed_on: str | None = None
        """Id of the paper on which the program has put the cursor."""
        self.highlighters = Highlighters()
        self._highlighted: Query | None = None

    # Requests

    def view_of(self, scope: Scope, query: Query) -> View:
        """Return the view to open a scope with.

        All dates share one threshold and sort order; other scopes have their own.
        """
        shared = self._period_view
        if scope.is_period:
            return View(scope, shared.min_votes, shared.sort, query)
        sort = scope.sort()
        return View(scope, 0, shared.sort if sort is None else sort, query)

    @property
    def displayed(self) -> View:
        """The view of the papers in the list: the requested one, once its papers arrive."""
        return self._displayed if self.is_loading and self._shown else self.view

    def change_view(
        self, view: View, cursor: str | None = None, *, needs_all: bool = False
    ) -> bool:
        """Change the view; return whether papers have to be loaded for it.

        Args:
            view: the view.
            cursor: id of the paper under the cursor, for ``restore``.
            needs_all: whether its order needs all papers of a very large library.
        """
        is_other = needs_all or _request(view) != _request(self.view)
        if is_other:
            self._displayed = self.displayed
            if self.is_complete and self._held is None:
                self._settled = SettledList(self.view, self.papers, self.total, cursor)
            self._completed = None if needs_all else self._completed
        self._set_view(view)
        return is_other

    def _set_view(self, view: View) -> None:
        self.view = view
        if view.scope.is_period:
            self._period_view = view
            self._session.min_votes = view.min_votes
            self._session.sort = ",".join(map(str, view.sort))

    @property
    def request(self) -> Request:
        """What decides which papers are loaded for the view."""
        return _request(self.view)

    def begin_loading(self) -> None:
        """Record that the papers of the view are being loaded."""
        self.searched = None
        is_reload = _request(self.view) == self._completed
        self.state = LoadState.COMPLETE if is_reload else LoadState.LOADING

    def is_requested(self, scope: Scope, query: Query) -> bool:
        """Return whether results are for the current view, and not for an earlier one."""
        return (scope, query.clauses) == _request(self.view)

    # Cancelling

    def hold(self, cursor: str | None) -> None:
        """Keep the list for ``restore`` while a query is typed, whatever is found meanwhile."""
        if self.is_complete:
            self._settled = SettledList(self.view, self.papers, self.total, cursor)
        self._held = _request(self.view)

    def release(self) -> None:
        """End what ``hold`` began: from now on, only a request that is running can be cancelled."""
        self._held = None
        if self.is_complete:
            self._settled = None

    def _keep_held(self, cursor: str | None) -> None:
        """Keep the list that ``hold`` was to keep, if it was still loading then."""
        is_kept = self._settled is not None and _request(self._settled.view) == self._held
        if self.is_complete and _request(self.view) == self._held and not is_kept:
            self._settled = SettledList(self.view, self.papers, self.total, cursor)

    def restore(self) -> CursorPlacement | None:
        """Return to the last complete list, as if nothing had been requested since.

        Returns:
            Where to put the cursor; None without such a list, or if it is the one before the list
            that ``hold`` was to keep.
        """
        settled, held = self._settled, self._held
        if settled is None or held not in {None, _request(settled.view)}:
            return None
        self._settled = self._held = None
        self._set_view(settled.view)
        self.papers, self.total, self.searched = settled.papers, settled.total, None
        self.state, self._shown = LoadState.COMPLETE, settled.view
        self._completed = _request(settled.view)
        self.target_paper, self._target = None, settled.cursor
        return CursorPlacement(settled.cursor, at_top=True)

    # Results

    @property
    def is_complete(self) -> bool:
        """Whether the list shows all papers of the view."""
        return self.state is LoadState.COMPLETE

    @property
    def is_loading(self) -> bool:
        """Whether the list shows no papers of the view yet."""
        return self.state is LoadState.LOADING

    @property
    def shown_scope(self) -> Scope | None:
        """The scope of the papers in the list; None before the first ones."""
        return self._shown.scope if self._shown else None

    def accept_results(
        self, papers: Sequence[Paper], total: int, searched: int | None, cursor: str | None
    ) -> CursorPlacement | None:
        """Take over papers that were loaded for the view.

        Args:
            papers: all papers found so far.
            total: number of papers in the scope.
            searched: number of papers searched so far; None if the results are complete.
            cursor: id of the paper that the cursor is on.

        Returns:
            Where to put the cursor; None if the reader has moved it since.
        """
        is_continued = self.state is LoadState.PARTIAL
        self.papers, self.total, self.searched = papers, total, searched
        self.state = LoadState.COMPLETE if searched is None else LoadState.PARTIAL
        self._completed = _request(self.view) if searched is None else None
        if self.is_complete and self._held is None:
            self._settled = None
        if not is_continued:
            placement = self._place_cursor(cursor)
            self._keep_held(placement.paper)
            return placement
        self._keep_held(self._target or cursor)
        if cursor != self._placed_on:
            return None
        return CursorPlacement(self._target, at_top=True)

    def _place_cursor(self, cursor: str | None) -> CursorPlacement:
        before, self._shown = self._shown, self.view
        target, self.target_paper = self.target_paper, None
        is_other_scope = before is None or before.scope != self.view.scope
        is_other_query = before is None or before.query.clauses != self.view.query.clauses
        if target is None and is_other_scope:
            target = self._session.cursors.get(self.view.scope.key)
        elif target is None and is_other_query:
            target = (cursor == self._placed_on and self._target) or cursor
        self._target = target
        return CursorPlacement(target, at_top=is_other_scope or is_other_query)

    def cursor_placed(self, paper: str | None) -> None:
        """Record the paper that the cursor was put on after ``accept_results``."""
        self._placed_on = paper

    def pin_cursor(self, paper: str | None) -> None:
        """Keep the cursor on this paper, whatever is found while a query is typed."""
        self._target = self._placed_on = paper

    def remember_position(self, cursor: str | None) -> None:
        """Remember the paper under the cursor for the next visit to the scope in the list."""
        if cursor is not None and self._shown is not None:
            self._session.remember_cursor(self._shown.scope.key, cursor)

    # Display

    def update_listing(self, omissions: Omissions = NO_OMISSIONS) -> None:
        """Filter and sort the papers as the view requires, and leave some of them out."""
        self.listing = self.displayed.listing(self.papers, self.total, omissions)

    def update_highlighters(self) -> bool:
        """Highlight what the papers in the list were searched for; return whether that changed."""
        shown, query = self._shown, None
        if shown is not None and (shown.query.clauses or shown.scope.query_text):
            query = shown.scope.query() & shown.query
        if query == self._highlighted:
            return False
        self._highlighted, self.highlighters = query, Highlighters()
        if query is not None:
            from tui.query.conditions import PaperField
            from tui.query.highlight import Highlighter

            self.highlighters = Highlighters(
                Highlighter.for_query(query, PaperField.TITLE),
                Highlighter.for_query(query, PaperField.AUTHOR),
                Highlighter.for_query(query),
            )
        return True


def _request(view: View) -> Request:
    return view.scope, view.query.clauses
