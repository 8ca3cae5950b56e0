"""The outline: the sections of a text, listed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.ui.typeset.cell_width import truncate

MIN_SECTIONS = 4
"""A text with fewer sections has no outline."""

MIN_MARGIN = 28
"""Cells beside the text that an outline needs."""

_MAX_WIDTH = 34
_GAP = 4
"""Cells between the outline and the text."""


class OutlineEntry(NamedTuple):
    """A line of the outline.

    Attributes:
        x: its first cell.
        section: the number of the section, counted from 0.
        label: the section's label, cut off to the room there is.
    """

    x: int
    section: int
    label: str


class Outline:
    """The labels of a text's sections, one per line.

    Args:
        labels: in the order of the text.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._width = min(max(map(cell_len, labels), default=0), _MAX_WIDTH)

    def fits(self, margin: int) -> bool:
        """Return whether there are enough sections, and enough cells beside the text."""
        return len(self._labels) >= MIN_SECTIONS and margin >= MIN_MARGIN

    def entry(self, y: int, current: int | None, margin: int, height: int) -> OutlineEntry | None:
        """Return the entry of a line.

        Args:
            y: the line, counted from 0.
            current: the current section, which is kept in view.
            margin: cells beside the text.
            height: lines in view.

        Returns:
            The entry; None below the last one.
        """
        first = max(0, min((current or 0) - height // 2, len(self._labels) - height))
        section = first + y
        if section >= len(self._labels):
            return None
        room = min(margin - _GAP - 2, self._width)
        return OutlineEntry(margin - _GAP - room, section, truncate(self._labels[section], room))
