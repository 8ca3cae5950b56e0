"""From a reader's text to a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from operator import gt
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.query.columns import SORT_COLUMNS
from tui.query.conditions import (
    MATCH_WHOLE,
    DateIn,
    FieldText,
    HasField,
    HasState,
    PaperField,
    PaperTrait,
    Phrase,
    ReadState,
    VotesIn,
)
from tui.query.errors import QueryError
from tui.query.interval import Interval, Value
from tui.query.normalization import bare_arxiv_id, normalize
from tui.query.query import Query, Term
from tui.query.sorting import SortKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.query.conditions import Condition

_FIELDS = (*PaperField, "votes", "date", "is", "has", "sort")

# Everything up to the next space outside quotes. Quotes that never end reach to the text's end.
# No repetition may stand directly inside another: where nothing fits, that takes exponential time.
_WORD = re.compile(r'(?:[^\s"]|"(?:[^"]|"")*(?:"|\Z))+')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
# Not int()'s idea of a number, which takes digits of all scripts, and fails at very many of them.
_NUMBER = re.compile(r"[0-9]{1,18}")
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

# How alike two words must be, by difflib's measure. The first decides whether a word with a colon
# is a field misspelt: "vote:" must be one, and "Dataset:" out of a pasted title must not. The
# second only picks what a message suggests.
_TYPO_CUTOFF = 0.75
_SUGGESTION_CUTOFF = 0.5


def parse(text: str) -> Query:
    """Read a query.

    Args:
        text: any text; without words it asks for everything.

    Returns:
        What it asks for. Its texts are folded, so questions that differ in case are equal.

    Raises:
        QueryError: a word makes no sense.
    """
    clauses: list[list[Term]] = []
    sort: tuple[SortKey, ...] = ()
    follows_term = False
    joint: _Token | None = None  # an OR that waits for its second term
    for match in _WORD.finditer(text):
        word = _Token(match[0], match.start() + 1)
        if word.text == "OR":
            if not follows_term:
                raise word.error(_("must stand between two terms"))
            joint = word
            follows_term = False
            continue
        found = _parse_word(word)
        if isinstance(found, Term):
            if joint:
                clauses[-1].append(found)
            else:
                clauses.append([found])
        elif joint:
            raise word.error(_("is no term, so OR cannot join it"))
        elif sort:
            raise word.error(_("is the second order; one sort: can name several columns"))
        else:
            sort = found
        follows_term = isinstance(found, Term)
        joint = None
    if joint:
        raise joint.error(_("must stand between two terms"))
    return Query(tuple(map(tuple, clauses)), sort)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it was typed, and where: what an error must tell."""

    text: str
    column: int

    def error(self, message: str, nearest: str | None = None) -> QueryError:
        return QueryError(self.text, self.column, message, nearest)


def _parse_word(word: _Token) -> Term | tuple[SortKey, ...]:
    """Read one word that is not OR."""
    negated = word.text.startswith("-")
    body = word.text[negated:]
    if not body:
        raise word.error(_("has nothing to negate"))
    if body.startswith("-"):
        raise word.error(_("begins with two dashes; in quotes they are text"))
    if body == "OR":
        raise word.error(_("is no term, so it cannot be negated"))
    # Before colons are looked for: addresses have them.
    pasted = normalize(body)
    if (arxiv_id := bare_arxiv_id(pasted)) != pasted:
        return Term(FieldText(PaperField.ID, arxiv_id), negated)
    name = _field_name(word, body)
    if name is None:
        return Term(Phrase(_unquote(word, body)), negated)
    raw = body.partition(":")[2]
    if name in set(PaperField):
        is_whole = raw.startswith("=")
        return Term(
            _field_text(PaperField(name), _unquote(word, raw[is_whole:]), whole=is_whole), negated
        )
    value = _unquote(word, raw)
    if name == "sort":
        if negated:
            raise word.error(_("is no term, so it cannot be negated"))
        return tuple(_sort_key(word, part) for part in value.split(","))
    return Term(_condition(word, name, value), negated)


def _field_name(word: _Token, body: str) -> str | None:
    """Return the field that the body names, or None if it is plain text."""
    name, colon, value = body.partition(":")
    if not colon or '"' in name:
        return None
    name = normalize(name)
    if name in _FIELDS:
        return name
    # "3:1", "GPT-4:" and "https://..." are text; "xyz:abc" and anything like "vote:" are mistakes.
    is_misspelt = _closest(name, _FIELDS, _TYPO_CUTOFF) is not None
    if is_misspelt or (name.isalpha() and value and not value.startswith(("/", ":"))):
        nearest = _closest(name, _FIELDS, _SUGGESTION_CUTOFF)
        raise word.error(
            _("begins with no known field; in quotes it is text"), nearest and f"{nearest}:"
        )
    return None


def _unquote(word: _Token, raw: str) -> str:
    """Return a term's text, or a field's value: folded, and without its quotes."""
    if '"' not in raw:
        if raw.count("(") != raw.count(")"):
            raise word.error(_("has a parenthesis without its partner; in quotes it is text"))
        text = raw
    elif match := _QUOTED.fullmatch(raw):
        text = match[1].replace('""', '"')
    elif raw.count('"') % 2:
        raise word.error(_("has a quote that is never closed"))
    else:
        raise word.error(_("has quotes around only a part of it"))
    if not text.strip():
        raise word.error(_("is empty"))
    return normalize(text)


def _field_text(field: PaperField, text: str, *, whole: bool) -> FieldText:
    """Return what a field that holds text asks for."""
    if field is PaperField.ID:
        text = bare_arxiv_id(text)
    return FieldText(field, text, whole and field not in MATCH_WHOLE)


def _condition(word: _Token, name: str, value: str) -> Condition:
    """Return what one of the other fields asks for; sort: is none of them."""
    match name:
        case "votes":
            return VotesIn(_interval(word, value, _number, gt))
        case "date":
            return DateIn(
                _interval(word, value, _period, lambda low, high: low[: len(high)] > high)
            )
        case "is":
            return HasState(ReadState(_choice(word, value, ReadState)))
        case _:
            return HasField(PaperTrait(_choice(word, value, PaperTrait)))


def _interval(
    word: _Token,
    value: str,
    bound: Callable[[_Token, str], Value],
    is_later: Callable[[Value, Value], bool],
) -> Interval[Value]:
    """Read a comparison or a range.

    Args:
        word: to blame.
        value: what stands after the colon.
        bound: reads one bound.
        is_later: whether its first argument begins only after the second has ended.
    """
    start, dots, end = value.partition("..")
    if dots:
        if not start and not end:
            raise word.error(_("is a range without bounds; one of them may be left out"))
        low = bound(word, start) if start else None
        high = bound(word, end) if end else None
        if low is not None and high is not None and is_later(low, high):
            raise word.error(_("is a range that ends before it begins"))
        return Interval(low, high)
    operand = value.lstrip("<>=")
    limit = bound(word, operand)
    match value.removesuffix(operand):
        case "" | "=":
            return Interval(limit, limit)
        case (">" | ">=") as operator:
            return Interval(limit, None, strict=operator == ">")
        case ("<" | "<=") as operator:
            return Interval(None, limit, strict=operator == "<")
        case _:
            raise word.error(_("has no known comparison; there are > >= < <= and ="))


def _number(word: _Token, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise word.error(_("needs a whole number, as in votes:20, votes:>=20 or votes:10..50"))
    return int(text)


def _period(word: _Token, text: str) -> str:
    match = _PERIOD.fullmatch(text)
    try:
        if match:
            date(*(int(part or 1) for part in match.groups()))
            return text
    except ValueError:
        pass  # of the right form, but in no calendar
    told = _("needs a date that exists, as in date:2025, date:>2025-05 or date:2025-05-22")
    raise word.error(told)


def _sort_key(word: _Token, text: str) -> SortKey:
    name = _choice(word, text.removeprefix("-"), SORT_COLUMNS)
    return SortKey(SORT_COLUMNS[name], descending=text.startswith("-"))


def _choice(word: _Token, text: str, choices: Iterable[str]) -> str:
    """Return the choice that a text names."""
    names = list(map(str, choices))
    if text in names:
        return text
    message = _("names none of {choices}").format(choices=", ".join(names))
    raise word.error(message, _closest(text, names, _SUGGESTION_CUTOFF))


def _closest(text: str, choices: Iterable[str], alike: float) -> str | None:
    """Return the choice that the text resembles most, if any is as much alike as demanded."""
    matches = get_close_matches(text, list(map(str, choices)), n=1, cutoff=alike)
    return matches[0] if matches else None
