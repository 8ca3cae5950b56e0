"""Move between scopes: the sidebar, dates, and the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from textual.widget import Widget

from tui.i18n import _
from tui.library.date_entry import parse_date_entry
from tui.library.library import Library
from tui.library.periods import format_period
from tui.library.scope import History, HistoryEntry, Scope, SidebarCounts
from tui.query.query import Query
from tui.ui.messages import ScopeHighlighted, SidebarCountsReady
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.problem_list import ProblemKind
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.sidebar_rows import SidebarContent


class Navigator(Controller):
    """Decides which scope is shown, and remembers the ones before it.

    Args:
        context: the objects that all controllers share.
        papers: shows other views.
    """

    def __init__(self, context: MainContext, papers: ListController) -> None:
        super().__init__(context)
        self._papers = papers
        self.history = History()
        self.counts = SidebarCounts()
        """The latest counts of the sidebar."""
        self.on_leave: Callable[[], None] = lambda: None
        """Called before another scope is shown because the reader goes there."""
        self.has_interacted = False
        """Whether the reader has pressed a key or clicked."""
        self._new_days: Set[str] = frozenset()
        self._news = self._greeting = ""
        self._is_browsing_sidebar = False
        self._warning = ""

    # Opening and leaving

    def start(self) -> None:
        """Show the first scope and a greeting."""
        if self._options.last_position is not None:
            self.history.push(self._options.last_position)
        self._show_library(self._library.get(), self._model.view.scope)
        self._papers.load()
        self._greet()

    def _greet(self) -> None:
        """Show the greeting, unless the reader is active or another message is visible."""
        before = self._greeting
        self._greeting = self._options.greeting(self._library.get()) or self._news
        if not self.has_interacted and self._status.message in {"", before}:
            self._status.show_message(self._greeting)

    def announce(self, news: str) -> None:
        """Greet the reader with what is new; an empty text for nothing."""
        self._news = news
        self._greet()

    def save_session(self) -> None:
        """Store what is remembered until the next visit."""
        session = self._session
        self._remember_position()
        scope = self._model.view.scope
        session.period = scope.period
        session.scope = [] if scope.is_period else [scope.query_text, scope.name, scope.similar_to]
        session.table_share = self._panes.table_share
        session.sidebar = not self._panes.is_sidebar_hidden

    def note_interaction(self) -> None:
        """Note that the reader has pressed a key or clicked."""
        self.has_interacted = True

    # The library

    def show_library(self, library: Library, *, is_automatic: bool) -> None:
        """Show a library that was reloaded; stay in the scope if it still exists.

        Args:
            library: the library.
            is_automatic: whether the reader did not request it; the list then does not change.
        """
        model, before = self._model, self._model.view.scope
        self.has_interacted |= is_automatic
        scope = self._scope_in(library)
        model.view = model.view._replace(scope=scope)
        is_unchanged = is_automatic and scope == before
        # The sidebar's cursor may be ahead of the list.
        self._show_library(library, self._panes.sidebar.scope if is_unchanged else scope)
        # Results of a search, or of marks, would disappear while the reader reads them. They are
        # loaded again only when asked for.
        if not is_unchanged or (scope.is_period and not model.view.query.clauses):
            self._papers.load(keep_shown=model.is_complete)
        # Keys matter more during a sync; the library is reloaded once more when it ends.
        if not self._status.is_busy or self._counter.is_due:
            self._counter.count()
        self._greet()

    def _scope_in(self, library: Library) -> Scope:
        scope = self._model.view.scope
        # Before the first key or click, the reader is waiting for the newest day.
        if not self.has_interacted or not self._library.get().period_counts.total:
            return Scope(self._options.first_period(library))
        if scope.period not in library.period_counts.counts:
            return Scope(library.nearest_day(scope.period) or "")
        return scope

    def _show_library(self, library: Library, scope: Scope) -> None:
        self._library.replace(library)
        self._panes.sidebar.show(self._sidebar_content, scope)

    @property
    def _sidebar_content(self) -> SidebarContent:
        periods = self._library.get().period_counts
        return SidebarContent(periods, self.counts, self._new_days)

    def show_new_days(self, days: Set[str]) -> None:
        """Mark the days with new papers in the sidebar."""
        if days != self._new_days:
            self._new_days = days
            self._panes.sidebar.update_content(self._sidebar_content)

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Show new counts in the sidebar."""
        self.counts = message.counts
        self._problems.replace(ProblemKind.SAVED_VIEWS, message.problems)
        if message.warning and message.warning != self._warning:
            self._status.show_message(message.warning)
        self._warning = message.warning
        self._panes.table.set_has_tags(bool(message.counts.tags))
        # The cursor stays: it may be ahead of the list.
        self._panes.sidebar.update_content(self._sidebar_content)

    @property
    def scopes(self) -> Sequence[Scope]:
        """The scopes above the dates in the sidebar, those of collapsed items included."""
        scopes: list[Scope] = []
        for item in self._sidebar_content.items:
            scopes += [item.scope, *(child.scope for child in item.children)]
        return scopes

    # Moving

    def go(self, scope: Scope, paper: str | None = None, query: Query | None = None) -> None:
        """Go to a scope without adding to the history.

        Args:
            scope: the scope.
            paper: id of the paper to put the cursor on.
            query: the query there; None for the current one.
        """
        self.on_leave()
        self._remember_position()
        self._model.target_paper = paper
        self._panes.sidebar.select(scope)
        query = self._model.view.query if query is None else query
        self._papers.change_view(self._model.view_of(scope, query))

    def visit(self, scope: Scope, query: Query | None = None) -> None:
        """Go to a scope, from which ``back`` returns."""
        view = self._model.view
        if scope != view.scope or query not in {None, view.query}:
            self.history.push(self.position())
            self.go(scope, query=query)

    def action_show_period(self, period: str) -> None:
        """Go to a period, from which ``back`` returns; a search stays behind."""
        self.visit(Scope(period), Query())

    def visit_day(self, day: str, paper: str) -> None:
        """Go to a paper of a day, from which ``back`` returns."""
        self.history.push(self.position())
        self.go(Scope(day), paper)

    def position(self) -> HistoryEntry:
        """Return the current scope, and the paper under the cursor."""
        scope = self._model.view.scope
        # While papers are being loaded, the cursor is still on one of the previous scope.
        return HistoryEntry(
            scope, self._papers.cursor if self._model.shown_scope == scope else None
        )

    def _remember_position(self) -> None:
        self._model.remember_position(self._papers.cursor)

    def on_scope_highlighted(self, message: ScopeHighlighted) -> None:
        """Show the scope under the sidebar's cursor."""
        scope = message.scope
        if scope == self._model.view.scope:
            return
        # Moving through the sidebar is one step of the history, however many scopes it passes.
        if not self._is_browsing_sidebar:
            self.history.push(self.position())
        self._is_browsing_sidebar = self._panes.is_focused(self._panes.sidebar)
        self.on_leave()
        self._remember_position()
        self._model.target_paper = None
        self._papers.change_view(self._model.view_of(scope, Query()))

    def focus_moved(self, widget: Widget) -> None:
        """Begin a new step of the history when the focus leaves the sidebar."""
        if widget is not self._panes.sidebar:
            self._is_browsing_sidebar = False

    def action_step_day(self, by: int) -> None:
        """Go to the next older (-1) or newer (1) day with a digest; a search stays behind."""
        period = self._model.view.period
        day = self._library.get().step_day(period, by)
        if day is not None:
            # A search is for the list that it was made in; the key for all days extends it.
            self.visit(Scope(day), Query())
            return
        text = _("{day} is the oldest day.") if by < 0 else _("{day} is the newest day.")
        self._status.show_message(text.format(day=format_period(period)))

    async def action_prompt_for_date(self) -> None:
        """Prompt for a date to go to; without a digest, that means the nearest day before it."""
        library = self._library.get()

        def accept(text: str) -> str | None:
            days = library.period_counts.days()
            scope = parse_date_entry(text, days[0]) if days else None
            if scope is None:
                return _("Enter a date, such as 2025-05-22, 2025-05, 22, yesterday or 7d.")
            if not scope.is_period:
                self.visit(scope, Query())
                return None
            period = scope.period
            if period not in library.period_counts.counts:
                requested, period = period, library.nearest_day(period) or ""
                message = _("No digest of {period}; showing {nearest}.").format(
                    period=format_period(requested), nearest=format_period(period)
                )
                self._status.show_message(message)
            self.visit(Scope(period), Query())
            return None

        example = _("2025-05-22, 5-22, 22, 2025-05, today, 7d, all")
        await self._panes.show_prompt(Prompt(_("Go to date:"), example, accept))

    def action_back(self) -> None:
        """Go back to the previous position."""
        self._travel(self.history.back(self.position()), _("No earlier place."))

    def action_forward(self) -> None:
        """Go forward again after going back."""
        self._travel(self.history.forward(self.position()), _("No later place."))

    def _travel(self, position: HistoryEntry | None, message_at_end: str) -> None:
        if position is None:
            self._status.show_message(message_at_end)
        else:
            self.go(*position)
