"""The symbols on the screen, in Unicode and in ASCII.

Each is one cell wide in every terminal. Many common symbols are not: where East Asian widths apply,
they take two cells.
"""

from __future__ import annotations

from typing import NamedTuple

GLYPH_SETS = ("auto", "unicode", "ascii")
"""The values of the setting ``signs``; ``auto`` depends on the terminal."""


class Glyphs(NamedTuple):
    """A set of symbols.

    Attributes:
        ellipsis: marks text that was cut off.
        separator: between two numbers of the status line.
        new: before a day with new papers that nobody has opened.
        unread: before an unread paper.
        star: before a starred paper.
        note: before a paper with a note.
        hidden: before a hidden paper.
        later: before a paper of the reading list.
        selected: before a selected paper.
        current: before the current section of an outline.
        collapsed: before an item that can be expanded.
        expanded: before an item that can be collapsed.
        descending: beside the heading of a column in descending order.
        ascending: beside the heading of a column in ascending order.
        bullets: of lists, by depth.
        bar: partial blocks for the end of a bar, ending with the full block.
        heat: the cells of a heat map, from the least to the most.
    """

    ellipsis: str
    separator: str
    new: str
    unread: str
    star: str
    note: str
    hidden: str
    later: str
    selected: str
    current: str
    collapsed: str
    expanded: str
    descending: str
    ascending: str
    bullets: tuple[str, ...]
    bar: tuple[str, ...]
    heat: tuple[str, ...]


UNICODE = Glyphs(
    "⋯", "⋅", "∙", "∙", "*", '"', "⁃", "»", "▪", "▸", "▸", "▾", "▾", "▴", ("∙", "⁃", "‣"),
    ("⡇", "⣿"), ("⡀", "⣀", "⣤", "⣶", "⣿"),
)  # fmt: skip
ASCII = Glyphs(
    "~", "|", ".", ".", "*", '"', "-", ">", "=", ">", "+", "-", "v", "^", ("*", "-", "+"), ("=",),
    (".", "-", "+", "x", "#"),
)  # fmt: skip

_current = UNICODE


def current_glyphs() -> Glyphs:
    """Return the symbols in use."""
    return _current


def use_glyphs(glyphs: Glyphs) -> None:
    """Use these symbols from now on."""
    global _current  # noqa: PLW0603  # a process has one terminal
    _current = glyphs
