"""Markdown → blocks: what a summary says, before it is known how wide it will be shown.

Whatever could act is taken away: HTML, images, and links that do not lead to the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tui.typeset.line import BREAK, Span

Inline = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, of level 1 to 6."""

    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``tight`` ones stand without an empty line around them."""

    text: Inline
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its sign (``∙``, ``3.``) and what stands in it."""

    sign: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be shown as they are."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, the first row the headings; one alignment a column."""

    rows: tuple[tuple[Inline, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


Block = Heading | Paragraph | Listing | Quote | Code | Table | Rule

BULLETS = ("∙", "⁃", "‣")
"""By depth of the list; each is one cell wide in every terminal."""

_TAG = re.compile(r"<[^>]*>")
_LINE_TAG = re.compile(r"<\s*br\b[^>]*>", re.IGNORECASE)
_BARE_LINK = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)


def parse(markdown: str) -> tuple[Block, ...]:
    """Parse Markdown into blocks.

    Args:
        markdown: any text.

    Returns:
        Its blocks. What Markdown does not know is a paragraph.
    """
    return _Builder(_parser().parse(markdown)).blocks()


class _Builder:
    """Turns markdown-it's flat list of tokens into nested blocks."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def blocks(self, end: str | None = None) -> tuple[Block, ...]:
        """Return the blocks up to the token ``end``, or all."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            found.extend(self._block(token))
        return tuple(found)

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), self._inline("heading_close"))
            case "paragraph_open":
                yield Paragraph(self._inline("paragraph_close"), tight=token.hidden)
            case "bullet_list_open" | "ordered_list_open":
                yield self._listing(token)
            case "blockquote_open":
                yield Quote(self.blocks("blockquote_close"))
            case "fence" | "code_block":
                yield Code(tuple(token.content.expandtabs(4).rstrip("\n").split("\n")))
            case "math_block" | "math_block_label":
                yield Code(tuple(token.content.strip("\n").split("\n")))
            case "table_open":
                yield self._table()
            case "hr":
                yield Rule()
            case "html_block":
                text = _TAG.sub("", _LINE_TAG.sub("\n", token.content)).strip()
                if text:
                    yield Paragraph(tuple(_with_links(text)))

    def _inline(self, end: str) -> Inline:
        """Return the text up to the token ``end``."""
        spans: list[Span] = []
        while self._tokens[self._at].type != end:
            spans.extend(_inline(self._tokens[self._at].children or ()))
            self._at += 1
        self._at += 1
        return tuple(spans)

    def _listing(self, opening: Token) -> Listing:
        ordered = opening.type == "ordered_list_open"
        close = opening.type.replace("open", "close")
        number = int(opening.attrGet("start") or 1)
        bullet = BULLETS[min(self._depth, len(BULLETS) - 1)]
        self._depth += 1
        items = []
        while (token := self._tokens[self._at]).type != close:
            self._at += 1
            if token.type == "list_item_open":
                sign = f"{number}." if ordered else bullet
                items.append(Item(sign, self.blocks("list_item_close")))
                number += 1
        self._at += 1
        self._depth -= 1
        return Listing(tuple(items))

    def _table(self) -> Table:
        rows: list[tuple[Inline, ...]] = []
        cells: list[Inline] = []
        right: list[bool] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type in {"th_open", "td_open"}:
                if token.type == "th_open":
                    right.append("right" in str(token.attrGet("style") or ""))
                cells.append(self._inline(token.type.replace("open", "close")))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self._at += 1
        return Table(tuple(rows), tuple(right))


_STYLES = {"strong_open": "strong", "em_open": "emphasis", "s_open": "struck"}


def _inline(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the spans of inline tokens."""
    styles: list[str] = []
    href = ""
    for token in tokens:
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type == "link_open":
            target = str(token.attrGet("href") or "")
            href = target if _WEB.match(target) else ""
            styles.append("link" if href else "")
        elif token.type.endswith("_close") and styles:
            styles.pop()
            href = "" if token.type == "link_close" else href
        else:
            yield from _leaf(token, " ".join(filter(None, dict.fromkeys(styles))), href)


def _leaf(token: Token, style: str, href: str) -> Iterator[Span]:
    """Yield the text of an inline token within these styles and this link."""
    match token.type:
        case "text" if not href:
            yield from _with_links(token.content, style)
        case "text":
            yield Span(token.content, style, href)
        case "code_inline":
            yield Span(token.content, f"{style} code".strip(), href)
        case "math_inline":
            yield Span(token.content, f"{style} math".strip(), href)
        case "image":
            source = str(token.attrGet("src") or "")
            words = token.content or "image"
            linked = bool(_WEB.match(source))
            yield Span(words, f"{style} link".strip(), source) if linked else Span(words, style)
        case "softbreak":
            yield Span(" ", style, href)
        case "hardbreak":
            yield BREAK
        case "html_inline" if _LINE_TAG.match(token.content):
            yield BREAK


def _with_links(text: str, style: str = "") -> Iterator[Span]:
    """Yield a text, with addresses that stand bare in it as links."""
    at = 0
    for found in _BARE_LINK.finditer(text):
        if found.start() > at:
            yield from _lines(text[at : found.start()], style)
        yield Span(found[0], f"{style} link".strip(), found[0])
        at = found.end()
    if at < len(text):
        yield from _lines(text[at:], style)


def _lines(text: str, style: str) -> Iterator[Span]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield BREAK
        if line:
            yield Span(line, style)
