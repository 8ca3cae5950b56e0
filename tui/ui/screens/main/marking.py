"""The reader's marks: what the keys for them do, and how they come to be seen and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress

from textual import on
from textual.timer import Timer

from tui.i18n import N_, _, ngettext
from tui.marks import Change, NotPersistedError, set_read, set_starred, with_note, with_tags
from tui.models import Marks, Paper, Problem
from tui.storage.disk_errors import why_and_where
from tui.storage.tables import StorageError
from tui.ui.messages import MarksChanged, Notice, PaperHighlighted, SummariesLoaded
from tui.ui.screens.main.navigation import ShelfScreen
from tui.ui.screens.main.prompts import ask_tags
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.workers.errors import told

UNDONE = 100
"""How many changes of marks are remembered to be undone."""


class MarkingScreen(ShelfScreen):
    """Marks papers. What is not on disk is said not to be, and tried again.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        super().__init__(opening)
        self._marks = opening.marks
        self._changes: list[Sequence[Change]] = []
        self._read_timer: Timer | None = None

    # Changing

    def _mark(
        self,
        papers: Sequence[Paper],
        how: Callable[[Marks], Marks],
        words: Callable[[Sequence[Change]], str],
        *,
        by_hand: bool = True,
    ) -> None:
        """Change the marks of papers, and say so when it is done."""
        ids = [paper.arxiv_id for paper in papers]
        self._write(lambda: self._marks.change(ids, how), words, by_hand=by_hand)

    def _write(
        self,
        work: Callable[[], Sequence[Change]],
        words: Callable[[Sequence[Change]], str],
        *,
        by_hand: bool,
    ) -> None:
        def write() -> None:
            unwritten = None
            try:
                changes = work()
            except NotPersistedError as error:
                changes, unwritten = error.changes, self._why_unwritten(error)
            except StorageError as error:
                failed = _("This mark could not be kept: {why}")
                said = Notice(failed.format(why=why_and_where(error)))
                # Who has left already is told by whoever waits for the marks.
                if not self.post_message(said):
                    raise
                return
            except Exception as error:
                failed = told(error)
                if not self.post_message(Notice(failed)):
                    raise RuntimeError(failed) from error
                return
            # Before the next change begins, which may be to undo this one.
            if by_hand and changes:
                self._changes = [*self._changes[1 - UNDONE :], changes]
            self.post_message(MarksChanged(changes, words(changes), unwritten))

        self._marks.later(write)

    def _why_unwritten(self, error: NotPersistedError) -> Problem:
        told = N_("{why}; papers whose marks wait in memory until then: {number}")
        values: dict[str, str | int] = {"why": error.why, "number": self._marks.unwritten}
        return Problem(str(error.path), 0, told, values)

    def look(self) -> None:
        """See what other processes did; and write the marks that could not be written."""
        super().look()
        if self._marks.unwritten and not self._marks.is_writing:
            self._marks.later(self._write_again)

    def _write_again(self) -> None:
        # What still cannot be written has been told.
        with suppress(StorageError):
            number = self._marks.write_again()
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
        if message.changes:
            self._show_marks({change.arxiv_id for change in message.changes})

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
            # Nobody asked for it, so that nobody wants it told or undone.
            self._mark([paper], set_read(True), _silently, by_hand=False)

    # Actions

    def action_toggle_read(self) -> None:
        """Mark the paper as read, or as unread."""
        self._stop_reading()

        def words(marks: Marks) -> str:
            return _("Marked as read.") if marks.read else _("Marked as unread.")

        if (marks := self._seen_marks()) is not None:
            self._mark_this(set_read(not marks.read), words)

    def action_toggle_star(self) -> None:
        """Star the paper, or take the star away."""

        def words(marks: Marks) -> str:
            return _("Starred.") if marks.starred else _("The star is gone.")

        if (marks := self._seen_marks()) is not None:
            self._mark_this(set_starred(not marks.starred), words)

    def _seen_marks(self) -> Marks | None:
        """Return the marks that the reader sees, which another process may have changed."""
        paper = self.table.paper
        return None if paper is None else self._marks.get(paper.arxiv_id)

    async def action_ask_tags(self) -> None:
        """Ask for the paper's tags."""
        paper = self.table.paper
        if paper is None:
            return

        def words(marks: Marks) -> str:
            if not marks.tags:
                return _("The paper has no tags now.")
            return _("Tagged {tags}.").format(tags=" ".join(f"#{tag}" for tag in marks.tags))

        def then(tags: tuple[str, ...]) -> None:
            self._mark_this(with_tags(tags, instead_of=seen), words, paper)

        seen = self._marks.get(paper.arxiv_id).tags
        await self.ask(ask_tags(seen, tuple(self._tally.tags), then))

    def action_edit_note(self) -> None:
        """Write a note to the paper."""
        # Textual's editor is wanted only now.
        from tui.ui.screens.note_editor import NoteEditor

        paper = self.table.paper
        if paper is None:
            return

        def words(marks: Marks) -> str:
            return _("The note is kept.") if marks.note else _("The note is gone.")

        def then(note: str | None) -> None:
            if note is not None:
                self._mark_this(with_note(note, instead_of=seen), words, paper)

        seen = self._marks.get(paper.arxiv_id).note
        self.app.push_screen(NoteEditor(paper.title, seen), then)

    def _mark_this(
        self,
        how: Callable[[Marks], Marks],
        words: Callable[[Marks], str],
        paper: Paper | None = None,
    ) -> None:
        """Change the marks of one paper, that under the cursor if no other is told."""
        paper = paper or self.table.paper
        if paper is not None:
            self._mark([paper], how, lambda changes: words(changes[0].after) if changes else "")

    def action_mark_all_read(self) -> None:
        """Mark all papers of the list as read."""
        if not self.is_found:
            # Keys typed ahead are not meant for the list before.
            self.status.show_message(_("The list is not read yet; nothing was marked."))
            return
        undo = self.key_sign("mark.undo")

        def words(changes: Sequence[Change]) -> str:
            number = len(changes)
            if not number:
                return _("All papers of the list were read before.")
            said = ngettext(
                "Marked {number} paper as read; {key} undoes it.",
                "Marked {number} papers as read; {key} undoes it.",
                number,
            )
            return said.format(number=number, key=undo)

        self._mark(self.table.papers, set_read(True), words)

    def action_undo(self) -> None:
        """Undo the last change of marks."""

        def undo() -> Sequence[Change]:
            # Looked at only now: what was asked for just before is done by now.
            if not self._changes:
                return ()
            undone = self._marks.undo(self._changes[-1])
            self._changes = self._changes[:-1]
            return undone

        def words(changes: Sequence[Change]) -> str:
            number = len(changes)
            said = ngettext("Undone for {number} paper.", "Undone for {number} papers.", number)
            return said.format(number=number) if number else _("There is nothing to undo.")

        self._write(undo, words, by_hand=False)


def _silently(_changes: Sequence[Change]) -> str:
    """Say nothing."""
    return ""
