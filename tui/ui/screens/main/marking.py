"""The reader's marks: what the keys for them do, and how they come to be seen and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from typing import TypeAlias

from textual import on
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
from tui.storage.disk_errors import explain_before_path
from tui.storage.tables import StorageError
from tui.ui.messages import MarksChanged, Notice, PaperHighlighted, SummariesLoaded
from tui.ui.screens.main.navigation import ShelfScreen
from tui.ui.screens.main.prompts import ask_tags
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.workers.errors import told

MAX_UNDO_STEPS = 100

DescribeEdits: TypeAlias = Callable[[Sequence[MarkEdit]], str]
"""Returns the status message for applied edits; empty for none."""


class MarkingScreen(ShelfScreen):
    """Marks papers. What is not on disk is said not to be, and tried again.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        super().__init__(opening)
        self._marks = opening.marks
        self._undo_stack: list[Sequence[MarkEdit]] = []
        self._read_timer: Timer | None = None

    # Changing

    def _apply_edits(
        self, edits: Sequence[MarkEdit], describe: DescribeEdits, *, is_undoable: bool = True
    ) -> None:
        """Apply edits in the background and report the result."""
        self._marks.submit(
            lambda: self._report_edits(
                lambda: self._marks.apply(edits), describe, is_undoable=is_undoable
            )
        )

    def _report_edits(
        self, work: Callable[[], Sequence[MarkEdit]], describe: DescribeEdits, *, is_undoable: bool
    ) -> None:
        """Run work that applies edits, in the writer's thread, and post what came of it."""
        unwritten = None
        try:
            applied = work()
        except NotPersistedError as error:
            applied, unwritten = error.edits, self._why_unwritten(error)
        except StorageError as error:
            failed = _("This mark could not be kept: {why}")
            # If the screen is closed, the error is reported after leaving it.
            if not self.post_message(Notice(failed.format(why=explain_before_path(error)))):
                raise
            return
        except Exception as error:
            failed = told(error)
            if not self.post_message(Notice(failed)):
                raise RuntimeError(failed) from error
            return
        # Before the next work starts, which may be an undo of these.
        if is_undoable and applied:
            self._undo_stack = [*self._undo_stack[1 - MAX_UNDO_STEPS :], applied]
        self.post_message(MarksChanged(applied, describe(applied), unwritten))

    def _why_unwritten(self, error: NotPersistedError) -> Problem:
        told = N_("{why}; papers whose marks wait in memory until then: {number}")
        values: dict[str, str | int] = {"why": error.why, "number": self._marks.pending_count}
        return Problem(str(error.path), 0, told, values)

    def look(self) -> None:
        """See what other processes did; and write the marks that could not be written."""
        super().look()
        if self._marks.pending_count and not self._marks.is_writing:
            self._marks.submit(self._write_again)

    def _write_again(self) -> None:
        # What still cannot be written has been told.
        with suppress(StorageError):
            number = self._marks.retry_pending()
            said = ngettext(
                "The marks of {number} paper are on disk now.",
                "The marks of {number} papers are on disk now.",
                number,
            )
            self.post_message(MarksChanged((), said.format(number=number)))

    @on(MarksChanged)
    def _marks_changed(self, message: MarksChanged) -> None:
        self.show_problems("marks", [message.unwritten] if message.unwritten else [])
        if message.words and message.unwritten:
            key = self.key_sign("digests.problems")
            not_yet = _("Not on disk yet; {key} tells why.").format(key=key)
            self.status.show_message(f"{message.words} {not_yet}")
        elif message.words:
            self.status.show_message(message.words)
        if message.edits:
            self._show_marks({edit.paper for edit in message.edits})

    def _show_marks(self, arxiv_ids: Set[str]) -> None:
        """Draw marks as they are now. The list stays: a paper leaves it when it is asked for."""
        self.table.refresh_marks(arxiv_ids)
        if self.viewer.paper is not None and self.viewer.paper.arxiv_id in arxiv_ids:
            self.draw_summaries()
        self.loader.tally(self.library)

    @on(Notice)
    def _was_told(self, message: Notice) -> None:
        self.status.show_message(message.words, message.url)

    def on_mount(self) -> None:
        """Look again whenever the reader comes back to this terminal."""
        self.watch(self.app, "app_focus", self._focus_turned, init=False)

    def _focus_turned(self, is_here: bool) -> None:  # noqa: FBT001
        """See what another Broadsheet marked meanwhile."""
        if is_here:
            self.loader.tally(self.library)
            self._begin_reading()

    def on_screen_resume(self) -> None:
        """Begin to read anew what a page or a box lay over."""
        self._begin_reading()

    # A paper that is read for a while

    @on(SummariesLoaded)
    def _begin_reading(self) -> None:
        """Count from now on how long a summary has been seen."""
        self._stop_reading()
        after, paper = self.opening.settings.read_after, self.table.paper
        if after and paper is not None and self.viewer.size.height:
            self._read_timer = self.set_timer(after, lambda: self._was_read(paper))

    @on(PaperHighlighted)
    def _stop_reading(self) -> None:
        if self._read_timer is not None:
            self._read_timer.stop()

    def _was_read(self, paper: Paper) -> None:
        here = self.table.paper
        is_seen = self.app.app_focus and self.app.screen is self and here is not None
        if (
            is_seen
            and here == paper == self.viewer.paper
            and not self._marks.get(paper.arxiv_id).read
        ):
            # Automatic, so neither announced nor undoable.
            self._apply_edits(
                set_read([paper.arxiv_id], True), lambda _edits: "", is_undoable=False
            )

    # Actions

    def action_toggle_read(self) -> None:
        """Mark the paper as read, or as unread."""
        self._stop_reading()
        if (paper := self.table.paper) is not None:
            # As the reader sees it: another process may have changed it.
            read = not self._marks.get(paper.arxiv_id).read
            done = _("Marked as read.") if read else _("Marked as unread.")
            edits = set_read([paper.arxiv_id], read)
            self._apply_edits(edits, lambda applied: done if applied else "")

    def action_toggle_star(self) -> None:
        """Star the paper, or take the star away."""
        if (paper := self.table.paper) is not None:
            starred = not self._marks.get(paper.arxiv_id).starred
            done = _("Starred.") if starred else _("The star is gone.")
            self._apply_edits(
                set_starred([paper.arxiv_id], starred), lambda edits: done if edits else ""
            )

    async def action_ask_tags(self) -> None:
        """Ask for the paper's tags."""
        paper = self.table.paper
        if paper is None:
            return

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return ""
            if not edits[0].value:
                return _("The paper has no tags now.")
            return _("Tagged {tags}.").format(tags=" ".join(f"#{tag}" for tag in edits[0].value))

        def save(tags: tuple[str, ...]) -> None:
            self._apply_edits(set_tags([paper.arxiv_id], tags, replaces=seen), describe)

        seen = self._marks.get(paper.arxiv_id).tags
        await self.ask(ask_tags(seen, tuple(self._tally.tags), save))

    def action_edit_note(self) -> None:
        """Write a note to the paper."""
        # Textual's editor is wanted only now.
        from tui.ui.screens.note_editor import NoteEditor

        paper = self.table.paper
        if paper is None:
            return

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return ""
            return _("The note is kept.") if edits[0].value else _("The note is gone.")

        def save(note: str | None) -> None:
            if note is not None:
                self._apply_edits(set_note([paper.arxiv_id], note, replaces=seen), describe)

        seen = self._marks.get(paper.arxiv_id).note
        self.app.push_screen(NoteEditor(paper.title, seen), save)

    def action_mark_all_read(self) -> None:
        """Mark all papers of the list as read."""
        if not self.is_found:
            # Keys typed ahead are not meant for the list before.
            self.status.show_message(_("The list is not read yet; nothing was marked."))
            return
        undo = self.key_sign("mark.undo")

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return _("All papers of the list were read before.")
            said = ngettext(
                "Marked {number} paper as read; {key} undoes it.",
                "Marked {number} papers as read; {key} undoes it.",
                len(edits),
            )
            return said.format(number=len(edits), key=undo)

        self._apply_edits(set_read([paper.arxiv_id for paper in self.table.papers], True), describe)

    def action_undo(self) -> None:
        """Undo the last change of marks."""

        def undo() -> Sequence[MarkEdit]:
            # Runs after everything submitted before, which it may have to undo.
            if not self._undo_stack:
                return ()
            undone = self._marks.undo(self._undo_stack[-1])
            self._undo_stack = self._undo_stack[:-1]
            return undone

        def describe(edits: Sequence[MarkEdit]) -> str:
            if not edits:
                return _("There is nothing to undo.")
            number = len({edit.paper for edit in edits})
            said = ngettext("Undone for {number} paper.", "Undone for {number} papers.", number)
            return said.format(number=number)

        self._marks.submit(lambda: self._report_edits(undo, describe, is_undoable=False))
