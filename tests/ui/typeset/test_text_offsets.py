"""The text of a page as one: what was broken over lines is whole again, and found on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.typeset.strategies import markdowns, widths
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.text_offsets import TextOffsets
from tui.ui.typeset.wrap import wrap_lines


def laid_out(markdown: str, width: int) -> list[Line]:
    return lay_out(parse_blocks(markdown), width)


def shown(lines: list[Line], wanted: str) -> list[tuple[int, str]]:
    """Return the pieces of a text where it first stands: their lines and what is there."""
    flow = TextOffsets(lines)
    start = flow.text.index(wanted)
    pieces = flow.line_ranges(start, start + len(wanted))
    return [(at, lines[at].text[first:last]) for at, first, last in pieces]


@pytest.mark.parametrize(
    ("markdown", "wanted", "pieces"),
    [
        ("one two three four five", "four five", [(0, "four"), (1, "five")]),
        ("- one two three four five", "four five", [(0, "four"), (1, "five")]),
        ("> one two three four five", "four five", [(0, "four"), (1, "five")]),
        ("> - one two three four", "three four", [(0, "three"), (1, "four")]),
        ("강화 학습과 자연어 처리를", "자연어 처리", [(0, "자연어"), (1, "처리")]),
        ("漢字" * 6, "漢字" * 5 + "漢", [(0, "漢字" * 5), (1, "漢")]),
        ("a" * 24, "a" * 22, [(0, "a" * 20), (1, "aa")]),
        ("```\none two three four five\n```", "three four", [(0, "three "), (1, "four")]),
        ("|head|\n|-|\n|cell|", "cell", [(2, "cell")]),
    ],
)  # fmt: skip
def test_what_was_broken_is_found_on_both_lines(
    markdown: str, wanted: str, pieces: list[tuple[int, str]]
) -> None:
    assert shown(laid_out(markdown, 20), wanted) == pieces


def test_lines_of_their_own_stay_apart() -> None:
    for markdown in ("one\n\ntwo", "- one\n- two", "one<br>two", "```\none\ntwo\n```"):
        assert "one two" not in TextOffsets(laid_out(markdown, 40)).text
        assert "onetwo" not in TextOffsets(laid_out(markdown, 40)).text


def test_spaces_that_keep_words_together_are_found_as_spaces() -> None:
    [line] = wrap_lines([Span("44\u00a0votes")], 20)
    assert shown([line], "44 votes") == [(0, "44\u00a0votes")]


def test_no_lines() -> None:
    flow = TextOffsets([])
    assert (
        flow.text,
        flow.offset_of_line(0),
        flow.line_at_offset(3),
        [*flow.line_ranges(0, 9)],
    ) == ("", 0, 0, [])


@given(
    words=st.lists(st.sampled_from(["a", "bb", "강화학습", "漢字", "w" * 30, "é"])), width=widths
)
def test_a_paragraph_is_whole_again(words: list[str], width: int) -> None:
    text = " ".join(words)
    flow = TextOffsets(list(wrap_lines([Span(text)], width)))
    assert flow.text == f"\n{text}"


@given(markdown=markdowns, width=widths, data=st.data())
def test_pieces_are_what_is_asked_for(markdown: str, width: int, data: st.DataObject) -> None:
    lines = laid_out(markdown, width)
    flow = TextOffsets(lines)
    start = data.draw(st.integers(0, len(flow.text)))
    end = data.draw(st.integers(start, len(flow.text)))
    pieces = list(flow.line_ranges(start, end))
    there = "".join(lines[at].text[first:last] for at, first, last in pieces)
    asked = flow.text[start:end]
    assert there.replace("\u00a0", "").replace(" ", "") == asked.replace("\n", "").replace(" ", "")
    assert [piece.line for piece in pieces] == sorted({piece.line for piece in pieces})


@given(markdown=markdowns, widths=st.tuples(widths, widths))
def test_a_line_is_found_again_in_the_same_width_and_its_text_in_another(
    markdown: str, widths: tuple[int, int]
) -> None:
    one, other = (TextOffsets(laid_out(markdown, width)) for width in widths)
    for line in range(len(laid_out(markdown, widths[0]))):
        assert one.line_at_offset(one.offset_of_line(line)) == line
    assert other.line_at_offset(one.offset_of_line(0)) == 0
