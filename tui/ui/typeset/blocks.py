"""Markdown → blocks: what a summary says, before it is known how wide it will be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it.token import Token

from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.inline import InlineText, inline_spans, link_urls, strip_html, trim_breaks
from tui.ui.typeset.latex_to_text import latex_to_text
from tui.ui.typeset.parser import parse_tokens

Align = Literal["left", "right", "center"]


class Heading(NamedTuple):
    """A heading, of level 1 to 6."""

    level: int
    text: InlineText


class Paragraph(NamedTuple):
    """A paragraph; ``tight`` ones stand without an empty line around them."""

    text: InlineText
    is_tight: bool = False


class ListItem(NamedTuple):
    """An item of a list: its sign (``∙``, ``3.``, ``[x]``) and what stands in it."""

    marker: str
    blocks: tuple[Block, ...]


class BulletList(NamedTuple):
    """A list."""

    items: tuple[ListItem, ...]


class Quote(NamedTuple):
    """A quotation."""

    blocks: tuple[Block, ...]


class Code(NamedTuple):
    """Lines to be shown as they are."""

    lines: tuple[str, ...]


class Formula(NamedTuple):
    """Lines of mathematics that stand by themselves."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """A table: rows of cells, the first row the headings; one alignment a column."""

    rows: tuple[tuple[InlineText, ...], ...]
    aligns: tuple[Align, ...]


class HorizontalRule(NamedTuple):
    """A horizontal rule."""


Block = Heading | Paragraph | BulletList | Quote | Code | Formula | Table | HorizontalRule

_TASK = re.compile(r"\[([ xX])\]\s")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n")


def parse_blocks(markdown: str) -> tuple[Block, ...]:
    """Parse Markdown into blocks.

    Args:
        markdown: any text.

    Returns:
        Its blocks, none of them empty. What Markdown does not know is a paragraph.
    """
    tokens = parse_tokens(markdown)
    if tokens is not None:
        return _Builder(tokens).blocks()
    parts = (trim_breaks(link_urls(part)) for part in _EMPTY_LINES.split(markdown))
    return tuple(Paragraph(text) for text in parts if text)


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
                if text := self._inline("heading_close"):
                    yield Heading(int(token.tag[1]), text)
            case "paragraph_open":
                if text := self._inline("paragraph_close"):
                    yield Paragraph(text, is_tight=token.hidden)
            case "bullet_list_open" | "ordered_list_open":
                yield self._listing(token)
            case "blockquote_open":
                if blocks := self.blocks("blockquote_close"):
                    yield Quote(blocks)
            case "table_open":
                table = self._table()
                if any(map(any, table.rows)):
                    yield table
            case _:
                yield from _single(token)

    def _inline(self, end: str) -> InlineText:
        """Return the text up to the token ``end``."""
        children: list[Token] = []
        while self._tokens[self._at].type != end:
            children.extend(self._tokens[self._at].children or ())
            self._at += 1
        self._at += 1
        return inline_spans(children)

    def _listing(self, opening: Token) -> BulletList:
        ordered = opening.type == "ordered_list_open"
        close = opening.type.replace("open", "close")
        start = opening.attrGet("start")
        number = 1 if start is None else int(start)
        bullets = current_glyphs().bullets
        bullet = bullets[min(self._depth, len(bullets) - 1)]
        self._depth += 1
        items = []
        while (token := self._tokens[self._at]).type != close:
            self._at += 1
            if token.type == "list_item_open":
                sign = f"{number}{token.markup}" if ordered else bullet
                items.append(_item(sign, self.blocks("list_item_close")))
                number += 1
        self._at += 1
        self._depth -= 1
        return BulletList(tuple(items))

    def _table(self) -> Table:
        rows: list[tuple[InlineText, ...]] = []
        cells: list[InlineText] = []
        aligns: list[Align] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type in {"th_open", "td_open"}:
                if token.type == "th_open":
                    aligns.append(_align(str(token.attrGet("style"))))
                cells.append(self._inline(token.type.replace("open", "close")))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self._at += 1
        return Table(tuple(rows), tuple(aligns))


def _single(token: Token) -> Iterator[Block]:
    """Yield the block that is a token by itself; none if there is nothing in it."""
    match token.type:
        case "fence" | "code_block":
            if lines := _without_empty_ends(token.content.expandtabs(4)):
                yield Code(lines)
        case "math_block" | "math_block_label":
            if lines := tuple(filter(str.strip, map(latex_to_text, token.content.split("\n")))):
                yield Formula(lines)
        case "html_block":
            if text := trim_breaks(link_urls(strip_html(token.content))):
                yield Paragraph(text)
        case "hr":
            yield HorizontalRule()


def _item(sign: str, blocks: tuple[Block, ...]) -> ListItem:
    """Return an item; of a task, the box is the sign."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not (box := _TASK.match(first.text[0].text)):
        return ListItem(sign, blocks)
    head = first.text[0]._replace(text=first.text[0].text[box.end() :])
    rest = Paragraph(trim_breaks((head, *first.text[1:])), first.is_tight)
    return ListItem(f"[{box[1].lower()}]", (rest, *blocks[1:]))


def _align(style: str) -> Align:
    return "right" if "right" in style else "center" if "center" in style else "left"


def _without_empty_ends(text: str) -> tuple[str, ...]:
    """Return the lines of a text; indentation before the first word stays."""
    lines = text.split("\n")
    full = [number for number, line in enumerate(lines) if line.strip()]
    return tuple(lines[full[0] : full[-1] + 1]) if full else ()
