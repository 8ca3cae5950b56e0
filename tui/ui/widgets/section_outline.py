"""The outline beside a text: its sections, with the current one in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    """The labels of the sections of a text, to be drawn in its margin.

    Args:
        labels: the labels, in order.
    """

    def __init__(self, labels: Sequence[str] = ()) -> None:
        self._labels = labels
        self._width = min(max(map(cell_len, labels), default=0), _MAX_WIDTH)

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
