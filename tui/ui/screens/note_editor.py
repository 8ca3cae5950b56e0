"""A dialog to edit a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from tui.config.resources import stylesheets
from tui.i18n import _

if TYPE_CHECKING:
    from tui.ui.widgets.note_text_area import NoteTextArea


class NoteEditor(ModalScreen[str | None]):
    """Returns the edited note, or None to leave it unchanged.

    Args:
        title: the title of the paper.
        note: the current note.
    """

    CSS_PATH = stylesheets("note")  # type: ignore[assignment]  # absolute paths are fine
    # Without priority: it would let a key overtake letters that were typed just before.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("escape", "cancel", show=False),
    ]

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._has_warned = False

    def compose(self) -> ComposeResult:
        """Put the title above the text area, and a hint or a message below it."""
        from tui.ui.widgets.note_text_area import NoteTextArea

        self._area: NoteTextArea = NoteTextArea(self._note)
        with Vertical():
            yield Label(self._title, id="note-title", markup=False)
            yield self._area
            yield Label(
                _("Ctrl+S saves, Ctrl+E opens your editor, Escape cancels."),
                id="note-hint",
                markup=False,
            )
            yield Label(id="note-message", markup=False)

    def on_mount(self) -> None:
        """Focus the text area."""
        self._show_message("")
        self.set_focus(self._area)

    def on_text_area_changed(self) -> None:
        """Hide the message."""
        self._has_warned = False
        self._show_message("")

    def _show_message(self, message: str) -> None:
        """Show a message in place of the hint; an empty one brings the hint back."""
        label = self.query_one("#note-message", Label)
        label.update(message)
        label.display = bool(message)
        self.query_one("#note-hint").display = not message

    def action_save(self) -> None:
        """Return the note."""
        self.dismiss(self._area.text.rstrip())

    def action_cancel(self) -> None:
        """Leave the note unchanged; ask for a second Escape if that would lose an edit."""
        if self._has_warned or self._area.text.rstrip() == self._note.rstrip():
            self.dismiss(None)
            return
        self._show_message(_("Press Escape again to discard the change, or Ctrl+S to save it."))
        self._has_warned = True

    def action_edit_externally(self) -> None:
        """Edit the text in the reader's own editor."""
        from tui.ui.screens.external_editor import EditorError, edit, editor_command

        area, error_message = self._area, ""
        try:
            command = editor_command()
            with self.app.suspend():
                # Textual resumes only if nothing is raised in here.
                try:
                    text = edit(area.text, command)
                except EditorError as error:
                    error_message = str(error)
        except EditorError as error:
            error_message = str(error)
        except SuspendNotSupported:
            error_message = _("This terminal cannot run an external editor.")
        if error_message:
            self._show_message(error_message)
            return
        area.replace_all(text.rstrip())
