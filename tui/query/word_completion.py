"""Complete the last word of a query: fields and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.query.columns import SORT_COLUMNS
from tui.query.conditions import STATES
from tui.query.lexer import last_word
from tui.query.normalization import fold, quote
from tui.query.relative_dates import NAMES
from tui.query.terms import FIELDS

MIN_FIELD_LETTERS = 2
"""Letters of a word after which it may be the beginning of a field."""

MAX_COMPLETIONS = 20

Values = Callable[[str, str], Sequence[str]]
"""Takes a field and the beginning of a value, folded; returns values of the library, best first."""

_FREE_TEXT = ("title", "id", "text")

_FIXED_VALUES: Mapping[str, Sequence[str]] = {
    **{field: tuple(states) for field, states in STATES.items()},
    "sort": tuple(SORT_COLUMNS),
    "date": (*NAMES, "7d", "30d"),
    "match": (">=50", ">=70", ">=90"),
    "votes": (">=5", ">=10", ">=20", ">=50", ">=100"),
}

# What may precede a value: the start of a comparison, the first bound of a range, further columns.
_BEFORE_VALUE = {
    "sort": re.compile(r"(?:.*,)?-?"),
    "date": re.compile(r".*\.\.|[<>]?=?"),
    "votes": re.compile(r""),
    "match": re.compile(r""),
}


class Completion(NamedTuple):
    """A way to complete the last word of a query.

    Attributes:
        text: the whole text up to the cursor, completed.
        label: what is new, to be shown in a list: ``author:`` or ``Jae Kim``.
    """

    text: str
    label: str


def complete(text: str, values: Values) -> Sequence[Completion]:
    """Return completions of the last word of a query, best first; none if there is nothing to add.

    Args:
        text: the query up to the cursor.
        values: returns the library's authors, tags, sources and sections.
    """
    start = last_word(text)
    word = text[start:]
    name, colon, value = word.partition(":")
    if not colon:
        return _fields(text[:start], name)
    field = fold(name)
    if field not in FIELDS or field in _FREE_TEXT:
        return []
    candidates = _fixed(field, value) if field in _FIXED_VALUES else _found(field, value, values)
    begin = f"{text[:start]}{name}:"
    return [
        Completion(begin + completed, label)
        for completed, label in candidates[:MAX_COMPLETIONS]
        if completed != value
    ]


def _fields(before: str, name: str) -> Sequence[Completion]:
    beginning = fold(name)
    if len(beginning) < MIN_FIELD_LETTERS:
        return []
    return [
        Completion(f"{before}{field}:", f"{field}:")
        for field in FIELDS
        if field.startswith(beginning)
    ]


def _fixed(field: str, value: str) -> Sequence[tuple[str, str]]:
    """Return the values of a field with few of them, completed and as labels."""
    pattern = _BEFORE_VALUE.get(field)
    match = pattern.match(value) if pattern else None
    before = match[0] if match else ""
    beginning = fold(value[len(before) :])
    return [
        (before + choice, choice) for choice in _FIXED_VALUES[field] if choice.startswith(beginning)
    ]


def _found(field: str, value: str, values: Values) -> Sequence[tuple[str, str]]:
    """Return values of the library, completed and as labels."""
    sign = "=" if value.startswith("=") else ""
    typed = value[len(sign) :]
    beginning = fold(typed.removeprefix('"').removesuffix('"'))
    found = values(field, beginning)
    # Once a quote is typed, the completion has one as well.
    is_quoted = typed.startswith('"')
    return [
        (sign + (quote(choice) if is_quoted or _needs_quotes(choice) else choice), choice)
        for choice in found
    ]


def _needs_quotes(value: str) -> bool:
    return re.fullmatch(r'[^\s":()=,;-][^\s":(),;]*', value) is None
