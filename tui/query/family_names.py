"""The family names of authors, to show them in little space and to sort by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.query.normalization import normalize

if TYPE_CHECKING:
    from tui.models import Paper

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}

_PARTICLES = {
    "van", "von", "vom", "der", "den", "de", "del", "della", "dos", "du", "la", "las", "los",
}  # fmt: skip
"""Words that belong to the family name after them, in capitals as well."""

_TITLED = {*map(str.title, _PARTICLES), "Jr", "Jr.", "Sr", "Sr.", "Ii", "Iii", "Iv"}
"""Particles and suffixes in names whose words all begin with a capital."""

_FIRST_WIDE_CHARACTER = "\u1100"
"""Names in Hangul, Han and Kana begin with the family name, and are short."""


def family_name(name: str) -> str:
    """Return the family name of a name, as well as can be guessed, with particles like *van*."""
    if name >= _FIRST_WIDE_CHARACTER:
        return name
    if "," in name:
        return name.partition(",")[0]
    given, _space, last = name.rpartition(" ")
    # Most names have two words.
    if " " not in given and not given.islower():
        return last
    words = name.split()
    if len(words) > 2 and words[-1].rstrip(".").casefold() in _SUFFIXES:
        del words[-1]
    start = len(words) - 1
    while start > 0 and _is_particle(words, start - 1):
        start -= 1
    return " ".join(words[start:])


def _is_particle(words: list[str], index: int) -> bool:
    word = words[index]
    if word.islower():
        # Other words are only written like that where all of them are.
        return word in _PARTICLES or (index > 0 and not words[-1].islower())
    # A name that begins with such a word has it as the given name: Van Nguyen.
    return index > 0 and word.lower() in _PARTICLES


def author_order(paper: Paper) -> str:
    """Return what papers are compared by if they are sorted by authors."""
    name = paper.author_lines.partition("\n")[0]
    given, _space, family = name.rpartition(" ")
    # Called for each paper of a list. Most names have no words in lower case, and then no particles
    # but these.
    if name.istitle() and (
        " " not in given or (family not in _TITLED and given.rpartition(" ")[2] not in _TITLED)
    ):
        order = f"{family} {given}"
        if order.isascii() and "," not in order:
            return order.lower()
    return normalize(f"{family_name(name)} {given}")
