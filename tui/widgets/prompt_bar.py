"""A question with a line to type the answer into, in place of the key bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label


class PromptBar(Vertical):
    """Asks one thing, and goes. What is wrong with an answer stands above it, as long as it is.

    Args:
        question: what is asked.
        example: how an answer may look.
        answered: takes the answer; returns None if it will do, else what is wrong with it.
        done: is called when the prompt has gone, answered or not.
        value: what stands in the line at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        example: str,
        answered: Callable[[str], str | None],
        done: Callable[[], None],
        value: str = "",
    ) -> None:
        super().__init__()
        self._question = question
        self._example = example
        self._answered = answered
        self._done = done
        self._value = value

    def compose(self) -> ComposeResult:
        """Put the question before the line."""
        yield Label("", id="prompt-error", markup=False)
        with Horizontal():
            yield Label(f"{self._question} ", markup=False)
            yield Input(self._value, placeholder=self._example, compact=True, select_on_focus=False)

    def focus_line(self) -> None:
        """Go to the line to type into, at once."""
        self.screen.set_focus(self.query_one(Input))

    def type(self, character: str) -> None:
        """Take a character that was typed before the line had the focus."""
        self.query_one(Input).insert_text_at_cursor(character)
        self.focus_line()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer over, or say what is wrong with it."""
        event.stop()
        wrong = self._answered(event.value)
        if wrong is None:
            await self.action_leave()
        else:
            self._say(wrong)

    def on_input_changed(self) -> None:
        """Let a message go when the reader goes on typing."""
        self._say("")

    def _say(self, wrong: str) -> None:
        label = self.query_one("#prompt-error", Label)
        label.update(wrong)
        label.display = bool(wrong)

    async def action_leave(self) -> None:
        """Go."""
        await self.remove()
        self._done()
