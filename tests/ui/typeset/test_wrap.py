"""Wrapping: lines fit, no text is lost, and breaks are only where they are allowed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.typeset.spans import BREAK, Line, Span
from tui.ui.typeset.wrap import wrap

FRAGMENTS = [
    *"가나다힣ab Z9.,()!:~ㅋ漢字かー。「」“”😀Ａ\u00a0\u3000\n\t\u200b\u0301",
    "  ", "👩\u200d🔬", "e\u0301", "☂\ufe0f", "\u1112\u1161\u11ab", "पि", "https://a.b/c?d=",
    "가나다라마바사아자차카타파하", "supercalifragilistic",
]  # fmt: skip
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join) | st.text(max_size=200)
spans = st.builds(Span, texts, st.sampled_from(["", "strong", "link"]), st.sampled_from(["", "x"]))
widths = st.integers(12, 100)

hangul = st.text("가나다라마뷁", min_size=1, max_size=9)
latin = st.text("abc", min_size=1, max_size=9)


def wrapped_lines(text: str, width: int) -> list[str]:
    return ["".join(span.text for span in line) for line in wrap([Span(text)], width)]


def without_whitespace(text: str) -> str:
    return "".join(text.split())


@given(text=st.lists(spans | st.just(BREAK)), width=widths, hang=st.integers(0, 8))
def test_no_line_is_too_wide(text: list[Span], width: int, hang: int) -> None:
    first, *next_lines = (Line(line).text for line in wrap(text, width, hang))
    assert cell_len(first) <= width
    assert all(cell_len(line) <= width - hang for line in next_lines)


@given(text=st.lists(spans | st.just(BREAK)), width=widths)
def test_every_character_is_kept_with_its_style(text: list[Span], width: int) -> None:
    def styled(runs: list[Span]) -> list[tuple[str, str, str]]:
        return [
            (char, run.style, run.href) for run in runs for char in without_whitespace(run.text)
        ]

    assert styled([span for line in wrap(text, width) for span in line]) == styled(text)


@given(text=texts, width=widths)
def test_no_line_has_spaces_at_its_ends(text: str, width: int) -> None:
    assert all(line == line.strip(" ") for line in wrapped_lines(text, width))


@given(words=st.lists(hangul | latin, min_size=1), width=st.integers(18, 60))
def test_korean_words_are_not_broken(words: list[str], width: int) -> None:
    lines = wrapped_lines(" ".join(words), width)
    assert [word for line in lines for word in line.split()] == words
    for line, next_line in pairwise(lines):  # every line is full
        assert cell_len(f"{line} {next_line.split()[0]}") > width


@given(
    words=st.lists(
        st.builds(
            str.format,
            st.sampled_from(["「{}」를", "『{}』{}", "美{}", "{}美{}", "{}（{}）{}", "{}、{}"]),
            *[st.text("가나다라마뷁", min_size=1, max_size=3)] * 3,
        ),
        min_size=1,
    ),
    width=st.integers(22, 60),
)
def test_korean_beside_chinese_is_broken_at_spaces_only(words: list[str], width: int) -> None:
    lines = wrapped_lines(" ".join(words), width)
    assert [word for line in lines for word in line.split()] == words


@pytest.mark.parametrize("width", range(12, 30))
def test_long_korean_word_is_broken_between_syllables(width: int) -> None:
    word = "\u1112\u1161\u11ab\u1100\u1173\u11af" * 20  # jamo that form two syllables
    for line in wrapped_lines(word, width):
        assert line[0] in "\u1112\u1100"
        assert width - 1 <= cell_len(line) <= width or line == wrapped_lines(word, width)[-1]


@given(
    words=st.lists(
        st.builds(
            "{}{}{}".format,
            hangul | latin | st.text("漢字か", min_size=1, max_size=40) | st.just("긴단어" * 12),
            st.sampled_from(["", " "]),
            st.sampled_from(["", ".", ").", "!", "。", "」", "”,", ":", "…"]),
        ),
        min_size=1,
    ),
    width=widths,
)
def test_no_line_starts_with_closing_punctuation(words: list[str], width: int) -> None:
    assert not [line for line in wrapped_lines(" ".join(words), width) if line[0] in ".,)!。」”:…"]


@given(words=st.lists(st.text("漢字か", min_size=1, max_size=9).map("「{}」".format)), width=widths)
def test_no_line_ends_with_opening_punctuation(words: list[str], width: int) -> None:
    assert not [line for line in wrapped_lines("".join(words), width) if line.endswith("「")]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 12, [""]),
        ("  a \t\n b  ", 12, ["a b"]),
        ("aaaa bbbb", 9, ["aaaa bbbb"]),
        ("aaaa bbbb", 8, ["aaaa", "bbbb"]),
        ("한국어 문장", 10, ["한국어", "문장"]),
        ("한국어 문장", 11, ["한국어 문장"]),
        ("漢字漢字漢字。", 12, ["漢字漢字漢", "字。"]),
        ("漢字漢字abcdef", 12, ["漢字漢字", "abcdef"]),
        ("가나다라마바.", 12, ["가나다라마", "바."]),
        ("a 12345\u00a067890", 12, ["a", "12345\u00a067890"]),
        ("https://arxiv.org/abs/2505.04921", 24, ["https://arxiv.org/abs/", "2505.04921"]),
        ("a ) ) ) ) ) ) )", 12, ["a ) ) ) ) )", ") )"]),
    ],
)
def test_text_is_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped_lines(text, width) == lines


@pytest.mark.parametrize("char", "⺀ㄅかカ漢\uf900Ａ𠀀𱍊")
def test_scripts_without_spaces_fill_the_line(char: str) -> None:
    assert wrapped_lines(f"a {char * 20}", 12)[0] == f"a {char * 5}"


@pytest.mark.parametrize("char", "가힣ㅋ😀")
def test_scripts_with_spaces_are_broken_at_spaces(char: str) -> None:
    assert wrapped_lines(f"a {char * 20}", 12)[0] == "a"


def test_separate_punctuation_stays_with_the_word_before_it() -> None:
    assert wrapped_lines("가나 다라마 : 바사", 11) == ["가나", "다라마 :", "바사"]


def test_link_over_two_lines_keeps_its_target() -> None:
    [first, second] = wrap([Span("see "), Span("these very words", "link", "http://a.b")], 14)
    assert first == (Span("see "), Span("these very", "link", "http://a.b"))
    assert second == (Span("words", "link", "http://a.b"),)


def test_space_beside_a_link_is_not_part_of_it() -> None:
    [line] = wrap([Span("a "), Span("b", "link", "x"), Span(" c")], 12)
    assert line == (Span("a "), Span("b", "link", "x"), Span(" c"))


def test_adjacent_spans_of_one_style_are_joined() -> None:
    assert wrap([Span("a", "x"), Span("b", "x"), Span("c")], 12) == [(Span("ab", "x"), Span("c"))]


def test_hard_break_ends_a_line() -> None:
    assert wrap([Span("a"), BREAK, BREAK, Span("b")], 12) == [(Span("a"),), (), (Span("b"),)]


@given(text=texts, width=st.integers(0, 40), right=st.booleans())
def test_fit_gives_exactly_the_width(text: str, width: int, right: bool) -> None:
    if not {"\u200d", "\ufe0f"} & set(text):  # these combine with the padding
        assert cell_len(fit(text, width, right=right)) == width
    assert cell_len(truncate(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "width", "result"),
    [
        ("abc", 3, "abc"), ("abcd", 3, "ab⋯"), ("ab cd", 4, "ab⋯"), ("한국어", 6, "한국어"),
        ("한국어", 5, "한국⋯"), ("한국어", 4, "한⋯"), ("한국", 2, "⋯"),
        ("abc", 1, "⋯"), ("abc", 0, ""), ("", 0, ""),
        ("ae\u0301bcd", 3, "ae\u0301⋯"),
    ],
)  # fmt: skip
def test_text_is_truncated_with_an_ellipsis(text: str, width: int, result: str) -> None:
    assert truncate(text, width) == result


def test_fit_pads_on_either_side() -> None:
    assert fit("한", 4) == "한  "
    assert fit("한", 4, right=True) == "  한"


@pytest.mark.parametrize(
    "text", ["\u00a0 가나다가나다가나다", "가나다가나다 \u00a0", "\u00a0 漢字漢字漢字漢字"]
)
def test_no_line_has_only_non_breaking_spaces(text: str) -> None:
    lines = wrap([Span(text)], 12)
    assert all("".join(span.text for span in line).strip() for line in lines)
