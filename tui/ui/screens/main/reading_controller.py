"""Decide when a paper counts as read."""

from __future__ import annotations

from tui.marks.edits import set_read, set_versions_known
from tui.models import Paper
from tui.ui.delayed_call import DelayedCall
from tui.ui.messages import MarksChanged, PaperHighlighted, SummariesLoaded, ViewerScrolled
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.undo_controller import UndoController


class ReadingController(Controller):
    """Marks papers as read that were opened, scrolled, or previewed for a while.

    A paper is previewed if the reader moved the cursor to it, not if the program put it there. It
    is read only if a line of its summary is in view and nothing else is open.

    Args:
        context: the objects that all controllers share.
        undo: marks papers, so that it can be undone.
    """

    def __init__(self, context: MainContext, undo: UndoController) -> None:
        super().__init__(context)
        self._undo = undo
        self._delayed_mark = DelayedCall(self._screen)
        self._moved_to: str | None = None
        """Id of the paper to which the reader has moved the cursor."""
        self._kept_unread: str | None = None
        """Id of the paper under the cursor if the reader has marked it as unread."""

    def expect_paper(self, paper_id: str) -> None:
        """Count a paper on which the program is about to put the cursor as moved to."""
        self._moved_to = paper_id

    def on_paper_highlighted(self, message: PaperHighlighted) -> None:
        """Count the time of another paper only once its summary is there."""
        self._delayed_mark.cancel()
        paper_id = message.paper.paper_id if message.paper else None
        if message.by_reader:
            self._moved_to = paper_id
        elif paper_id != self._moved_to:
            self._moved_to = None
        if paper_id != self._kept_unread:
            self._kept_unread = None

    def on_summaries_loaded(self, _message: SummariesLoaded) -> None:
        """Count the time that the summary is in view."""
        # An opened viewer gets its size with the next refresh.
        self._screen.call_after_refresh(self.restart)

    def restart(self) -> None:
        """Count the time from now on; an opened paper is read at once."""
        self._delayed_mark.cancel()
        seconds, paper = self._options.settings.read_after, self._panes.table.paper
        if not seconds or paper is None:
            return
        if self._panes.is_zoomed:
            self.mark_if_visible(paper)
        elif paper.paper_id == self._moved_to:
            self._delayed_mark.schedule(seconds, lambda: self.mark_if_visible(paper))

    def on_viewer_scrolled(self, _message: ViewerScrolled) -> None:
        """Mark the scrolled paper as read."""
        paper = self._panes.viewer.paper
        if self._options.settings.read_after and paper is not None:
            self.mark_if_visible(paper)

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Leave a paper unread that the reader has marked as unread while the cursor is on it."""
        paper = self._panes.table.paper
        for edit in message.edits:
            if paper is not None and edit.paper == paper.paper_id and edit.field == "read":
                self._kept_unread = None if edit.value else edit.paper

    def mark_if_visible(self, paper: Paper) -> None:
        """Mark a paper as read if its summary is in view and nothing covers it."""
        app, panes = self._screen.app, self._panes
        is_visible = (
            app.app_focus
            and app.screen is self._screen
            and not panes.is_prompting
            and panes.table.paper == paper == panes.viewer.paper
            and panes.viewer.shows_summary
        )
        is_kept = paper.paper_id == self._kept_unread
        marks = self._marks.get(paper.paper_id)
        is_read = marks.read and paper.unseen_version(marks) is None
        if is_visible and not is_kept and not is_read:
            edits = [*set_read([paper.paper_id], read=True), *set_versions_known([paper])]
            self._undo.edit_marks(edits, paper.title, lambda _applied: "")
