"""Pictures as lines of a text: by kitty's graphics protocol, or by half blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from tui.terminal.pictures import kitty
from tui.terminal.pictures.grid import CellSize, fit
from tui.ui.typeset.spans import Line

if TYPE_CHECKING:
    from tui.terminal.pictures.decoding import Picture

HALF_BLOCK = "▀"

_HALF_BLOCK_BYTES = 40
"""What a cell with two colors takes on the way to the terminal, at most."""

_FEW_COLORS = 32
"""Colors of a picture over SSH: neighbors of one color take no further bytes."""

MAX_KEPT_PICTURES = 30
"""Pictures that the terminal keeps for when they are shown again."""

MIN_ROWS = 3


class PictureDisplay:
    """A way to show pictures: half blocks, which every terminal with enough colors has.

    Args:
        max_bytes: the limit for one picture; 0 for none.
    """

    needs_png = False
    """Whether pictures are sent as PNG."""

    kept_side = 400
    """Pixels of the longer side that are kept, of a few dozen pictures."""

    def __init__(self, max_bytes: int = 0) -> None:
        self._max_bytes = max_bytes
        self._pictures: dict[str, Picture] = {}

    def has(self, url: str) -> bool:
        """Return whether a picture is kept."""
        return url in self._pictures

    def add(self, url: str, picture: Picture, png: bytes) -> None:  # noqa: ARG002
        """Keep a picture; the first of too many is dropped."""
        while len(self._pictures) >= MAX_KEPT_PICTURES:
            self._drop(next(iter(self._pictures)))
        self._pictures[url] = picture.reduced(self.kept_side)

    def lines(self, url: str, max_columns: int, max_rows: int) -> list[Line]:
        """Return the lines of a picture that is kept."""
        picture = self._pictures[url]
        max_cells = self._max_bytes // _HALF_BLOCK_BYTES
        max_columns = min(max_columns, picture.width)
        size = fit(picture.aspect, max_columns, max_rows, max_cells)
        colors = _FEW_COLORS if self._max_bytes else 0
        # There are no pictures without Pillow.
        from tui.terminal.pictures.decoding import half_cells

        return [_picture_line(row) for row in half_cells(picture, *size, colors)]

    def clear(self) -> None:
        """Drop all pictures."""
        for url in list(self._pictures):
            self._drop(url)

    def _drop(self, url: str) -> None:
        del self._pictures[url]


def _picture_line(cells: Sequence[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> Line:
    drawing = []
    for (upper, lower), run in groupby(cells):
        style = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
        drawing.append(Segment(HALF_BLOCK * len(list(run)), style))
    return Line(drawing=tuple(drawing), separator="")


class KittyDisplay(PictureDisplay):
    """Kitty's graphics protocol. A picture is sent once, however often it is drawn.

    Args:
        send: writes sequences to the terminal.
        has_true_color: whether colors reach it as 24 bits, and not as numbers of a palette.
    """

    needs_png = True
    kept_side = 1

    def __init__(self, send: Callable[[str], object], *, has_true_color: bool) -> None:
        super().__init__()
        self._send = send
        self._has_true_color = has_true_color
        self._colors = iter(_number_colors())
        self._numbers: dict[str, tuple[int, Color]] = {}
        self._free: list[tuple[int, Color]] = []
        self._sizes: dict[str, CellSize] = {}

    def add(self, url: str, picture: Picture, png: bytes) -> None:
        """Keep a picture and send it to the terminal."""
        super().add(url, picture, png)
        if self._free:
            number, color = self._free.pop()
        else:
            index, color = next(self._colors)
            red, green, blue = color.get_truecolor()
            number = (red << 16 | green << 8 | blue) if self._has_true_color else index
        self._numbers[url] = number, color
        self._send(kitty.transmission(number, png))

    def lines(self, url: str, max_columns: int, max_rows: int) -> list[Line]:
        """Return the placeholders of a picture; its size is sent if it has changed."""
        max_rows = min(max_rows, kitty.MAX_ROWS)
        picture = self._pictures[url]
        size = fit(picture.aspect, min(max_columns, picture.width), max_rows)
        number, color = self._numbers[url]
        if self._sizes.get(url) != size:
            self._sizes[url] = size
            self._send(kitty.placement(number, *size))
        style = Style(color=color)
        return [
            Line(
                drawing=(Segment(kitty.placeholders(row, size.columns), style),),
                separator="",
            )
            for row in range(size.rows)
        ]

    def _drop(self, url: str) -> None:
        super()._drop(url)
        self._sizes.pop(url, None)
        self._free.append(self._numbers.pop(url))
        self._send(kitty.deletion(self._free[-1][0]))


def _number_colors() -> list[tuple[int, Color]]:
    """Return colors by which to number pictures.

    Textual turns all colors into 24 bits, and Rich turns them back for terminals with a palette of
    256: only colors that survive this are of use.
    """
    colors = []
    for index in range(17, 232):  # number 0 is invalid, which black would be
        triplet = Color.from_ansi(index).get_truecolor()
        color = Color.from_triplet(triplet)
        if color.downgrade(_EIGHT_BIT).number == index:
            colors.append((index, color))
    return colors


_EIGHT_BIT = ColorSystem.EIGHT_BIT
