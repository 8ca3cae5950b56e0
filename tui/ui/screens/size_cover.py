"""A cover over screens for which the terminal is too small."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from tui.i18n import _
from tui.terminal.capabilities import MIN_COLUMNS, MIN_LINES


def cover_if_too_small(screen: Screen[Any], size: Size) -> None:
    """Cover a screen that does not fit into a terminal of this size, or uncover it."""
    needed, present = covers(size), screen.query("#too-small")
    if not needed:
        present.remove()
    elif not present:
        screen.mount(*needed)


def covers(size: Size) -> list[Static]:
    """Return a new cover if a terminal of this size is too small for any screen, else nothing.

    Hiding the widgets instead would take the focus from them.
    """
    if size.width >= MIN_COLUMNS and size.height >= MIN_LINES:
        return []
    text = _("Broadsheet needs {width} x {height} cells.")
    needed = text.format(width=MIN_COLUMNS, height=MIN_LINES)
    return [Static(needed, id="too-small", markup=False)]
