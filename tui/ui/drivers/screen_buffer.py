"""The cells of a terminal: what it shows once it has drawn what was written to it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import split_graphemes

from tui.ui.drivers.cell_style import PLAIN, CellStyle, blank, change, changed, styled

Cell = tuple[str, CellStyle] | None
"""A character and its look; "" is the second cell of a wide one, None what nobody knows."""

_TOKEN = re.compile(
    r"(?P<text>[^\x1b\r\n]+)"
    r"|\x1b\[(?P<look>[\d;]*)m"
    r"|\x1b\[(?P<place>[\d;]*)H"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<line>\r?\n)"
    r"|(?P<other>\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.?|\r)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_NEAR = 3
"""Cells; so few are written once more rather than jumped over."""


class CellPosition(NamedTuple):
    """A cell's column and line, counted from 0."""

    x: int
    y: int


NOWHERE = CellPosition(-1, -1)
"""Where the cursor is, as long as nobody has placed it."""


class ScreenBuffer:
    """The cells of a terminal of a size.

    Nothing of it is known at first. Lines do not wrap, and nothing scrolls.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.cursor = NOWHERE
        self._look = PLAIN
        self._rows: list[list[Cell]] = [[None] * width for _ in range(height)]

    def draw(self, data: str) -> str:
        """Draw what is written to a terminal.

        Args:
            data: whole sequences, which place the cursor, style text and link it, and text.

        Returns:
            What it holds besides: it changes no cell, and is for the terminal as it is.
        """
        others = []
        for token in _TOKEN.finditer(data):
            kind, found = token.lastgroup, token[token.lastgroup or 0]
            if kind == "text":
                others += _CONTROL.findall(found)
                self._write(_CONTROL.sub("", found))
            elif kind == "look":
                self._look = styled(self._look, found)
            elif kind == "place":
                line, _, column = found.partition(";")
                self.cursor = CellPosition(int(column or 1) - 1, int(line or 1) - 1)
            elif kind == "link":
                self._look = self._look._replace(link="" if found == ";" else found)
            elif kind == "line":
                self.cursor = CellPosition(0, self.cursor.y + 1)
            else:
                others.append(found)
        return "".join(others)

    def _write(self, text: str) -> None:
        x, y = self.cursor
        look, space = self._look, blank(self._look)
        cells: list[Cell]
        if text.isascii():
            cells = [(each, space if each == " " else look) for each in text]
        else:
            cells = []
            for start, end, width in split_graphemes(text)[0]:
                each = text[start:end]
                if width:
                    cells.append((each, space if each == " " else look))
                    cells += [("", look)] * (width - 1)
                elif cells and cells[-1] is not None and cells[-1][0]:
                    cells[-1] = (cells[-1][0] + each, look)
        self.cursor = CellPosition(x + len(cells), y)
        if 0 <= y < self.height:
            self._put(x, y, cells[: max(0, self.width - x)], (" ", space))

    def _put(self, x: int, y: int, cells: list[Cell], torn: Cell) -> None:
        """Put cells into a line, and ``torn`` into those that lose the other half of theirs."""
        row = self._rows[y]
        end = x + len(cells)
        if cells and x and _is_second(row[x]):
            row[x - 1] = torn
        if end < self.width and _is_second(row[end]):
            row[end] = torn
        row[x:end] = cells

    def catch_up(self, wanted: ScreenBuffer) -> str:
        """Return what a terminal has to be sent to show another grid, and show that.

        Args:
            wanted: a grid of the same size. What is not known there is left as it is.
        """
        out: list[str] = []
        look = PLAIN
        at = self.cursor
        for y, (row, new) in enumerate(zip(self._rows, wanted._rows, strict=True)):
            if row == new:
                continue
            for x, cell in self._unlike(y, new):
                if at != (x, y):
                    out.append(_move(at, CellPosition(x, y), new, look))
                character, wished = cell
                if look != wished:
                    out.append(change(look, wished))
                    look = changed(look, wished)
                out.append(character)
                width = 2 if x + 1 < self.width and _is_second(new[x + 1]) else 1
                at = CellPosition(x + width, y)
                self._put(x, y, new[x : x + width], None)
        if look != PLAIN:
            out.append("\x1b]8;;\x1b\\\x1b[m" if look.link else "\x1b[m")
        if at != wanted.cursor != NOWHERE:
            out.append(_jump(wanted.cursor))
        self.cursor = wanted.cursor
        return "".join(out)

    def _unlike(self, y: int, new: list[Cell]) -> Iterator[tuple[int, tuple[str, CellStyle]]]:
        """Yield places and new cells of a line that looks otherwise; it may change meanwhile."""
        row = self._rows[y]
        for x, cell in enumerate(new):
            if cell is not None and cell[0] and (row[x] != cell or _loses_half(row, new, x)):
                yield x, cell


def _is_second(cell: Cell) -> bool:
    return cell is not None and not cell[0]


def _loses_half(row: list[Cell], new: list[Cell], x: int) -> bool:
    """Tell whether the second half of a wide character is not there, though the first one is."""
    return x + 1 < len(new) and _is_second(new[x + 1]) and not _is_second(row[x + 1])


def _move(at: CellPosition, to: CellPosition, row: list[Cell], look: CellStyle) -> str:
    """Return the shortest that brings the cursor to another place."""
    if at.y != to.y or at.x > to.x:
        return _jump(to)
    between = row[at.x : to.x]
    if len(between) <= _NEAR and all(cell and cell[0].isascii() for cell in between):
        cells = [cell for cell in between if cell]
        if all(cell[0] and changed(look, cell[1]) == look for cell in cells):
            return "".join(cell[0] for cell in cells)
    # By its column, not from here: the terminal may not agree how wide the text before it is.
    return f"\x1b[{to.x + 1}G"


def _jump(to: CellPosition) -> str:
    return f"\x1b[{to.y + 1};{to.x + 1}H" if to != (0, 0) else "\x1b[H"
