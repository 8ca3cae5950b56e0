"""Fit text into terminal cells: East Asian characters take two, combining marks none."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes

from tui.terminal.glyphs import current_glyphs


def truncate(text: str, width: int) -> str:
    """Return text cut to at most ``width`` cells, with an ellipsis if it was cut."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    head = text[: count_fitting_chars(text, width - 1)]
    if cell_len(head) >= width:  # not even the first character fits
        head = ""
    return f"{head.rstrip()}{current_glyphs().ellipsis}"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return text cut or padded to exactly ``width`` cells."""
    text = truncate(text, width)
    padding = " " * (width - cell_len(text))
    return f"{padding}{text}" if right else f"{text}{padding}"


def count_fitting_chars(text: str, width: int, start: int = 0) -> int:
    """Return how many characters from ``start`` fit into ``width`` cells, at least one.

    A character is not separated from its combining marks.
    """
    window = text[start : start + width + 1]
    if window.isascii() and window.isprintable():
        return max(1, min(len(window), width))
    used = 0
    for index in range(start, len(text)):
        cells = cell_len(text[index])
        if not cells:
            return _count_fitting_graphemes(text, width, start)
        used += cells
        if used > width:
            return max(1, index - start)
    return max(1, len(text) - start)


def _count_fitting_graphemes(text: str, width: int, start: int) -> int:
    """Do the same as ``count_fitting_chars`` for text with zero-width characters."""
    length = 2 * width + 16
    while True:
        used = 0
        for begin, _, cells in split_graphemes(text[start : start + length])[0]:
            used += cells
            if used > width and begin:
                return begin
        if start + length >= len(text):
            return len(text) - start
        length *= 4
