"""A question as the prompt bar asks it. Apart from the bar, which is imported only to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


def _nothing() -> None:
    """Do nothing."""


def _no_more(_: str) -> None:
    """Do nothing with a text that is not finished."""


class Prompt(NamedTuple):
    """A question.

    Attributes:
        words: what is asked.
        example: how an answer may look.
        answered: takes the answer; returns what is wrong with it, or None.
        value: what stands in the line at first.
        replaces: whether what is typed takes its place rather than follows it.
        changed: is told the text whenever it changes.
        left: is called when the reader leaves without an answer.
        switched: is called on Tab; returns what is asked now. None where there is nothing to
            switch.
        known: words of earlier answers, with which the last word can be completed.
    """

    label: str
    placeholder: str
    on_submit: Callable[[str], str | None]
    value: str = ""
    selects_value: bool = False
    on_change: Callable[[str], None] = _no_more
    on_cancel: Callable[[], None] = _nothing
    on_tab: Callable[[], str] | None = None
    completions: Sequence[str] = ()
