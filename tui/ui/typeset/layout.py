"""Blocks → lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from tui.ui.typeset.blocks import (
    Block,
    BulletList,
    Code,
    Formula,
    Heading,
    HorizontalRule,
    ListItem,
    Paragraph,
    Quote,
    Table,
)
from tui.ui.typeset.cell_width import count_fitting_chars
from tui.ui.typeset.inline import InlineText, plain_text
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.table import lay_out_table
from tui.ui.typeset.wrap import wrap_lines

MIN_WIDTH_CELLS = 12
"""Cells; where less would be left, lists and quotes are no longer indented."""

MAX_LABEL_CHARS = 60
"""Characters; a bold beginning that is longer is no label."""

_LONG_ITEM = 120
"""Characters; labelled items that are longer stand apart from each other."""

_COLON = re.compile(r"\s*[:：]")


def lay_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Lay out blocks.

    Args:
        blocks: what to show.
        width: in cells, at least 2.

    Returns:
        Lines no wider than ``width``, with an empty one between blocks that are not tight.
    """
    lines: list[Line] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and not _is_close(before, block):
            lines.append(Line())
        lines.extend(_block(block, width))
        before = block
    return lines


def _is_close(before: Block, block: Block) -> bool:
    """Tell whether a block belongs to the one before it: in a tight list, or a list to its item."""
    if isinstance(block, Paragraph):
        return block.is_tight
    return isinstance(block, BulletList) and isinstance(before, Paragraph) and before.is_tight


def _block(block: Block, width: int) -> Iterator[Line]:
    match block:
        case Heading():
            yield from _heading(block, width)
        case Paragraph():
            text, label = mark_label(block.text)
            yield from _lines(text, width, label)
        case BulletList():
            yield from _listing(block, width)
        case Quote():
            room = _narrower(width, 2)
            bar = (Span("| ", "muted"),) if room < width else ()
            for line in lay_out(block.blocks, room):
                yield line.indent_with(*bar)
        case Code():
            yield from _code(block, width)
        case Formula():
            room = _narrower(width, 2)
            margin = Span(" " * (width - room))
            for formula in block.lines:
                for line in _lines([Span(formula, "math")], room, None):
                    yield line.indent_with(margin)
        case Table():
            yield from lay_out_table(block, width)
        case HorizontalRule():
            yield Line((Span("-" * min(width, 24), "muted"),))


def _lines(text: Iterable[Span], width: int, section: str | None) -> Iterator[Line]:
    """Yield the lines of a text, in the first of which a section begins or not."""
    for line in wrap_lines(text, width):
        yield line if section is None else line._replace(section=section)
        section = None


def _heading(block: Heading, width: int) -> Iterator[Line]:
    name = "title" if block.level == 1 else "heading"
    label = None if block.level == 1 else plain_text(block.text)
    yield from _lines((span.add_styles(name) for span in block.text), width, label)


def mark_label(text: InlineText) -> tuple[InlineText, str | None]:
    """Mark the bold label with which a text begins.

    Returns:
        The text with its label in the style ``label``, and the label without its colon; the text
        as it was and None if it does not begin with one.
    """
    end = 0
    while end < len(text) and "strong" in text[end].style:
        end += 1
    label = plain_text(text[:end]).strip()
    if not label or len(label) > MAX_LABEL_CHARS:
        return text, None
    alone = end == len(text)
    if not alone and label[-1] not in ":：" and not _COLON.match(text[end].text):
        return text, None
    head = (span._replace(style="label link" if span.href else "label") for span in text[:end])
    return (*head, *text[end:]), label.rstrip(":： ")


def _listing(block: BulletList, width: int) -> Iterator[Line]:
    indent = max(cell_len(item.marker) for item in block.items) + 1
    room = _narrower(width, indent)
    spaced = any(map(_is_loose, block.items)) or any(map(_is_section, block.items))
    for number, item in enumerate(block.items):
        if number and spaced:
            yield Line()
        if room == width:
            yield from _unindented(item, width)
            continue
        # Numbers stand so that their ends are below each other.
        side = ">" if item.marker[0].isdigit() else "<"
        sign = Span(f"{item.marker:{side}{indent - 1}} ", "muted")
        blank = Span(" " * indent)
        for at, line in enumerate(lay_out(item.blocks, room) or [Line()]):
            if at == 0:
                yield line.indent_with(sign)
            else:
                yield line.indent_with(blank) if line.spans else line


def _unindented(item: ListItem, width: int) -> Iterator[Line]:
    """Yield the lines of an item where there is no room beside its sign."""
    sign = Span(f"{item.marker} ", "muted")
    match item.blocks:
        case (Paragraph() as first, *rest):
            text, label = mark_label(first.text)
            yield from _lines((sign, *text), width, label)
            if rest and not _is_close(first, rest[0]):
                yield Line()
            yield from lay_out(rest, width)
        case _:
            yield Line((sign,))
            yield from lay_out(item.blocks, width)


def _is_loose(item: ListItem) -> bool:
    return any(isinstance(block, Paragraph) and not block.is_tight for block in item.blocks)


def _is_section(item: ListItem) -> bool:
    """Tell whether an item is a section of its own: a label and a text of some length."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or mark_label(first.text)[1] is None:
        return False
    return len(plain_text(first.text)) > _LONG_ITEM


def _narrower(width: int, by: int) -> int:
    return width - by if width - by >= MIN_WIDTH_CELLS else width


def _code(block: Code, width: int) -> Iterator[Line]:
    room = _narrower(width, 2)
    margin = " " * (width - room)
    hang = room - _narrower(room, 2)
    for line in block.lines:
        for start, end in _code_breaks(line, room, room - hang):
            indent = margin + " " * hang if start else margin
            text = Span(indent + line[start:end], "code")
            yield Line(
                (text,),
                fill_style="code",
                separator="" if start else "\n",
                indent_chars=len(indent),
            )


def _code_breaks(line: str, first: int, others: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a line of code, all of it: in code, spaces mean something."""
    start, room = 0, first
    while (end := start + count_fitting_chars(line, room, start)) < len(line):
        space = line.rfind(" ", start, end) + 1
        end = space if space > (start + end) // 2 else end
        yield start, end
        start, room = end, others
    yield start, len(line)
