"""The Markdown that digests are read as: CommonMark, tables, strikethrough and math.

What would hide text or cost too much is read as plain text: nesting without end, HTML blocks, links
that lead nowhere good.
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

_DEEPEST = 16
"""Levels; a quote is one, a list and its item are two. Deeper signs are text.

Less than where markdown-it (at 20) drops what it finds."""

# As Pandoc reads it: no space within, no digit after it. "$5 and $10" are prices.
_MATH = re.compile(
    r"\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$"
    r"|(?<![A-Za-z0-9$])\$(?![\s$])(?P<inline>(?:[^$\\]|\\.)++)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
# HTML of which the content is no text either, and how it ends.
_HIDDEN = re.compile(r"<(!--|script(?=[\s>])|style(?=[\s>]))", re.IGNORECASE)
_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE),
    "style": re.compile("</style>", re.IGNORECASE),
}


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's
        """Take every link for one: a bad one loses its target later, and not its words."""
        return True


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)
    parser.inline.ruler.at("math_inline", _math)
    block = parser.block.ruler
    ended = ["paragraph", "reference", "blockquote"]
    block.at("blockquote", _shallow(blockquote), {"alt": [*ended, "list"]})
    block.at("list", _shallow(list_block), {"alt": ended})
    block.at("html_block", _hidden, {"alt": ended})
    return parser


def parse_tokens(markdown: str) -> list[Token] | None:
    """Parse Markdown; None if the parser gives up, as it may on a text made to break it."""
    try:
        return _parser().parse(markdown)
    except Exception:  # somebody else's text in somebody else's parser: it must be shown anyway
        return None


def _shallow(rule: _BlockRule) -> _BlockRule:
    """Let a rule open nothing deeper than ``_DEEPEST``: markdown-it would drop what is there."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        return state.level < _DEEPEST and rule(state, start, end, silent)

    return shallow


def _hidden(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Take comments, scripts and styles that have an end for blocks of HTML.

    Other tags are read within the text, which leaves the Markdown between them Markdown.
    """
    at = state.bMarks[start] + state.tShift[start]
    opening = _HIDDEN.match(state.src, at)
    if opening is None:
        return False
    name = opening[1].lower()
    # What has no end here has none later: looking again would cost the square of the length.
    endless: set[str] = state.env.setdefault("endless", set())
    if name not in endless and not _ENDS[name].search(state.src, at):
        endless.add(name)
    return name not in endless and html_block(state, start, end, silent)


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read math in dollars; the plugin's own rule takes the text's last character for its first."""
    if state.src[state.pos] != "$":
        return False
    found = _MATH.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found["display"] or found["inline"]
    state.pos = found.end()
    return True
