"""Search while the query is typed, and leave searches step by step."""

from __future__ import annotations

from tui.i18n import _
from tui.library.scope import ALL
from tui.query import Query
from tui.ui.screens.main.context import MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.prompts import query_prompt


class SearchController:
    """Changes the query of the view.

    Args:
        context: the objects that all controllers share.
        papers: shows other views.
        navigator: goes to other scopes.
    """

    def __init__(self, context: MainContext, papers: ListController, navigator: Navigator) -> None:
        self._model = context.model
        self._papers = papers
        self._panes = context.panes
        self._navigator = navigator

    async def ask_query(self) -> None:
        """Prompt for a query, and show its results while it is typed."""
        model, navigator = self._model, self._navigator
        before, position = model.view, navigator.position()
        model.pin_cursor(self._papers.cursor)

        def label() -> str:
            return _("Search in {where}:").format(where=model.view.name)

        def search(query: Query) -> None:
            if query != model.view.query:
                self._papers.change_view(model.view._replace(query=query))

        def switch_scope() -> str:
            navigator.go(before.scope if model.view.scope == ALL else ALL)
            return label()

        def accept() -> None:
            if model.view.scope != before.scope:
                navigator.leave_position(position)

        def cancel() -> None:
            if model.view == before:
                return
            if model.view.scope != before.scope:
                self._panes.sidebar.select(before.scope)
            model.target_paper = position.paper
            self._papers.change_view(before)

        prompt = query_prompt(
            label(),
            str(before.query),
            on_change=search,
            on_accept=accept,
            on_cancel=cancel,
            on_switch=switch_scope,
        )
        await self._panes.show_prompt(prompt)

    def back_out(self) -> None:
        """Go back one step: from a message, the summary, a pane, the search or the threshold."""
        view, panes = self._model.view, self._panes
        had_message = bool(panes.status.message)
        panes.status.show_message("")
        if panes.is_zoomed:
            panes.zoom(is_zoomed=False)
        elif had_message:
            return
        elif not panes.is_focused(panes.table):
            panes.focus(panes.table)
        elif view.query.clauses:
            self._papers.change_view(view._replace(query=Query()))
        elif view.min_votes:
            self._papers.set_votes(0)
        elif not view.scope.is_period:
            self._navigator.back()
