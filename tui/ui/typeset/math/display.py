r"""Displayed formulas: ``$$…$$``, ``\[…\]`` and environments such as ``align``.

What is too wide is broken before a relation or an operator, line by line of the source; what cannot
be broken is shown on one line, which is wrapped like text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.library.export.latex_tokens import LatexError
from tui.ui.typeset.latex_to_text import latex_to_text
from tui.ui.typeset.math.boxes import Box, beside, text_box
from tui.ui.typeset.math.latex_parser import parse_rows
from tui.ui.typeset.math.nodes import Fenced, Kind, Node, Row, Symbol
from tui.ui.typeset.math.one_line import one_line
from tui.ui.typeset.math.symbols import ALIGNED, CENTERED
from tui.ui.typeset.math.two_dimensional import (
    Part,
    aligned_rows,
    box_of,
    items_of,
    joined,
    parts_of,
)

MAX_SOURCE_CHARS = 4000
"""Longer formulas are shown on one line, whose cost is linear."""

_MAX_LINES = 60
"""Higher rows are shown on one line."""

_HANG = 2
"""Cells by which the continuation of a row is indented."""

_ENVIRONMENT = re.compile(
    r"\s*\\begin\{(?P<name>[a-z]+)(?P<star>\*?)\}(?:(?<=at\})\{\d*\}|(?<=at\*\})\{\d*\})?"
    r"(?P<body>.*)\\end\{(?P=name)(?P=star)\}\s*",
    re.DOTALL,
)


def lay_out_display(source: str, width: int) -> Iterator[str | Box]:
    """Lay out a displayed formula.

    Args:
        source: LaTeX.
        width: the width in cells, at least 2.

    Yields:
        Boxes of at most that width, and texts to be wrapped; each starts a line.
    """
    if len(source) > MAX_SOURCE_CHARS:
        yield from _as_text(source)
        return
    try:
        rows, aligns = _rows(source)
    except LatexError:
        yield from _as_text(source)
        return
    whole = aligned_rows(rows, aligns)
    if whole.width <= width and whole.height <= _MAX_LINES * len(rows):
        yield whole
        return
    before: str | Box | None = None
    for row in rows:
        for piece in _broken(row, width):
            if before is not None and (_is_tall(before) or _is_tall(piece)):
                yield ""
            yield piece
            before = piece


def is_tall(source: str) -> bool:
    """Return whether a formula takes more than one line."""
    if len(source) > MAX_SOURCE_CHARS:
        return False
    try:
        rows, aligns = _rows(source)
    except LatexError:
        return False
    return aligned_rows(rows, aligns).height > 1


def _is_tall(piece: str | Box) -> bool:
    return isinstance(piece, Box) and piece.height > 1


def _as_text(source: str) -> Iterator[str]:
    yield from filter(str.strip, map(latex_to_text, source.split("\n")))


def _rows(source: str) -> tuple[Sequence[tuple[Node, ...]], str]:
    """Return the cells of a display, and how its columns are aligned."""
    aligns = "rl"
    for _level in range(3):
        match = _ENVIRONMENT.fullmatch(source)
        if match is None or match["name"] not in ALIGNED:
            break
        source = match["body"]
        aligns = "c" if match["name"] in CENTERED else "rl"
    rows = parse_rows(source)
    if all(len(row) == 1 for row in rows):
        aligns = "l"
    return rows, aligns


def _broken(row: Sequence[Node], width: int) -> Iterator[str | Box]:
    """Yield the lines of one row of a display."""
    items = [item for cell in row for item in items_of(cell)]
    # Long content of delimiters is broken as well, which then do not grow.
    for max_fenced_width in (width, width // 2, 0):
        opened = Row(tuple(_opened(items, max_fenced_width)))
        pieces = list(_lines(parts_of(opened, grows=max_fenced_width == width), width))
        if all(piece.width <= width and piece.height <= _MAX_LINES for piece in pieces):
            yield from pieces
            return
    yield " ".join("".join(map(one_line, row)).split())


def _lines(parts: Sequence[Part], width: int) -> Iterator[Box]:
    """Yield the lines of a row; those after the first are indented."""
    start = 0
    for end in _breaks(parts, width):
        line = joined(parts[start:end])
        yield beside([text_box(" " * _HANG), line]) if start else line
        start = end


def _opened(items: Sequence[Node], width: int) -> Iterator[Node]:
    """Yield the items of a row, with the content of delimiters that are too far apart."""
    for item in items:
        if isinstance(item, Fenced) and box_of(item).width > width:
            yield Symbol(item.left, Kind.OPEN)
            yield from _opened(items_of(item.body), width)
            yield Symbol(item.right, Kind.CLOSE)
        else:
            yield item


def _breaks(parts: Sequence[Part], width: int) -> Iterator[int]:
    """Yield where lines end: as late as possible, and at last at the end of the row."""
    used, possible = 0, 0
    start = 0
    for index, part in enumerate(parts):
        if index > start and (part.may_start_line or parts[index - 1].may_end_line):
            possible = index
        used += part.gap + part.box.width
        if used - parts[start].gap > width - (_HANG if start else 0) and possible > start:
            yield possible
            start = possible
            used = sum(each.gap + each.box.width for each in parts[start : index + 1])
    yield len(parts)
