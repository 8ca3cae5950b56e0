"""The two-set keyboard of Korean: which keys make a letter or a syllable.

With it on, the key ``j`` arrives as ``ㅓ``, and two keys may arrive as one syllable.
"""

from __future__ import annotations

from unicodedata import normalize

LETTERS = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
"""The letter of the same key, by what the key makes. Shift changes the last seven alone."""

# As Unicode numbers them where they are parts of a syllable, and where they stand alone.
_PARTS = dict(
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


def taken_apart(character: str) -> str:
    """Return what each key made of a character that several may have made together.

    Args:
        character: one, in whatever form of Unicode.

    Returns:
        Keys of ``LETTERS``, in the order in which they were pressed: of a syllable up to five.
        Empty for what this keyboard does not make.
    """
    parts = (_PARTS.get(part, part) for part in normalize("NFD", character))
    pressed = "".join(_TWO_KEYS.get(part, part) for part in parts)
    return pressed if all(each in LETTERS for each in pressed) else ""


def joined(before: str, text: str) -> tuple[int, str]:
    """Return how to put a text after another so that what comes in pieces is whole (NFC).

    Some terminals send a syllable, or a letter with an accent, as its parts one after the other.

    Args:
        before: what stands before the place.
        text: what comes there.

    Returns:
        How many characters of ``before`` stay, and what to put in place of the others.
    """
    whole = normalize("NFC", before + text)
    stays = len(before)
    while before[:stays] != whole[:stays]:
        stays -= 1
    return stays, whole[stays:]
