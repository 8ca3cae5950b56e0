"""Full texts are laid out in pieces, whatever they contain."""

from __future__ import annotations

import pytest

from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.text_page import MAX_TEXT_CHARS, FullTextPage, lay_out_again, text_pages

pytestmark = pytest.mark.slow

SECTION = (
    "## {number} Mills\n\n" + "Wind turns mills. " * 60 + "\n\n- a\n\n- b\n\n```\n# code\n\n```\n\n"
)


def texts(page: FullTextPage) -> list[str]:
    return [line.text for line in page.lines]


def test_beginning_comes_before_the_rest() -> None:
    markdown = "# Counting\n\n" + "".join(SECTION.format(number=n) for n in range(40))
    first, page = text_pages("1", "Counting", markdown, 60)
    assert (first.is_complete, page.is_complete) == (False, True)
    assert texts(first) == texts(page)[: len(first.lines)]
    assert len(first.lines) < len(page.lines) / 3
    # The pieces look as if they were one.
    assert texts(page) == [line.text for line in lay_out(parse_blocks(markdown)[1:], 60)]
    narrow = lay_out_again(page, 30)
    assert narrow.width == 30
    assert max(map(len, texts(narrow))) <= 30


@pytest.mark.parametrize("part", ["[", "*a _b ", "> ", "$"])
def test_any_text_is_laid_out(part: str) -> None:
    """In one piece, which takes quadratic time, it would be a minute."""
    *_first, page = text_pages("1", "", part * (150_000 // len(part)), 80)
    assert page.is_complete
    assert page.lines


def test_very_long_text_is_cut() -> None:
    *_first, page = text_pages("1", "", "Wind. " * (MAX_TEXT_CHARS // 6) + "\n\nThe end.", 80)
    assert texts(page)[-1] == "Too long to show: the rest is omitted."
