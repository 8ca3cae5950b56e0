"""What the reader is told about a query that cannot be understood."""

from __future__ import annotations

from tui.i18n import _


class QueryError(ValueError):
    """A word of a query makes no sense.

    Attributes:
        word: the word as it was typed.
        column: where in the text it begins, counted in characters from 1.
        message: what is wrong with it, in the reader's language, to be read after the word ("is
            empty").
        nearest: what may have been meant (``votes:``, ``starred``), or None.
    """

    def __init__(self, word: str, column: int, message: str, nearest: str | None = None) -> None:
        # All four go to the base class, so that the error survives pickling between processes.
        super().__init__(word, column, message, nearest)
        self.word = word
        self.column = column
        self.message = message
        self.suggestion = nearest

    def __str__(self) -> str:
        """Return one sentence on one line, safe to print whatever the word contains."""
        # repr() keeps letters of every script and escapes controls and bidi overrides.
        told = _("{word} at column {column} {message}.")
        if self.suggestion:
            told = _("{word} at column {column} {message} (nearest: {nearest}).")
        return told.format(
            word=repr(self.word), column=self.column, message=self.message, nearest=self.suggestion
        )
