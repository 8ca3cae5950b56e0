"""Authors as BibTeX takes them: a list with ``and`` between, each in two or three parts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.export.latex import escape, one_line

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""What stands behind a family name and is none."""

_GROUPS = frozenset({"team", "group", "collaboration", "consortium"})
"""What the names of authors end with that are no persons."""

# What BibTeX takes apart as a person's name is. Everything else it is told to leave whole.
_PERSON = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*")


def author_list(names: Iterable[str]) -> str:
    """Return the value of an ``author`` field; empty if there are no names."""
    tidy = map(one_line, names)
    return " and ".join(_author(name) for name in tidy if name)


def is_suffix(word: str) -> bool:
    """Tell whether a word is ``Jr.`` or the like."""
    return word.casefold().removesuffix(".") in SUFFIXES


def _author(name: str) -> str:
    words = name.split()
    last = words[-1].casefold()
    if not _PERSON.fullmatch(name) or not {"and", "others"}.isdisjoint(name.casefold().split()):
        return f"{{{escape(name)}}}"
    if last in _GROUPS:
        return f"{{{name}}}"
    if len(words) > 2 and is_suffix(last):
        return _with_suffix(words)
    return name


def _with_suffix(words: list[str]) -> str:
    """Return ``van Dijk, Jr., Jan``: in another order BibTeX would call him Mr Junior."""
    *given, family, suffix = words
    while len(given) > 1 and given[-1].islower():
        family = f"{given.pop()} {family}"
    return f"{family}, {suffix}, {' '.join(given)}"
