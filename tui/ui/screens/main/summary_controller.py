"""Show the summary of the paper under the cursor, and move within it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tui.i18n import _
from tui.ui.delayed_call import DelayedCall
from tui.ui.messages import PaperHighlighted, SummariesLoaded
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.widgets.prompt import Choice

KEY_REPEAT_SECONDS = 0.08
"""Cursor moves that follow each other faster come from a held key; the summary waits for its
release."""


class SummaryController(Controller):
    """Keeps the summary viewer in step with the table's cursor.

    Args:
        context: the objects that all controllers share.
        papers: draws the status line.
        on_painted: called whenever a summary has become visible.
    """

    def __init__(
        self, context: MainContext, papers: ListController, on_painted: Callable[[], None]
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._on_painted = on_painted
        self.on_no_search: Callable[[int], None] = lambda _by: None
        """Called instead of going to a match where no text is searched for."""
        self._loaded: SummariesLoaded | None = None
        self._waiting_action: Callable[[], None] | None = None
        self._moved_at = 0.0
        self._delayed_load = DelayedCall(self._screen)

    def on_paper_highlighted(self, _message: PaperHighlighted) -> None:
        """Load the summary of another paper, once the cursor rests on it."""
        self._delayed_load.cancel()
        self._waiting_action = None
        now = monotonic()
        is_repeated, self._moved_at = now - self._moved_at < KEY_REPEAT_SECONDS, now
        if self._panes.table.paper is None:
            self._loaded = None
            self._panes.viewer.show(None, [])
        elif is_repeated:
            self._delayed_load.schedule(KEY_REPEAT_SECONDS, self._load)
        else:
            self._load()

    def _load(self) -> None:
        if self._panes.table.paper is not None:
            self._loader.load_summaries(self._panes.table.paper)

    def on_summaries_loaded(self, message: SummariesLoaded) -> None:
        """Show summaries that were loaded, unless the cursor has moved on."""
        if message.paper != self._panes.table.paper:
            return
        self._loaded = message
        self.draw()
        # First the viewer has to request its repaint, then the screen has to paint it.
        self._panes.viewer.call_after_refresh(self._screen.call_after_refresh, self._on_painted)
        action, self._waiting_action = self._waiting_action, None
        if action is not None:
            action()

    def draw(self) -> None:
        """Draw the loaded paper with its current marks."""
        if self._loaded is not None:
            paper = self._loaded.paper
            marks = self._marks.get(paper.paper_id)
            highlighter = self._model.highlighters.summary
            viewer, why = self._panes.viewer, self._loaded.why
            viewer.show(paper, self._loaded.summaries, marks, highlighter, why=why)
            self._papers.draw_status()

    def explain(self) -> None:
        """Load the paper again to show why it matches, if that was not known before."""
        if self._loaded is not None and not self._loaded.why:
            self._load()

    def when_loaded(self, action: Callable[[], None]) -> None:
        """Run an action once the summary of the paper under the cursor is shown.

        Keys typed ahead are not meant for the summary that is still visible.
        """
        if self._panes.viewer.paper == self._panes.table.paper:
            action()
        else:
            self._waiting_action = action

    # Moving within the summary

    def action_step_match(self, by: int) -> None:
        """Go to the next (1) or previous (-1) match of the search, or else unread paper.

        Other numbers go on by as many.
        """
        if self._model.highlighters.summary or self._panes.viewer.is_finding:
            self.when_loaded(lambda: self._step_match(by))
        else:
            self.on_no_search(by)

    def _step_match(self, by: int) -> None:
        position = self._panes.viewer.go_to_next_match(by)
        if position is not None:
            self.show_match_number(*position)
        else:
            self._status.show_message(_("No match in this summary."))

    def show_match_number(self, number: int, total: int) -> None:
        """Show which match the reader is at."""
        text = _("Match {number} of {total}")
        self._status.show_message(text.format(number=f"{number:,}", total=f"{total:,}"))

    def action_step_section(self, by: int) -> None:
        """Go to the next (1) or previous (-1) section."""
        self.when_loaded(lambda: self._step_section(by))

    def _step_section(self, by: int) -> None:
        if self._panes.viewer.go_to_next_section(by) is None:
            self._status.show_message(_("No more sections."))

    def action_choose_section(self) -> None:
        """Let the reader choose a section to go to, once the summaries are loaded."""
        self.when_loaded(self._choose_section)

    def _choose_section(self) -> None:
        viewer = self._panes.viewer
        if not viewer.sections:
            self._status.show_message(_("This summary has no sections."))
            return
        choices = [Choice(label) for label, _line in viewer.sections]

        def go_to(index: int) -> None:
            viewer.go_to_line(viewer.sections[index][1])

        self._choose(_("Contents"), choices, go_to, viewer.section or 0)

    def action_next_summary(self) -> None:
        """Show the paper's next summary."""
        self.when_loaded(self._step_summary)

    def _step_summary(self) -> None:
        position = self._panes.viewer.go_to_next_summary()
        if position is None:
            self._status.show_message(_("This paper has no other summary."))
        else:
            text = _("Summary {number} of {total}")
            self._status.show_message(text.format(number=position[0], total=position[1]))
