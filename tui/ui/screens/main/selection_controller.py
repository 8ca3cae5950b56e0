"""Select papers of the list, and mark what is above or below the cursor as read."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import _, ngettext
from tui.marks.edits import MarkEdit, set_read
from tui.ui.messages import PaperHighlighted
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.undo_controller import UndoController


class SelectionController(Controller):
    """Selects single papers and ranges, for the actions that work on the selection.

    Args:
        context: the objects that all controllers share.
        papers: draws the status line.
        undo: makes edits, so that they can be undone.
    """

    def __init__(self, context: MainContext, papers: ListController, undo: UndoController) -> None:
        super().__init__(context)
        self._papers = papers
        self._undo = undo
        self._panes.table.selected_ids = lambda: self._selection.ids

    def action_select_range(self) -> None:
        """Begin to select a range at the cursor, or end it there."""
        self._selection.toggle_range()
        self._papers.draw_status()

    def action_toggle_selected(self) -> None:
        """Select the paper under the cursor, or no longer, and go to the next row."""
        self._selection.toggle_paper()
        table = self._panes.table
        if table.cursor + 1 < table.line_count:
            table.cursor += 1
        self._papers.draw_status()

    def on_paper_highlighted(self, _message: PaperHighlighted) -> None:
        """Let a range that is being selected follow the cursor."""
        if self._selection.is_range:
            self._panes.table.refresh()
            self._papers.draw_status()

    def action_mark_around(self, by: int) -> None:
        """Mark the papers above (-1) or below (1) the cursor as read."""
        if not self._model.is_complete:
            self._status.show_message(_("The list is still loading; nothing was marked."))
            return
        table = self._panes.table
        if not self._undo.may_mark(table.cursor if by < 0 else table.line_count - table.cursor - 1):
            return
        papers = table.papers[: table.cursor] if by < 0 else table.papers[table.cursor + 1 :]
        undo = self._options.key_label("mark.undo")

        def describe(edits: Sequence[MarkEdit]) -> str:
            text = ngettext(
                "Marked {number} paper as read; {key} undoes it.",
                "Marked {number} papers as read; {key} undoes it.",
                len(edits),
            )
            return text.format(number=f"{len(edits):,}", key=undo)

        edits = set_read([paper.paper_id for paper in papers], read=True)
        unchanged = _("Nothing above is unread.") if by < 0 else _("Nothing below is unread.")
        self._undo.edit_marks(edits, papers[0].title if papers else "", describe, unchanged)
