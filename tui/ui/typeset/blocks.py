"""Parse Markdown into blocks, which do not depend on a width.

The dialect of summaries is CommonMark with tables, strikethrough and math. Constructs that could
hide text or take too long are read as plain text: deep nesting, HTML blocks, and links with unsafe
targets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, html_block, list_block
from markdown_it.token import Token

from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.inline import InlineText, inline_spans, link_urls, strip_html, trim_breaks
from tui.ui.typeset.math.markdown_rules import formula_rules

Align = Literal["left", "right", "center"]


class Heading(NamedTuple):
    """A heading, of level 1 to 6."""

    level: int
    text: InlineText


class Paragraph(NamedTuple):
    """A paragraph; tight ones have no empty lines around them."""

    text: InlineText
    is_tight: bool = False


class ListItem(NamedTuple):
    """A list item: its marker (``∙``, ``3.``, ``[x]``) and its content."""

    marker: str
    blocks: tuple[Block, ...]


class ItemList(NamedTuple):
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]


class Quote(NamedTuple):
    """A quotation."""

    blocks: tuple[Block, ...]


class Code(NamedTuple):
    """A code block."""

    lines: tuple[str, ...]


class Formula(NamedTuple):
    """A displayed formula, in LaTeX."""

    source: str


class Table(NamedTuple):
    """A table: rows of cells, starting with the header, and the alignment of each column."""

    rows: tuple[tuple[InlineText, ...], ...]
    aligns: tuple[Align, ...]


class HorizontalRule(NamedTuple):
    """A horizontal rule."""


_BlockRule = Callable[[StateBlock, int, int, bool], bool]

Block = Heading | Paragraph | ItemList | Quote | Code | Formula | Table | HorizontalRule

_TASK = re.compile(r"\[([ xX])\]\s")
_BULLETS = "•◦▪●"
_BULLET = re.compile(rf"^(\s*)[{_BULLETS}]\s*(?=\S)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n")

_MAX_LEVEL = 16
"""Deeper nesting is read as text; a quote adds one level, a list item two.

Less than markdown-it's own limit of 20, beyond which it drops the content."""

# HTML whose content is not text, and its closing tags.
_HIDDEN_START = re.compile(r"<(!--|script(?=[\s>])|style(?=[\s>]))", re.IGNORECASE)
_HIDDEN_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE),
    "style": re.compile("</style>", re.IGNORECASE),
}


def parse_blocks(markdown: str) -> tuple[Block, ...]:
    """Parse Markdown into blocks.

    Args:
        markdown: any text.

    Returns:
        The non-empty blocks. If the parser fails, the paragraphs of the source as plain text.
    """
    try:
        tokens = _parser().parse(_with_list_markers(markdown))
    except Exception:  # untrusted text in a third-party parser must not prevent showing it
        tokens = None
    if tokens is not None:
        return _Builder(tokens).blocks()
    parts = (trim_breaks(link_urls(part)) for part in _EMPTY_LINES.split(markdown))
    return tuple(Paragraph(text) for text in parts if text)


def _with_list_markers(markdown: str) -> str:
    """Return a text whose bullets are the markers of lists, outside of blocks of code.

    Chats and word processors write ``•``, which Markdown does not know: it would join the items.
    """
    if not any(bullet in markdown for bullet in _BULLETS):
        return markdown
    lines = markdown.split("\n")
    is_code = False
    for number, line in enumerate(lines):
        is_code ^= _FENCE.match(line) is not None
        if not is_code:
            lines[number] = _BULLET.sub(r"\1- ", line)
    return "\n".join(lines)


class _Builder:
    """Converts markdown-it's flat list of tokens to nested blocks."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = iter(tokens)
        self._list_depth = 0

    def blocks(self, end: str | None = None) -> tuple[Block, ...]:
        """Return the blocks up to a token of type ``end``, or all."""
        return tuple(block for token in self._read_until(end) for block in self._block(token))

    def _read_until(self, end: str | None) -> Iterator[Token]:
        """Yield tokens up to one of type ``end``, which is consumed."""
        return takewhile(lambda token: token.type != end, self._tokens)

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                if text := self._inline_text("heading_close"):
                    yield Heading(int(token.tag[1]), text)
            case "paragraph_open":
                yield from self._paragraph(is_tight=token.hidden)
            case "bullet_list_open" | "ordered_list_open":
                yield self._list(token)
            case "blockquote_open":
                if blocks := self.blocks("blockquote_close"):
                    yield Quote(blocks)
            case "table_open":
                table = self._table()
                if any(map(any, table.rows)):
                    yield table
            case _:
                yield from _leaf_block(token)

    def _inline_tokens(self, end: str) -> list[Token]:
        """Return the inline tokens up to a token of type ``end``."""
        return [child for token in self._read_until(end) for child in token.children or ()]

    def _inline_text(self, end: str) -> InlineText:
        """Return the text up to a token of type ``end``."""
        return trim_breaks(inline_spans(self._inline_tokens(end)))

    def _paragraph(self, *, is_tight: bool) -> Iterator[Block]:
        """Yield a paragraph; displays in it that are taller than a line stand alone."""
        tokens: list[Token] = []
        for token in self._inline_tokens("paragraph_close"):
            if token.type == "math_inline" and token.markup == "$$" and _is_tall(token.content):
                if text := trim_breaks(inline_spans(tokens)):
                    yield Paragraph(text, is_tight=is_tight)
                yield Formula(token.content)
                tokens = []
            else:
                tokens.append(token)
        if text := trim_breaks(inline_spans(tokens)):
            yield Paragraph(text, is_tight=is_tight)

    def _list(self, opening: Token) -> ItemList:
        is_ordered = opening.type == "ordered_list_open"
        start = opening.attrGet("start")
        number = 1 if start is None else int(start)
        bullets = current_glyphs().bullets
        bullet = bullets[min(self._list_depth, len(bullets) - 1)]
        self._list_depth += 1
        items = []
        for token in self._read_until(opening.type.replace("open", "close")):
            if token.type == "list_item_open":
                marker = f"{number}{token.markup}" if is_ordered else bullet
                items.append(_list_item(marker, self.blocks("list_item_close")))
                number += 1
        self._list_depth -= 1
        return ItemList(tuple(items))

    def _table(self) -> Table:
        rows: list[tuple[InlineText, ...]] = []
        cells: list[InlineText] = []
        aligns: list[Align] = []
        for token in self._read_until("table_close"):
            if token.type in {"th_open", "td_open"}:
                if token.type == "th_open":
                    aligns.append(_align(str(token.attrGet("style"))))
                cells.append(self._inline_text(token.type.replace("open", "close")))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        return Table(tuple(rows), tuple(aligns))


def _leaf_block(token: Token) -> Iterator[Block]:
    """Yield the block of a single token unless it is empty."""
    match token.type:
        case "fence" | "code_block":
            if lines := _strip_empty_lines(token.content.expandtabs(4)):
                yield Code(lines)
        case "math_block" | "math_block_label":
            if token.content.strip():
                yield Formula(token.content)
        case "html_block":
            if text := trim_breaks(link_urls(strip_html(token.content))):
                yield Paragraph(text)
        case "hr":
            yield HorizontalRule()


def _is_tall(formula: str) -> bool:
    from tui.ui.typeset.math.display import is_tall

    return is_tall(formula)


def _list_item(marker: str, blocks: tuple[Block, ...]) -> ListItem:
    """Return a list item; a task's checkbox becomes its marker."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not (checkbox := _TASK.match(first.text[0].text)):
        return ListItem(marker, blocks)
    head = first.text[0]._replace(text=first.text[0].text[checkbox.end() :])
    rest = Paragraph(trim_breaks((head, *first.text[1:])), first.is_tight)
    return ListItem(f"[{checkbox[1].lower()}]", (rest, *blocks[1:]))


def _align(style: str) -> Align:
    return "right" if "right" in style else "center" if "center" in style else "left"


def _strip_empty_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines and drop empty ones at both ends; indentation is kept."""
    lines = text.split("\n")
    nonempty = [number for number, line in enumerate(lines) if line.strip()]
    return tuple(lines[nonempty[0] : nonempty[-1] + 1]) if nonempty else ()


# The dialect


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's
        """Accept all links; unsafe targets are removed later, and the text is kept."""
        return True


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable(["table", "strikethrough"]).use(formula_rules)
    block = parser.block.ruler
    interruptible = ["paragraph", "reference", "blockquote"]
    block.at("blockquote", _limit_depth(blockquote), {"alt": [*interruptible, "list"]})
    block.at("list", _limit_depth(list_block), {"alt": interruptible})
    block.at("html_block", _hidden_html, {"alt": interruptible})
    return parser


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
