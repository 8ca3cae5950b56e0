"""Blocks → lines of a given width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from tui.typeset.blocks import (
    Block,
    Code,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from tui.typeset.line import Line, Span, wrap

NARROWEST = 12
"""Cells; where less is left, deep lists and quotes are no longer indented."""

LABEL_LENGTH = 60
"""Characters; a bold beginning that is longer is no label."""


def lay_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Lay out blocks.

    Args:
        blocks: what to show.
        width: in cells.

    Returns:
        Lines no wider than ``width``, with an empty one between blocks that are not tight.
    """
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if number and not (isinstance(block, Paragraph) and block.tight):
            before = blocks[number - 1]
            tight_list = isinstance(block, Listing) and isinstance(before, Paragraph)
            if not (tight_list and isinstance(before, Paragraph) and before.tight):
                lines.append(Line())
        lines.extend(_block(block, width))
    return lines


def _block(block: Block, width: int) -> Iterator[Line]:
    match block:
        case Heading():
            yield from _heading(block, width)
        case Paragraph():
            spans, label = labelled(block.text)
            for number, line in enumerate(wrap(spans, width)):
                yield Line(line, section=label if number == 0 else None)
        case Listing():
            yield from _listing(block, width)
        case Quote():
            yield from _indented(lay_out(block.blocks, _narrower(width, 2)), "| ", "muted", width)
        case Code():
            yield from _code(block, width)
        case Table():
            yield from _table(block, width)
        case Rule():
            yield Line((Span("-" * min(width, 24), "muted"),))


def _heading(block: Heading, width: int) -> Iterator[Line]:
    name = "title" if block.level == 1 else "heading"
    spans = [span._replace(style=f"{span.style} {name}".strip()) for span in block.text]
    label = "".join(span.text for span in spans)
    for number, line in enumerate(wrap(spans, width)):
        yield Line(line, section=label if number == 0 and block.level > 1 else None)


def labelled(text: Inline) -> tuple[Inline, str | None]:
    """Mark the bold label with which a text begins.

    Returns:
        The text, its label in the style ``label``, and the label without its colon; the text as
        it was and None if it does not begin with one.
    """
    if not text or "strong" not in text[0].style:
        return text, None
    label = text[0].text.strip()
    after = text[1].text if len(text) > 1 else ""
    if len(label) > LABEL_LENGTH or not (
        after.lstrip().startswith((":", "：")) or label[-1:] in ":："
    ):
        return text, None
    head = text[0]._replace(style="label")
    return (head, *text[1:]), label.rstrip(":： ")


def _listing(block: Listing, width: int) -> Iterator[Line]:
    indent = max(cell_len(item.sign) for item in block.items) + 1 if block.items else 0
    room = _narrower(width, indent)
    loose = any(
        isinstance(inner, Paragraph) and not inner.tight
        for item in block.items
        for inner in item.blocks[:1]
    )
    spaced = loose or any(_is_labelled(item.blocks) for item in block.items)
    for number, item in enumerate(block.items):
        if number and spaced:
            yield Line()
        sign = f"{item.sign:<{indent}}" if room < width else ""
        blank = " " * len(sign)
        for at, line in enumerate(lay_out(item.blocks, room) or [Line()]):
            prefix = Span(sign, "muted") if at == 0 else Span(blank)
            spans = (prefix, *line.spans) if sign and (line.spans or at == 0) else line.spans
            yield Line(spans, line.section, line.fill)


def _is_labelled(blocks: Sequence[Block]) -> bool:
    """Tell whether an item is a section of its own: a label and a text of some length."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or labelled(first.text)[1] is None:
        return False
    return sum(len(span.text) for span in first.text) > 120


def _indented(lines: Iterable[Line], sign: str, style: str, width: int) -> Iterator[Line]:
    if _narrower(width, len(sign)) == width:
        yield from lines
        return
    for line in lines:
        yield Line((Span(sign, style), *line.spans), line.section, line.fill)


def _narrower(width: int, by: int) -> int:
    return width - by if width - by >= NARROWEST else width


def _code(block: Code, width: int) -> Iterator[Line]:
    room = _narrower(width, 2)
    margin = " " * (width - room)
    for line in block.lines:
        # Code is broken where the line ends: its spaces matter.
        rest = line
        while True:
            head = _head(rest, room)
            yield Line((Span(margin + head, "code"),), fill="code")
            rest = rest[len(head) :]
            if not rest:
                break


def _head(text: str, width: int) -> str:
    """Return as many characters as fit into ``width`` cells, at least one."""
    room = width
    for at, char in enumerate(text):
        room -= cell_len(char)
        if room < 0:
            return text[: max(at, 1)]
    return text


def _table(block: Table, width: int) -> Iterator[Line]:
    columns = len(block.right)
    if not columns:
        return
    gap = 2
    widths = _column_widths(block, width - gap * (columns - 1))
    for number, row in enumerate(block.rows):
        style = "table-head" if number == 0 else ""
        cells = [
            wrap([_restyled(span, style) for span in cell], each)
            for cell, each in zip(row, widths, strict=False)
        ]
        for at in range(max((len(cell) for cell in cells), default=0)):
            spans: list[Span] = []
            for column, cell in enumerate(cells):
                text = cell[at] if at < len(cell) else ()
                padding = " " * (widths[column] - sum(cell_len(span.text) for span in text))
                if block.right[column]:
                    spans += [Span(padding), *text]
                else:
                    spans += [*text, Span(padding)]
                if column < columns - 1:
                    spans.append(Span(" " * gap))
            yield Line(tuple(spans))
        if number == 0:
            rule = (" " * gap).join("-" * each for each in widths)
            yield Line((Span(rule, "muted"),))


def _restyled(span: Span, style: str) -> Span:
    return span._replace(style=f"{span.style} {style}".strip()) if style else span


def _column_widths(block: Table, width: int) -> list[int]:
    """Give each column what it needs; where that is too much, the widest give way first."""
    needs = [
        max(
            (
                sum(cell_len(span.text) for span in row[column])
                for row in block.rows
                if column < len(row)
            ),
            default=1,
        )
        for column in range(len(block.right))
    ]
    widths = [max(need, 1) for need in needs]
    while sum(widths) > width and max(widths) > 4:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths
