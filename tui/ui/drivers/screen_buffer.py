"""A model of a terminal's screen, and the shortest output that updates it. No input or output.

SGR (Select Graphic Rendition), the styles of cells, is defined in ECMA-48, section 8.3.117;
hyperlinks are OSC 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes


class CellStyle(NamedTuple):
    """The style of a cell.

    Attributes:
        attributes: SGR codes of the attributes that are on, such as "1" for bold.
        foreground: SGR codes of the text color, such as "38;5;253"; "" for the default.
        background: SGR codes of the background color; "" for the default.
        link: parameters and address of an OSC 8 hyperlink, "id=7;https://…"; "" for none.
        is_blank: whether only the background of the cell is visible.
    """

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""
    is_blank: bool = False


PLAIN = CellStyle()

_VISIBLE_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""SGR codes that are visible on a space: underlines, strike-through, overline and reverse."""


@lru_cache(maxsize=4096)
def _apply_sgr(style: CellStyle, codes: str) -> CellStyle:
    """Return a style after an SGR sequence with the given codes, such as "1;38;5;253"."""
    parts = iter(codes.split(";"))
    for code in parts:
        if code in {"", "0"}:
            style = CellStyle(link=style.link)
        elif code == "38":
            style = style._replace(foreground=_extended_color(code, parts))
        elif code == "48":
            style = style._replace(background=_extended_color(code, parts))
        elif code.startswith(("3", "9")) and code not in {"3", "9"}:
            style = style._replace(foreground="" if code == "39" else code)
        elif code.startswith(("4", "10")) and code != "4":
            style = style._replace(background="" if code == "49" else code)
        else:
            style = style._replace(attributes=style.attributes | {code})
    return style


def _extended_color(code: str, parts: Iterator[str]) -> str:
    """Return an extended color; consumes the codes that follow its 38 or 48."""
    kind = next(parts, "5")
    return ";".join((code, kind, *(next(parts, "0") for _ in range(3 if kind == "2" else 1))))


@lru_cache(maxsize=1024)
def _blank_style(style: CellStyle) -> CellStyle:
    """Normalize the style of a space, so that visually equal blanks compare equal."""
    if style.attributes & _VISIBLE_ON_BLANKS:
        return style
    return CellStyle(background=style.background, link=style.link, is_blank=True)


@lru_cache(maxsize=4096)
def _transition(current: CellStyle, target: CellStyle) -> tuple[str, CellStyle]:
    """Return the escape sequences that change a terminal's style, and the style after them.

    A blank changes only what is visible on it.
    """
    if target.is_blank and not current.attributes & _VISIBLE_ON_BLANKS:
        target = current._replace(background=target.background, link=target.link)
    else:
        target = target._replace(is_blank=False)
    if current.attributes <= target.attributes:
        codes, before = sorted(target.attributes - current.attributes), current
    else:
        codes, before = ["0", *sorted(target.attributes)], PLAIN
    if target.foreground != before.foreground:
        codes.append(target.foreground or "39")
    if target.background != before.background:
        codes.append(target.background or "49")
    link = f"\x1b]8;{target.link or ';'}\x1b\\" if target.link != current.link else ""
    return (f"\x1b[{';'.join(codes)}m" if codes else "") + link, target


Cell = tuple[str, CellStyle] | None
"""A character and its style; "" marks the second cell of a wide one, None an unknown cell."""

_TOKEN = re.compile(
    r"(?P<text>[^\x1b\r\n]+)"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|\x1b\[(?P<position>[\d;]*)H"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<line>\r?\n)"
    r"|(?P<other>\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.?|\r)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_MAX_REWRITTEN_CELLS = 3
"""Rewriting at most this many unchanged cells is shorter than moving the cursor over them."""


class CellPosition(NamedTuple):
    """The zero-based column and line of a cell."""

    x: int
    y: int


UNKNOWN_POSITION = CellPosition(-1, -1)
"""The cursor's position before it is first set."""


class ScreenBuffer:
    """The cells of a terminal's screen, all unknown at first. Lines do not wrap or scroll.

    Args:
        width: columns.
        height: lines.
    """

    def __init__(self, width: int, height: int) -> None:
        self.size = self.width, self.height = width, height
        self.cursor = UNKNOWN_POSITION
        self._style = PLAIN
        self._rows: list[list[Cell]] = [[None] * width for _ in range(height)]

    def apply(self, data: str) -> str:
        """Apply output written to the terminal.

        Args:
            data: text and complete escape sequences.

        Returns:
            Sequences other than cursor moves, styles and links. They change no cell and must be
            sent to the terminal unchanged.
        """
        others = []
        for token in _TOKEN.finditer(data):
            kind, value = token.lastgroup, token[token.lastgroup or 0]
            if kind == "text":
                others += _CONTROL.findall(value)
                self._write(_CONTROL.sub("", value))
            elif kind == "style":
                self._style = _apply_sgr(self._style, value)
            elif kind == "position":
                line, _, column = value.partition(";")
                self.cursor = CellPosition(int(column or 1) - 1, int(line or 1) - 1)
            elif kind == "link":
                self._style = self._style._replace(link="" if value == ";" else value)
            elif kind == "line":
                self.cursor = CellPosition(0, self.cursor.y + 1)
            else:
                others.append(value)
        return "".join(others)

    def _write(self, text: str) -> None:
        x, y = self.cursor
        style, blank = self._style, _blank_style(self._style)
        cells: list[Cell]
        if text.isascii():
            cells = [(grapheme, blank if grapheme == " " else style) for grapheme in text]
        else:
            cells = []
            for start, end, width in split_graphemes(text)[0]:
                grapheme = text[start:end]
                if width:
                    cells.append((grapheme, blank if grapheme == " " else style))
                    cells += [("", style)] * (width - 1)
                elif cells and cells[-1] is not None and cells[-1][0]:
                    cells[-1] = (cells[-1][0] + grapheme, style)
        self.cursor = CellPosition(x + len(cells), y)
        if 0 <= y < self.height:
            self._put(x, y, cells[: max(0, self.width - x)], (" ", blank))

    def forget(self, y: int, columns: int) -> None:
        """Forget what the first cells of a line show."""
        if y < self.height:
            self._rows[y][:columns] = [None] * min(columns, self.width)

    def _put(self, x: int, y: int, cells: list[Cell], orphan: Cell) -> None:
        """Write cells into a line, and ``orphan`` where a wide character loses its other half."""
        row = self._rows[y]
        end = x + len(cells)
        if cells and x and _is_second_half(row[x]):
            row[x - 1] = orphan
        if end < self.width and _is_second_half(row[end]):
            row[end] = orphan
        row[x:end] = cells

    def update_to(self, target: ScreenBuffer) -> str:
        """Return the output that makes the terminal show another buffer, and become equal to it.

        Args:
            target: a buffer of the same size. Its unknown cells are left as they are.
        """
        output: list[str] = []
        style = PLAIN
        position = self.cursor
        for y, (row, new) in enumerate(zip(self._rows, target._rows, strict=True)):
            if row == new:
                continue
            for x, cell in enumerate(new):
                if cell is None or not cell[0]:
                    continue
                width = 2 if x + 1 < self.width and _is_second_half(new[x + 1]) else 1
                # The second half of a wide character is redrawn with its first half.
                if row[x] == cell and (width == 1 or _is_second_half(row[x + 1])):
                    continue
                if position != (x, y):
                    output.append(_cursor_move(position, CellPosition(x, y), new, style))
                character, cell_style = cell
                if style != cell_style:
                    sequences, style = _transition(style, cell_style)
                    output.append(sequences)
                output.append(character)
                position = CellPosition(x + width, y)
                self._put(x, y, new[x : x + width], None)
        if style != PLAIN:
            output.append("\x1b]8;;\x1b\\\x1b[m" if style.link else "\x1b[m")
        if position != target.cursor != UNKNOWN_POSITION:
            output.append(_cursor_to(target.cursor))
        self.cursor = target.cursor
        return "".join(output)


def _is_second_half(cell: Cell) -> bool:
    return cell is not None and not cell[0]


def _cursor_move(start: CellPosition, to: CellPosition, row: list[Cell], style: CellStyle) -> str:
    """Return the shortest output that moves the cursor to another position."""
    if start.y != to.y or start.x > to.x:
        return _cursor_to(to)
    between = row[start.x : to.x]
    if len(between) <= _MAX_REWRITTEN_CELLS and all(cell and cell[0].isascii() for cell in between):
        cells = [cell for cell in between if cell]
        if all(character and not _transition(style, needed)[0] for character, needed in cells):
            return "".join(character for character, _ in cells)
    # Use an absolute column: the terminal may measure the preceding text differently.
    return f"\x1b[{to.x + 1}G"


def _cursor_to(to: CellPosition) -> str:
    return f"\x1b[{to.y + 1};{to.x + 1}H" if to != (0, 0) else "\x1b[H"
