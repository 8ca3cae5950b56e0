"""Layout of blocks as lines of a given width."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from rich.cells import cell_len

from tui.ui.typeset.blocks import (
    Align,
    Block,
    Code,
    Formula,
    Heading,
    HorizontalRule,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Table,
)
from tui.ui.typeset.cell_width import count_fitting_chars
from tui.ui.typeset.inline import InlineText, plain_text
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap, wrap_lines

MIN_WIDTH_CELLS = 12
"""Lists, quotes and code are not indented if their content would become narrower."""

MAX_LABEL_CHARS = 60
"""Longer bold text at the start of a paragraph is not a label."""

_LONG_ITEM_CHARS = 120
"""Longer list items with a label are separated by empty lines."""

_COLUMN_GAP_CELLS = 2

_MAX_WORD_CELLS = 14
"""Longer words may be broken to make a column of a table narrower."""

_COLON = re.compile(r"\s*[:：]")

_LABEL_DEPTH = 7
"""The depth of a section that begins with a label: below headings of all levels."""


def lay_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Lay out blocks.

    Args:
        blocks: the blocks.
        width: the width in cells, at least 2.

    Returns:
        Lines of at most ``width`` cells, with empty lines between blocks that are not tight.
    """
    lines: list[Line] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None and not _is_adjacent(previous, block):
            lines.append(Line())
        lines.extend(_lay_out_block(block, width))
        previous = block
    return lines


def _is_adjacent(previous: Block, block: Block) -> bool:
    """Return whether a block follows without an empty line, as in tight lists."""
    if isinstance(block, Paragraph):
        return block.is_tight
    return isinstance(block, ItemList) and isinstance(previous, Paragraph) and previous.is_tight


def _lay_out_block(block: Block, width: int) -> Iterator[Line]:
    match block:
        case Heading(level=1):
            yield from _wrap_section((span.add_styles("title") for span in block.text), width, None)
        case Heading():
            text = tuple(span.add_styles("heading") for span in block.text)
            yield from _wrap_section(text, width, plain_text(block.text), block.level)
        case Paragraph():
            text, label = mark_label(block.text)
            yield from _wrap_section(text, width, label)
        case ItemList():
            yield from _lay_out_list(block, width)
        case Quote():
            inner_width = _inner_width(width, 2)
            bar = (Span("| ", "muted"),) if inner_width < width else ()
            for line in lay_out(block.blocks, inner_width):
                yield line.indent_with(*bar)
        case Code():
            yield from _lay_out_code(block, width)
        case Formula():
            yield from _lay_out_formula(block, width)
        case Table():
            yield from _lay_out_table(block, width)
        case HorizontalRule():
            yield Line((Span("-" * min(width, 24), "muted"),))


def _wrap_section(
    text: Iterable[Span], width: int, section: str | None, depth: int = _LABEL_DEPTH
) -> Iterator[Line]:
    """Yield the lines of a text; the first one starts ``section`` unless it is None."""
    for line in wrap_lines(text, width):
        yield line if section is None else line._replace(section=section, section_depth=depth)
        section = None


def mark_label(text: InlineText) -> tuple[InlineText, str | None]:
    """Style the bold label at the start of a text (``**Method**: …``).

    Returns:
        The text with the label in the style ``label``, and the label without its colon; or the
        unchanged text and None if there is no label.
    """
    end = 0
    while end < len(text) and "strong" in text[end].style:
        end += 1
    label = plain_text(text[:end]).strip()
    if not label or len(label) > MAX_LABEL_CHARS:
        return text, None
    is_whole_text = end == len(text)
    if not is_whole_text and label[-1] not in ":：" and not _COLON.match(text[end].text):
        return text, None
    head = (span._replace(style="label link" if span.href else "label") for span in text[:end])
    return (*head, *text[end:]), label.rstrip(":： ")


def _lay_out_list(block: ItemList, width: int) -> Iterator[Line]:
    indent = max(cell_len(item.marker) for item in block.items) + 1
    inner_width = _inner_width(width, indent)
    is_spaced = any(map(_needs_space, block.items))
    for number, item in enumerate(block.items):
        if number and is_spaced:
            yield Line()
        if inner_width == width:
            yield from _lay_out_unindented(item, width)
            continue
        # Numbers are right-aligned.
        alignment = ">" if item.marker[0].isdigit() else "<"
        marker = Span(f"{item.marker:{alignment}{indent - 1}} ", "muted")
        blank = Span(" " * indent)
        first, *others = map(_one_deeper, lay_out(item.blocks, inner_width) or [Line()])
        yield first.indent_with(marker)
        yield from (line.indent_with(blank) if line.spans else line for line in others)


def _one_deeper(line: Line) -> Line:
    """Return a line of an item, in which a section is part of the one before the list."""
    return line if line.section is None else line._replace(section_depth=line.section_depth + 1)


def _lay_out_unindented(item: ListItem, width: int) -> Iterator[Line]:
    """Yield the lines of an item for which the width is too small to indent it."""
    marker = Span(f"{item.marker} ", "muted")
    match item.blocks:
        case (Paragraph() as first, *rest):
            text, label = mark_label(first.text)
            yield from _wrap_section((marker, *text), width, label)
            if rest and not _is_adjacent(first, rest[0]):
                yield Line()
            yield from lay_out(rest, width)
        case _:
            yield Line((marker,))
            yield from lay_out(item.blocks, width)


def _needs_space(item: ListItem) -> bool:
    """Return whether an item is loose, or a section: a label and a long text."""
    if any(isinstance(block, Paragraph) and not block.is_tight for block in item.blocks):
        return True
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or mark_label(first.text)[1] is None:
        return False
    return len(plain_text(first.text)) > _LONG_ITEM_CHARS


def _inner_width(width: int, indent: int) -> int:
    """Return the width left by an indent, or the full width if too little is left."""
    return width - indent if width - indent >= MIN_WIDTH_CELLS else width


def _lay_out_formula(block: Formula, width: int) -> Iterator[Line]:
    from tui.ui.typeset.math.boxes import Box
    from tui.ui.typeset.math.display import lay_out_display

    inner_width = _inner_width(width, 2)
    margin = Span(" " * (width - inner_width))
    lines: list[Line] = []
    for piece in lay_out_display(block.source, inner_width):
        if isinstance(piece, Box):
            # Slanted, the pieces of tall brackets do not join.
            style = "math" if piece.height == 1 else ""
            lines += [Line((Span(line.rstrip(), style),)) for line in piece.lines]
        else:
            lines += wrap_lines([Span(piece, "math")], inner_width)
    if not any(line.text for line in lines):  # nothing but spaces
        lines = list(wrap_lines([Span(block.source, "math")], inner_width))
    has_text = needs_space = False
    for line in lines:
        if line.text:
            if needs_space:
                yield Line()
            yield line.indent_with(margin)
            has_text, needs_space = True, False
        else:
            needs_space = has_text


def _lay_out_code(block: Code, width: int) -> Iterator[Line]:
    inner_width = _inner_width(width, 2)
    margin = " " * (width - inner_width)
    hang = inner_width - _inner_width(inner_width, 2)
    for line in block.lines:
        for start, end in _break_code_line(line, inner_width, inner_width - hang):
            indent = margin + " " * hang if start else margin
            text = Span(indent + line[start:end], "code")
            separator = "" if start else "\n"
            yield Line((text,), fill_style="code", separator=separator, indent_chars=len(indent))


def _break_code_line(line: str, first_width: int, other_width: int) -> Iterator[tuple[int, int]]:
    """Break a line of code and yield the range of each part; all spaces are kept."""
    start, line_width = 0, first_width
    while (end := start + count_fitting_chars(line, line_width, start)) < len(line):
        space = line.rfind(" ", start, end) + 1
        end = space if space > (start + end) // 2 else end
        yield start, end
        start, line_width = end, other_width
    yield start, len(line)


# Tables


def _lay_out_table(table: Table, width: int) -> Iterator[Line]:
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
    # The largest limit with which all columns fit.
    limits = range(1, max(natural) + 1)
    limit = bisect_right(limits, width, key=lambda each: sum(_limit_widths(natural, minimum, each)))
    widths = _limit_widths(natural, minimum, limit)
    for column, natural_width in enumerate(natural):
        # Distribute the cells that remain because the limit was rounded down.
        if natural_width > widths[column] == limit and sum(widths) < width:
            widths[column] += 1
    return widths


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
