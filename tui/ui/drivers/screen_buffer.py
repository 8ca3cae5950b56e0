"""A model of a terminal's screen, and the shortest output that updates it. No input or output.

SGR (Select Graphic Rendition), the styles of cells, is defined in ECMA-48, section 8.3.117;
hyperlinks are OSC 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes


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
    """Normalize the style of a space, so that visually equal blanks have the same object."""
    if style.attributes & _VISIBLE_ON_BLANKS:
        return style
    return _blank(style.background, style.link)


@lru_cache(maxsize=1024)
def _blank(background: str, link: str) -> CellStyle:
    return CellStyle(background=background, link=link, is_blank=True)


@lru_cache(maxsize=4096)
def _transition(current: CellStyle, target: CellStyle) -> tuple[str, CellStyle]:
    """Return the escape sequences that change a terminal's style, and the style after them.

    A blank changes only what is visible on it.
    """
    if target.is_blank and not current.attributes & _VISIBLE_ON_BLANKS:
        target = current._replace(background=target.background, link=target.link)
    elif target.is_blank:
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

_MAX_CACHED_CELLS = 256
"""Characters of one style whose cells are kept."""


class _StyledCells(dict[str, tuple[str, CellStyle]]):
    """The cells of a style, by their character.

    Equal cells are mostly the same object: comparing them is fast, and creating them is not needed.
    """

    def __init__(self, style: CellStyle) -> None:
        super().__init__({" ": (" ", _blank_style(style))})
        self._style = style

    def __missing__(self, character: str) -> tuple[str, CellStyle]:
        cell = (character, self._style)
        if len(self) < _MAX_CACHED_CELLS:
            self[character] = cell
        return cell

    def of(self, text: str) -> list[Cell]:
        """Return the cells of a text without control characters."""
        if text.isascii():
            return list(map(self.__getitem__, text))
        widths = list(map(get_character_cell_size, text))
        graphemes: Iterable[tuple[str, int]] = zip(text, widths, strict=True)
        if 0 in widths:
            spans = split_graphemes(text)[0]
            graphemes = ((text[start:end], width) for start, end, width in spans if width)
        cells: list[Cell] = []
        for grapheme, width in graphemes:
            cells.append(self[grapheme])
            if width > 1:
                cells.append(self[""])
        return cells


_styled_cells = lru_cache(maxsize=128)(_StyledCells)

_TOKEN = re.compile(
    r"\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|\x1b\[(?P<position>[\d;]*)H"
    r"|(?P<line>\r?\n)"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<other>\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.?|.)",
    re.DOTALL,
)
_STYLE, _TEXT, _POSITION, _LINE, _LINK = range(1, 6)
"""The groups of the tokens."""

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
        style = self._style
        for token in _TOKEN.finditer(data):
            kind = token.lastindex
            if kind == _TEXT:
                self._write(token[_TEXT], style)
            elif kind == _STYLE:
                style = _apply_sgr(style, token[_STYLE])
            elif kind == _POSITION:
                line, _, column = token[_POSITION].partition(";")
                self.cursor = CellPosition(int(column or 1) - 1, int(line or 1) - 1)
            elif kind == _LINE:
                self.cursor = CellPosition(0, self.cursor.y + 1)
            elif kind == _LINK:
                link = token[_LINK]
                style = style._replace(link="" if link == ";" else link)
            else:
                others.append(token[0])
        self._style = style
        return "".join(others)

    def _write(self, text: str, style: CellStyle) -> None:
        x, y = self.cursor
        styled = _styled_cells(style)
        cells = styled.of(text)
        self.cursor = CellPosition(x + len(cells), y)
        if 0 <= y < self.height:
            self._put(x, y, cells[: max(0, self.width - x)], styled[" "])

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
        style, blank = PLAIN, _blank_style(PLAIN)
        x, y = self.cursor
        for line, (row, new) in enumerate(zip(self._rows, target._rows, strict=True)):
            if row == new:
                continue
            for start, end in _changed_runs(row, new):
                cells = new[start:end]
                if line != y:
                    output.append(_cursor_to(CellPosition(start, line)))
                elif start != x:
                    between = new[x:start]
                    if between and _can_rewrite(between, style, blank):
                        cells = between + cells
                    else:
                        # An absolute column: the terminal may measure the text before it
                        # differently.
                        output.append(f"\x1b[{start + 1}G")
                for character, cell_style in filter(None, cells):
                    if cell_style is not style and cell_style is not blank:
                        sequences, style = _transition(style, cell_style)
                        blank = _blank_style(style)
                        output.append(sequences)
                    output.append(character)
                x, y = end, line
                self._put(start, y, new[start:end], None)
        if style != PLAIN:
            output.append("\x1b]8;;\x1b\\\x1b[m" if style.link else "\x1b[m")
        if (x, y) != target.cursor != UNKNOWN_POSITION:
            output.append(_cursor_to(target.cursor))
        self.cursor = target.cursor
        return "".join(output)


def _is_second_half(cell: Cell) -> bool:
    return cell is not None and not cell[0]


def _changed_runs(row: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the columns at which runs of known cells that differ begin and end.

    Both halves of a wide character are in the same run.
    """
    pairs = enumerate(zip(row, new, strict=True))
    changed = [x for x, (old, cell) in pairs if old is not cell and old != cell and cell]
    start = end = 0
    for x in [*changed, len(new) + 1]:
        if x != end:
            if end > start:
                yield start, end + (end < len(new) and _is_second_half(new[end]))
            start = x - (x < len(new) and _is_second_half(new[x]))
        end = x + 1


def _can_rewrite(cells: list[Cell], *styles: CellStyle) -> bool:
    """Return whether writing unchanged cells again is shorter than moving the cursor over them.

    Wide characters are not: the terminal may measure them differently.
    """
    return len(cells) <= _MAX_REWRITTEN_CELLS and all(
        cell and cell[0] and cell[0].isascii() and cell[1] in styles for cell in cells
    )


def _cursor_to(to: CellPosition) -> str:
    return f"\x1b[{to.y + 1};{to.x + 1}H" if to != (0, 0) else "\x1b[H"
