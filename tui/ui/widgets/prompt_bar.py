"""The prompt bar: a line of input in place of the key bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.suggester import Suggester
from textual.widgets import Input, Label

from tui.sanitize import clean
from tui.terminal.hangul import compose
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.prompt import Prompt


class PromptBar(Vertical):
    """Shows a prompt until it is answered or cancelled, with an error message above it.

    Args:
        prompt: the prompt.
        on_close: called before the bar is removed, to move the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("tab", "complete", show=False),
        Binding("shift+tab", "switch", show=False),
    ]

    def __init__(self, prompt: Prompt, on_close: Callable[[], None]) -> None:
        super().__init__()
        self._prompt = prompt
        self._label = prompt.label
        self._on_close = on_close

    def compose(self) -> ComposeResult:
        """Put the label before the input."""
        prompt = self._prompt
        yield Label("", id="prompt-error", markup=False)
        with Horizontal():
            yield Label(self._fitting(prompt.label), id="prompt-label", markup=False)
            yield PromptInput(
                prompt.value,
                placeholder=prompt.placeholder,
                compact=True,
                select_on_focus=False,
                suggester=self._suggester(),
            )

    def _suggester(self) -> Suggester | None:
        completions = self._prompt.completions
        return LastWordSuggester(completions) if completions else None

    def refresh_hint(self) -> None:
        """Show the hint of the prompt's assistant, if it has one."""

    def on_mount(self) -> None:
        """Select the initial text at once: on focus, it would be after the first keys."""
        if self._prompt.selects_value:
            self._input.select_all()

    def on_resize(self) -> None:
        """Leave the input enough room."""
        self._show_label(self._label)

    def _show_label(self, label: str) -> None:
        self._label = label
        self.query_one("#prompt-label", Label).update(self._fitting(label))

    def _fitting(self, label: str) -> str:
        """Return a label that leaves half of the line to the input, with its colon."""
        room = self.app.size.width // 2
        if cell_len(label) <= room:
            return label
        text = label.removesuffix(":")
        return f"{truncate(text, room - 1)}:" if text != label else truncate(label, room)

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def focus_input(self) -> None:
        """Focus the input at once."""
        self.screen.set_focus(self._input)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit the answer, and close the bar or show an error."""
        event.stop()
        error = self._prompt.on_submit(event.value)
        if error is None:
            await self._close()
        else:
            self._show_error(error)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hide the error message and pass on the text."""
        event.stop()
        self._show_error("")
        # Keys that arrive together change the input before the first event gets here.
        if event.value == event.input.value:
            label = self._prompt.on_change(event.value)
            if label and label != self._label:
                self._show_label(label)

    def _show_error(self, message: str) -> None:
        label = self.query_one("#prompt-error", Label)
        # Each change lays out the whole screen, and this is called for each letter.
        if message or label.display:
            label.update(message)
            label.display = bool(message)

    def action_complete(self) -> None:
        """Complete the last word: Tab has no other widget to go to."""
        self._input.action_cursor_right()

    def action_switch(self) -> None:
        """Switch the prompt."""
        if self._prompt.on_switch is not None:
            self._show_label(self._prompt.on_switch())

    async def action_cancel(self) -> None:
        """Close the bar without an answer."""
        self._prompt.on_cancel()
        await self._close()

    async def _close(self) -> None:
        # First, because removing the focused widget would focus its neighbor.
        self._on_close()
        await self.remove()


class PromptInput(Input):
    """An input that strips escape sequences from pasted text."""

    def on_mount(self) -> None:
        """Do not blink, which would repaint the cursor twice a second."""
        self.cursor_blink = False

    def on_unmount(self) -> None:
        """Unsubscribe from the screen, which would keep every input that was ever shown."""
        self.screen.text_selection_started_signal.unsubscribe(self)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is drawn; at the end of the text, Textual counts one cell too many."""
        return super().cursor_screen_offset - (int(self.cursor_at_end), 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the line, and put the terminal's cursor where an input method composes."""
        # Textual does so before there is a layout, and before it scrolls.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        return super().render_lines(crop)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a text; letters of Hangul that arrive one by one are composed to syllables."""
        start, end = sorted((start, end))
        if text:
            start, text = compose(self.value[:start], text)
        super().replace(text, start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Insert the first line of pasted text."""
        event.prevent_default()
        event.stop()
        line = next(iter(clean(event.text).splitlines()), "")
        self.replace(line, *sorted(self.selection))


class LastWordSuggester(Suggester):
    """Completes the last word of a line.

    Args:
        completions: words; the first one that fits is suggested.
    """

    def __init__(self, completions: Sequence[str]) -> None:
        # Textual would case-fold the line first.
        super().__init__(use_cache=False, case_sensitive=True)
        self._completions = completions

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last word completed, or None."""
        *before, prefix = re.split(r"[\s,，、]+", value)
        prefix = prefix.removeprefix("#")
        if not prefix:
            return None
        for word in self._completions:
            if word.casefold().startswith(prefix.casefold()) and word not in before:
                return f"{value.removesuffix(prefix)}{word}"
        return None
