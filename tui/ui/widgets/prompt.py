"""Prompts and choices: the data of the prompt bar and the chooser.

The records have a module of their own because the widgets are loaded on first use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol


class PromptAssistant(Protocol):
    """What helps to answer a prompt, in a line of its own."""

    @property
    def history(self) -> Sequence[str]:
        """Earlier answers, newest first."""

    def completions(self, text: str) -> Sequence[str]:
        """Return texts to replace the one before the cursor with, best first."""

    def hint(self, text: str, cursor: int) -> str:
        """Return a line about a text: completions at the cursor, a mistake, or keys."""


class Prompt(NamedTuple):
    """A prompt for one line of text.

    Attributes:
        label: the text before the input.
        placeholder: an example of an answer.
        on_submit: takes the answer; returns an error message, or None to accept it.
        value: the initial text.
        selects_value: whether typing replaces the initial text.
        on_change: called with the text after each change; may return another label.
        on_cancel: called if the reader leaves without an answer.
        on_switch: called on Shift+Tab; returns another label.
        completions: words to complete the last word with on Tab.
        assistant: completes the answer, and shows hints and earlier answers; None for none.
    """

    label: str
    placeholder: str
    on_submit: Callable[[str], str | None]
    value: str = ""
    selects_value: bool = False
    on_change: Callable[[str], str | None] = lambda _text: None
    on_cancel: Callable[[], None] = lambda: None
    on_switch: Callable[[], str] | None = None
    completions: Sequence[str] = ()
    assistant: PromptAssistant | None = None


class Choice(NamedTuple):
    """A row to choose.

    Attributes:
        label: its name.
        detail: a short addition, aligned to the right.
        group: neighbors with the same group are shown below its name.
    """

    label: str
    detail: str = ""
    group: str = ""
