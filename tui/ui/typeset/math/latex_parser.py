r"""Parse LaTeX into the parts of a formula; in linear time and to a limited depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.library.export.latex_tokens import LatexError, LatexTokens
from tui.ui.typeset.math import symbols
from tui.ui.typeset.math.nodes import (
    EMPTY,
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
from tui.ui.typeset.math.one_line import one_line

_MAX_DEPTH = 40
"""Nested arguments, delimiters and environments; deeper formulas are rejected."""

_ROW_ENDS = frozenset(("", "}", "\\right", "\\end"))
_CELL_ENDS = _ROW_ENDS | {"&", "\\\\", "\\cr", "\\tabularnewline"}


def parse_formula(source: str) -> Row:
    """Parse a formula of one line.

    Args:
        source: the source, without the dollar signs around it.

    Raises:
        LatexError: it is malformed or nested too deeply.
    """
    parser = _Parser(source)
    row = parser.row()
    parser.require_end()
    return row


def parse_rows(source: str) -> tuple[tuple[Node, ...], ...]:
    r"""Parse the lines of a display, which end with ``\\``, into cells, which end with ``&``.

    Raises:
        LatexError: it is malformed or nested too deeply.
    """
    parser = _Parser(source)
    rows = parser.grid_rows()
    parser.require_end()
    return rows


class _Parser:
    """A recursive-descent parser.

    Args:
        source: the source.
    """

    def __init__(self, source: str) -> None:
        self._tokens = LatexTokens(source)
        self._depth = 0
        self._grids = 0
        self._open_fences = 0  # in the current cell

    def require_end(self) -> None:
        """Raise LatexError if anything is left, such as an unmatched brace."""
        if self._tokens.peek():
            raise LatexError

    @contextmanager
    def _nested(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise LatexError
        yield
        self._depth -= 1

    def row(self, ends: frozenset[str] = _ROW_ENDS) -> Row:
        """Read parts up to one of the given tokens, which is not read."""
        items: list[Node] = []
        while (token := self._tokens.peek()) not in ends or self._is_stray(token):
            self._tokens.read()
            if token in {"^", "_"}:
                self._add_script(items, token)
            else:
                items += self._parts(token, items)
        return Row(tuple(items))

    def _is_stray(self, token: str) -> bool:
        r"""Return whether a token is a ``\right`` without its ``\left``, as after a line break."""
        return token == "\\right" and not self._open_fences

    def _add_script(self, items: list[Node], token: str) -> None:
        spaces: list[Node] = []
        while items and _is_space(items[-1]):
            spaces.append(items.pop())
        base = items.pop() if items else EMPTY
        script = self._argument()
        scripts = base if isinstance(base, Scripts) else Scripts(base, is_stacked=_has_limits(base))
        is_upper = token == "^"
        if (scripts.upper if is_upper else scripts.lower) is not None:
            scripts = Scripts(scripts)
        items.append(scripts._replace(upper=script) if is_upper else scripts._replace(lower=script))

    def _argument(self) -> Node:
        """Read an argument: a group, or one token with its own arguments."""
        with self._nested():
            token = self._tokens.read_argument_start()
            if token in {"^", "_"}:
                raise LatexError
            parts = self._parts(token, [])
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _optional(self) -> str | None:
        """Read an optional argument in brackets and return its source; None without one."""
        if self._tokens.peek() != "[":
            return None
        self._tokens.read()
        parts: list[str] = []
        while (token := self._tokens.read()) != "]":
            parts.append(token)
        return "".join(parts)

    def _group_source(self) -> str:
        """Read a group and return its source, without the braces."""
        if self._tokens.read_argument_start() != "{":
            raise LatexError
        parts: list[str] = []
        depth = 1
        while depth:
            token = self._tokens.read()
            depth += {"{": 1, "}": -1}.get(token, 0)
            parts.append(token)
        return "".join(parts[:-1])

    def _parts(self, token: str, before: list[Node]) -> list[Node]:
        """Return the parts that a token stands for, which has been read."""
        if token == "{":
            return [self._tokens.read_group(self.row)]
        if token == "}":
            raise LatexError
        if token.isspace():
            return [Symbol(" ", Kind.SPACE)]
        if token == "~":
            return [Symbol(" ", Kind.GAP)]
        if token == "&":
            return [Symbol("&")]
        if token[0] == "\\":
            return self._command(token, before)
        return [Symbol(token, symbols.CHARACTER_KINDS.get(token, Kind.ORDINARY))]

    def _command(self, token: str, before: list[Node]) -> list[Node]:
        name = token[1:]
        if name == "limits" and before and isinstance(before[-1], Operator):
            before[-1] = before[-1]._replace(has_limits=True)
        if name in symbols.IGNORED or name in symbols.WITHOUT_CONTENT:
            for _number in range(symbols.WITHOUT_CONTENT.get(name, 0)):
                self._group_source()
            return []
        return [self._with_arguments(name) or symbols.symbol_of(token) or self._unknown(token)]

    def _with_arguments(self, name: str) -> Node | None:
        if (read := _STRUCTURES.get(name)) is not None:
            return read(self)
        if name in symbols.FONTS:
            return self._argument()
        if name in symbols.TEXTS:
            return self._text()
        return Accent(name, self._argument()) if name in symbols.ACCENTS else None

    def _unknown(self, token: str) -> Node:
        return Symbol(token + self._tokens.read_brackets())

    def _text(self) -> Node:
        if self._tokens.peek() == "*":
            self._tokens.read()
        return Text(one_line(self._argument()))

    # Structures

    def _fraction(self) -> Node:
        return Fraction(self._argument(), self._argument())

    def _binomial(self) -> Node:
        content = Fraction(self._argument(), self._argument(), has_bar=False)
        return Fenced("(", content, ")")

    def _root(self) -> Node:
        degree = self._optional()
        return Root(self._argument(), None if degree is None else parse_formula(degree))

    def _over(self) -> Node:
        upper = self._argument()
        return Scripts(self._argument(), upper=upper, is_stacked=True)

    def _under(self) -> Node:
        lower = self._argument()
        return Scripts(self._argument(), lower=lower, is_stacked=True)

    def _color(self) -> Node:
        self._group_source()
        return self._argument()

    def _negated(self) -> Node:
        body = self._argument()
        if body == Symbol("=", Kind.RELATION):
            return Symbol("!=", Kind.RELATION)
        if body == Symbol("in", Kind.RELATION):
            return Symbol("∉", Kind.RELATION)
        return Row((Symbol("not ", Kind.ORDINARY), body))

    def _tag(self) -> Node:
        return Text(f"  ({self._group_source()})")

    def _modulus(self) -> Node:
        return Row((Text(" (mod "), self._argument(), Text(")")))

    def _fenced(self) -> Node:
        left = self._delimiter()
        self._open_fences += 1
        with self._nested():
            body = self.row(_CELL_ENDS if self._grids else _ROW_ENDS)
        self._open_fences -= 1
        if self._tokens.peek() != "\\right":
            return Row((Symbol(left, Kind.OPEN), body))
        self._tokens.read()
        return Fenced(left, body, self._delimiter())

    def _stray_right(self) -> Node:
        return Symbol(self._delimiter(), Kind.CLOSE)

    def _delimiter(self) -> str:
        token = self._tokens.read_argument_start()
        if token in symbols.DELIMITERS:
            return symbols.DELIMITERS[token]
        symbol = symbols.symbol_of(token)
        return symbol.text if symbol is not None else token

    def _substack(self) -> Node:
        if self._tokens.read_argument_start() != "{":
            raise LatexError
        rows = self._tokens.read_group(self.grid_rows)
        return Grid(rows)

    def _environment(self) -> Node:
        name = self._group_source().rstrip("*")
        if name not in symbols.MATRICES and name not in symbols.ALIGNED and "cases" not in name:
            raise LatexError
        aligns = "c"
        if name == "array":
            aligns = "".join(char for char in self._group_source() if char in "clr") or "c"
        elif name.startswith("alignat"):
            self._group_source()
        self._optional()
        with self._nested():
            rows = self.grid_rows()
        if self._tokens.read() != "\\end" or self._group_source().rstrip("*") != name:
            raise LatexError
        if name in symbols.MATRICES:
            left, right = symbols.MATRICES[name]
            return Fenced(left, Grid(rows, aligns), right)
        if name in symbols.ALIGNED:
            return Grid(rows, "c" if name in symbols.CENTERED else "rl")
        grid = Grid(rows, "l", is_cases=True)
        return Fenced("", grid, "}") if name == "rcases" else Fenced("{", grid, "")

    def grid_rows(self) -> tuple[tuple[Node, ...], ...]:
        """Read rows of cells up to the end of their environment."""
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        fences, self._open_fences = self._open_fences, 0
        self._grids += 1
        while True:
            cells.append(self.row(_CELL_ENDS))
            token = self._tokens.peek()
            if token in _ROW_ENDS:
                break
            self._tokens.read()
            if token != "&":
                rows.append(tuple(cells))
                cells = []
                self._skip_row_space()
        self._grids -= 1
        self._open_fences = fences
        if len(cells) > 1 or one_line(cells[0]).strip():
            rows.append(tuple(cells))
        return tuple(rows)

    def _skip_row_space(self) -> None:
        r"""Skip the star and the distance of ``\\*[2pt]``."""
        if self._tokens.peek() == "*":
            self._tokens.read()
        self._optional()


_STRUCTURES: dict[str, Callable[[_Parser], Node]] = {
    "frac": _Parser._fraction,
    "dfrac": _Parser._fraction,
    "tfrac": _Parser._fraction,
    "cfrac": _Parser._fraction,
    "nicefrac": _Parser._fraction,
    "sfrac": _Parser._fraction,
    "binom": _Parser._binomial,
    "tbinom": _Parser._binomial,
    "dbinom": _Parser._binomial,
    "sqrt": _Parser._root,
    "overset": _Parser._over,
    "stackrel": _Parser._over,
    "underset": _Parser._under,
    "textcolor": _Parser._color,
    "not": _Parser._negated,
    "tag": _Parser._tag,
    "pmod": _Parser._modulus,
    "left": _Parser._fenced,
    "right": _Parser._stray_right,
    "begin": _Parser._environment,
    "substack": _Parser._substack,
}


def _has_limits(base: Node) -> bool:
    """Return whether scripts of a part are above and below it."""
    if isinstance(base, Accent):
        return base.name in {"underbrace", "overbrace"}
    return isinstance(base, Operator) and base.has_limits


def _is_space(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind is Kind.SPACE
