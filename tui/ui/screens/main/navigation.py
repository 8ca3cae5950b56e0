"""Where the reader goes: the sidebar's shelves, dates, and back and forward through places."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on

from tui.i18n import _
from tui.library.history import History, HistoryEntry
from tui.library.library import Library
from tui.library.periods import format_period
from tui.library.scope import Scope, SidebarCounts, sidebar_items
from tui.query import Query
from tui.ui.messages import ScopeHighlighted, SidebarCountsReady
from tui.ui.screens.main.paper_list import ListScreen
from tui.ui.screens.main.startup import StartupOptions


class ShelfScreen(ListScreen):
    """Shelves, papers and a summary.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        super().__init__(opening)
        self._history = History()
        self._tally = SidebarCounts()
        self._touched = False
        self._greeting = ""
        self._is_wandering = False
        self._damage_told = ""

    # Opening and leaving

    def on_mount(self) -> None:
        """Show the first shelf, and say what is new."""
        if self.opening.last_place is not None:
            self._history.push(self.opening.last_place)
        self._show_library(self.library, self._view.scope)
        self._find_papers()
        self._greet()

    def _greet(self) -> None:
        """Say what is new, unless something else is being said."""
        before = self._greeting
        self._greeting = self.opening.greeting(self.library, self.key_sign("place.back"))
        if self.status.message in {"", before}:
            self.status.show_message(self._greeting)

    def on_unmount(self) -> None:
        """Note what shall be remembered."""
        self._remember_place()
        shelf = self._view.scope
        self._session.period = shelf.period
        self._session.shelf = (
            [] if shelf.is_period else [shelf.query_text, shelf.name, shelf.similar_to]
        )
        self._session.newest = next(iter(self.library.period_counts.days()), None)
        self._session.table_share = self.table_share
        self._session.sidebar = not self.sidebar_hidden

    def _show_library(self, library: Library, at: Scope) -> None:
        self.replace_library(library)
        since = self.opening.new_since
        self.sidebar.show(library.period_counts, sidebar_items(self._tally), at, new_since=since)

    def library_opened(self, library: Library, *, unasked: bool = False) -> None:
        """Show a library that has changed, in the same period if it is still there."""
        before = shelf = self._view.scope
        self._touched |= unasked
        # A reader who has not touched anything came for the newest day.
        if not self._touched or not self.library.period_counts.total:
            shelf = Scope(self.opening.first_period(library))
        elif shelf.period not in library.period_counts.counts:
            shelf = Scope(library.nearest_day(shelf.period) or "")
        self._view = self._view._replace(scope=shelf)
        is_same = unasked and shelf == before
        # The reader may have moved on a moment ago.
        self._show_library(library, self.sidebar.scope if is_same else shelf)
        # What was searched for, or goes by marks, would lose papers under the reader's eyes: it is
        # found anew when it is asked for.
        if not is_same or (shelf.is_period and not self._view.query.clauses):
            self._find_papers(keep_shown=self.is_found)
        # While digests are read, keys matter more; at their end all is opened once more.
        if not (self.status.is_busy and self.loader.is_tally_dear):
            self.loader.tally(library)
        if not self._touched:
            self._greet()

    # Going

    def _go(self, shelf: Scope, paper: str | None = None, query: Query | None = None) -> None:
        """Look at another shelf, which the sidebar follows.

        Args:
            shelf: which.
            paper: id of the one to put the cursor on.
            query: what to look for on it; None for the same as before.
        """
        self._remember_place()
        self._wanted = paper
        self.sidebar.select(shelf)
        self._look(self._view_of(shelf, self._view.query if query is None else query))

    def visit(self, shelf: Scope, query: Query | None = None) -> None:
        """Go to a shelf, to come back from."""
        if shelf != self._view.scope:
            self._history.push(self._place())
            self._go(shelf, query=query)

    @property
    def shelves(self) -> Sequence[Scope]:
        """What the sidebar offers above the dates, what is folded included."""
        found: list[Scope] = []
        for each in sidebar_items(self._tally):
            found += [each.scope, *(below.scope for below in each.children)]
        return found

    def _place(self) -> HistoryEntry:
        # While a worker looks for other papers, the cursor is on one of another shelf.
        is_shown = self._shown is not None and self._shown.scope == self._view.scope
        paper = self.table.paper if is_shown else None
        return HistoryEntry(self._view.scope, paper.arxiv_id if paper else None)

    def _remember_place(self) -> None:
        paper = self.table.paper
        if paper is not None and self._shown is not None:
            self._session.remember_place(self._shown.scope.key, paper.arxiv_id)

    @on(SidebarCountsReady)
    def _tallied(self, message: SidebarCountsReady) -> None:
        self._tally = message.tally
        self.show_problems("views", message.problems)
        if message.notice and message.notice != self._damage_told:
            self.status.show_message(message.notice)
        self._damage_told = message.notice
        self.table.set_has_tags(bool(message.tally.tags))
        if message.by_others:
            self.table.refresh()
            self.draw_summaries()
        # Not to where the view is: the reader may have moved on a moment ago.
        self.sidebar.update_items(sidebar_items(message.tally))

    def on_key(self, event: events.Key) -> None:
        """Let a message go when the reader goes on."""
        self._touched = True
        if event.key != "escape":
            self.status.show_message("")

    def on_click(self) -> None:
        """Let a message go when the reader goes on."""
        self._touched = True

    @on(ScopeHighlighted)
    def _shelf_highlighted(self, message: ScopeHighlighted) -> None:
        if message.shelf != self._view.scope:
            # Going through the sidebar is one step, however many shelves lie on the way.
            if not self._is_wandering:
                self._history.push(self._place())
            self._is_wandering = self.focused is self.sidebar
            self._remember_place()
            self._wanted = None
            self._look(self._view_of(message.shelf, self._view.query))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """End a walk through the sidebar when the reader goes elsewhere."""
        if event.widget is not self.sidebar:
            self._is_wandering = False

    def action_step_day(self, by: int) -> None:
        """Go to the next older (1) or newer (-1) day with a digest."""
        here = self._view.period
        target = self.library.step_day(here, by)
        if target is None:
            words = (
                _("{day} is the oldest there is.") if by > 0 else _("{day} is the newest there is.")
            )
            self.status.show_message(words.format(day=format_period(here)))
        else:
            self.action_show_period(target)

    def action_show_period(self, period: str) -> None:
        """Look at another period."""
        self.visit(Scope(period))

    def action_back(self) -> None:
        """Go back to where the reader was."""
        self._travel(self._history.back(self._place()), _("This is where you began."))

    def action_forward(self) -> None:
        """Go forward again."""
        self._travel(self._history.forward(self._place()), _("You have not gone back from here."))

    def _travel(self, place: HistoryEntry | None, otherwise: str) -> None:
        if place is None:
            self.status.show_message(otherwise)
            return
        self._go(*place)
