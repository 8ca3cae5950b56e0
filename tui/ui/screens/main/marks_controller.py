"""Change the reader's marks, by a key or by reading, undo changes, and show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from typing import TypeAlias

from textual.timer import Timer

from tui.i18n import N_, _, ngettext
from tui.marks import (
    MarkEdit,
    NotPersistedError,
    set_note,
    set_read,
    set_starred,
    set_tags,
)
from tui.models import Paper, Problem
from tui.storage.disk_errors import reason_and_path
from tui.storage.tables import StorageError
from tui.ui.messages import (
    MarksChanged,
    Notice,
    PaperHighlighted,
    SidebarCountsReady,
    SummariesLoaded,
)
from tui.ui.screens.main.context import Controller, MainContext, ProblemKind
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.prompts import tags_prompt
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.workers.jobs import log_and_describe

MAX_UNDO_STEPS = 100

DescribeEdits: TypeAlias = Callable[[Sequence[MarkEdit]], str]
"""Returns a sentence about the edits that were applied; may be empty."""


class MarksController(Controller):
    """Edits marks in the background; a message confirms an edit once it is on disk.

    An edit that cannot be written takes effect anyway, is listed as a problem and written later.

    Args:
        context: the objects that all controllers share.
        navigator: supplies the tags in use.
        summaries: draws the marks of the current paper.
    """

    def __init__(
        self,
        context: MainContext,
        navigator: Navigator,
        summaries: SummaryController,
    ) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._summaries = summaries
        self._undo_stack: list[Sequence[MarkEdit]] = []
        self._read_timer: Timer | None = None

    # Editing

    def action_toggle_read(self) -> None:
        """Mark the paper under the cursor as read, or as unread."""
        self._stop_read_timer()
        if (paper := self._panes.table.paper) is not None:
            is_read = not self._marks.get(paper.arxiv_id).read
            text = _("Marked as read.") if is_read else _("Marked as unread.")
            edits = set_read([paper.arxiv_id], is_read)
            self._apply(edits, lambda applied: text if applied else "")

    def action_toggle_star(self) -> None:
        """Star the paper under the cursor, or remove its star."""
        if (paper := self._panes.table.paper) is not None:
            is_starred = not self._marks.get(paper.arxiv_id).starred
            text = _("Starred.") if is_starred else _("Star removed.")
            edits = set_starred([paper.arxiv_id], is_starred)
            self._apply(edits, lambda applied: text if applied else "")

    async def action_prompt_for_tags(self) -> None:
        """Prompt for the tags of the paper under the cursor."""
        paper = self._panes.table.paper
        if paper is None:
            return
        before = self._marks.get(paper.arxiv_id).tags

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return ""
            if not edits[0].value:
                return _("Tags removed.")
            return _("Tagged {tags}.").format(tags=" ".join(f"#{tag}" for tag in edits[0].value))

        def save(tags: tuple[str, ...]) -> None:
            self._apply(set_tags([paper.arxiv_id], tags, replaces=before), describe)

        await self._panes.show_prompt(tags_prompt(before, tuple(self._navigator.counts.tags), save))

    def action_edit_note(self) -> None:
        """Open the note of the paper under the cursor in an editor."""
        from tui.ui.screens.note_editor import NoteEditor

        paper = self._panes.table.paper
        if paper is None:
            return
        before = self._marks.get(paper.arxiv_id).note

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return ""
            return _("Note saved.") if edits[0].value else _("Note removed.")

        def save(note: str | None) -> None:
            if note is not None:
                self._apply(set_note([paper.arxiv_id], note, replaces=before), describe)

        self._screen.app.push_screen(NoteEditor(paper.title, before), save)

    def action_mark_all_read(self) -> None:
        """Mark all papers of the list as read."""
        # Keys typed ahead are not meant for the list before.
        if not self._model.is_complete:
            message = _("The list is still loading; nothing was marked.")
            self._status.show_message(message)
            return
        undo = self._options.key_label("mark.undo")

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return _("All papers of the list are read already.")
            text = ngettext(
                "Marked {number} paper as read; {key} undoes it.",
                "Marked {number} papers as read; {key} undoes it.",
                len(edits),
            )
            return text.format(number=len(edits), key=undo)

        papers = [paper.arxiv_id for paper in self._panes.table.papers]
        self._apply(set_read(papers, read=True), describe)

    def action_undo(self) -> None:
        """Undo the last edit."""

        def revert() -> Sequence[MarkEdit]:
            # Runs after everything submitted before, which it may have to undo.
            if not self._undo_stack:
                return ()
            reverted = self._marks.undo(self._undo_stack[-1])
            self._undo_stack = self._undo_stack[:-1]
            return reverted

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return _("Nothing to undo.")
            number = len({edit.paper for edit in edits})
            text = ngettext("Undone for {number} paper.", "Undone for {number} papers.", number)
            return text.format(number=number)

        self._marks.submit(lambda: self._write(revert, describe, is_undoable=False))

    # Reading

    def restart_read_timer(self) -> None:
        """Mark the paper as read once its summary has been visible for a while from now on."""
        self._stop_read_timer()
        seconds, paper = self._options.settings.read_after, self._panes.table.paper
        if seconds and paper is not None and self._panes.viewer.size.height:
            self._read_timer = self._screen.set_timer(seconds, lambda: self.mark_if_read(paper))

    def on_paper_highlighted(self, _message: PaperHighlighted) -> None:
        """Count the time of another paper only once its summary is there."""
        self._stop_read_timer()

    def on_summaries_loaded(self, _message: SummariesLoaded) -> None:
        """Count the time that the summary is visible."""
        self.restart_read_timer()

    def _stop_read_timer(self) -> None:
        if self._read_timer is not None:
            self._read_timer.stop()

    def mark_if_read(self, paper: Paper) -> None:
        """Mark a paper as read if it is visible. Automatic, so neither announced nor undoable."""
        app, panes = self._screen.app, self._panes
        is_visible = (
            app.app_focus
            and app.screen is self._screen
            and panes.table.paper == paper == panes.viewer.paper
        )
        if is_visible and not self._marks.get(paper.arxiv_id).read:
            edits = set_read([paper.arxiv_id], read=True)
            self._apply(edits, lambda _applied: "", is_undoable=False)

    # Writing

    def _apply(
        self, edits: Sequence[MarkEdit], describe: DescribeEdits, *, is_undoable: bool = True
    ) -> None:
        """Apply edits in the writer's thread."""
        self._marks.submit(
            lambda: self._write(lambda: self._marks.apply(edits), describe, is_undoable=is_undoable)
        )

    def _write(
        self, work: Callable[[], Sequence[MarkEdit]], describe: DescribeEdits, *, is_undoable: bool
    ) -> None:
        """Run ``work``, which applies edits, and post the outcome. Runs in the writer's thread."""
        unwritten = None
        try:
            applied = work()
        except NotPersistedError as error:
            applied, unwritten = error.edits, self._unwritten_problem(error)
        except StorageError as error:
            text = _("This mark could not be saved: {why}").format(why=reason_and_path(error))
            # Once the screen is closed, the command reports the error.
            if not self._screen.post_message(Notice(text)):
                raise
            return
        except Exception as error:
            text = log_and_describe(error)
            if not self._screen.post_message(Notice(text)):
                raise RuntimeError(text) from error
            return
        # Before the next work starts, which may undo these edits.
        if is_undoable and applied:
            self._undo_stack = [*self._undo_stack[1 - MAX_UNDO_STEPS :], applied]
        self._screen.post_message(MarksChanged(applied, describe(applied), unwritten))

    def _unwritten_problem(self, error: NotPersistedError) -> Problem:
        text = N_("{why}; papers whose marks wait in memory until then: {number}")
        values: dict[str, str | int] = {"why": error.why, "number": self._marks.pending_count}
        return Problem(str(error.path), 0, text, values)

    def retry_unwritten(self) -> None:
        """Write the marks that could not be written before."""
        if self._marks.pending_count and not self._marks.is_writing:
            self._marks.submit(self._retry)

    def _retry(self) -> None:
        # A repeated failure was reported before.
        with suppress(StorageError):
            number = self._marks.retry_pending()
            text = ngettext(
                "The marks of {number} paper are on disk now.",
                "The marks of {number} papers are on disk now.",
                number,
            )
            self._screen.post_message(MarksChanged((), text.format(number=number)))

    # Showing

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Show changed marks. The list keeps its papers until it is loaded again."""
        unwritten = [message.unwritten] if message.unwritten else []
        self._problems.replace(ProblemKind.MARKS, unwritten)
        if message.text and message.unwritten:
            key = self._options.key_label("digests.problems")
            not_yet = _("Not on disk yet; {key} shows why.").format(key=key)
            self._status.show_message(f"{message.text} {not_yet}")
        elif message.text:
            self._status.show_message(message.text)
        if message.edits:
            self._draw({edit.paper for edit in message.edits})
            self._counter.count()

    def _draw(self, arxiv_ids: Set[str]) -> None:
        self._panes.table.refresh_marks(arxiv_ids)
        paper = self._panes.viewer.paper
        if paper is not None and paper.arxiv_id in arxiv_ids:
            self._summaries.draw()

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Draw all marks again if another process has changed some."""
        if message.marks_changed:
            self._panes.table.refresh()
            self._summaries.draw()
