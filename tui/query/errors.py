"""What the reader is told about a query that cannot be understood."""

from __future__ import annotations


class QueryError(ValueError):
    """A word of a query makes no sense.

    Attributes:
        word: the word as it was typed.
        column: where in the text it begins, counted in characters from 1.
        message: what is wrong with it, to be read after the word ("names no known field").
        nearest: what may have been meant (``votes:``, ``starred``), or None.
    """

    def __init__(self, word: str, column: int, message: str, nearest: str | None = None) -> None:
        # All four go to the base class, so that the error survives pickling between processes.
        super().__init__(word, column, message, nearest)
        self.word = word
        self.column = column
        self.message = message
        self.nearest = nearest

    def __str__(self) -> str:
        """Return one sentence on one line, safe to print whatever the word contains."""
        # repr() keeps letters of every script and escapes controls and bidi overrides.
        hint = f" (nearest: {self.nearest})" if self.nearest else ""
        return f"{self.word!r} at column {self.column} {self.message}{hint}."
