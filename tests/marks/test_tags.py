"""Parsing and counting tags."""

from __future__ import annotations

import re
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.marks.tags import parse_tags, tags_in_use
from tui.models import Marks
from tui.query.normalization import normalize, quote_if_needed
from tui.query.parser import parse


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        (" , ,, # ##", ()),
        ("rl, #Todo  강화학습", ("rl", "Todo", "강화학습")),
        ("rl,todo，later、more", ("rl", "todo", "later", "more")),
        ("RL rl Rl todo TODO", ("RL", "todo")),
        ("Straße STRASSE", ("Straße",)),
        ("##a #b#c", ("a", "b#c")),
        ('"to read" it\'s', ("to", "read", "its")),
        ("e\u0301tude \u1112\u1161\u11ab", ("étude", "한")),
        ("a\x1b[31mb\u202ec d\u200be\nf\tg\u3000h", ("abc", "de", "f", "g", "h")),
        ("e'\u0301", ("é",)),
        ("a\u1fefb \u1fef", ("ab",)),
        ("\u0300 #\u0338\u0301 a\u0338", ("a\u0338",)),
        ("a:b -x (y) OR", ("a:b", "-x", "(y)", "OR")),
    ],
)
def test_tags_are_parsed(text: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(text) == tags


# U+1FEF, U+037E and U+1FFD are other characters in NFC, and U+0390 and U+0345 when casefolded.
CHANGED_BY_NORMALIZATION = "\u1fef\u037e\u1ffd\u0390\u0345\u212aß\u0338"
TEXTS = (
    st.text()
    | st.text(alphabet="aA#'\", 가\u0301\x1b[m\u202e\u1100\u1161")
    | st.text(alphabet=f"aA=#`{CHANGED_BY_NORMALIZATION}")
)


@given(TEXTS)
def test_parsed_tags_of_any_text_are_valid(text: str) -> None:
    tags = parse_tags(text)
    assert parse_tags(" ".join(tags)) == parse_tags(", #".join(tags)) == tags
    assert len({normalize(tag) for tag in tags}) == len(tags)
    for tag in tags:
        assert tag
        assert is_normalized("NFC", tag)
        assert not re.search("""[\\s,"'\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]""", tag)
        assert not tag.startswith(("#", "="))
        parse(f"tag:{quote_if_needed(normalize(tag))}")  # can be used in a query
        assert parse_tags(normalize(tag)) == (normalize(tag),)  # the key of its time in exports


def test_tags_in_use_are_counted() -> None:
    tags = [("rl", "todo"), ("RL",), ("RL", "later"), ("강화학습", "todo"), ()]
    marks = {f"2505.{number:05}": Marks(tags=paper_tags) for number, paper_tags in enumerate(tags)}
    assert list(tags_in_use(marks).items()) == [
        ("RL", 3), ("todo", 2), ("later", 1), ("강화학습", 1),
    ]  # fmt: skip
    assert tags_in_use({}) == {}
