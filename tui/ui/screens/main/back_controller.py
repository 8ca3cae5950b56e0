"""Go back one level, cancel what is pending, and quit."""

from __future__ import annotations

from tui.i18n import _
from tui.library.scope import ALL
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.find_controller import FindController
from tui.ui.screens.main.full_text_controller import FullTextController
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator


class BackController(Controller):
    """Decides what the keys that lead back do: Escape, the one that closes, and Ctrl+C.

    Args:
        context: the objects that all controllers share.
        papers: changes the threshold.
        navigator: changes scope and query, and cancels what is being loaded.
        find: clears what was found in the summary.
        texts: returns from the full text to the summary.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        find: FindController,
        texts: FullTextController,
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._find = find
        self._texts = texts

    def action_back_out(self) -> None:
        """Go back one step: from a message, the summary, a pane, the search or the threshold."""
        view, panes = self._model.view, self._panes
        had_message = bool(panes.status.message)
        panes.status.show_message("")
        if self._navigator.stop_loading() or self._find.clear() or self._texts.back_out():
            return
        if panes.is_zoomed:
            panes.zoom(is_zoomed=False)
        elif self._selection.clear():
            self._papers.draw_status()
        elif had_message:
            return
        elif not panes.is_focused(panes.table):
            panes.focus(panes.table)
        elif view.query.clauses:
            self._navigator.clear_search()
        elif view.min_votes:
            self._papers.set_votes(0)
        elif not view.scope.is_period:
            self._navigator.action_back()

    async def interrupt(self) -> None:
        """Cancel a prompt, or what is loading, syncing or fetching; else show how to quit."""
        if await self._panes.cancel_prompt() or self._navigator.stop_loading():
            return
        if self._texts.stop():
            return
        if self._status.is_busy:
            await self._screen.run_action("stop_sync")
        else:
            text = _("{key} quits.").format(key=self._options.key_label("app.quit"))
            self._status.show_message(text)

    def action_close(self) -> None:
        """Go back one level: what is loading, the summary, or what is on top of the day; or quit.

        A day, a month or a year is the top level, and so is what was opened at the start.
        """
        panes = self._panes
        if self._navigator.stop_loading() or self._texts.back_out():
            return
        if panes.is_zoomed:
            panes.zoom(is_zoomed=False)
        elif panes.is_focused(panes.viewer) or panes.is_sidebar_over:
            panes.focus(panes.table)
        elif self._is_at_top or not self._navigator.go_up():
            self._screen.app.exit()

    @property
    def _is_at_top(self) -> bool:
        scope, query = self._model.view.scope, self._model.view.query
        if query.clauses and query != self._options.query:
            return False
        starts_with_all_days = not self._options.first_period(self._library.get())
        return scope.is_period and (scope != ALL or starts_with_all_days)
