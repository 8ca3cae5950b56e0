"""How words are found in texts: through queries, as a reader asks."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.models import EntryRef, Marks, Paper
from tui.query import compile_query, metadata_text, normalize, parse

UNMARKED = Marks()


@dataclass(frozen=True)
class Shelved:
    """A candidate of which one text is everywhere: title, author, label and summary."""

    said: str
    marks: Marks = UNMARKED
    has_summary: bool = True

    @property
    def paper(self) -> Paper:
        told = EntryRef("2025-05-22", "", self.said, 0, 0)
        return Paper("2505.04921", self.said, None, self.said, (), (told,))

    @property
    def sections(self) -> tuple[str, ...]:
        return (self.said,)

    @property
    def texts(self) -> tuple[str, ...]:
        return metadata_text(Paper("2505.04921", "", None, "", (), ())), normalize(self.said)


def finds(word: str, said: str) -> bool:
    """Tell whether a word is found in a text, and that all who match within agree."""
    queries = [word, f"title:{word}", f"author:{word}", f"section:{word}", f"source:{word}"]
    # Line ends separate authors, and are in no title, label or path.
    one_line = "\n" not in said
    answers = {compile_query(parse(q))(Shelved(said)) for q in (queries if one_line else [word])}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        pytest.param("강화", "심층강화학습", id="two syllables"),
        pytest.param("강화학습", "강화학습", id="as it is"),
        pytest.param("강화학습", "심층 강화 학습을", id="a space between two and two"),
        pytest.param("강화학습", "강화\n  학습", id="a line break is a space"),
        pytest.param("자연어처리", "자연어 처리", id="three and two"),
        pytest.param("자연어처리", "자연 어처리", id="two and three"),
        pytest.param("다중에이전트협업", "다중 에이전트 협업", id="two spaces"),
        pytest.param("RL강화학습", "rl강화 학습", id="behind Latin letters"),
        pytest.param('"강화 학습"', "강화학습", id="a space that is not there"),
        pytest.param('"강화 학습"', "강화\n학습", id="a space that is a line break"),
        pytest.param('"심층 강화학습"', "심층강화 학습", id="a space in another place"),
        pytest.param('"for the video"', "for the\n  video", id="phrase over a line break"),
        pytest.param("ㄱㅎㅎㅅ", "강화학습", id="consonants"),
        pytest.param("ㄱㅎㅎㅅ", "심층 강화 학습", id="consonants, a space"),
        pytest.param('"ㄱㅎ ㅎㅅ"', "강화학습", id="consonants with a space that is not there"),
        pytest.param("ㅍㅈㅇㅇㄷ", "표 질의응답", id="consonants, a space after the first"),
        pytest.param("ㅃㄹ", "빠른 뿌리", id="double consonants"),
        pytest.param("ㄱㅎㅎㅅ", "ㄱㅎㅎㅅ", id="the letters themselves"),
        pytest.param("ㅋㅋ", "재밌다 ㅋㅋ", id="the letters themselves, twice"),
        pytest.param("ㄳ", "강산", id="two consonants that an input method joined"),
        pytest.param("ㄳ", "ㄳ합니다", id="the joined letter itself"),
        pytest.param("ㅇㅄㅁ", "인 보상 모델", id="joined in the middle"),
        pytest.param("강ㅎ", "강화", id="a half-typed word"),
        pytest.param("ㄱ화학ㅅ", "강화 학습", id="consonants between syllables"),
        pytest.param("ㄱ", "ㄱ자", id="one consonant is a letter"),
        pytest.param("강", "\u1100\u1161\u11bc", id="decomposed"),
    ],
)
def test_found(word: str, said: str) -> None:
    assert finds(word, said)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        pytest.param("이상", "것이 상당히", id="two syllables with a space"),
        pytest.param("비디오", "비 디오", id="three syllables with a space"),
        pytest.param("강화학습", "강 화학습", id="one syllable before the space"),
        pytest.param("강화학습", "강화학 습", id="one syllable after the space"),
        pytest.param("다중에이전트", "다중 에 이전트", id="one syllable between two spaces"),
        pytest.param("강화학습", "강화, 학습", id="more than a space"),
        pytest.param('"강화 학습"', "강화-학습", id="something else for a space"),
        pytest.param('"a b"', "ab", id="Latin words need their space"),
        pytest.param('"bert 학습"', "bert학습", id="and so do words of two scripts"),
        pytest.param("ㄱㅎㅎㅅ", "강화 낙습", id="another consonant"),
        pytest.param("ㄱㅎ", "깡화", id="a single consonant is no double one"),
        pytest.param("ㄱ", "강화", id="one consonant is no syllable"),
        pytest.param("ㅏㅏ", "아아", id="vowels are no syllables"),
        pytest.param("강ㅎ", "강 하화", id="a half-typed word of two with a space"),
        pytest.param("강화", "ㄱㅎ", id="syllables do not find consonants"),
    ],
)
def test_not_found(word: str, said: str) -> None:
    assert not finds(word, said)


def test_tags_match_as_they_are() -> None:
    tagged = Shelved("", Marks(tags=("강화 학습",)))
    assert compile_query(parse('tag:"강화 학습"'))(tagged)
    assert not compile_query(parse("tag:강화학습"))(tagged)
    assert not compile_query(parse("tag:ㄱㅎㅎㅅ"))(tagged)
    assert not compile_query(parse('title:="강화학습"'))(Shelved("강화 학습"))


syllables = st.text("강화학습자연어처리", min_size=4, max_size=12)
initials = dict(zip("강화학습자연어처리", "ㄱㅎㅎㅅㅈㅇㅇㅊㄹ", strict=True))
spaces = st.sampled_from([" ", "\n", "  ", "\n\t"])


@given(word=syllables, data=st.data(), before=st.text(), after=st.text())
def test_long_words_are_found_with_spaces_inside(
    word: str, data: st.DataObject, before: str, after: str
) -> None:
    at = data.draw(st.integers(2, len(word) - 2))
    said = f"{before} {word[:at]}{data.draw(spaces)}{word[at:]} {after}"
    assert compile_query(parse(word))(Shelved(said))


@given(word=syllables, data=st.data(), before=st.text(), after=st.text())
def test_initials_are_found_with_spaces_anywhere(
    word: str, data: st.DataObject, before: str, after: str
) -> None:
    gaps = data.draw(st.lists(st.just("") | spaces, min_size=len(word), max_size=len(word)))
    said = before + " " + "".join(map(str.__add__, word, gaps)) + after
    assert compile_query(parse("".join(initials[letter] for letter in word)))(Shelved(said))


@given(said=st.text(), data=st.data())
def test_what_stands_in_a_text_is_found_in_it(said: str, data: st.DataObject) -> None:
    said = normalize(said)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(said))] * 2)))
    part = said[start:end]
    # Cut out, a part may compose in another way than it did within.
    if part.strip() and normalize(part) == part:
        quoted = '"' + part.replace('"', '""') + '"'
        assert compile_query(parse(quoted))(Shelved(said))


@pytest.mark.parametrize(
    ("word", "said"),
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
def test_no_text_takes_long(word: str, said: str) -> None:
    test = compile_query(parse(word))
    started = time.process_time()
    test(Shelved(said))
    assert time.process_time() - started < 1.0
