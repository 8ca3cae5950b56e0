"""The Korean two-set keyboard: which keys produce a jamo or a syllable.

While an input method is active, the key ``j`` arrives as ``ㅓ``, and several keys as one syllable.
"""

from __future__ import annotations

from unicodedata import normalize

LATIN_KEYS = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
"""Latin letters by the jamo on the same key. Only the last seven jamo need Shift."""

# Conjoining jamo, the parts of a decomposed syllable, and the same jamo on their own.
_COMPATIBILITY_JAMO = dict(
    zip(
        "".join(map(chr, (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)))),
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
        "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ",
        strict=True,
    )
)

_TWO_KEYS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ", "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip


def decompose(character: str) -> str:
    """Return the jamo of the keys that produced a character.

    Args:
        character: a single character, in any Unicode normalization form.

    Returns:
        Keys of LATIN_KEYS in typing order, up to five for a syllable. Empty for a character that
        this keyboard does not produce.
    """
    jamo = (_COMPATIBILITY_JAMO.get(part, part) for part in normalize("NFD", character))
    keys = "".join(_TWO_KEYS.get(part, part) for part in jamo)
    return keys if all(key in LATIN_KEYS for key in keys) else ""


def compose(before: str, text: str) -> tuple[int, str]:
    """Return how to append text so that the result is composed (NFC).

    Some terminals send a syllable, or a letter with an accent, in parts one after the other.

    Args:
        before: the text so far.
        text: the text to append.

    Returns:
        How many characters of ``before`` to keep, and the text that replaces the rest.
    """
    composed = normalize("NFC", before + text)
    kept = len(before)
    while before[:kept] != composed[:kept]:
        kept -= 1
    return kept, composed[kept:]
