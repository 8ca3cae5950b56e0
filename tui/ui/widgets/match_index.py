"""The positions of search matches in a text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.ui.typeset.spans import StyleRange
from tui.ui.typeset.text_offsets import TextOffsets

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter

STYLE = "match"
CURRENT_STYLE = "match-current"


class MatchIndex:
    """The matches of a text, in order.

    Args:
        text_offsets: the text.
        highlighter: finds the matches; None finds none.
    """

    def __init__(self, text_offsets: TextOffsets, highlighter: Highlighter | None) -> None:
        # The line on which each match begins.
        self._first_lines: list[int] = []
        self._ranges_by_line: dict[int, list[tuple[int, StyleRange]]] = {}
        for start, end in highlighter.spans(text_offsets.text) if highlighter else ():
            pieces = list(text_offsets.line_ranges(start, end))
            for piece in pieces:
                match_range = StyleRange(piece.start, piece.end, STYLE)
                ranges = self._ranges_by_line.setdefault(piece.line, [])
                ranges.append((len(self._first_lines), match_range))
            if pieces:
                self._first_lines.append(pieces[0].line)

    def __len__(self) -> int:
        """Return the number of matches."""
        return len(self._first_lines)

    def line(self, match: int) -> int:
        """Return the line on which a match begins."""
        return self._first_lines[match]

    def first_from(self, line: int) -> int:
        """Return the first match that begins on a line or below it; ``len(self)`` if none does."""
        return bisect_left(self._first_lines, line)

    def ranges(self, line: int, current: int | None) -> list[StyleRange]:
        """Return the ranges to highlight on a line, with a separate style for one match."""
        return [
            match_range._replace(style=CURRENT_STYLE) if match == current else match_range
            for match, match_range in self._ranges_by_line.get(line, ())
        ]
