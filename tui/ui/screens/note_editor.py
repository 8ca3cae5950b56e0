"""A box to write a note in."""

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
    """Lets the reader write; answers with the note, or None if it shall stay as it was.

    Args:
        title: what the note is about.
        note: as it is now.
    """

    CSS_PATH = stylesheets("note")  # type: ignore[assignment]  # absolute paths are fine
    # None has priority: it would overtake letters that were typed just before.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Put the title above the text, and what the keys do below it."""
        # Textual's editor takes a while to import, and few readers come here.
        from tui.ui.widgets.note_text_area import NoteTextArea

        self._area: NoteTextArea = NoteTextArea(self._note)
        with Vertical():
            yield Label(self._title, id="note-title", markup=False)
            yield self._area
            yield Label(id="note-hint", markup=False)
            yield Label(id="note-message", markup=False)

    def on_mount(self) -> None:
        """Let the reader write, and say what the keys do."""
        self.query_one("#note-hint", Label).update(
            _("Ctrl+S keeps it, Ctrl+E opens your editor, Escape leaves.")
        )
        self._say("")
        self.set_focus(self._area)

    def on_text_area_changed(self) -> None:
        """Let a message go when the reader goes on writing."""
        self._is_warned = False
        self._say("")

    def _say(self, message: str) -> None:
        """Say something in place of what the keys do."""
        label = self.query_one("#note-message", Label)
        label.update(message)
        label.display = bool(message)
        self.query_one("#note-hint").display = not message

    def action_keep(self) -> None:
        """Answer with the note as it is now."""
        self.dismiss(self._area.text.rstrip())

    def action_leave(self) -> None:
        """Leave the note as it was; where that loses something, not before it was said."""
        if self._is_warned or self._area.text.rstrip() == self._note.rstrip():
            self.dismiss(None)
            return
        self._say(_("Escape again throws the change away, Ctrl+S keeps it."))
        self._is_warned = True

    def action_edit_outside(self) -> None:
        """Lend the screen to the reader's editor, and take its text back."""
        from tui.ui.screens.external_editor import EditorError, edit, editor_command

        area, problem = self._area, ""
        try:
            command = editor_command()
            with self.app.suspend():
                # Textual takes the screen back only where nothing is raised in between.
                try:
                    text = edit(area.text, command)
                except EditorError as error:
                    problem = str(error)
        except EditorError as error:
            problem = str(error)
        except SuspendNotSupported:
            problem = _("This terminal cannot be lent to an editor.")
        if problem:
            self._say(problem)
            return
        area.write_anew(text.rstrip())
