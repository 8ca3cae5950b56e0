"""The text of a page before wrapping, to search it and to keep positions when the width changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.ui.typeset.spans import Line


class LineRange(NamedTuple):
    """A range of characters on a line.

    Attributes:
        line: index of the line.
        start: index of the first character on the line.
        end: index after the last character.
    """

    line: int
    start: int
    end: int


class TextOffsets:
    """The unwrapped text of lines. Offsets in it do not depend on the width of the lines.

    Args:
        lines: the lines of a page.

    Attributes:
        text: the text, with ordinary spaces instead of non-breaking ones.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._skipped: list[int] = []
        parts: list[str] = []
        end = 0
        for line in lines:
            # The first line of an item includes its marker; the indent of the others is skipped.
            skipped = 0 if line.separator == "\n" else line.indent_chars
            text = line.text[skipped:]
            parts += (line.separator, text)
            self._starts.append(end + len(line.separator))
            end = self._starts[-1] + len(text)
            self._ends.append(end)
            self._skipped.append(skipped)
        self.text = "".join(parts).replace("\u00a0", " ")

    def offset_of_line(self, line: int) -> int:
        """Return the offset at which a line starts."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line_at_offset(self, offset: int) -> int:
        """Return the index of the line at an offset; 0 if there are no lines."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def line_ranges(self, start: int, end: int) -> Iterator[LineRange]:
        """Yield the ranges on lines that show the text between two offsets."""
        for line in range(self.line_at_offset(start), len(self._starts)):
            line_start = self._starts[line]
            if line_start >= end:
                break
            first, last = max(start, line_start), min(end, self._ends[line])
            if first < last:
                shift = self._skipped[line] - line_start
                yield LineRange(line, first + shift, last + shift)
