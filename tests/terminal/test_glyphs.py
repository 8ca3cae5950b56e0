"""The symbols on the screen are one cell wide in every terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain

import pytest
from rich.cells import cell_len

from tui.library.view import sort_arrow
from tui.query.columns import VOTES
from tui.query.sorting import SortKey
from tui.terminal import glyphs as signs
from tui.terminal.glyphs import ASCII, UNICODE, Glyphs, current_glyphs, use_glyphs
from tui.ui.typeset.blocks import ItemList, parse_blocks
from tui.ui.typeset.cell_width import truncate


def symbols(glyphs: Glyphs) -> Iterator[str]:
    """Yield all symbols, including those in tuples."""
    return chain.from_iterable(glyphs)


@pytest.fixture
def _in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signs, "_current", ASCII)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_symbols_are_one_cell_wide(glyphs: Glyphs) -> None:
    for symbol in symbols(glyphs):
        assert len(symbol) == cell_len(symbol) == 1
        assert unicodedata.east_asian_width(symbol) in {"N", "Na"}


def test_ascii_symbols_are_ascii_and_distinct() -> None:
    assert all(map(str.isascii, symbols(ASCII)))
    for glyphs in (UNICODE, ASCII):
        assert len({glyphs.unread, glyphs.star, glyphs.note}) == 3
        assert len({glyphs.collapsed, glyphs.expanded, glyphs.new}) == 3
        assert glyphs.ascending != glyphs.descending
        assert len(set(glyphs.bullets)) == 3
        assert len(set(glyphs.heat)) == len(glyphs.heat) == 5


def test_default_is_unicode() -> None:
    assert current_glyphs() is UNICODE


def test_use_glyphs_changes_the_current_glyphs() -> None:
    try:
        use_glyphs(ASCII)
        assert current_glyphs() is ASCII
    finally:
        use_glyphs(UNICODE)


@pytest.mark.usefixtures("_in_ascii")
def test_text_is_drawn_with_current_glyphs() -> None:
    assert truncate("abcdef", 4) == "abc~"
    assert sort_arrow(SortKey(VOTES, descending=True)) == "v"
    assert sort_arrow(SortKey(VOTES, descending=False)) == "^"
    [item_list] = parse_blocks("- one\n  - two\n    - three\n      - four")
    markers = []
    while isinstance(item_list, ItemList):
        markers.append(item_list.items[0].marker)
        item_list = item_list.items[0].blocks[-1]
    assert markers == ["*", "-", "+", "+"]
