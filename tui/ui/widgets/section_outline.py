"""The sections of a text, and the outline beside it, with the current one in view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.cell_width import truncate

MIN_SECTIONS = 4
"""A text with fewer sections has no outline."""

MIN_MARGIN = 28
"""Cells beside the text that an outline needs."""

_GAP = 3
"""Cells between the outline and the text."""

_EDGE = 1
"""Cells to the left of the outline, at least."""

_INDENT = 2
"""Cells of each level, and of the sign before the current section."""

_MAX_LEVEL = 4
"""Deeper sections are not indented any further."""


class SectionOutline:
    """The sections of a text, whose labels are drawn in its margin.

    Args:
        sections: label and first line of each section, in order.
        depths: the depth of each section; without them, none is below another one.
    """

    def __init__(
        self, sections: Sequence[tuple[str, int]] = (), depths: Sequence[int] = ()
    ) -> None:
        self.sections = sections
        levels = list(_levels(depths)) or [0] * len(sections)
        self._labels = [
            " " * (_INDENT * min(level, _MAX_LEVEL)) + label
            for (label, _line), level in zip(sections, levels, strict=True)
        ]
        self._width = _INDENT + max(map(cell_len, self._labels), default=0)

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
            current: the number of the current section; None above the first, which is next.
            style_of: returns a style by its name; the empty name is that of the background.
        """
        # The current section is kept in view.
        current = current or 0
        first = max(0, min(current - height // 2, len(self._labels) - height))
        number = first + y
        if number >= len(self._labels):
            return []
        room = min(margin - _GAP - _EDGE, self._width)
        style = style_of("heading" if number == current else "muted")
        sign = current_glyphs().current if number == current else ""
        text = truncate(f"{sign:{_INDENT}}{self._labels[number]}", room)
        label = Segment(text, style + Style(meta={"section": number}))
        before = margin - _GAP - room
        rest = margin - before - label.cell_length
        background = style_of("")
        return [Segment(" " * before, background), label, Segment(" " * rest, background)]


def _levels(depths: Sequence[int]) -> Iterator[int]:
    """Yield for each section how many others it is part of, from depths of any size."""
    outer: list[int] = []
    for depth in depths:
        while outer and outer[-1] >= depth:
            outer.pop()
        yield len(outer)
        outer.append(depth)
