"""A cover over screens for which the terminal is too small."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from tui.i18n import _
from tui.terminal.capabilities import MIN_COLUMNS, MIN_LINES

MIN_SIZE = Size(MIN_COLUMNS, MIN_LINES)
COVER_ID = "too-small"


def cover_if_too_small(screen: Screen[Any], size: Size) -> None:
    """Cover a screen that does not fit into a terminal of this size, or uncover it."""
    cover = screen.query(f"#{COVER_ID}")
    if not is_too_small(size):
        cover.remove()
    elif not cover:
        screen.mount(new_cover())


def is_too_small(size: Size) -> bool:
    """Return whether a terminal of this size is too small for any screen."""
    return size.width < MIN_SIZE.width or size.height < MIN_SIZE.height


def new_cover() -> Static:
    """Return a new cover. Hiding the widgets instead would take the focus from them."""
    text = _("Broadsheet needs {width} x {height} cells.")
    needed = text.format(width=MIN_SIZE.width, height=MIN_SIZE.height)
    return Static(needed, id=COVER_ID, markup=False)
