"""A prompt bar with completion, earlier answers and a line of hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.prompt import Prompt, PromptAssistant
from tui.ui.widgets.prompt_bar import PromptBar


class AssistedPromptBar(PromptBar):
    """Completes with Tab, and goes through earlier answers with Up and Down.

    Args:
        prompt: a prompt with an assistant.
        on_close: called before the bar is removed, to move the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(1)", show=False),
        Binding("down", "recall(-1)", show=False),
    ]

    def __init__(self, prompt: Prompt, on_close: Callable[[], None]) -> None:
        super().__init__(prompt, on_close)
        if prompt.assistant is None:
            raise ValueError("the prompt has no assistant")
        self._assistant = prompt.assistant
        self._hint = _HintLine(id="prompt-hint")
        self._recalled = 0
        self._draft = ""
        self._completions: list[str] = []

    def compose(self) -> ComposeResult:
        """Put the hint above the input."""
        yield self._hint
        yield from super().compose()

    def on_mount(self) -> None:
        """Show the first hint."""
        self.refresh_hint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the hint for another text."""
        if event.value == event.input.value:
            self.refresh_hint()

    def refresh_hint(self) -> None:
        """Show the hint for the text and the cursor."""
        hint = self._assistant.hint(self._input.value, self._input.cursor_position)
        self._hint.show(hint)

    @property
    def _text(self) -> str:
        return self._input.value[: self._input.cursor_position]

    def _show_error(self, message: str) -> None:
        super()._show_error(message)
        self._hint.display = not message

    # Completion

    def _suggester(self) -> Suggester | None:
        return _FirstCompletion(self._assistant)

    def action_complete(self) -> None:
        """Complete the word before the cursor; again, with the next completion."""
        text = self._text
        if len(self._completions) < 2 or text not in self._completions:
            self._completions = list(self._assistant.completions(text))
        if not self._completions:
            return
        index = self._completions.index(text) + 1 if text in self._completions else 0
        completed = self._completions[index % len(self._completions)]
        rest = self._input.value[len(text) :]
        self._replace(completed + rest, len(completed))

    # Earlier answers

    def action_recall(self, by: int) -> None:
        """Show an earlier (1) or later (-1) answer; the latest is the one that was being typed."""
        history = self._assistant.history
        target = self._recalled + by
        if not 0 <= target <= len(history):
            return
        if self._recalled == 0:
            self._draft = self._input.value
        self._recalled = target
        text = history[target - 1] if target else self._draft
        self._replace(text, len(text))

    def _replace(self, text: str, cursor: int) -> None:
        self._input.value = text
        self._input.cursor_position = cursor


class _HintLine(Widget):
    """One line of text, cut where the screen ends."""

    ALLOW_SELECT = False
    _text = ""

    def show(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> Content:
        """Return the text, without markup."""
        return Content(f" {truncate(self._text, max(self.size.width - 2, 0))}")


class _FirstCompletion(Suggester):
    """Suggests the first completion that continues the text.

    Args:
        assistant: completes texts.
    """

    def __init__(self, assistant: PromptAssistant) -> None:
        # Textual would case-fold the text first.
        super().__init__(use_cache=False, case_sensitive=True)
        self._assistant = assistant

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with its last word completed, or None."""
        for completed in self._assistant.completions(value)[:1]:
            if completed.casefold().startswith(value.casefold()):
                return completed
        return None
