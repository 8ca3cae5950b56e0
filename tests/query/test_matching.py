"""Matching words against texts, tested through queries."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.models import EntryRef, Marks, Paper
from tui.query.normalization import fold, metadata_text
from tui.query.parser import parse
from tui.query.query import compile_query
from tui.sanitize import clean

UNMARKED = Marks()


@dataclass(frozen=True)
class OneText:
    """A document with the same text as title, author, section label and summary."""

    text: str
    marks: Marks = UNMARKED
    has_summary: bool = True
    full_text: str = ""
    has_full_text: bool = False
    is_new: bool = False

    @property
    def is_recommended(self) -> bool:
        return False

    def match(self, _tag: str, /) -> int | None:
        return None

    @property
    def paper(self) -> Paper:
        entry = EntryRef("2025-05-22", "", self.text, 0, 0)
        return Paper("2505.04921", self.text, None, self.text, (), (entry,))

    @property
    def sections(self) -> tuple[str, ...]:
        return (self.text,)

    @property
    def texts(self) -> tuple[str, ...]:
        return metadata_text(Paper("2505.04921", "", None, "", (), ())), fold(self.text)


def matches(word: str, text: str) -> bool:
    """Return whether a word matches a text, and check that all fields agree."""
    queries = [word, f"title:{word}", f"author:{word}", f"section:{word}", f"source:{word}"]
    # Line breaks separate authors, and do not occur in titles, labels and paths.
    one_line = "\n" not in text
    results = {compile_query(parse(q))(OneText(text)) for q in (queries if one_line else [word])}
    assert len(results) == 1
    return results.pop()


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("강화", "심층강화학습", id="two syllables"),
        pytest.param("강화학습", "강화학습", id="identical"),
        pytest.param("강화학습", "심층 강화 학습을", id="space after two of four syllables"),
        pytest.param("강화학습", "강화\n  학습", id="line break instead of a space"),
        pytest.param("자연어처리", "자연어 처리", id="space after three of five syllables"),
        pytest.param("자연어처리", "자연 어처리", id="space after two of five syllables"),
        pytest.param("다중에이전트협업", "다중 에이전트 협업", id="two spaces"),
        pytest.param("RL강화학습", "rl강화 학습", id="after Latin letters"),
        pytest.param('"강화 학습"', "강화학습", id="phrase without its space"),
        pytest.param('"강화 학습"', "강화\n학습", id="phrase with a line break"),
        pytest.param('"심층 강화학습"', "심층강화 학습", id="phrase with its space elsewhere"),
        pytest.param('"for the video"', "for the\n  video", id="phrase over a line break"),
        pytest.param("ㄱㅎㅎㅅ", "강화학습", id="initials"),
        pytest.param("ㄱㅎㅎㅅ", "심층 강화 학습", id="initials of two words"),
        pytest.param('"ㄱㅎ ㅎㅅ"', "강화학습", id="initials with an extra space"),
        pytest.param("ㅍㅈㅇㅇㄷ", "표 질의응답", id="space after the first initial"),
        pytest.param("ㅃㄹ", "빠른 뿌리", id="double consonants as initials"),
        pytest.param("ㄱㅎㅎㅅ", "ㄱㅎㅎㅅ", id="literal consonants"),
        pytest.param("ㅋㅋ", "재밌다 ㅋㅋ", id="repeated literal consonants"),
        pytest.param("ㄳ", "강산", id="cluster typed as two initials"),
        pytest.param("ㄳ", "ㄳ합니다", id="literal cluster"),
        pytest.param("ㅇㅄㅁ", "인 보상 모델", id="cluster among initials"),
        pytest.param("강ㅎ", "강화", id="half-typed word"),
        pytest.param("ㄱ화학ㅅ", "강화 학습", id="consonants between syllables"),
        pytest.param("ㄱ", "ㄱ자", id="single literal consonant"),
        pytest.param("강", "\u1100\u1161\u11bc", id="decomposed"),
    ],
)
def test_word_matches(word: str, text: str) -> None:
    assert matches(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("이상", "것이 상당히", id="space within two syllables"),
        pytest.param("비디오", "비 디오", id="space within three syllables"),
        pytest.param("강화학습", "강 화학습", id="space after a single syllable"),
        pytest.param("강화학습", "강화학 습", id="space before a single syllable"),
        pytest.param("다중에이전트", "다중 에 이전트", id="single syllable between spaces"),
        pytest.param("강화학습", "강화, 학습", id="comma and space"),
        pytest.param('"강화 학습"', "강화-학습", id="hyphen instead of a space"),
        pytest.param('"a b"', "ab", id="Latin words without their space"),
        pytest.param('"bert 학습"', "bert학습", id="mixed scripts without their space"),
        pytest.param("ㄱㅎㅎㅅ", "강화 낙습", id="different initial"),
        pytest.param("ㄱㅎ", "깡화", id="single for a double initial"),
        pytest.param("ㄱ", "강화", id="single initial"),
        pytest.param("ㅏㅏ", "아아", id="vowels"),
        pytest.param("강ㅎ", "강 하화", id="half-typed word of two syllables with a space"),
        pytest.param("강화", "ㄱㅎ", id="syllables for consonants"),
    ],
)
def test_word_does_not_match(word: str, text: str) -> None:
    assert not matches(word, text)


def test_tags_match_literally() -> None:
    tagged = OneText("", Marks(tags=("강화 학습",)))
    assert compile_query(parse('tag:"강화 학습"'))(tagged)
    assert not compile_query(parse("tag:강화학습"))(tagged)
    assert not compile_query(parse("tag:ㄱㅎㅎㅅ"))(tagged)
    assert not compile_query(parse('title:="강화학습"'))(OneText("강화 학습"))


syllables = st.text("강화학습자연어처리", min_size=4, max_size=12)
initials = dict(zip("강화학습자연어처리", "ㄱㅎㅎㅅㅈㅇㅇㅊㄹ", strict=True))
spaces = st.sampled_from([" ", "\n", "  ", "\n\t"])


@given(word=syllables, data=st.data(), prefix=st.text(), suffix=st.text())
def test_long_words_match_with_spaces_inside(
    word: str, data: st.DataObject, prefix: str, suffix: str
) -> None:
    at = data.draw(st.integers(2, len(word) - 2))
    text = f"{prefix} {word[:at]}{data.draw(spaces)}{word[at:]} {suffix}"
    assert compile_query(parse(word))(OneText(text))


@given(word=syllables, data=st.data(), prefix=st.text(), suffix=st.text())
def test_initials_match_with_spaces_anywhere(
    word: str, data: st.DataObject, prefix: str, suffix: str
) -> None:
    gaps = data.draw(st.lists(st.just("") | spaces, min_size=len(word), max_size=len(word)))
    text = prefix + " " + "".join(map(str.__add__, word, gaps)) + suffix
    assert compile_query(parse("".join(initials[letter] for letter in word)))(OneText(text))


@given(text=st.text(), data=st.data())
def test_every_part_of_a_text_matches(text: str, data: st.DataObject) -> None:
    text = fold(clean(text))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    part = text[start:end]
    # Alone, a part of a text may be folded differently.
    if part.strip() and fold(clean(part)) == part:
        quoted = '"' + part.replace('"', '""') + '"'
        assert compile_query(parse(quoted))(OneText(text))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("강" * 100 + "화", "강" * 20_000),
        ("ㄱ" * 100 + "ㅎ", "강 " * 10_000),
        ('"' + "강 " * 50 + '화"', "강 " * 10_000),
        ('" 강화"', " " * 20_000),
        ('"강화 "', "강화" * 10_000 + " " * 20_000),
        ('"강화 학습"', ("강화" + " " * 200) * 100),
        ("강화학습", "강화" + " " * 20_000),
        ("ㄳ" * 50, "강 ㄱ ㄳ" * 4_000),
        ("가나다라" * 5_000, "가나다라 " * 5_000),
    ],
)
def test_matching_takes_linear_time(word: str, text: str) -> None:
    test = compile_query(parse(word))
    started = time.process_time()
    test(OneText(text))
    assert time.process_time() - started < 1.0
