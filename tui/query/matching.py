"""Find a normalized text in another one.

Text without spaces and Hangul is found literally. Beyond that:

- A space matches any number of spaces and line breaks, and between Hangul also none: ``강화 학습``
  finds ``강화학습``.
- Four or more Hangul in a row also match with spaces inside, if at least two stay together:
  ``강화학습`` finds ``강화 학습``, but ``이상`` does not find ``것이 상당히``.
- Two or more consonants in a row, or one next to a syllable, also match syllables that begin with
  them: ``ㄱㅎㅎㅅ`` finds ``강화 학습``, and ``강ㅎ`` finds ``강화``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _SYLLABLES_PER_INITIAL = ord("가"), 588

# Input methods combine two initials that can also end a syllable.
_CLUSTERS = {
    **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"},
    **{"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}

_TOKEN = re.compile(r"(?P<hangul>[가-힣ㄱ-ㅎ]+)|(?P<space>\s+)|[^가-힣ㄱ-ㅎ\s]+")
_PATTERN_NEEDED = re.compile(r"[ㄱ-ㅎ\s]|[가-힣]{4}")

# Longer texts were pasted, and compiling a pattern would take too long.
_MAX_PATTERN_LENGTH = 200


def _needs_pattern(text: str) -> bool:
    """Return whether a text also matches in forms other than its literal one."""
    return len(text) <= _MAX_PATTERN_LENGTH and _PATTERN_NEEDED.search(text) is not None


def phrase_test(text: str) -> Callable[[str], bool]:
    """Return a function that returns whether a normalized text contains a phrase.

    The function takes time linear in the length of its argument.

    Args:
        text: the phrase, normalized and not empty.
    """
    if not _needs_pattern(text):
        return lambda other: text in other
    search = phrase_pattern(text).search
    return lambda other: search(other) is not None


def phrase_finder(text: str) -> Callable[[str, int], int]:
    """Return a function that finds the next occurrence of a phrase, like ``str.find``.

    The function takes a normalized text and a start index, and returns the index of the occurrence,
    or -1. It finds what ``phrase_test`` finds, in the same time.

    Args:
        text: the phrase, normalized and not empty.
    """
    if not _needs_pattern(text):
        return lambda other, start: other.find(text, start)
    search = phrase_pattern(text).search

    def find(other: str, start: int) -> int:
        match = search(other, start)
        return match.start() if match else -1

    return find


def literal_parts(text: str) -> list[str]:
    """Return texts that are all found literally wherever a phrase is found.

    Args:
        text: the phrase, normalized and not empty.

    Returns:
        The phrase itself, if it is only found literally; otherwise fewer characters than it has, or
        none. Initial consonants are left out, and so is what may have spaces inside.
    """
    if not _needs_pattern(text):
        return [text]
    parts: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["hangul"]:
            letters = token[0]
            # There may be spaces in longer ones, but not after the first or before the last.
            together = [letters] if len(letters) < 4 else [letters[:2], letters[-2:]]
            parts += re.findall("[가-힣]+", " ".join(together))
        elif not token["space"]:
            parts.append(token[0])
    return parts


@lru_cache(64)
def phrase_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of a phrase, which is normalized and not empty."""
    if len(text) > _MAX_PATTERN_LENGTH:
        return re.compile(re.escape(text))
    return re.compile("".join(_pattern_parts(text)))


@lru_cache(64)
def reversed_name_pattern(text: str) -> re.Pattern[str] | None:
    """Return a pattern that finds ``first last`` for ``last, first``; None for any other text.

    Given names may be initials or incomplete: ``roe, j.`` finds ``jane m. roe``.

    Args:
        text: a folded name.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if not (comma and family and given) or "," in given or len(text) > _MAX_PATTERN_LENGTH:
        return None
    words = [re.escape(word.rstrip(".")) + r"[^\s,\x00]*+" for word in given.split()]
    start, middle = r"\s++".join(words), r"(?:\s++[^\s,\x00]++){0,3}?\s++"
    return re.compile(rf"(?<!\w){start}{middle}{re.escape(family)}(?!\w)")


def _pattern_parts(text: str) -> Iterator[str]:
    """Yield the parts of the pattern. Adjacent repetitions never match the same text."""
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        if token["space"]:
            neighbors = tokens[max(index - 1, 0) : index + 2]
            if len(neighbors) < 3:
                # At the end of the phrase, one space is enough.
                yield r"\s"
            else:
                yield r"\s*+" if neighbors[0]["hangul"] and neighbors[2]["hangul"] else r"\s++"
        elif token["hangul"]:
            yield _hangul_pattern(token[0])
        else:
            yield re.escape(token[0])


def _hangul_pattern(letters: str) -> str:
    """Return the pattern of consecutive syllables and consonants."""
    if len(letters) == 1 and letters not in _CLUSTERS:
        return letters
    units = [*map(_letter_pattern, letters)]
    if all("ㄱ" <= letter <= "ㅎ" for letter in letters):
        return r"\s*+".join(units)
    for index in range(2, len(units) - 1):
        # At least two syllables must precede and follow a space.
        two = units[index] + units[index + 1]
        units[index] = rf"(?:\s++(?={two}))?+{units[index]}"
    return "".join(units)


def _letter_pattern(letter: str) -> str:
    """Return the pattern of a syllable or consonant."""
    if letter in _CLUSTERS:
        first, second = map(_letter_pattern, _CLUSTERS[letter])
        return rf"(?:{letter}|{first}\s*+{second})"
    if letter not in _INITIALS:
        return letter
    start = _FIRST_SYLLABLE + _INITIALS.index(letter) * _SYLLABLES_PER_INITIAL
    return f"[{chr(start)}-{chr(start + _SYLLABLES_PER_INITIAL - 1)}{letter}]"
