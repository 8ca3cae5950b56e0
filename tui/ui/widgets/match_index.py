"""Where the words that were searched for stand in a page."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.ui.typeset.spans import StyleRange
from tui.ui.typeset.text_offsets import TextOffsets

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter

STYLE = "match"
CURRENT = "match-current"


class MatchIndex:
    """The matches of a page, in its order.

    Args:
        flow: the page's text.
        finder: finds the words in it; None finds none.
    """

    def __init__(self, flow: TextOffsets, finder: Highlighter | None) -> None:
        self._lines: list[int] = []
        self._ranges: dict[int, list[tuple[int, StyleRange]]] = {}
        for start, end in finder.spans(flow.text) if finder else ():
            pieces = list(flow.line_ranges(start, end))
            for piece in pieces:
                place = StyleRange(piece.start, piece.end, STYLE)
                self._ranges.setdefault(piece.line, []).append((len(self._lines), place))
            if pieces:
                self._lines.append(pieces[0].line)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def line(self, match: int) -> int:
        """Return the line on which a match begins."""
        return self._lines[match]

    def first_from(self, line: int) -> int:
        """Return the first match that begins on a line or after it; how many there are if none."""
        return bisect_left(self._lines, line)

    def ranges(self, line: int, current: int | None) -> list[StyleRange]:
        """Return what of a line looks different, the current match stronger than others."""
        return [
            place._replace(style=CURRENT) if match == current else place
            for match, place in self._ranges.get(line, ())
        ]
