"""How a text is looked for in another; both are folded.

What stands in a text without spaces and Hangul is found as it is. Beyond that

- a space stands for any spaces and line breaks, and between Hangul for none as well: ``강화 학습``
  finds ``강화학습``;
- four or more Hangul in a row are found with spaces inside, where two at least stay together:
  ``강화학습`` finds ``강화 학습``, and ``이상`` does not find ``것이 상당히``;
- consonants, if there are two in a row or one beside a syllable, stand for the syllables that
  begin with them as well: ``ㄱㅎㅎㅅ`` finds ``강화 학습``, and ``강ㅎ`` finds ``강화``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _SYLLABLES_OF_INITIAL = ord("가"), 588

# An input method makes one letter of two initials that may also end a syllable together.
_CLUSTERS = {
    **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"},
    **{"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}

_TOKEN = re.compile(r"(?P<hangul>[가-힣ㄱ-ㅎ]+)|(?P<space>\s+)|[^가-힣ㄱ-ㅎ\s]+")
_PATTERN_NEEDED = re.compile(r"[ㄱ-ㅎ\s]|[가-힣]{4}")

# What is longer was pasted, and making a pattern of it would take longer than it is worth.
_MAX_PATTERN_LENGTH = 200


def _needs_pattern(text: str) -> bool:
    """Tell whether a text is also found where it does not stand as it is."""
    return len(text) <= _MAX_PATTERN_LENGTH and _PATTERN_NEEDED.search(text) is not None


def phrase_test(text: str) -> Callable[[str], bool]:
    """Make a test for texts in which a text is found.

    Args:
        text: what to look for, folded and not empty.

    Returns:
        A function that tells of a folded text whether it is found there. Its time grows with the
        length of what it is given, and no faster.
    """
    if not _needs_pattern(text):
        return lambda other: text in other
    search = phrase_pattern(text).search
    return lambda other: search(other) is not None


def phrase_finder(text: str) -> Callable[[str, int], int]:
    """Make a function that tells where a text is found next.

    Args:
        text: what to look for, folded and not empty.

    Returns:
        A function of a folded text and a place in it: it returns where the text is found from
        there on, or -1. It finds what ``contains`` does, in the same time.
    """
    if not _needs_pattern(text):
        return lambda other, start: other.find(text, start)
    search = phrase_pattern(text).search

    def find(other: str, start: int) -> int:
        match = search(other, start)
        return match.start() if match else -1

    return find


@lru_cache(64)
def phrase_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern that matches wherever a text is found.

    Args:
        text: what to look for, folded and not empty.
    """
    if len(text) > _MAX_PATTERN_LENGTH:
        return re.compile(re.escape(text))
    return re.compile("".join(_pattern_parts(text)))


def _pattern_parts(text: str) -> Iterator[str]:
    """Yield the pattern's parts. No repetition follows another that matches the same."""
    pieces = list(_TOKEN.finditer(text))
    for at, piece in enumerate(pieces):
        if piece["space"]:
            beside = pieces[max(at - 1, 0) : at + 2]
            if len(beside) < 3:
                # At the end, for there more spaces would only cost time.
                yield r"\s"
            else:
                yield r"\s*+" if beside[0]["hangul"] and beside[2]["hangul"] else r"\s++"
        elif piece["hangul"]:
            yield _hangul_pattern(piece[0])
        else:
            yield re.escape(piece[0])


def _hangul_pattern(letters: str) -> str:
    """Return the pattern of syllables and consonants in a row."""
    if len(letters) == 1 and letters not in _CLUSTERS:
        return letters
    units = [*map(_letter_pattern, letters)]
    if all("ㄱ" <= letter <= "ㅎ" for letter in letters):
        return r"\s*+".join(units)
    for at in range(2, len(units) - 1):
        # Not after one syllable: the space before it would have been followed by two.
        units[at] = rf"(?:\s++(?={units[at]}{units[at + 1]}))?+{units[at]}"
    return "".join(units)


def _letter_pattern(letter: str) -> str:
    """Return the pattern of one syllable or consonant."""
    if letter in _CLUSTERS:
        first, second = map(_letter_pattern, _CLUSTERS[letter])
        return rf"(?:{letter}|{first}\s*+{second})"
    if letter not in _INITIALS:
        return letter
    begin = _FIRST + _INITIALS.index(letter) * _SYLLABLES_OF_INITIAL
    return f"[{chr(begin)}-{chr(begin + _SYLLABLES_OF_INITIAL - 1)}{letter}]"
