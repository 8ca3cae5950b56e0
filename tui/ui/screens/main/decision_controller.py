"""Decide about papers: hide them, put them on the reading list, or mark them and go on."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import _, ngettext
from tui.marks.edits import MarkEdit, set_hidden, set_read, set_starred
from tui.models import Paper
from tui.ui.messages import MarksChanged
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.screens.main.step_controller import StepController
from tui.ui.screens.main.undo_controller import UndoController


class DecisionController(Controller):
    """Marks the selected papers, or the one under the cursor, and goes on to the next.

    Args:
        context: the objects that all controllers share.
        papers: shows the list again when the reading list changes.
        undo: makes the edits, so that they can be undone.
        steps: goes on to the next paper.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        undo: UndoController,
        steps: StepController,
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._undo = undo
        self._steps = steps

    def action_toggle_hidden(self) -> None:
        """Hide the papers: the cursor is then on the next one. Hidden papers are shown again."""
        papers = self._selection.take()
        if not papers:
            return
        hides = not all(self._marks.get(paper.paper_id).hidden for paper in papers)

        def describe(edits: Sequence[MarkEdit]) -> str:
            return hidden_text(len(edits), self._options, hides=hides)

        edits = set_hidden([paper.paper_id for paper in papers], hides)
        self._undo.edit_marks(edits, papers[0].title, describe)

    def action_mark_and_step(self, mark: str) -> None:
        """Mark the papers and go on to the next one; with a selection, the cursor stays.

        Args:
            mark: ``read``, ``star`` or ``later``. Papers that are all on the reading list already
                are taken off it, and the cursor stays.
        """
        is_selection, papers = bool(self._selection.ids), self._selection.take()
        if not papers:
            return
        ids = [paper.paper_id for paper in papers]
        goes_on = not is_selection
        match mark:
            case "star":
                edits, text = set_starred(ids, starred=True), _("Starred.")
            case "later":
                edits, text = self._later_edits(papers)
                goes_on &= bool(edits[0].value)
            case _:
                edits, text = set_read(ids, read=True), _("Marked as read.")
        self._undo.edit_marks(edits, papers[0].title, lambda _edits: text)
        if goes_on:
            self._steps.go_on()

    def _later_edits(self, papers: Sequence[Paper]) -> tuple[list[MarkEdit], str]:
        from tui.marks.reading_list import add_to_list, remove_from_list

        ids = [paper.paper_id for paper in papers]
        if all(self._marks.get(paper).later for paper in ids):
            return remove_from_list(ids), _("Removed from the reading list.")
        return add_to_list(ids), _("Added to the reading list.")

    def action_move_later(self, by: int) -> None:
        """Move the paper under the cursor up (-1) or down (1) in the reading list."""
        from tui.marks.reading_list import move_in_list

        paper = self._panes.table.paper
        if not self._model.view.scope.is_reading_list or self._model.view.order:
            text = _("Papers are moved in the reading list, in reading order.")
            self._status.show_message(text)
        elif paper is not None:
            edits = move_in_list(paper.paper_id, by, self._marks.all_marks())
            if edits:
                self._undo.edit_marks(edits, paper.title, lambda _edits: "")

    def action_toggle_left_out(self) -> None:
        """Show hidden papers and whatever else lists leave out, or no longer."""
        self._omission_rules.is_off = not self._omission_rules.is_off
        self._papers.load(keep_shown=True)
        self._papers.draw()
        self._status.show_message(
            _("Papers that are hidden, muted or seen before are shown.")
            if self._omission_rules.is_off
            else _("They are no longer shown.")
        )

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Show the reading list in its new order, without what was removed from it."""
        is_list = self._model.view.scope.is_reading_list
        if is_list and any(edit.field == "later" for edit in message.edits):
            self._papers.load()


def hidden_text(number: int, options: StartupOptions, *, hides: bool) -> str:
    """Return a sentence about papers that were hidden, or are shown again.

    Args:
        number: how many.
        options: supplies the labels of keys.
        hides: whether they are hidden now.
    """
    if not hides:
        text = ngettext(
            "{number} paper is no longer hidden.", "{number} papers are no longer hidden.", number
        )
        return text.format(number=f"{number:,}")
    text = ngettext(
        "Hid {number} paper; {undo} undoes it, {show} shows hidden papers.",
        "Hid {number} papers; {undo} undoes it, {show} shows hidden papers.",
        number,
    )
    undo, show = options.key_label("mark.undo"), options.key_label("list.left_out")
    return text.format(number=f"{number:,}", undo=undo, show=show)
