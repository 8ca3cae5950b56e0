"""Every sign on the screen that is no word, once: for terminals of all kinds, and in ASCII.

Each is one cell wide in every terminal, as the usual ones are not where East Asian widths apply.
"""

from __future__ import annotations

from typing import NamedTuple

CHOICES = ("auto", "unicode", "ascii")
"""What the reader may set; ``auto`` goes by the terminal."""


class Glyphs(NamedTuple):
    """The signs.

    Attributes:
        ellipsis: something was cut off here.
        new: before a day that was not there at the last visit.
        unread: before a paper.
        star: likewise.
        note: likewise.
        folded: before what can be unfolded.
        unfolded: before what can be folded.
        down: sorted from the most to the least.
        up: sorted from the least to the most.
        bullets: of lists, by depth.
        bar: the cells that a bar ends with, from the emptiest to the full one it is made of.
        heat: how much there is on a day, from the least to the most.
    """

    ellipsis: str
    new: str
    unread: str
    star: str
    note: str
    folded: str
    unfolded: str
    down: str
    up: str
    bullets: tuple[str, ...]
    bar: tuple[str, ...]
    heat: tuple[str, ...]


UNICODE = Glyphs(
    "⋯", "∙", "∙", "*", '"', "▸", "▾", "▾", "▴", ("∙", "⁃", "‣"),
    ("⡇", "⣿"), ("⡀", "⣀", "⣤", "⣶", "⣿"),
)  # fmt: skip
ASCII = Glyphs(
    "~", ".", ".", "*", '"', "+", "-", "v", "^", ("*", "-", "+"), ("=",), (".", "-", "+", "x", "#"),
)  # fmt: skip

_drawn = UNICODE


def drawn() -> Glyphs:
    """Return the signs that are drawn."""
    return _drawn


def draw(signs: Glyphs) -> None:
    """Draw these signs from now on."""
    global _drawn  # noqa: PLW0603  # one program draws on one terminal
    _drawn = signs
