"""A dialog to edit a note, there or in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Label, TextArea
from textual.widgets.text_area import EditResult, Location

from tui.config.keybindings import QUIT_KEY
from tui.config.paths import stylesheets
from tui.i18n import _
from tui.marks.limits import MarkTooLargeError, check_note
from tui.sanitize import clean
from tui.storage.disk_errors import reason
from tui.terminal.hangul import compose
from tui.ui.textual_internals import forget_watcher


class NoteEditor(ModalScreen[str | None]):
    """Returns the edited note, or None to leave it unchanged.

    Args:
        title: the title of the paper.
        note: the current note.
        can_run_editor: whether the reader's own editor can be used.
    """

    CSS_PATH = stylesheets("note")  # type: ignore[assignment]  # absolute paths are fine
    # Without priority: it would let a key overtake letters that were typed just before.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("escape", "cancel", show=False),
        Binding(QUIT_KEY, "quit", show=False, id="app.quit"),
    ]

    def __init__(self, title: str, note: str, *, can_run_editor: bool = True) -> None:
        super().__init__()
        self._title = title
        self._can_run_editor = can_run_editor
        self._note = note
        self._area = NoteTextArea(note)
        self._hint = Label(id="note-hint", markup=False)
        self._has_warned = False

    def compose(self) -> ComposeResult:
        """Put the title above the text area, and a hint or a message below it."""
        with Vertical():
            yield Label(self._title, id="note-title", markup=False)
            yield self._area
            yield self._hint

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
        hint = _("Ctrl+S saves, Escape cancels.")
        if self._can_run_editor:
            hint = _("Ctrl+S saves, Ctrl+E opens your editor, Escape cancels.")
        self._hint.update(message or hint)
        self._hint.set_class(bool(message), "-warning")

    def action_save(self) -> None:
        """Return the note, unless it is too long."""
        note = self._area.text.rstrip()
        try:
            check_note(clean(note), self._note)
        except MarkTooLargeError as error:
            self._show_message(_("This mark could not be saved: {why}").format(why=error))
            return
        self.dismiss(note)

    def action_cancel(self) -> None:
        """Leave the note unchanged; require the key twice if that would lose an edit."""
        if self._may_leave():
            self.dismiss(None)

    def action_quit(self) -> None:
        """Quit the program; require the key twice if that would lose an edit."""
        if self._may_leave():
            self.app.exit()

    def _may_leave(self) -> bool:
        """Return whether nothing would be lost, or the reader has been warned; else warn."""
        if self._has_warned or self._area.text.rstrip() == self._note.rstrip():
            return True
        self._show_message(
            _("Press the same key again to discard the change, or Ctrl+S to save it.")
        )
        self._has_warned = True
        return False

    def action_edit_externally(self) -> None:
        """Edit the text in the reader's own editor."""
        if not self._can_run_editor:
            self._show_message(_("No other editor can be opened in restricted mode."))
            return
        area, error_message = self._area, ""
        try:
            command = editor_command()
            with self.app.suspend():
                # Textual resumes only if nothing is raised in here.
                try:
                    text = run_editor(area.text, command)
                except EditorError as error:
                    error_message = str(error)
        except EditorError as error:
            error_message = str(error)
        except SuspendNotSupported:
            error_message = _("This terminal cannot run an external editor.")
        if error_message:
            self._show_message(error_message)
            return
        # Like typing, it can be undone.
        area.replace(clean(text.rstrip()), area.document.start, area.document.end)
        area.move_cursor(area.document.end)


class NoteTextArea(TextArea):
    """A plain text of several lines, with the cursor at its end.

    Args:
        text: the initial text.
    """

    # Textual's binding goes to the end of the line, which the End key does as well.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "screen.edit_externally", show=False)
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, highlight_cursor_line=False, compact=True)
        # A blinking cursor keeps a slow connection busy.
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def on_unmount(self) -> None:
        """Let go of the app, which would keep every text area until it loses the focus."""
        forget_watcher(self.app, self)

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text without escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *sorted(self.selection))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the text, and put the terminal's cursor where an input method composes."""
        # Textual only does so when the cursor moves, and the first time before there is a layout.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        return super().render_lines(crop)

    def replace(
        self, insert: str, start: Location, end: Location, *, maintain_selection_offset: bool = True
    ) -> EditResult:
        """Replace a text; letters of Hangul that arrive one by one are composed to syllables."""
        if insert:
            start, end = sorted((start, end))
            line, column = start
            column, insert = compose(self.document[line][:column], insert)
            start = (line, column)
        return super().replace(
            insert, start, end, maintain_selection_offset=maintain_selection_offset
        )


# The reader's own editor


class EditorError(Exception):
    """The text could not be edited; the message is a translated sentence."""


def editor_command() -> list[str]:
    """Return the reader's editor with its arguments.

    Raises:
        EditorError: no editor is set, or the variable cannot be parsed.
    """
    # $VISUAL is for full-screen editors and comes first by convention.
    for name in ("VISUAL", "EDITOR"):
        command = os.environ.get(name, "").strip()
        if not command:
            continue
        try:
            return shlex.split(command)
        except ValueError as error:
            message = _("${name} cannot be parsed: {reason}.")
            raise EditorError(message.format(name=name, reason=error)) from error
    # Git, mutt and others fall back on vi as well.
    if shutil.which("vi"):
        return ["vi"]
    raise EditorError(_("No editor is set; set $VISUAL or $EDITOR."))


def run_editor(text: str, command: Sequence[str]) -> str:
    """Edit a text in another program, which takes over the terminal.

    Args:
        text: the initial text. Its file is readable by nobody else, and removed afterwards.
        command: the program and its arguments, before the name of the file.

    Returns:
        The edited text.

    Raises:
        EditorError: the program is missing or failed, or its file cannot be read.
    """
    try:
        # A separate folder also holds the backup files that editors leave behind.
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            file = Path(folder) / "note.txt"
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            with ignoring_interrupts():
                code = subprocess.run([*command, str(file)], check=False).returncode
            if code:
                message = _("{editor} exited with code {code}; the note is unchanged.")
                raise EditorError(message.format(editor=command[0], code=code))
            return file.read_text(encoding="utf-8")
    except OSError as error:
        cause = reason(error)
    except UnicodeError:
        cause = _("the saved file is not UTF-8 text")
    raise EditorError(_("{editor} failed: {reason}.").format(editor=command[0], reason=cause))


@contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """Ignore Ctrl+C, which the terminal sends to another program and to this one."""
    # Unlike SIG_IGN, a handler is not inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
