"""The text of a page as it was before it was broken into lines: to find words, and places again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.ui.typeset.spans import Line


class LineRange(NamedTuple):
    """A part of the text that stands on one line.

    Attributes:
        line: which one, counted from 0.
        start: its first character on that line.
        end: the first after it.
    """

    line: int
    start: int
    end: int


class TextOffsets:
    """The text of lines, in which a place is known however wide the lines are.

    Args:
        lines: a page.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._skipped: list[int] = []
        parts: list[str] = []
        at = 0
        for line in lines:
            # An item's sign is told with the item; where its text goes on there is but space.
            skipped = 0 if line.separator == "\n" else line.indent_chars
            text = line.text[skipped:]
            parts += (line.separator, text)
            self._starts.append(at + len(line.separator))
            at = self._starts[-1] + len(text)
            self._ends.append(at)
            self._skipped.append(skipped)
        self.text = "".join(parts).replace("\u00a0", " ")
        """All of it; spaces that keep words together are like others."""

    def offset_of_line(self, line: int) -> int:
        """Return where in the text a line begins."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line_at_offset(self, place: int) -> int:
        """Return the line on which a place in the text stands; 0 if there are no lines."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def line_ranges(self, start: int, end: int) -> Iterator[LineRange]:
        """Yield where the text between two places stands; what no line shows is left out."""
        for line in range(self.line_at_offset(start), len(self._starts)):
            begins = self._starts[line]
            if begins >= end:
                break
            first, last = max(start, begins), min(end, self._ends[line])
            if first < last:
                shift = self._skipped[line] - begins
                yield LineRange(line, first + shift, last + shift)
