"""The full text of a paper, laid out in pieces so that its beginning is there soon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.i18n import _
from tui.ui.typeset.blocks import Block, parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.paper_page import drop_title, text_line_width
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap_lines

FIRST_PIECE_CHARS = 6_000
"""More than a screen, and laid out within some 20 ms."""

PIECE_CHARS = 24_000

MAX_BLOCK_CHARS = 30_000
"""Longer blocks are split, because the parser takes quadratic time for some texts."""

MAX_TEXT_CHARS = 2_000_000

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
# Blocks that may continue the one before them.
_CONTINUATION = re.compile(r"[\s>|*+-]|\d{1,9}[.)]\s")


class FullTextPage(NamedTuple):
    """A full text, or its beginning.

    Attributes:
        paper_id: the paper's id.
        line_width: cells that a line should have at most.
        blocks: the blocks of each piece.
        width: the width of the lines.
        lines: the text, laid out.
        is_complete: whether this is all of the text.
    """

    paper_id: str
    line_width: int
    blocks: Sequence[tuple[Block, ...]]
    width: int
    lines: Sequence[Line]
    is_complete: bool


def text_pages(
    paper_id: str,
    title: str,
    markdown: str,
    room: int,
    before_piece: Callable[[], object] = lambda: None,
) -> Iterator[FullTextPage]:
    """Lay out a text; yield its beginning, and then all of it.

    Args:
        paper_id: the paper's id.
        title: its title, which is not repeated at the top.
        markdown: the text.
        room: the cells for its lines; on a wide screen, its lines are shorter.
        before_piece: called before each piece; may raise an exception to stop.
    """
    line_width = text_line_width(markdown)
    width = max(2, min(room, line_width))
    pieces: list[tuple[Block, ...]] = []
    lines: list[Line] = []
    for piece in _pieces(markdown[:MAX_TEXT_CHARS]):
        before_piece()
        blocks = parse_blocks(piece)
        pieces.append(blocks if pieces else drop_title(blocks, title))
        _append(lines, lay_out(pieces[-1], width))
        if len(pieces) == 1:
            yield FullTextPage(paper_id, line_width, pieces[:], width, lines[:], is_complete=False)
    if len(markdown) > MAX_TEXT_CHARS:
        warning = Span(_("Too long to show: the rest is omitted."), "warning")
        _append(lines, list(wrap_lines([warning], width)))
    yield FullTextPage(paper_id, line_width, pieces, width, lines, is_complete=True)


def lay_out_again(page: FullTextPage, room: int) -> FullTextPage:
    """Return a page for another width."""
    width = max(2, min(room, page.line_width))
    lines: list[Line] = []
    for blocks in page.blocks:
        _append(lines, lay_out(blocks, width))
    return page._replace(width=width, lines=lines)


def _blocks(markdown: str) -> Iterator[str]:
    """Yield what is between empty lines, split where it is very long."""
    for block in re.split(r"\n{2,}", markdown):
        start = 0
        while len(block) - start > MAX_BLOCK_CHARS:
            end = start + MAX_BLOCK_CHARS
            end = (
                block.rfind("\n", start + 1, end) + 1 or block.rfind(" ", start + 1, end) + 1 or end
            )
            yield block[start:end]
            start = end
        yield block[start:]


def _append(lines: list[Line], piece: Sequence[Line]) -> None:
    if lines and piece:
        lines.append(Line())
    lines.extend(piece)


def _pieces(markdown: str) -> Iterator[str]:
    """Split a text between blocks, before headings if possible."""
    piece: list[str] = []
    size, limit = 0, FIRST_PIECE_CHARS
    is_fenced = False
    for block in _blocks(markdown):
        is_heading = block.startswith("#")
        may_split = is_heading or (size > 2 * limit and not _CONTINUATION.match(block))
        is_full = size + len(block) > 2 * MAX_BLOCK_CHARS
        if piece and (is_full or (size > limit and may_split and not is_fenced)):
            yield "\n\n".join(piece)
            piece, size, limit = [], 0, PIECE_CHARS
        piece.append(block)
        size += len(block)
        if len(_FENCE.findall(block)) % 2:
            is_fenced = not is_fenced
    yield "\n\n".join(piece)
