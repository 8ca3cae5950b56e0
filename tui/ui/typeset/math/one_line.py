"""Formulas on one line, within paragraphs: ``α <= 10⁻⁵``."""

from __future__ import annotations

import re
import unicodedata

from tui.terminal.glyphs import ASCII, current_glyphs
from tui.ui.typeset.math import symbols
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

_SINGLE_TERM = re.compile(r"\w+|.[\u0300-\u036f\u20d7]?|\([^()]*\)")
_NUMBER = re.compile(r"[+-]?\d+|[+-]", re.ASCII)


def one_line(node: Node) -> str:  # noqa: PLR0911  # one for each type
    """Return a part as plain text; white space of the source is kept."""
    match node:
        case Symbol():
            return _symbol(node)
        case Text():
            return node.text
        case Row():
            return "".join(map(one_line, node.items))
        case Operator():
            return node.text
        case Fraction():
            separator = "/" if node.has_bar else " over "
            return separator.join(map(_term, (node.numerator, node.denominator)))
        case Root():
            radicand = _stripped(node.radicand)
            if node.degree is None:
                return f"sqrt({radicand})"
            return f"{_parenthesized(radicand)}^(1/{_stripped(node.degree)})"
        case Scripts():
            lower = "" if node.lower is None else _script("_", _stripped(node.lower))
            upper = "" if node.upper is None else _script("^", _stripped(node.upper))
            return one_line(node.base) + lower + upper
        case Accent():
            return accented(node)
        case Fenced():
            return f"{node.left}{one_line(node.body)}{node.right}"
        case Grid():
            cell_separator, row_separator = (" ", "; ") if "r" in node.aligns else (", ", "; ")
            rows = (cell_separator.join(filter(None, map(_stripped, row))) for row in node.rows)
            return row_separator.join(rows)


def accented(node: Accent) -> str:
    """Return a letter with its mark, or a name such as ``hat(x + y)``."""
    body, mark = _stripped(node.body), symbols.ACCENTS[node.name]
    if not mark:  # a brace
        return body
    if len(body) == 1 and current_glyphs() is not ASCII:
        return unicodedata.normalize("NFC", body + mark)
    name = node.name.removeprefix("wide")
    return f"{name}{body if body.startswith('(') else f'({body})'}"


def _symbol(symbol: Symbol) -> str:
    is_spaced = symbol.kind in {Kind.BINARY, Kind.RELATION} and symbol.text not in "+-*=<>:⋅∘"
    return f" {symbol.text} " if is_spaced else symbol.text


def _stripped(node: Node) -> str:
    return one_line(node).strip()


def _term(node: Node) -> str:
    return _parenthesized(_stripped(node))


def _parenthesized(text: str) -> str:
    """Return text in parentheses unless it is a single term."""
    return text if _SINGLE_TERM.fullmatch(text) else f"({text})"


def _script(operator: str, text: str) -> str:
    """Return a superscript (operator ``^``) or subscript (``_``)."""
    if _NUMBER.fullmatch(text):
        is_upper = operator == "^"
        return text.translate(
            symbols.SUPERSCRIPT_NUMBERS if is_upper else symbols.SUBSCRIPT_NUMBERS
        )
    if text in {"", "'"}:
        return text
    return f"{operator}{_parenthesized(text)}"
