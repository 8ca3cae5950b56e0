"""The error of an invalid query."""

from __future__ import annotations

from tui.i18n import _


class QueryError(ValueError):
    """A word of a query is invalid.

    Attributes:
        word: the word as typed.
        column: the position of its first character in the query, counted from 1.
        message: what is wrong, in the reader's language, as the predicate of a sentence about the
            word: "is empty".
        suggestion: what may have been meant, such as ``votes:``; None if nothing is similar.
    """

    def __init__(self, word: str, column: int, message: str, suggestion: str | None = None) -> None:
        # All four, so that the error can be pickled.
        super().__init__(word, column, message, suggestion)
        self.word = word
        self.column = column
        self.message = message
        self.suggestion = suggestion

    def __str__(self) -> str:
        """Return a sentence on one line that is safe to print."""
        text = _("{word} at column {column} {message}.")
        if self.suggestion:
            text = _("{word} at column {column} {message}. Did you mean '{suggestion}'?")
        # repr() escapes control characters and bidi overrides, but not letters of any script.
        return text.format(
            word=repr(self.word),
            column=self.column,
            message=self.message,
            suggestion=self.suggestion,
        )

    @property
    def hint(self) -> str:
        """The same for a line that may be cut off: the remedy comes first."""
        text = _("{word} {message}")
        if self.suggestion:
            text = _("Did you mean {suggestion}? {word} {message}")
        return text.format(word=repr(self.word), message=self.message, suggestion=self.suggestion)
