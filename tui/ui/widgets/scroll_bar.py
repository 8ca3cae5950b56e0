"""The scroll bar of Textual's own widgets, in whole cells."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBarRender


class FullCellScrollBar(ScrollBarRender):
    """Draws no fractions of cells: East Asian terminals draw their characters two cells wide."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]
