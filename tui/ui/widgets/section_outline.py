"""The sections of a text, and the outline beside it, with the current one in view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import itemgetter

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.ui.typeset.cell_width import truncate

MIN_SECTIONS = 4
"""A text with fewer sections has no outline."""

MIN_MARGIN = 28
"""Cells beside the text that an outline needs."""

_MAX_WIDTH = 34
_GAP = 4
"""Cells between the outline and the text."""


class SectionOutline:
    """The sections of a text, whose labels are drawn in its margin.

    Args:
        sections: label and first line of each section, in order.
    """

    def __init__(self, sections: Sequence[tuple[str, int]] = ()) -> None:
        self.sections = sections
        self._labels = [label for label, _line in sections]
        self._width = min(max(map(cell_len, self._labels), default=0), _MAX_WIDTH)

    def section_at(self, line: int) -> int | None:
        """Return the number of the section of a line, counted from 0; None above the first."""
        number = bisect_right(self.sections, line, key=itemgetter(1)) - 1
        return number if number >= 0 else None

    def next_section(self, line: int, by: int) -> int | None:
        """Return the number of the next section (1), or of this one or the previous one (-1).

        Args:
            line: the line from which to go.
            by: how many sections, at most; negative for back.

        Returns:
            The number; None past the first or last section.
        """
        last = len(self.sections) - 1
        if by > 0:
            first = bisect_right(self.sections, line, key=itemgetter(1))
            number = max(first, min(first + by - 1, last))
        else:
            first = bisect_left(self.sections, line, key=itemgetter(1)) - 1
            number = min(first, max(first + by + 1, 0))
        return number if 0 <= number <= last else None

    def fits(self, margin: int) -> bool:
        """Return whether there are enough sections, and enough cells beside the text."""
        return margin >= MIN_MARGIN and len(self._labels) >= MIN_SECTIONS

    def draw_line(
        self,
        y: int,
        height: int,
        margin: int,
        current: int | None,
        style_of: Callable[[str], Style],
    ) -> list[Segment]:
        """Return a line of the margin; nothing below the last section.

        Args:
            y: the number of the line.
            height: the number of lines of the margin.
            margin: its width in cells.
            current: the number of the current section; None above the first.
            style_of: returns a style by its name; the empty name is that of the background.
        """
        # The current section is kept in view.
        first = max(0, min((current or 0) - height // 2, len(self._labels) - height))
        number = first + y
        if number >= len(self._labels):
            return []
        room = min(margin - _GAP - 2, self._width)
        style = style_of("heading" if number == current else "muted")
        text = truncate(self._labels[number], room)
        label = Segment(text, style + Style(meta={"section": number}))
        before = margin - _GAP - room
        rest = margin - before - label.cell_length
        background = style_of("")
        return [Segment(" " * before, background), label, Segment(" " * rest, background)]
