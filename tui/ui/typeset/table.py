"""Tables → lines. One that is too wide for its columns is told row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rich.cells import cell_len

from tui.ui.typeset.blocks import Align, Table
from tui.ui.typeset.inline import InlineText
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap, wrap_lines

_GAP = 2
_LONGEST_WORD = 14
"""Cells; a column is broken within words that are longer."""


def lay_out_table(table: Table, width: int) -> Iterator[Line]:
    """Yield the lines of a table, none wider than ``width`` cells."""
    columns = len(table.aligns)
    widths = _column_widths(table, width - _GAP * (columns - 1))
    if widths is None:
        yield from _row_by_row(table, width)
        return
    for number, row in enumerate(table.rows):
        if not any(row):
            continue
        styles = () if number else ("table-head",)
        cells = [
            wrap([span.add_styles(*styles) for span in cell], room)
            for cell, room in zip(row, widths, strict=True)
        ]
        for at in range(max(map(len, cells))):
            texts = [cell[at] if at < len(cell) else () for cell in cells]
            yield _row(texts, widths, table.aligns)
        if number == 0:
            rule = (" " * _GAP).join("-" * room for room in widths)
            yield Line((Span(rule, "muted"),))


def _row(texts: Sequence[InlineText], widths: Sequence[int], aligns: Sequence[Align]) -> Line:
    spans: list[Span] = []
    owed = 0  # spaces are set before a text only: nobody needs them at the end of a line
    for text, room, align in zip(texts, widths, aligns, strict=True):
        free = room - cell_len("".join(span.text for span in text))
        before = {"left": 0, "right": free, "center": free // 2}[align] if text else 0
        if text:
            spans += [Span(" " * (owed + before)), *text] if owed + before else text
            owed = 0
        owed += free - before + _GAP
    return Line(tuple(spans))


def _column_widths(table: Table, width: int) -> list[int] | None:
    """Give each column what it needs; where that is too much, the widest give way.

    Returns:
        The widths; None if words would have to be broken.
    """
    needs = [1] * len(table.aligns)
    least = [1] * len(table.aligns)
    for row in table.rows:
        for column, cell in enumerate(row):
            lines = "".join([span.text for span in cell]).split("\n")
            needs[column] = max(needs[column], *map(cell_len, lines))
            if needs[column] > least[column]:
                words = chain.from_iterable(map(str.split, lines))
                longest = max(map(cell_len, words), default=0)
                least[column] = max(least[column], min(longest, _LONGEST_WORD))
    if sum(least) > width:
        return None
    level = _level(needs, least, width)
    widths = [max(low, min(need, level)) for low, need in zip(least, needs, strict=True)]
    for column, need in enumerate(needs):
        # What a whole cell for each of the widest did not use up.
        if need > widths[column] == level and sum(widths) < width:
            widths[column] += 1
    return widths


def _level(needs: Sequence[int], least: Sequence[int], width: int) -> int:
    """Return the greatest width to which columns can be cut so that all fit."""
    low, high = 0, max(needs)
    while low < high:
        middle = (low + high + 1) // 2
        asked = sum(max(few, min(need, middle)) for few, need in zip(least, needs, strict=True))
        low, high = (middle, high) if asked <= width else (low, middle - 1)
    return low


def _row_by_row(table: Table, width: int) -> Iterator[Line]:
    """Yield each row as a list of what its columns are called and say."""
    head, *rows = table.rows
    for number, row in enumerate(filter(any, rows or [head])):
        if number:
            yield Line()
        for name, cell in zip(head, row, strict=True):
            if not cell:
                continue
            label = [span.add_styles("table-head") for span in name]
            spans = [*label, Span(": "), *cell] if label and rows else [*cell]
            for at, line in enumerate(wrap_lines(spans, width, hang=2)):
                yield line.indent_with(Span("  ")) if at else line
