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

    words: str
    example: str
    answered: Callable[[str], str | None]
    value: str = ""
    replaces: bool = False
    changed: Callable[[str], None] = _no_more
    left: Callable[[], None] = _nothing
    switched: Callable[[], str] | None = None
    known: Sequence[str] = ()
