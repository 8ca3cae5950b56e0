"""The outline of a file: the sections of a page, or the nested objects of data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tui.digests.general.tree.document_tree import Block, BlockKind, split_row
from tui.digests.parsing.markdown_lines import truncate

MAX_TEXT_CHARS = 70
_MAX_DEPTH = 12
_MAX_ALIKE = 3
"""Sections of the same level after each other that are listed."""

_MAX_KEYS = 14
_MAX_OWN_KEYS = 40
"""An object with more fields holds others by id or day."""

_SAMPLED_OBJECTS = 20
_NAMES = {
    BlockKind.ITEM: ("list item", "list items"),
    BlockKind.ROW: ("row", "rows"),
    BlockKind.TEXT: ("line of text", "lines of text"),
    BlockKind.SECTION: ("section", "sections"),
}
"""The name of one block of each kind, and of several."""


class OutlineLine(NamedTuple):
    """A line of an outline.

    Attributes:
        line: where it is in the file, from 1; 0 if unknown.
        depth: how deeply it is nested, from 0.
        text: what is there.
    """

    line: int
    depth: int
    text: str


def page_outline(root: Block, line_offset: int = 0) -> Iterator[OutlineLine]:
    """Yield the sections of a page, and what each consists of.

    Args:
        root: the page as a tree.
        line_offset: the number of lines above it.
    """
    for line in _section_outline(root, 0):
        yield line._replace(line=line.line + line_offset if line.line else 0)


def _section_outline(section: Block, depth: int) -> Iterator[OutlineLine]:
    if depth > _MAX_DEPTH:
        return
    for _, siblings in groupby(section.children, key=_likeness):
        alike = list(siblings)
        if alike[0].kind is not BlockKind.SECTION:
            yield OutlineLine(alike[0].line, depth, _describe_blocks(alike))
            continue
        for number, child in enumerate(alike[:_MAX_ALIKE]):
            heading = "#" * int(child.level) if child.level == int(child.level) < 7 else "**"
            text = truncate(f"{heading} {child.text}".strip(), MAX_TEXT_CHARS)
            yield OutlineLine(child.line, depth, text)
            # The others of this level look alike, unless they have sections of their own.
            if not number or any(each.kind is BlockKind.SECTION for each in child.children):
                yield from _section_outline(child, depth + 1)
        if (more := len(alike) - _MAX_ALIKE) > 0:
            text = f"… {more:,} more {_name(BlockKind.SECTION, more)} of this level"
            yield OutlineLine(alike[_MAX_ALIKE].line, depth, text)


def _likeness(block: Block) -> tuple[BlockKind, float, tuple[str, ...]]:
    return block.kind, block.level if block.kind is BlockKind.SECTION else 0, block.columns


def _describe_blocks(blocks: Sequence[Block]) -> str:
    first, number = blocks[0], len(blocks)
    text = f"{number:,} {_name(first.kind, number)}"
    if first.columns:
        return truncate(f"{text}: {' | '.join(first.columns)}", MAX_TEXT_CHARS)
    if first.kind is BlockKind.ROW:
        return f"{text} of {len(split_row(first.text))} cells"
    if below := Counter(child.kind for block in blocks for child in block.children):
        parts = (f"{count:,} {_name(kind, count)}" for kind, count in below.items())
        text += f" with {', '.join(parts)}"
    return truncate(f"{text}: {first.text}", MAX_TEXT_CHARS)


def _name(kind: BlockKind, number: int) -> str:
    return _NAMES[kind][number != 1]


def data_outline(values: Sequence[object]) -> Iterator[OutlineLine]:
    """Yield what data consists of, given its values at the top level."""
    if len(values) == 1:
        yield from _value_outline(values[0], 0)
    elif values:
        yield OutlineLine(1, 0, f"{len(values):,} values")
        yield from _elements_outline(values, 1)


def _elements_outline(elements: Sequence[object], depth: int) -> Iterator[OutlineLine]:
    """Describe the elements of a list: objects by the fields of the first ones."""
    objects = [each for each in elements[:_SAMPLED_OBJECTS] if isinstance(each, dict)]
    if objects:
        merged: dict[str, object] = {}
        for each in reversed(objects):
            merged |= {key: value for key, value in each.items() if value is not None}
        yield from _value_outline(merged, depth)
    elif elements:
        yield from _value_outline(elements[0], depth)


def _value_outline(value: object, depth: int) -> Iterator[OutlineLine]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield from _object_outline(value, depth)
    elif isinstance(value, list):
        yield OutlineLine(0, depth, f"list of {len(value):,}")
        yield from _elements_outline(value, depth + 1)
    else:
        yield OutlineLine(0, depth, truncate(str(value), MAX_TEXT_CHARS))


def _object_outline(fields: Mapping[str, object], depth: int) -> Iterator[OutlineLine]:
    keys = list(fields)
    shown = ", ".join(truncate(key, 30) for key in keys[:_MAX_KEYS])
    if len(keys) > _MAX_OWN_KEYS:
        shown = f"{len(keys):,} fields, such as {truncate(keys[0], 30)}"
        keys = keys[:1]
    elif len(keys) > _MAX_KEYS:
        shown += f", … ({len(keys)} fields)"
    yield OutlineLine(0, depth, f"object: {shown}")
    for key in keys:
        value = fields[key]
        if isinstance(value, dict) or (isinstance(value, list) and _holds_objects(value)):
            yield OutlineLine(0, depth + 1, f"{truncate(key, 40)}:")
            yield from _value_outline(value, depth + 2)


def _holds_objects(elements: Sequence[object]) -> bool:
    return any(isinstance(each, dict | list) for each in elements[:_SAMPLED_OBJECTS])
