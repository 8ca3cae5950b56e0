"""How wide and high the panes are, without any widgets."""

from __future__ import annotations

from typing import NamedTuple

SIDEBAR_WIDTH = 22
"""Cells of the sidebar, as in the stylesheet."""

NARROW_WIDTH = 72
"""Cells. On a narrower screen the sidebar is visible only while it has the focus."""

BESIDE_WIDTH = 150
"""Cells from which on the summary is beside the list, unless the reader chose otherwise."""

MIN_TABLE_WIDTH = 44
MIN_VIEWER_WIDTH = 66
"""Cells of the summary beside the list: a line of 61 cells, its margins and the scroll bar."""

IDEAL_TABLE_WIDTH = 98
"""Cells in which most titles fit on one line."""

IDEAL_VIEWER_WIDTH = 86

MIN_TABLE_HEIGHT = 4
PLACEHOLDER_HEIGHT = 8
"""Lines for the explanation of an empty list."""

TABLE_SHARES = range(20, 81)
"""Percent of the height that the list may take above the summary."""

TABLE_SHARE = 42
RESIZE_STEP = 3
"""Percent of the height, or of the width."""


class PaneGeometry(NamedTuple):
    """Where list and summary are.

    Attributes:
        is_beside: whether the summary is beside the list, and not below it.
        width: the cells of the list if the summary is beside it.
        height: the lines of the list if the summary is below it.
    """

    is_beside: bool
    width: int
    height: int


def can_be_beside(width: int, *, has_sidebar: bool) -> bool:
    """Return whether list and summary fit beside each other in a terminal of this width."""
    return _room(width, has_sidebar=has_sidebar) >= MIN_TABLE_WIDTH + MIN_VIEWER_WIDTH


def _room(width: int, *, has_sidebar: bool) -> int:
    return width - (SIDEBAR_WIDTH if has_sidebar else 0)


def arrange_panes(
    width: int, height: int, *, layout: str, has_sidebar: bool, share: int, rows: int
) -> PaneGeometry:
    """Return where list and summary are.

    Args:
        width: cells of the terminal.
        height: lines for list and summary.
        layout: ``auto``, ``beside`` or ``below``.
        has_sidebar: whether the sidebar takes a part of the width.
        share: percent of the height for the list, in TABLE_SHARES; beside the summary, what it
            differs from TABLE_SHARE is added to the list's width.
        rows: lines that the list could fill, with its heading; 0 if it is empty.
    """
    is_beside = layout == "beside" or (layout == "auto" and width >= BESIDE_WIDTH)
    is_beside = is_beside and can_be_beside(width, has_sidebar=has_sidebar)
    most = height * share // 100
    lines = max(min(most, rows), MIN_TABLE_HEIGHT) if rows else max(most, PLACEHOLDER_HEIGHT)
    room = _room(width, has_sidebar=has_sidebar)
    ideal = min(room - MIN_VIEWER_WIDTH, IDEAL_TABLE_WIDTH)
    ideal = max(ideal, room - IDEAL_VIEWER_WIDTH if room >= 2 * IDEAL_TABLE_WIDTH else 0)
    table_width = ideal + room * (share - TABLE_SHARE) // 100
    table_width = max(MIN_TABLE_WIDTH, min(table_width, room - MIN_TABLE_WIDTH))
    return PaneGeometry(is_beside, table_width, lines)
