"""How far the keys that move go."""

from __future__ import annotations


def distance(how: str, page: int, length: int) -> int:
    """Return by how many lines to move.

    Args:
        how: ``down``, ``up``, ``page_down``, ``page_up``, ``half_down``, ``half_up``, ``top`` or
            ``bottom``.
        page: lines that are seen at once.
        length: lines that there are.

    Returns:
        Lines, negative upward; more than there are for the ends.
    """
    half = max(page // 2, 1)
    lines = {"down": 1, "page_down": page, "half_down": half, "bottom": length}
    lines |= {"up": -1, "page_up": -page, "half_up": -half, "top": -length}
    return lines[how]
