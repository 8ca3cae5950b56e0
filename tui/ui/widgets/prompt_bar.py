"""A question with a line to type the answer into, in place of the key bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

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
from tui.ui.widgets.prompt import Prompt


class PromptBar(Vertical):
    """Asks one thing, and goes. What is wrong with an answer stands above it, as long as it is.

    Args:
        question: what is asked.
        done: is called when the prompt goes, answered or not, to take the focus elsewhere.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "switch_or_complete", show=False),
    ]

    def __init__(self, question: Prompt, done: Callable[[], None]) -> None:
        super().__init__()
        self._question = question
        self._done = done

    def compose(self) -> ComposeResult:
        """Put the question before the line."""
        asked = self._question
        yield Label("", id="prompt-error", markup=False)
        with Horizontal():
            yield Label(asked.label, id="prompt-question", markup=False)
            yield PromptInput(
                asked.value,
                placeholder=asked.placeholder,
                compact=True,
                select_on_focus=False,
                suggester=LastWordSuggester(asked.completions) if asked.completions else None,
            )

    def on_mount(self) -> None:
        """Select what typing replaces: now, and not with a focus that comes after letters."""
        if self._question.selects_value:
            self._line.select_all()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def focus_input(self) -> None:
        """Go to the line to type into, at once."""
        self.screen.set_focus(self._line)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer over, or say what is wrong with it."""
        event.stop()
        wrong = self._question.on_submit(event.value)
        if wrong is None:
            await self._go()
        else:
            self._say(wrong)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let a message go when the reader goes on typing."""
        event.stop()
        self._say("")
        # Letters that come together are all in the line before the first is told of here.
        if event.value == event.input.value:
            self._question.on_change(event.value)

    def _say(self, wrong: str) -> None:
        label = self.query_one("#prompt-error", Label)
        label.update(wrong)
        label.display = bool(wrong)

    def action_switch_or_complete(self) -> None:
        """Ask for something else instead, or complete the word; nothing else to go to by Tab."""
        if self._question.on_tab is not None:
            words = self._question.on_tab()
            self.query_one("#prompt-question", Label).update(words)
        else:
            self._line.action_cursor_right()

    async def action_leave(self) -> None:
        """Go without an answer."""
        self._question.on_cancel()
        await self._go()

    async def _go(self) -> None:
        # First, for the removal of what has the focus gives the focus to a neighbour.
        self._done()
        await self.remove()


class PromptInput(Input):
    """Takes text alone: what is pasted may hold what a terminal would obey."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is drawn; Textual counts one cell more at the end of the text."""
        return super().cursor_screen_offset - (int(self.cursor_at_end), 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the line, and put the terminal's cursor where an input method composes."""
        # Textual does so before there is a layout, and before it scrolls.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        return super().render_lines(crop)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of another; a syllable that came in pieces becomes whole."""
        start, end = sorted((start, end))
        if text:
            start, text = compose(self.value[:start], text)
        super().replace(text, start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line, as text."""
        event.prevent_default()
        event.stop()
        line = next(iter(clean(event.text).splitlines()), "")
        self.replace(line, *sorted(self.selection))


class LastWordSuggester(Suggester):
    """Completes the last word of a line of words.

    Args:
        known: what it is completed to; the first that fits is taken.
    """

    def __init__(self, known: Sequence[str]) -> None:
        # Textual folds the line before it asks, unless case matters.
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last word complete, or None."""
        before, _space, begun = value.rpartition(" ")
        begun = begun.removeprefix("#")
        if not begun:
            return None
        used = before.split()
        fitting = (
            word
            for word in self._known
            if word.casefold().startswith(begun.casefold()) and word not in used
        )
        word = next(fitting, None)
        return None if word is None else f"{value.removesuffix(begun)}{word}"
