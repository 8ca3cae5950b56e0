"""The parts of a formula."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """How a part is spaced: TeX's classes of atoms, and two kinds of white space."""

    ORDINARY = "ordinary"
    OPERATOR = "operator"
    BINARY = "binary"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    PUNCTUATION = "punctuation"
    INNER = "inner"
    SPACE = "space"
    """White space of the source, which TeX ignores."""
    GAP = "gap"
    """Space that the source asks for."""


class Symbol(NamedTuple):
    """A character, a name, or the source of an unknown command."""

    text: str
    kind: Kind = Kind.ORDINARY


class Row(NamedTuple):
    """Parts beside each other."""

    items: tuple[Node, ...]


class Operator(NamedTuple):
    """A function or a large operator.

    Attributes:
        text: its name, or its letter on one line.
        art: the key of its drawing; empty for a name.
        has_limits: whether scripts are above and below it in a display.
    """

    text: str
    art: str = ""
    has_limits: bool = False


class Fraction(NamedTuple):
    """A fraction, or without a bar the content of a binomial coefficient."""

    numerator: Node
    denominator: Node
    has_bar: bool = True


class Root(NamedTuple):
    """A root and its degree, None for a square root."""

    radicand: Node
    degree: Node | None = None


class Scripts(NamedTuple):
    """A base with a subscript, a superscript or both; stacked ones are below and above it."""

    base: Node
    lower: Node | None = None
    upper: Node | None = None
    is_stacked: bool = False


class Accent(NamedTuple):
    """A mark above or below a part, by its name in LaTeX, such as ``hat`` or ``underbrace``."""

    name: str
    body: Node


class Fenced(NamedTuple):
    """A part between delimiters that grow with it; either may be empty."""

    left: str
    body: Node
    right: str


class Grid(NamedTuple):
    """Rows of cells.

    Attributes:
        rows: the cells; rows may have different lengths.
        aligns: alignment of the columns, repeated: ``c``, ``l`` and ``r``.
        is_cases: whether each row is a value and its condition.
    """

    rows: tuple[tuple[Node, ...], ...]
    aligns: str = "c"
    is_cases: bool = False


class Text(NamedTuple):
    """Words, whose spaces count."""

    text: str


Node = Symbol | Row | Operator | Fraction | Root | Scripts | Accent | Fenced | Grid | Text

EMPTY = Row(())
