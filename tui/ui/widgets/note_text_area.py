"""The text area of a note."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult, Location

from tui.sanitize import clean
from tui.terminal.hangul import compose


class NoteTextArea(TextArea):
    """A plain text of several lines, with the cursor at its end.

    Args:
        text: the initial text.
    """

    # Textual's binding goes to the end of the line, which the End key does as well.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "screen.edit_externally", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, highlight_cursor_line=False, compact=True)
        # A blinking cursor keeps a slow connection busy.
        self.cursor_blink = False
        self.move_cursor(self.document.end)

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

    def replace_all(self, text: str) -> None:
        """Replace the whole text; like typing, it can be undone."""
        self.replace(clean(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)
