"""The unwrapped text of a page, and mapping its offsets to wrapped lines."""

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


def lay_out_markdown(markdown: str, width: int) -> list[Line]:
    return lay_out(parse_blocks(markdown), width)


def find_on_lines(lines: list[Line], text: str) -> list[tuple[int, str]]:
    """Find a text; return the number of each line it is on, and the part on that line."""
    offsets = TextOffsets(lines)
    start = offsets.text.index(text)
    ranges = offsets.line_ranges(start, start + len(text))
    return [(line, lines[line].text[first:last]) for line, first, last in ranges]


@pytest.mark.parametrize(
    ("markdown", "text", "parts"),
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
def test_wrapped_text_is_found_on_both_lines(
    markdown: str, text: str, parts: list[tuple[int, str]]
) -> None:
    assert find_on_lines(lay_out_markdown(markdown, 20), text) == parts


def test_separate_lines_are_not_joined() -> None:
    for markdown in ("one\n\ntwo", "- one\n- two", "one<br>two", "```\none\ntwo\n```"):
        assert "one two" not in TextOffsets(lay_out_markdown(markdown, 40)).text
        assert "onetwo" not in TextOffsets(lay_out_markdown(markdown, 40)).text


def test_non_breaking_spaces_are_found_as_spaces() -> None:
    [line] = wrap_lines([Span("44\u00a0votes")], 20)
    assert find_on_lines([line], "44 votes") == [(0, "44\u00a0votes")]


def test_without_lines_there_is_no_text() -> None:
    offsets = TextOffsets([])
    assert (
        offsets.text,
        offsets.offset_of_line(0),
        offsets.line_at_offset(3),
        [*offsets.line_ranges(0, 9)],
    ) == ("", 0, 0, [])


@given(
    words=st.lists(st.sampled_from(["a", "bb", "강화학습", "漢字", "w" * 30, "é"])), width=widths
)
def test_wrapped_paragraph_is_joined(words: list[str], width: int) -> None:
    text = " ".join(words)
    offsets = TextOffsets(list(wrap_lines([Span(text)], width)))
    assert offsets.text == f"\n{text}"


@given(markdown=markdowns, width=widths, data=st.data())
def test_line_ranges_cover_the_text(markdown: str, width: int, data: st.DataObject) -> None:
    lines = lay_out_markdown(markdown, width)
    offsets = TextOffsets(lines)
    start = data.draw(st.integers(0, len(offsets.text)))
    end = data.draw(st.integers(start, len(offsets.text)))
    ranges = list(offsets.line_ranges(start, end))
    covered = "".join(lines[line].text[first:last] for line, first, last in ranges)
    expected = offsets.text[start:end]
    assert covered.replace("\u00a0", "").replace(" ", "") == expected.replace("\n", "").replace(
        " ", ""
    )
    numbers = [line for line, _first, _last in ranges]
    assert numbers == sorted(set(numbers))


@given(markdown=markdowns, widths=st.tuples(widths, widths))
def test_offsets_identify_lines_in_any_width(markdown: str, widths: tuple[int, int]) -> None:
    offsets, rewrapped = (TextOffsets(lay_out_markdown(markdown, width)) for width in widths)
    for line in range(len(lay_out_markdown(markdown, widths[0]))):
        assert offsets.line_at_offset(offsets.offset_of_line(line)) == line
    assert rewrapped.line_at_offset(offsets.offset_of_line(0)) == 0
