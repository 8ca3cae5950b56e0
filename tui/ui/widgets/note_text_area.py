"""Where a note is written: Textual's editor, with a key for the reader's own."""

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
        text: what it says at first.
    """

    # Textual's goes to the end of the line with it, as the End key does, too.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "screen.edit_outside", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, highlight_cursor_line=False, compact=True)
        # A cursor that blinks never lets a thin line rest.
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as text: it may hold what a terminal would obey."""
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *sorted(self.selection))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the text, and put the terminal's cursor where an input method composes."""
        # Textual does so when the cursor moves, and at first before there is a layout.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        return super().render_lines(crop)

    def replace(
        self, insert: str, start: Location, end: Location, *, maintain_selection_offset: bool = True
    ) -> EditResult:
        """Put a text in place of another; a syllable that came in pieces becomes whole."""
        if insert:
            start, end = sorted((start, end))
            line, column = start
            column, insert = compose(self.document[line][:column], insert)
            start = (line, column)
        return super().replace(
            insert, start, end, maintain_selection_offset=maintain_selection_offset
        )

    def write_anew(self, text: str) -> None:
        """Put another text in place of all, as if it were typed: it can be undone."""
        self.replace(clean(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)
