"""Highlighting the words of a query in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query.conditions import PaperField
from tui.query.highlight import Highlighter
from tui.query.matching import phrase_test
from tui.query.normalization import fold
from tui.query.parser import parse
from tui.sanitize import clean


def highlighted(query: str, text: str, *fields: PaperField) -> list[str]:
    """Return the highlighted parts of a text."""
    return [
        text[start:end] for start, end in Highlighter.for_query(parse(query), *fields).spans(text)
    ]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        pytest.param("map", "A Map of maps", ["Map", "map"], id="every occurrence"),
        pytest.param("works diffusion", "Diffusion works", ["Diffusion", "works"], id="two words"),
        pytest.param("diff diffusion", "Diffusion", ["Diffusion"], id="word within a word"),
        pytest.param("abcd cdef", "abcdef", ["abcdef"], id="overlapping words"),
        pytest.param("ab cd", "abcd", ["ab", "cd"], id="adjacent words"),
        pytest.param('"for the"', "for\n  the", ["for\n  the"], id="phrase over a line break"),
        pytest.param("a OR b", "a b", ["a", "b"], id="both sides of OR"),
        pytest.param("-a b", "a b", ["b"], id="negated word"),
        pytest.param("강화학습", "심층 강화 학습을", ["강화 학습"], id="space in the text"),
        pytest.param("ㄱㅎㅎㅅ", "강화학습과 강화 학습", ["강화학습", "강화 학습"], id="initials"),
        pytest.param("strasse", "Die Straße", ["Straße"], id="expanding casefold"),
        pytest.param("s", "aßa", ["ß"], id="half of an expanded character"),
        pytest.param("map", "İ Map", ["Map"], id="after an expanded character"),
        pytest.param("étale", "ß e\u0301tale", ["e\u0301tale"], id="decomposed"),
        pytest.param("강", "1 \u1100\u1161\u11bc", ["\u1100\u1161\u11bc"], id="decomposed Hangul"),
        pytest.param('"q\u0323"', "q\u0307\u0323", ["q\u0307\u0323"], id="combining marks"),
        pytest.param("muller", "Jürgen Mu\u0308ller", ["Mu\u0308ller"], id="accent"),
        pytest.param("soren aeon", "Søren Æon æ", ["Søren", "Æon"], id="letters without marks"),
        pytest.param(
            "gpt-4", "ＧＰＴ‑４ and GPT–4", ["ＧＰＴ‑４", "GPT–4"], id="dash and full width"
        ),
        pytest.param("it's", "it’s ’s", ["it’s"], id="apostrophe"),
        pytest.param("isik", "Işık İŞIK", ["Işık", "İŞIK"], id="dotless and dotted i"),
        pytest.param(
            "a\u0301", "a\u0301\u0302 æ\u0301 b", ["a\u0301\u0302", "æ\u0301"], id="marks"
        ),
        pytest.param('author:"roe, j."', "Roe, Ann, Jane M. Roe", ["Jane M. Roe"], id="last first"),
        pytest.param("τέλος", "ΤΈΛΟΣ ß", ["ΤΈΛΟΣ"], id="capitals before an expanded character"),
        pytest.param("title:map", "map", ["map"], id="field"),
        pytest.param("author:kim section:new", "Kim: new", ["Kim", "new"], id="two fields"),
        pytest.param(
            "tag:map id:map source:map is:read votes:3", "map 3", [], id="conditions without a text"
        ),
        pytest.param("2505.04921v2", "2505.04921", [], id="arXiv id"),
        pytest.param('author:="wei li"', "Wei Li, Wei Lin", ["Wei Li"], id="whole value"),
        pytest.param("", "map", [], id="empty query"),
        pytest.param("map", "", [], id="empty text"),
    ],
)
def test_words_of_the_query_are_highlighted(query: str, text: str, expected: list[str]) -> None:
    assert highlighted(query, text) == expected


def test_highlighter_can_be_limited_to_fields() -> None:
    query = "kim title:map author:lee section:new"
    assert highlighted(query, "kim map lee new", PaperField.TITLE) == ["kim", "map"]
    assert highlighted(query, "kim map lee new", PaperField.AUTHOR) == ["kim", "lee"]
    assert highlighted(query, "kim map lee new", PaperField.TITLE, PaperField.AUTHOR) == [
        "kim",
        "map",
        "lee",
    ]


def test_highlighter_is_true_if_it_has_words() -> None:
    assert Highlighter.for_query(parse("map"))
    assert Highlighter.for_query(parse("title:map"))
    assert not Highlighter.for_query(parse("title:map"), PaperField.AUTHOR)
    assert not Highlighter.for_query(parse("-map is:read votes:>=20"))
    assert not Highlighter()


def test_equal_queries_have_equal_highlighters() -> None:
    assert Highlighter.for_query(parse("Map map title:MAP")) == Highlighter.for_query(parse("map"))


texts = st.text() | st.text(
    "aAsSßİıæø‑’Ａ가각ㄱㅎ화 \n\u0301\u0345\u0327\u3099ᾳéか\u1100\u1161\u11a8한"
)


@given(word=texts.map(clean).map(fold).filter(str.strip), text=texts)
def test_every_span_matches_the_word(word: str, text: str) -> None:
    spans = Highlighter.for_query(parse('"' + word.replace('"', '""') + '"')).spans(text)
    assert bool(spans) == phrase_test(word)(fold(text))
    end = 0
    for span in spans:
        assert end <= span[0] < span[1] <= len(text)
        end = span[1]
        assert phrase_test(word)(fold(text[slice(*span)]))


@given(prefix=texts, phrase=texts.map(clean).map(fold).filter(str.strip), suffix=texts)
def test_word_is_found_at_its_position(prefix: str, phrase: str, suffix: str) -> None:
    # The spaces ensure that the phrase is normalized independently and that no match is longer.
    text = f"{prefix} {phrase} {suffix}"
    spans = Highlighter.for_query(parse('"' + phrase.replace('"', '""') + '"')).spans(text)
    first, last = len(prefix) + 1, len(prefix) + 1 + len(phrase)
    assert any(start < last and first < end for start, end in spans)


@given(words=st.lists(texts.map(clean).map(fold).filter(str.strip)), text=texts)
def test_spans_are_ascending_and_do_not_overlap(words: list[str], text: str) -> None:
    query = parse(" ".join('"' + word.replace('"', '""') + '"' for word in words))
    spans = Highlighter.for_query(query).spans(text)
    positions = [position for span in spans for position in span]
    assert positions == sorted(positions)
    assert all(start < end for start, end in spans)
