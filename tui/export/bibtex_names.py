"""Author names in BibTeX's format: joined by ``and``, with suffixes where BibTeX expects them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.export.latex import escape, to_single_line

NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Suffixes after a family name (Jr., III)."""

_GROUP_WORDS = frozenset({"team", "group", "collaboration", "consortium"})
"""Last words of names that are not persons."""

# A name that BibTeX splits into its parts correctly; any other is kept whole in braces.
_PERSON = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*")


def format_authors(names: Iterable[str]) -> str:
    """Return the value of an ``author`` field; empty if there are no names."""
    return " and ".join(_format_name(name) for name in map(to_single_line, names) if name)


def is_name_suffix(word: str) -> bool:
    """Return whether a word is a suffix after a family name, like ``Jr.``."""
    return word.casefold().removesuffix(".") in NAME_SUFFIXES


def _format_name(name: str) -> str:
    words = name.split()
    last = words[-1].casefold()
    if not _PERSON.fullmatch(name) or not {"and", "others"}.isdisjoint(name.casefold().split()):
        return f"{{{escape(name)}}}"
    if last in _GROUP_WORDS:
        return f"{{{name}}}"
    if len(words) > 2 and is_name_suffix(last):
        return _format_name_with_suffix(words)
    return name


def _format_name_with_suffix(words: list[str]) -> str:
    """Return ``van Dijk, Jr., Jan``; otherwise BibTeX takes the suffix for the family name."""
    *given, family, suffix = words
    while len(given) > 1 and given[-1].islower():
        family = f"{given.pop()} {family}"
    return f"{family}, {suffix}, {' '.join(given)}"
