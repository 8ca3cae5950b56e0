"""The scrollbar of Textual's own widgets, in whole cells."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBarRender


class FullCellScrollBar(ScrollBarRender):
    """Draws no parts of cells: an East Asian terminal gives their signs two cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]
