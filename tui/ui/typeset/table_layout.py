"""Layout of tables. A table that is too wide for its columns is shown as a list of its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from rich.cells import cell_len

from tui.ui.typeset.blocks import Align, Table
from tui.ui.typeset.inline import InlineText
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap, wrap_lines

_COLUMN_GAP_CELLS = 2

_MAX_WORD_CELLS = 14
"""Longer words may be broken to make a column narrower."""


def lay_out_table(table: Table, width: int) -> Iterator[Line]:
    """Yield the lines of a table, none wider than ``width`` cells."""
    columns = len(table.aligns)
    widths = _column_widths(table, width - _COLUMN_GAP_CELLS * (columns - 1))
    if widths is None:
        yield from _lay_out_as_list(table, width)
        return
    for number, row in enumerate(table.rows):
        if not any(row):
            continue
        styles = () if number else ("table-head",)
        cells = [
            wrap([span.add_styles(*styles) for span in cell], cell_width)
            for cell, cell_width in zip(row, widths, strict=True)
        ]
        for index in range(max(map(len, cells))):
            texts = [cell[index] if index < len(cell) else () for cell in cells]
            yield _row_line(texts, widths, table.aligns)
        if number == 0:
            rule = (" " * _COLUMN_GAP_CELLS).join("-" * cell_width for cell_width in widths)
            yield Line((Span(rule, "muted"),))


def _row_line(texts: Sequence[InlineText], widths: Sequence[int], aligns: Sequence[Align]) -> Line:
    spans: list[Span] = []
    padding = 0  # added only before text, so that lines do not end with spaces
    for text, width, align in zip(texts, widths, aligns, strict=True):
        free = width - cell_len("".join(span.text for span in text))
        before = {"left": 0, "right": free, "center": free // 2}[align] if text else 0
        if text:
            spans += [Span(" " * (padding + before)), *text] if padding + before else text
            padding = 0
        padding += free - before + _COLUMN_GAP_CELLS
    return Line(tuple(spans))


def _column_widths(table: Table, width: int) -> list[int] | None:
    """Return the width of each column, or None if words would have to be broken.

    Columns get the width of their longest line; if that is too much, the widest are narrowed.
    """
    natural = [1] * len(table.aligns)
    minimum = [1] * len(table.aligns)
    for row in table.rows:
        for column, cell in enumerate(row):
            lines = "".join([span.text for span in cell]).split("\n")
            natural[column] = max(natural[column], *map(cell_len, lines))
            if natural[column] > minimum[column]:
                words = chain.from_iterable(map(str.split, lines))
                longest = max(map(cell_len, words), default=0)
                minimum[column] = max(minimum[column], min(longest, _MAX_WORD_CELLS))
    if sum(minimum) > width:
        return None
    limit = _width_limit(natural, minimum, width)
    widths = _limit_widths(natural, minimum, limit)
    for column, natural_width in enumerate(natural):
        # Distribute the cells that remain because the limit was rounded down.
        if natural_width > widths[column] == limit and sum(widths) < width:
            widths[column] += 1
    return widths


def _width_limit(natural: Sequence[int], minimum: Sequence[int], width: int) -> int:
    """Return the largest limit on column widths with which all columns fit."""

    def total(limit: int) -> int:
        return sum(_limit_widths(natural, minimum, limit))

    return bisect_right(range(1, max(natural) + 1), width, key=total)


def _limit_widths(natural: Sequence[int], minimum: Sequence[int], limit: int) -> list[int]:
    return [max(low, min(high, limit)) for low, high in zip(minimum, natural, strict=True)]


def _lay_out_as_list(table: Table, width: int) -> Iterator[Line]:
    """Yield each row as a list of column headers and values."""
    header, *rows = table.rows
    for number, row in enumerate(filter(any, rows or [header])):
        if number:
            yield Line()
        for column_header, cell in zip(header, row, strict=True):
            if not cell:
                continue
            label = [span.add_styles("table-head") for span in column_header]
            spans = [*label, Span(": "), *cell] if label and rows else [*cell]
            for index, line in enumerate(wrap_lines(spans, width, hang=2)):
                yield line.indent_with(Span("  ")) if index else line
