"""The Korean two-set keyboard: characters and the keys that produce them."""

from __future__ import annotations

import string
from unicodedata import normalize

import pytest

from tui.terminal.hangul import LATIN_KEYS, compose, decompose


def keys_for(character: str) -> str:
    return "".join(LATIN_KEYS[jamo] for jamo in decompose(character))


@pytest.mark.parametrize(
    ("character", "keys"),
    [
        ("ㅓ", "j"), ("ㅏ", "k"), ("ㅎ", "g"), ("ㅂ", "q"), ("ㅡ", "m"), ("ㅔ", "p"),
        ("ㅃ", "Q"), ("ㅉ", "W"), ("ㄸ", "E"), ("ㄲ", "R"), ("ㅆ", "T"), ("ㅒ", "O"), ("ㅖ", "P"),
        ("ㅘ", "hk"), ("ㅢ", "ml"), ("ㄳ", "rt"), ("ㅄ", "qt"),
        ("나", "sk"), ("너", "sj"), ("꺼", "Rj"), ("강", "rkd"), ("밖", "qkR"), ("있", "dlT"),
        ("과", "rhk"), ("없", "djqt"), ("뷁", "qnpfr"), ("힣", "glg"), ("가", "rk"),
    ],
)  # fmt: skip
def test_jamo_and_syllables_have_keys(character: str, keys: str) -> None:
    assert keys_for(character) == keys
    assert keys_for(normalize("NFD", character)) == keys


def test_every_letter_key_produces_a_jamo() -> None:
    assert set(LATIN_KEYS.values()) == set(string.ascii_lowercase) | set("QWERTOP")


def test_every_syllable_has_distinct_keys() -> None:
    keys_by_syllable = {chr(code): keys_for(chr(code)) for code in range(ord("가"), ord("힣") + 1)}
    assert {len(keys) for keys in keys_by_syllable.values()} == {2, 3, 4, 5}
    assert len(set(keys_by_syllable.values())) == len(keys_by_syllable)


@pytest.mark.parametrize("jamo", ["\u1102", "\u1161", "\u11ab", "\u11b9"])
def test_conjoining_jamo_have_keys_too(jamo: str) -> None:
    assert keys_for(jamo) == {"\u1102": "s", "\u1161": "k", "\u11ab": "s", "\u11b9": "qt"}[jamo]


@pytest.mark.parametrize("character", ["", "j", "J", "1", " ", "é", "漢", "の", "\u3165"])
def test_other_characters_have_no_keys(character: str) -> None:
    assert decompose(character) == ""


@pytest.mark.parametrize(
    ("typed", "text", "composed"),
    [
        ("", "", ""),
        ("ab", "c", "abc"),
        ("강화 ", "학", "강화 학"),
        ("강\u1112", "\u116a", "강화"),
        ("강하", "\u11a8", "강학"),
        ("cafe", "\u0301", "café"),
        ("x", normalize("NFD", "강화"), "x강화"),
        ("ㄱㅎ", "ㅎㅅ", "ㄱㅎㅎㅅ"),
    ],
)
def test_jamo_are_composed_to_syllables(typed: str, text: str, composed: str) -> None:
    kept_chars, addition = compose(typed, text)
    assert typed[:kept_chars] + addition == composed
    assert len(typed) - kept_chars <= 1
