"""Change the reader's marks, by a key or by reading, and show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from tui.i18n import _, ngettext
from tui.library.view import paper_count_text
from tui.marks.edits import (
    MarkEdit,
    set_note,
    set_read,
    set_starred,
    set_tags,
    set_versions_known,
)
from tui.marks.tags import merge_tags, parse_typed_tags
from tui.models import Paper
from tui.storage.tables import StorageError
from tui.ui.messages import MarksChanged, SidebarCountsReady
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.problem_list import ProblemKind
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.widgets.prompt import Prompt

MAX_UNCONFIRMED_MARKS = 100
"""Papers that one key marks as read; more have to be confirmed."""


class MarksController(Controller):
    """Edits marks in the background; a message confirms an edit once it is on disk.

    An edit that cannot be written takes effect anyway, is listed as a problem and written later.

    Args:
        context: the objects that all controllers share.
        navigator: supplies the tags in use.
        summaries: draws the marks of the current paper.
        undo: makes the edits, so that they can be undone.
    """

    def __init__(
        self,
        context: MainContext,
        navigator: Navigator,
        summaries: SummaryController,
        undo: UndoController,
    ) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._summaries = summaries
        self._undo = undo

    # Editing

    def action_toggle_read(self) -> None:
        """Mark the papers as read, or as unread if all of them are read."""
        if papers := self._selection.take():
            ids = [paper.paper_id for paper in papers]
            is_read = not all(self._marks.get(paper).read for paper in ids)
            one = _("Marked as read.") if is_read else _("Marked as unread.")
            edits = [*set_read(ids, is_read), *(set_versions_known(papers) if is_read else ())]
            self._undo.edit_marks(edits, papers[0].title, describer(one))

    def action_toggle_star(self) -> None:
        """Star the papers, or remove their stars if all of them have one."""
        if papers := self._selection.take():
            ids = [paper.paper_id for paper in papers]
            is_starred = not all(self._marks.get(paper).starred for paper in ids)
            one = _("Starred.") if is_starred else _("Star removed.")
            self._undo.edit_marks(set_starred(ids, is_starred), papers[0].title, describer(one))

    async def action_prompt_for_tags(self) -> None:
        """Prompt for tags: those of the paper under the cursor, or more for the selected ones."""
        papers = self._selection.targets
        if papers:

            def tag(edits: Sequence[MarkEdit]) -> None:
                self._selection.clear()
                self._undo.edit_marks(edits, papers[0].title, _describe_tags)

            await self._panes.show_prompt(self.tags_prompt(papers, tag))

    def tags_prompt(
        self, papers: Sequence[Paper], on_edits: Callable[[Sequence[MarkEdit]], None]
    ) -> Prompt:
        """Return a prompt for tags.

        Args:
            papers: the papers. The tags of a single one are edited; several get more tags.
            on_edits: takes the edits.
        """
        from tui.marks.limits import MarkTooLargeError

        tags_before = {paper.paper_id: self._marks.get(paper.paper_id).tags for paper in papers}
        is_single = len(papers) == 1

        def accept(text: str) -> str | None:
            edits: list[MarkEdit] = []
            try:
                typed = parse_typed_tags(text)
                for paper, before in tags_before.items():
                    tags = typed if is_single else merge_tags(before, typed)
                    edits += set_tags([paper], tags, replaces=before)
            except MarkTooLargeError as error:
                return _("This mark could not be saved: {why}").format(why=error)
            except ValueError as error:
                return str(error)
            on_edits(edits)
            return None

        before = next(iter(tags_before.values()), ())
        value = f"{', '.join(before)}, " if before and is_single else ""
        known = tuple(self._navigator.counts.tags)
        label = _("Tags:") if is_single else _("Add tags:")
        return Prompt(label, _("for example rl, todo"), accept, value, completions=known)

    def action_edit_note(self) -> None:
        """Open the note of the paper under the cursor in an editor."""
        paper = self._panes.table.paper
        if paper is not None:
            self.edit_note(paper)

    def edit_note(
        self, paper: Paper, on_save: Callable[[list[MarkEdit]], None] = lambda _applied: None
    ) -> None:
        """Open the note of a paper in an editor.

        Args:
            paper: the paper.
            on_save: called if the note was changed, with a list that will have the edits once they
                are applied.
        """
        from tui.ui.screens.note_editor import NoteEditor

        before = self._marks.get(paper.paper_id).note
        applied: list[MarkEdit] = []

        def describe(edits: Sequence[MarkEdit]) -> str:
            applied[:] = edits
            return _("Note saved.") if edits[0].value else _("Note removed.")

        def save(note: str | None) -> None:
            if note is not None:
                edits = set_note([paper.paper_id], note, replaces=before)
                if note != before:
                    on_save(applied)
                self._undo.edit_marks(edits, paper.title, describe)

        editor = NoteEditor(paper.title, before, can_run_editor=self._policy.may_run_programs)
        self._screen.app.push_screen(editor, save)

    def action_mark_all_read(self) -> None:
        """Mark all papers of the list as read; many have to be confirmed with the key."""
        # Keys typed ahead are not meant for the list before.
        if not self._model.is_complete:
            self._status.show_message(_("The list is still loading; nothing was marked."))
            return
        undo = self._options.key_label("mark.undo")

        def describe(edits: Sequence[MarkEdit]) -> str:
            text = ngettext(
                "Marked {number} paper as read; {key} undoes it.",
                "Marked {number} papers as read; {key} undoes it.",
                len(edits),
            )
            return text.format(number=f"{len(edits):,}", key=undo)

        if not self._undo.may_mark(self._panes.table.line_count):
            return
        papers = self._panes.table.papers
        number = sum(not self._marks.get(paper.paper_id).read for paper in papers)
        key = self._options.key_label("mark.all_read")
        question = _("{key} again marks {number} papers as read.").format(
            key=key, number=f"{number:,}"
        )
        if number > MAX_UNCONFIRMED_MARKS and self._status.answered != question:
            self._status.show_message(question)
            return
        edits = set_read([paper.paper_id for paper in papers], read=True)
        unchanged = _("All papers of the list are read already.")
        self._undo.edit_marks(edits, papers[0].title if papers else "", describe, unchanged)

    # Writing

    @property
    def is_check_due(self) -> bool:
        """Whether marks could not be written. Thread-safe."""
        return bool(self._marks.pending_count)

    def retry_pending(self) -> None:
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
            self._screen.post_message(MarksChanged((), text.format(number=f"{number:,}")))

    # Showing

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Show changed marks. The list keeps its papers until it is loaded again."""
        problems = [message.pending_problem] if message.pending_problem else []
        self._problems.replace(ProblemKind.MARKS, problems)
        text = message.text
        if text and message.pending_problem:
            key = self._options.key_label("digests.problems")
            pending = _("Not on disk yet; {key} shows why.").format(key=key)
            text = f"{text.removesuffix('.')}. {pending}"
        if text:
            self._status.show_message(text)
        if message.edits:
            changed = {edit.paper for edit in message.edits}
            self._panes.table.refresh_marks(changed)
            paper = self._panes.viewer.paper
            if paper is not None and paper.paper_id in changed:
                self._summaries.draw()
            self._counter.count()

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Draw all marks again if another process has changed some."""
        if message.marks_changed:
            self._panes.table.refresh()
            self._summaries.draw()


def describer(text: str) -> Callable[[Sequence[MarkEdit]], str]:
    """Return a function that describes edits: a sentence, for several papers with their number."""

    def describe(edits: Sequence[MarkEdit]) -> str:
        number = len({edit.paper for edit in edits})
        return text if number == 1 else f"{text.removesuffix('.')}: {paper_count_text(number)}."

    return describe


def _describe_tags(edits: Sequence[MarkEdit]) -> str:
    if not edits[0].value:
        return _("Tags removed.")
    return describer(_("Tagged {tags}.").format(tags=tags_text(edits[0].value)))(edits)


def tags_text(tags: Iterable[str]) -> str:
    """Return tags for a sentence."""
    return ", ".join(f"#{tag}" for tag in tags)
