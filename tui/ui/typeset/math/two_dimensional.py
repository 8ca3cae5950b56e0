"""Formulas in two dimensions: parts become boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.terminal.glyphs import ASCII, current_glyphs
from tui.ui.typeset.math import symbols
from tui.ui.typeset.math.boxes import (
    EMPTY_BOX,
    Box,
    beside,
    fence,
    fenced,
    grid,
    large_operator,
    over,
    root,
    stacked,
    text_box,
    with_limits,
    with_scripts,
)
from tui.ui.typeset.math.nodes import (
    Accent,
    Fenced,
    Fraction,
    Grid,
    Kind,
    Node,
    Operator,
    Root,
    Row,
    Scripts,
    Symbol,
    Text,
)
from tui.ui.typeset.math.one_line import accented, one_line

_MAX_SMALL_CHARS = 4
"""Longer scripts get a line of their own, because small characters are hard to read."""

_CELL_GAP = 2

_MIN_GROWING_LINES = 3
"""Parentheses do not grow with a script, but with a fraction."""


class Part(NamedTuple):
    """A box of a row.

    Attributes:
        box: the box.
        kind: how it is spaced.
        gap: cells before it.
    """

    box: Box
    kind: Kind
    gap: int = 0

    @property
    def may_start_line(self) -> bool:
        """Whether a row that is too wide may be broken before it."""
        is_large = self.kind is Kind.OPERATOR and self.box.height > 1
        return is_large or self.kind in {Kind.RELATION, Kind.BINARY}

    @property
    def may_end_line(self) -> bool:
        """Whether a row that is too wide may be broken after it."""
        return self.kind is Kind.PUNCTUATION


def box_of(node: Node, *, is_tight: bool = False) -> Box:  # noqa: PLR0911  # one for each type
    """Return a part of a formula as a box.

    Args:
        node: the part.
        is_tight: whether it is in a script, where operators have no spaces around them.
    """
    match node:
        case Symbol():
            return text_box(node.text)
        case Text():
            return text_box(node.text)
        case Row():
            return joined(parts_of(node, is_tight=is_tight))
        case Operator():
            return large_operator(node.art) if node.art else text_box(node.text)
        case Fraction():
            return _fraction(node)
        case Root():
            degree = "" if node.degree is None else one_line(node.degree).strip()
            return root(box_of(node.radicand), degree)
        case Scripts():
            return _scripts(node)
        case Accent():
            return _accent(node)
        case Fenced():
            return fenced(node.left, box_of(node.body), node.right)
        case Grid():
            return _grid(node)


def joined(parts: Sequence[Part], *, is_indented: bool = False) -> Box:
    """Return parts beside each other, with their gaps; with the first one if it is an indent."""
    boxes: list[Box] = []
    for part in parts:
        if part.gap and (boxes or is_indented):
            boxes.append(text_box(" " * part.gap))
        boxes.append(part.box)
    return beside(boxes) if boxes else EMPTY_BOX


def parts_of(node: Node, *, is_tight: bool = False, grows: bool = True) -> list[Part]:
    """Return the parts of a row with the gaps before them.

    Args:
        node: the row.
        is_tight: whether it is in a script.
        grows: whether parentheses around something high become one part with it.
    """
    parts: list[Part] = []
    opened: list[int] = []
    gap = 0
    for item in items_of(node):
        kind = _kind(item)
        if kind is Kind.SPACE:
            continue
        if kind is Kind.GAP:
            gap += len(one_line(item))
            continue
        part = Part(box_of(item, is_tight=is_tight), kind)
        if kind is Kind.OPEN:
            opened.append(len(parts))
        parts.append(part._replace(gap=gap))
        gap = 0
        if kind is Kind.CLOSE and opened and grows:
            _join_fenced(parts, opened.pop(), is_tight=is_tight)
    return _spaced(parts, is_tight=is_tight)


def items_of(node: Node) -> Sequence[Node]:
    """Return the items of a row; any other part is its only item."""
    return node.items if isinstance(node, Row) else (node,)


def _join_fenced(parts: list[Part], start: int, *, is_tight: bool) -> None:
    """Replace parts between parentheses by one part if they are higher than a line."""
    content = parts[start + 1 : -1]
    if all(part.box.height < _MIN_GROWING_LINES for part in content):
        return
    opening, closing = parts[start], parts[-1]
    body = joined(_spaced(content, is_tight=is_tight))
    left = fence(opening.box.lines[0], body.height, body.baseline)
    right = closing.box
    if right.height == 1:
        right = fence(right.lines[0], body.height, body.baseline)
    parts[start:] = [Part(beside([left, body, right]), Kind.INNER, opening.gap)]


def _spaced(parts: Sequence[Part], *, is_tight: bool) -> list[Part]:
    """Return parts with TeX's spaces between them, rounded to whole cells."""
    kinds = [part.kind for part in parts]
    for index, kind in enumerate(kinds):
        # A sign, as in "-x", is no binary operator; nor is one without a right operand.
        before = kinds[index - 1] if index else Kind.OPEN
        after = kinds[index + 1] if index + 1 < len(kinds) else Kind.CLOSE
        if kind is Kind.BINARY and (
            before in {Kind.BINARY, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION, Kind.OPERATOR}
            or after in {Kind.RELATION, Kind.CLOSE, Kind.PUNCTUATION}
        ):
            kinds[index] = Kind.ORDINARY
    spaced: list[Part] = []
    for index, part in enumerate(parts):
        gap = part.gap
        if index:
            gap = max(gap, _gap(parts[index - 1], kinds[index - 1], part, kinds[index], is_tight))
        spaced.append(Part(part.box, kinds[index], gap))
    return spaced


def _gap(left: Part, left_kind: Kind, right: Part, right_kind: Kind, is_tight: bool) -> int:  # noqa: FBT001
    kinds = {left_kind, right_kind}
    if kinds & {Kind.RELATION, Kind.BINARY}:
        is_word = any(
            part.kind in {Kind.RELATION, Kind.BINARY} and part.box.lines[0].isalpha()
            for part in (left, right)
        )
        return int(is_word or (not is_tight and left_kind is not right_kind))
    if left_kind is Kind.PUNCTUATION:
        return int(not is_tight)
    if Kind.OPERATOR in kinds:
        is_large = any(part.kind is Kind.OPERATOR and part.box.height > 1 for part in (left, right))
        is_beside_fence = right_kind in {Kind.OPEN, Kind.CLOSE} or left_kind is Kind.OPEN
        return int(is_large or not is_beside_fence) if right_kind is not Kind.PUNCTUATION else 0
    if Kind.INNER in kinds and right_kind not in {Kind.CLOSE, Kind.PUNCTUATION}:
        is_beside_fraction = left_kind is right_kind or Kind.ORDINARY in kinds
        return int(is_beside_fraction and Kind.OPEN not in kinds)
    return 0


def _kind(node: Node) -> Kind:
    match node:
        case Symbol():
            return node.kind
        case Operator():
            return Kind.OPERATOR
        case Scripts():
            kind = _kind(node.base)
            return Kind.ORDINARY if kind is Kind.INNER and isinstance(node.base, Fenced) else kind
        case Fraction():
            return Kind.INNER
        case Row() if len(node.items) == 1:
            return _kind(node.items[0])
        case _:
            return Kind.ORDINARY


def _fraction(node: Fraction) -> Box:
    numerator, denominator = box_of(node.numerator), box_of(node.denominator)
    if node.has_bar:
        return over(numerator, denominator)
    return stacked([numerator, text_box(""), denominator], numerator.height)


def _scripts(node: Scripts) -> Box:
    is_stacked = node.is_stacked
    base = box_of(node.base)
    if not is_stacked:
        small = _small(node.upper, symbols.SUPERSCRIPTS), _small(node.lower, symbols.SUBSCRIPTS)
        if base.height == 1 and None not in small:
            return beside([base, text_box("".join(reversed([each or "" for each in small])))])
    lower, upper = (
        None if each is None else box_of(each, is_tight=True) for each in (node.lower, node.upper)
    )
    return (with_limits if is_stacked else with_scripts)(base, lower, upper)


def _small(script: Node | None, table: dict[str, str]) -> str | None:
    """Return a script in small characters; None if it has others, or too many."""
    if script is None:
        return ""
    text = one_line(script).strip().replace(" ", "")
    if current_glyphs() is ASCII:
        return text if text == "'" else None
    is_small = len(text) <= _MAX_SMALL_CHARS and all(char in table for char in text)
    return "".join(table[char] for char in text) if is_small else None


def _accent(node: Accent) -> Box:
    body = box_of(node.body)
    if node.name in {"underbrace", "overbrace"}:
        inner = max(body.width - 2, 0)
        if node.name == "underbrace":
            brace = text_box("\\" + "_" * inner + "/")
            return stacked([body, brace], body.baseline)
        brace = text_box("/" + "-" * inner + "\\")
        return stacked([brace, body], body.baseline + 1)
    text = accented(node)
    if body.height == 1 and (body.width == 1 and len(text) <= 2):
        return text_box(text)
    if node.name in {"underline", "underbar"}:
        return stacked([body, text_box("-" * body.width)], body.baseline)
    mark = _WIDE_MARKS.get(node.name.removeprefix("wide"), "_" * body.width)
    return stacked([text_box(mark), body], body.baseline + 1)


_WIDE_MARKS = {
    "hat": "^", "tilde": "~", "vec": "->", "overrightarrow": "->", "dot": ".", "ddot": "..",
    "check": "v", "acute": "'", "grave": "`", "breve": "v",
}  # fmt: skip


def _grid(node: Grid) -> Box:
    return aligned_rows(node.rows, node.aligns, is_cases=node.is_cases)


def aligned_rows(rows: Sequence[Sequence[Node]], aligns: str, *, is_cases: bool = False) -> Box:
    """Return rows of cells in columns, with empty lines between them if any is tall."""
    boxes = [[_cell(cell, column) for column, cell in enumerate(row)] for row in rows]
    is_tall = any(box.height > 1 for row in boxes for box in row)
    # A brace of two lines has no middle.
    is_loose = is_tall or (is_cases and len(boxes) == 2)
    return grid(boxes, aligns, _CELL_GAP, is_loose)


def _cell(cell: Node, column: int) -> Box:
    """Return a cell; a space separates the relation at its start from the cell before it."""
    parts = parts_of(cell)
    box = joined(parts, is_indented=True)
    is_continued = column and parts and parts[0].kind in {Kind.RELATION, Kind.ORDINARY}
    if is_continued and _kind(items_of(cell)[0]) in {Kind.RELATION, Kind.BINARY}:
        return beside([text_box(" "), box])
    return box
