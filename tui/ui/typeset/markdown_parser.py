"""The Markdown dialect of summaries: CommonMark, tables, strikethrough and math.

Constructs that could hide text or take too long are read as plain text: deep nesting, HTML blocks,
and links with unsafe targets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, html_block, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

_BlockRule = Callable[[StateBlock, int, int, bool], bool]

_MAX_LEVEL = 16
"""Deeper nesting is read as text; a quote adds one level, a list item two.

Less than markdown-it's own limit of 20, beyond which it drops the content."""

# Pandoc's rule: no space inside the dollars, no digit after them. "$5 and $10" are prices.
_MATH_PATTERN = re.compile(
    r"\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$"
    r"|(?<![A-Za-z0-9$])\$(?![\s$])(?P<inline>(?:[^$\\]|\\.)++)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
# HTML whose content is not text, and its closing tags.
_HIDDEN_START = re.compile(r"<(!--|script(?=[\s>])|style(?=[\s>]))", re.IGNORECASE)
_HIDDEN_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE),
    "style": re.compile("</style>", re.IGNORECASE),
}


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's
        """Accept all links; unsafe targets are removed later, and the text is kept."""
        return True


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)
    parser.inline.ruler.at("math_inline", _math)
    block = parser.block.ruler
    interruptible = ["paragraph", "reference", "blockquote"]
    block.at("blockquote", _limit_depth(blockquote), {"alt": [*interruptible, "list"]})
    block.at("list", _limit_depth(list_block), {"alt": interruptible})
    block.at("html_block", _hidden_html, {"alt": interruptible})
    return parser


def parse_tokens(markdown: str) -> list[Token] | None:
    """Parse Markdown; return None if the parser raises, as it may for malicious text."""
    try:
        return _parser().parse(markdown)
    except Exception:  # untrusted text in a third-party parser must not prevent showing it
        return None


def _limit_depth(rule: _BlockRule) -> _BlockRule:
    """Return a rule that does not match deeper than ``_MAX_LEVEL``."""

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        return state.level < _MAX_LEVEL and rule(state, start, end, silent)

    return limited


def _hidden_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Match closed comments, scripts and styles as HTML blocks.

    Other tags are inline HTML, so that Markdown between them is still parsed.
    """
    offset = state.bMarks[start] + state.tShift[start]
    opening = _HIDDEN_START.match(state.src, offset)
    if opening is None:
        return False
    name = opening[1].lower()
    # Searching again at each later tag would take quadratic time.
    unclosed: set[str] = state.env.setdefault("unclosed", set())
    if name not in unclosed and not _HIDDEN_ENDS[name].search(state.src, offset):
        unclosed.add(name)
    return name not in unclosed and html_block(state, start, end, silent)


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Match math in dollars; the plugin's rule reads index -1 at the start of a text."""
    if state.src[state.pos] != "$":
        return False
    match = _MATH_PATTERN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = match["display"] or match["inline"]
    state.pos = match.end()
    return True
