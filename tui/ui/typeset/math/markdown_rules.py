r"""Formulas in Markdown: rules for the parser, besides those of dollarmath for ``$$`` blocks.

Inline formulas become tokens of type ``math_inline``, with ``$$`` as their markup if they are
displayed; displays that stand alone become tokens of type ``math_block``.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

# Pandoc's rule: no space inside the dollars, no digit after them. "$5 and $10" are prices.
_DOLLARS = re.compile(
    r"\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$"
    r"|(?<![A-Za-z0-9$])\$(?![\s$])(?P<inline>(?:[^$\\]|\\.)++)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_BLOCK_START = re.compile(
    r"\\\[|\\begin\{(?P<name>equation|align|alignat|aligned|flalign|gather|gathered|multline|eqnarray"
    r"|split|displaymath|math)(?P<star>\*?)\}"
)
_BLOCK_REST = re.compile(r"[.,;]?\s*")

# In Markdown, \( and \[ are also escaped brackets, as in \[1\].
_IS_FORMULA = re.compile(r"[\\^_=+<>]|\A\s*[A-Za-z]\s*\Z")

_MAX_LINES = 60
"""Lines of a block; without a limit, unclosed ones would be searched in quadratic time."""

_MAX_INLINE_CHARS = 1000


def formula_rules(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.use(dollarmath_plugin)
    parser.inline.ruler.at("math_inline", _dollars)
    parser.inline.ruler.before("escape", "math_brackets", _brackets)
    parser.block.ruler.before(
        "math_block", "math_display", _display, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _dollars(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Match math in dollars; the plugin's rule reads index -1 at the start of a text."""
    if state.src[state.pos] != "$":
        return False
    match = _DOLLARS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push(state, match["display"] or match["inline"], is_display=bool(match["display"]))
    state.pos = match.end()
    return True


def _brackets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    r"""Match ``\(…\)`` and ``\[…\]``."""
    start = state.pos
    opening = state.src[start : start + 2]
    if opening not in {"\\(", "\\["}:
        return False
    closing = "\\)" if opening == "\\(" else "\\]"
    limit = min(state.posMax, start + _MAX_INLINE_CHARS)
    end = state.src.find(closing, start + 2, limit)
    source = state.src[start + 2 : end]
    if end < 0 or not _IS_FORMULA.search(source):
        return False
    if not silent:
        _push(state, source, is_display=opening == "\\[")
    state.pos = end + 2
    return True


def _push(state: StateInline, source: str, *, is_display: bool) -> None:
    token = state.push("math_inline", "math", 0)
    token.content = source
    token.markup = "$$" if is_display else "$"


def _display(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    r"""Match ``\[…\]`` and environments that begin and end a line."""
    opening = _BLOCK_START.match(state.src, state.bMarks[start] + state.tShift[start])
    if opening is None or state.is_code_block(start):
        return False
    found = _find_end(state, start, end, opening)
    if found is None:
        return False
    source, line = found
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block = True
        token.content = source
        token.map = [start, line]
    state.line = line
    return True


def _find_end(
    state: StateBlock, start: int, end: int, opening: re.Match[str]
) -> tuple[str, int] | None:
    """Return the source of a display and the line after it; None if it is not one."""
    name = opening["name"]
    closing = f"\\end{{{name}{opening['star']}}}" if name else "\\]"
    lines: list[str] = []
    for line in range(start, min(end, start + _MAX_LINES)):
        if state.isEmpty(line) or (line > start and state.sCount[line] < state.blkIndent):
            return None
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        offset = text.find(closing)
        if offset >= 0:
            break
        lines.append(text)
    else:
        return None
    offset += len(closing)
    if not _BLOCK_REST.fullmatch(text, offset):
        return None
    source = "\n".join([*lines, text[:offset]])
    if not name:
        source = source.removeprefix("\\[").removesuffix("\\]")
    return (source, line + 1) if name or _IS_FORMULA.search(source) else None
