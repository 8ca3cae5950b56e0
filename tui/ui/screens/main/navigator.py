"""Move between scopes: the sidebar, dates, and the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from textual.widget import Widget

from tui.i18n import _
from tui.library.history import History, HistoryEntry, HistoryState
from tui.library.library import Library
from tui.library.periods import format_period
from tui.library.scope import ALL, Scope, SidebarCounts
from tui.library.view import View
from tui.models import Paper
from tui.query.query import Query
from tui.ui.messages import PapersLoaded, ScopeHighlighted, SidebarCountsReady
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.problem_list import ProblemKind
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.sidebar_rows import SidebarContent


class Navigator(Controller):
    """Decides which scope is shown, and remembers the views before it.

    Args:
        context: the objects that all controllers share.
        papers: shows other views.
    """

    def __init__(self, context: MainContext, papers: ListController) -> None:
        super().__init__(context)
        self._papers = papers
        self._history = History()
        self._history_before: HistoryState | None = None
        self.counts = SidebarCounts()
        """The latest counts of the sidebar."""
        self.on_leave: Callable[[], None] = lambda: None
        """Called before another scope is shown because the reader goes there."""
        self.has_interacted = False
        """Whether the reader has pressed a key or clicked."""
        self._new_days: Set[str] = frozenset()
        self._news = self._greeting = ""
        self._is_browsing_sidebar = False
        self._is_sidebar_behind = False
        self._warning = ""

    # Opening and leaving

    def start(self) -> None:
        """Show the first scope and a greeting."""
        if self._options.last_position is not None:
            self._history.push(self._options.last_position)
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
        if self._panes.layout != self._options.settings.layout:
            session.layout = self._panes.layout

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
            return Scope(library.period_counts.nearest_day(scope.period) or "")
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

    def go(self, scope: Scope, query: Query | None = None) -> None:
        """Go to a scope without adding to the history.

        Args:
            scope: the scope.
            query: the query there; None for the current one.
        """
        query = self._model.view.query if query is None else query
        self._go_to_view(self._model.view_of(scope, query))

    def _go_to_view(self, view: View, paper: str | None = None) -> None:
        self.on_leave()
        self._remember_position()
        self._papers.change_view(view, paper)
        # The sidebar shows where the list is.
        self._is_sidebar_behind = self._model.is_loading
        if not self._is_sidebar_behind:
            self._panes.sidebar.select(view.scope)

    def on_papers_loaded(self, _message: PapersLoaded) -> None:
        """Let the sidebar follow once the list shows another scope."""
        if self._is_sidebar_behind and not self._model.is_loading:
            self._is_sidebar_behind = False
            self._panes.sidebar.select(self._model.view.scope)

    def visit(self, scope: Scope, query: Query | None = None) -> None:
        """Go to a scope, from which ``back`` returns to exactly what is shown now."""
        view = self._model.view
        if scope != view.scope or query not in {None, view.query}:
            self.leave(self.position())
            self.go(scope, query)

    def search(self, query: Query) -> None:
        """Show the papers that match another query, see ``View.with_query``; ``back`` returns."""
        self._leave_for(self._model.view.with_query(query))

    def clear_search(self) -> None:
        """End the search; if its dates led to all days, return to where it began."""
        view = self._model.view
        scope = view.scope
        if scope == ALL and view.query.has_dates:
            views = (entry.view for entry in reversed(self._history.state().back))
            scopes = (each.scope for each in views if each and not each.query.clauses)
            scope = next(scopes, scope)
        self._leave_for(view._replace(scope=scope, query=Query()))

    def _leave_for(self, view: View) -> None:
        self.leave(self.position())
        self._go_to_view(view)

    def leave(self, position: HistoryEntry) -> None:
        """Add a position to the history, before or after leaving it."""
        self._note_history()
        self._history.push(position)

    def _note_history(self) -> None:
        """Keep the history for ``stop_loading``, which returns to the complete list."""
        if self._model.is_complete:
            self._history_before = self._history.state()

    def stop_loading(self) -> bool:
        """Cancel a request whose papers are not all there, and return to the list before it.

        Returns:
            Whether there was anything to cancel.
        """
        if self._model.is_complete or not self._papers.restore():
            return False
        self._is_sidebar_behind = self._is_browsing_sidebar = False
        self._panes.sidebar.select(self._model.view.scope)
        if self._history_before is not None:
            self._history.restore(self._history_before)
        return True

    def action_show_period(self, period: str) -> None:
        """Go to a period, from which ``back`` returns; a search stays behind."""
        self.visit(Scope(period), Query())

    def visit_day(self, day: str, paper: str) -> None:
        """Go to a paper of a day, from which ``back`` returns."""
        self.leave(self.position())
        self._go_to_view(self._model.view_of(Scope(day), self._model.view.query), paper)

    def visit_paper(self, paper: Paper) -> None:
        """Go to a paper, whatever the query and threshold, from which ``back`` returns."""
        self.leave(self.position())
        scope = Scope(paper.dates[-1] if paper.dates else "")
        view = self._model.view_of(scope, Query())
        if paper.votes is None or paper.votes < view.min_votes:
            view = view._replace(min_votes=0)
        self._go_to_view(view, paper.paper_id)

    def position(self) -> HistoryEntry:
        """Return what the list shows, and the paper under the cursor."""
        view = self._model.displayed
        return HistoryEntry(view.scope, self._papers.cursor, view)

    def _remember_position(self) -> None:
        self._model.remember_position(self._papers.cursor)

    def on_scope_highlighted(self, message: ScopeHighlighted) -> None:
        """Show the scope under the sidebar's cursor."""
        scope = message.scope
        if scope == self._model.view.scope:
            return
        # Moving through the sidebar is one step of the history, however many scopes it passes.
        if self._is_browsing_sidebar:
            self._note_history()
        else:
            self.leave(self.position())
        self._is_browsing_sidebar = self._panes.is_focused(self._panes.sidebar)
        self.on_leave()
        self._is_sidebar_behind = False
        self._remember_position()
        self._papers.change_view(self._model.view_of(scope, Query()))

    def focus_moved(self, widget: Widget) -> None:
        """Begin a new step of the history when the focus leaves the sidebar."""
        if widget is not self._panes.sidebar:
            self._is_browsing_sidebar = False

    def action_step_day(self, by: int) -> None:
        """Go to an older (-1) or newer (1) day with a digest, or several days on.

        A search stays behind.
        """
        period = self._model.view.period
        day = self._library.get().period_counts.step_day(period, by)
        if day is not None:
            # A search is for the list that it was made in; the key for all days extends it.
            self.visit(Scope(day), Query())
            return
        text = _("{day} is the oldest day.") if by < 0 else _("{day} is the newest day.")
        self._status.show_message(text.format(day=format_period(period)))

    async def action_prompt_for_date(self) -> None:
        """Prompt for a date to go to; without a digest, that means the nearest day before it."""
        from tui.library.date_entry import parse_date_entry

        library = self._library.get()

        def accept(text: str) -> str | None:
            days = library.period_counts.days()
            scope = parse_date_entry(text, days[0]) if days else None
            if scope is None:
                return _("Enter a date, such as 2025-05-22, 2025-05, 22, yesterday, thu or 7d.")
            if not scope.is_period:
                self.visit(scope, Query())
                return None
            period = scope.period
            if period not in library.period_counts.counts:
                requested, period = period, library.period_counts.nearest_day(period) or ""
                message = _("No digest for {period}; showing {nearest}.").format(
                    period=format_period(requested), nearest=format_period(period)
                )
                self._status.show_message(message)
            self.visit(Scope(period), Query())
            return None

        example = _("for example 2025-05-22, 5-22, 22, 2025-05, thu, 7d, all")
        await self._panes.show_prompt(Prompt(_("Go to date:"), example, accept))

    def action_back(self) -> None:
        """Go back to what was shown before."""
        self._note_history()
        self._travel(self._history.back(self._destination()), _("Nothing to go back to."))

    def go_up(self) -> bool:
        """Go back for good, even if what is loaded then is cancelled.

        Returns:
            Whether there was an earlier place.
        """
        entry = self._history.back(self._destination())
        if entry is None:
            return False
        self._history_before = None
        self._travel(entry, "")
        return True

    def action_forward(self) -> None:
        """Go forward again after going back."""
        self._note_history()
        self._travel(self._history.forward(self._destination()), _("Nothing to go forward to."))

    def _destination(self) -> HistoryEntry:
        """Return where the reader is, or is about to be: the list may still be loading."""
        view = self._model.view
        return HistoryEntry(view.scope, None, view) if self._model.is_loading else self.position()

    def _travel(self, entry: HistoryEntry | None, message_at_end: str) -> None:
        if entry is None:
            self._status.show_message(message_at_end)
        else:
            view = entry.view or self._model.view_of(entry.scope, Query())
            self._go_to_view(view, entry.paper)
