"""The sections of a page, told beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.ui.typeset.cell_width import truncate

FEWEST = 4
"""Sections; a page of fewer needs no outline."""

ROOM = 28
"""Cells beside the text, of which an outline needs as many."""

_WIDEST = 34
_GAP = 4
"""Cells between the outline and the text."""


class OutlineEntry(NamedTuple):
    """A line of the outline.

    Attributes:
        x: the cell in which it begins.
        section: which section it names, counted from 0.
        label: the section's, as far as there is room.
    """

    x: int
    section: int
    label: str


class Outline:
    """The labels of a page's sections, one below the other.

    Args:
        labels: in the order of the page.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._width = min(max(map(cell_len, labels), default=0), _WIDEST)

    def fits(self, margin: int) -> bool:
        """Tell whether it is wanted, and there is room beside the text."""
        return len(self._labels) >= FEWEST and margin >= ROOM

    def entry(self, y: int, current: int | None, margin: int, height: int) -> OutlineEntry | None:
        """Return what stands on a line.

        Args:
            y: the line, counted from 0.
            current: the section that is being read, which is one of those in sight.
            margin: cells beside the text.
            height: lines that are seen.

        Returns:
            The entry; None below the last.
        """
        first = max(0, min((current or 0) - height // 2, len(self._labels) - height))
        section = first + y
        if section >= len(self._labels):
            return None
        room = min(margin - _GAP - 2, self._width)
        return OutlineEntry(margin - _GAP - room, section, truncate(self._labels[section], room))
