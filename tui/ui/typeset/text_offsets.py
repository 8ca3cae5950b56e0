"""The text of a page before it was wrapped: offsets that no width changes, and matches in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.ui.typeset.spans import Line, StyleRange

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter


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

    def line_ranges(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the lines that show the text between two offsets, with the range on each of them.

        A range is the index of the first character on the line, and that after the last.
        """
        for line in range(self.line_at_offset(start), len(self._starts)):
            line_start = self._starts[line]
            if line_start >= end:
                break
            first, last = max(start, line_start), min(end, self._ends[line])
            if first < last:
                shift = self._skipped[line] - line_start
                yield line, first + shift, last + shift


class MatchIndex:
    """The matches of a text, in order.

    Args:
        text_offsets: the text.
        highlighter: finds the matches; None finds none.

    Attributes:
        lines: the line on which each match begins.
    """

    def __init__(self, text_offsets: TextOffsets, highlighter: Highlighter | None) -> None:
        self.lines: list[int] = []
        self._ranges_by_line: dict[int, list[tuple[int, StyleRange]]] = {}
        for start, end in highlighter.spans(text_offsets.text) if highlighter else ():
            pieces = list(text_offsets.line_ranges(start, end))
            for line, first, last in pieces:
                ranges = self._ranges_by_line.setdefault(line, [])
                ranges.append((len(self.lines), StyleRange(first, last, "match")))
            self.lines += [line for line, _first, _last in pieces[:1]]

    def ranges(self, line: int, current: int | None) -> list[StyleRange]:
        """Return the ranges to highlight on a line, with a separate style for one match."""
        return [
            match_range._replace(style="match-current") if match == current else match_range
            for match, match_range in self._ranges_by_line.get(line, ())
        ]
