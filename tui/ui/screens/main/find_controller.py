"""Find a text in the summary, without a change of the list."""

from __future__ import annotations

from textual.widget import Widget

from tui.i18n import _, ngettext
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.search_controller import SearchController
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.widgets.prompt import Prompt


class FindController(Controller):
    """Finds a text in the summary while it has the focus.

    It is highlighted in every summary until the reader cancels it, or leaves the pane.

    Args:
        context: the objects that all controllers share.
        search: searches the list while another pane has the focus.
        summaries: goes to matches.
    """

    def __init__(
        self, context: MainContext, search: SearchController, summaries: SummaryController
    ) -> None:
        super().__init__(context)
        self._search = search
        self._summaries = summaries

    async def action_search(self) -> None:
        """Find a text in the summary if it has the focus; else search and filter the list."""
        if self._panes.is_focused(self._panes.viewer):
            await self._prompt()
        else:
            await self._search.action_prompt_for_query()

    async def _prompt(self) -> None:
        viewer = self._panes.viewer

        def accept(text: str) -> str | None:
            self._highlight(text)
            if not text.strip():
                return None
            position = viewer.go_to_next_match(1)
            if position is None:
                return _("No matches.")
            self._summaries.show_match_number(*position)
            return None

        def cancel() -> None:
            self.clear()

        def change(text: str) -> None:
            self._highlight(text)
            self._show_number(text)

        prompt = Prompt(_("Find in this summary:"), "", accept, on_change=change, on_cancel=cancel)
        await self._panes.show_prompt(prompt)

    def _highlight(self, text: str) -> None:
        from tui.query.highlight import Highlighter

        self._panes.viewer.find(Highlighter.for_text(text) or None)

    def _show_number(self, text: str) -> None:
        """Show how many matches a text has while it is typed."""
        number = len(self._panes.viewer.match_lines)
        matches = ngettext("{number} match.", "{number} matches.", number)
        sentence = matches.format(number=f"{number:,}") if number else _("No matches.")
        self._status.show_message(sentence if text.strip() else "")

    def clear(self) -> bool:
        """Highlight only what the list was searched for; return whether that is a change."""
        viewer = self._panes.viewer
        if not viewer.is_finding:
            return False
        viewer.find(None)
        return True

    def focus_moved(self, widget: Widget) -> None:
        """Clear what was found once the focus is in another pane."""
        if widget in {self._panes.table, self._panes.sidebar}:
            self.clear()
