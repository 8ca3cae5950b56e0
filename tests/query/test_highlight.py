"""Highlighting the words of a query in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query import Highlighter, normalize, parse
from tui.query.conditions import PaperField
from tui.query.matching import phrase_test


def highlighted(query: str, text: str, *fields: PaperField) -> list[str]:
    """Return the highlighted parts of a text."""
    return [
        text[start:end] for start, end in Highlighter.for_query(parse(query), *fields).spans(text)
    ]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        pytest.param("map", "A Map of maps", ["Map", "map"], id="in the order of the text"),
        pytest.param("works diffusion", "Diffusion works", ["Diffusion", "works"], id="two words"),
        pytest.param("diff diffusion", "Diffusion", ["Diffusion"], id="one within the other"),
        pytest.param("abcd cdef", "abcdef", ["abcdef"], id="one overlaps the other"),
        pytest.param("ab cd", "abcd", ["ab", "cd"], id="one beside the other"),
        pytest.param('"for the"', "for\n  the", ["for\n  the"], id="phrase over a line break"),
        pytest.param("a OR b", "a b", ["a", "b"], id="both sides of OR"),
        pytest.param("-a b", "a b", ["b"], id="nothing that is left out"),
        pytest.param("강화학습", "심층 강화 학습을", ["강화 학습"], id="a space inside"),
        pytest.param("ㄱㅎㅎㅅ", "강화학습과 강화 학습", ["강화학습", "강화 학습"], id="initials"),
        pytest.param("strasse", "Die Straße", ["Straße"], id="folded to more"),
        pytest.param("s", "aßa", ["ß"], id="a half of what one was folded to"),
        pytest.param("map", "İ Map", ["Map"], id="behind what was folded to more"),
        pytest.param("étale", "ß e\u0301tale", ["e\u0301tale"], id="decomposed"),
        pytest.param("강", "1 \u1100\u1161\u11bc", ["\u1100\u1161\u11bc"], id="decomposed Hangul"),
        pytest.param('"q\u0323"', "q\u0307\u0323", ["q\u0307\u0323"], id="in another order"),
        pytest.param("τέλος", "ΤΈΛΟΣ ß", ["ΤΈΛΟΣ"], id="capitals before what was folded to more"),
        pytest.param("title:map", "map", ["map"], id="a title's text"),
        pytest.param("author:kim section:new", "Kim: new", ["Kim", "new"], id="of other fields"),
        pytest.param("tag:map id:map source:map is:read votes:3", "map 3", [], id="of no text"),
        pytest.param("2505.04921v2", "2505.04921", [], id="an id"),
        pytest.param('author:="wei li"', "Wei Li, Wei Lin", ["Wei Li"], id="a whole name"),
        pytest.param("", "map", [], id="nothing"),
        pytest.param("map", "", [], id="in nothing"),
    ],
)
def test_spans(query: str, text: str, expected: list[str]) -> None:
    assert highlighted(query, text) == expected


def test_highlighter_for_some_fields() -> None:
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


tricky = st.text() | st.text("aAsSßİı가각ㄱㅎ화 \n\u0301\u0345\u0327ᾳé\u1100\u1161\u11a8한")


@given(word=tricky.map(normalize).filter(str.strip), text=tricky)
def test_every_span_matches_the_word(word: str, text: str) -> None:
    spans = Highlighter.for_query(parse('"' + word.replace('"', '""') + '"')).spans(text)
    assert bool(spans) == phrase_test(word)(normalize(text))
    end = 0
    for span in spans:
        assert end <= span[0] < span[1] <= len(text)
        end = span[1]
        assert phrase_test(word)(normalize(text[slice(*span)]))


@given(before=tricky, part=tricky.map(normalize).filter(str.strip), after=tricky)
def test_word_is_found_at_its_position(before: str, part: str, after: str) -> None:
    # Between spaces, the part is normalized on its own, and no match is longer.
    text = f"{before} {part} {after}"
    spans = Highlighter.for_query(parse('"' + part.replace('"', '""') + '"')).spans(text)
    first, last = len(before) + 1, len(before) + 1 + len(part)
    assert any(start < last and first < end for start, end in spans)


@given(words=st.lists(tricky.map(normalize).filter(str.strip)), text=tricky)
def test_spans_are_ascending_and_do_not_overlap(words: list[str], text: str) -> None:
    query = parse(" ".join('"' + word.replace('"', '""') + '"' for word in words))
    spans = Highlighter.for_query(query).spans(text)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(start < end for start, end in spans)
