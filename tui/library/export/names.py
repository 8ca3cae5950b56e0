"""Split authors' names into the parts that bibliographies sort by."""

from __future__ import annotations

import re
from typing import NamedTuple

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Suffixes after a family name (Jr., III)."""

_GROUP_WORDS = frozenset({"team", "group", "collaboration", "consortium"})
"""Last words of names that are not persons."""

_PERSON = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*")
"""A name whose parts are certain; any other is kept whole."""

_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters of Japanese, Chinese and Korean, whose names nobody splits."""


class PersonName(NamedTuple):
    """The parts of a name.

    Attributes:
        given: given names; empty if the name is kept whole.
        family: the family name with its particles, or the whole name of a group.
        suffix: a suffix such as ``Jr.``, or empty.
        is_literal: whether the name is kept whole, because it is a group's or its parts are not
            certain.
    """

    given: str
    family: str
    suffix: str = ""
    is_literal: bool = False


def is_person(name: str) -> bool:
    """Return whether a name has only characters of persons' names, and is not a list of them."""
    words = name.casefold().split()
    return bool(_PERSON.fullmatch(name)) and {"and", "others"}.isdisjoint(words)


def is_group(name: str) -> bool:
    """Return whether the last word of a name says that it is a group (``OpenAI Team``)."""
    return name.rsplit(maxsplit=1)[-1].casefold() in _GROUP_WORDS


def is_suffix(word: str) -> bool:
    """Return whether a word is a suffix after a family name, like ``Jr.``."""
    return word.casefold().removesuffix(".") in _SUFFIXES


def split_name(name: str) -> PersonName:
    """Split a name in natural order: ``Jan van Dijk Jr.``.

    Args:
        name: not blank, on one line.
    """
    words = name.split()
    is_whole = len(words) < 2 or _FAMILY_FIRST.search(name) is not None
    if is_whole or not is_person(name) or is_group(name):
        return PersonName("", " ".join(words), is_literal=True)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    *given, family = words
    while len(given) > 1 and given[-1].islower():
        family = f"{given.pop()} {family}"
    return PersonName(" ".join(given), family, suffix)
