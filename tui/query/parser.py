"""Parse a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from operator import gt
from typing import TYPE_CHECKING

from tui.arxiv import pasted_id
from tui.i18n import _
from tui.query.columns import SORT_COLUMNS
from tui.query.conditions import (
    MATCH_WHOLE,
    STATES,
    DateIn,
    FieldText,
    HasState,
    Interval,
    PaperField,
    Phrase,
    Value,
    VotesIn,
)
from tui.query.dates import iso_period
from tui.query.normalization import bare_arxiv_id, fold
from tui.query.query import Query, Term
from tui.query.sorting import SortKey
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tui.query.conditions import Condition

_FIELDS = (*PaperField, "votes", "date", *STATES, "sort")

# Everything up to the next space outside quotes. An unclosed quote extends to the end of the text.
# Nested repetitions must not match the same text, or a failed match takes exponential time.
_LETTER_OR_QUOTED = r'[^\s"]|"(?:[^"]|"")*(?:"|\Z)'
# A date as Korean writes it has spaces: 2025년 5월 1일.
_SPACE_IN_DATE = r"(?<=[년年월月])\s(?=[0-9]{1,2}[월月일日])"
_WORD = re.compile(
    rf"-?[dD][aA][tT][eE]:(?:{_LETTER_OR_QUOTED}|{_SPACE_IN_DATE})+|(?:{_LETTER_OR_QUOTED})+"
)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
# int() would accept digits of all scripts, and fail for thousands of them.
_NUMBER = re.compile(r"[0-9]{1,18}")

# Similarity by difflib's measure. The first one decides whether a word with a colon is a misspelled
# field: "vote:" must be, and "Dataset:" in a pasted title must not. The second one is for
# suggestions only.
_TYPO_CUTOFF = 0.75
_SUGGESTION_CUTOFF = 0.5


class QueryError(ValueError):
    """A word of a query is invalid.

    Attributes:
        word: the word as typed.
        column: the position of its first character in the query, counted from 1.
        message: what is wrong, in the reader's language, as the predicate of a sentence about the
            word: "is empty".
        suggestion: what may have been meant, such as ``votes:``; None if nothing is similar.
    """

    def __init__(self, word: str, column: int, message: str, suggestion: str | None = None) -> None:
        # All four, so that the error can be pickled.
        super().__init__(word, column, message, suggestion)
        self.word = word
        self.column = column
        self.message = message
        self.suggestion = suggestion

    def __str__(self) -> str:
        """Return a sentence on one line that is safe to print."""
        text = _("{word} at column {column} {message}.")
        if self.suggestion:
            text = _("{word} at column {column} {message}. Did you mean '{suggestion}'?")
        # repr() escapes control characters and bidi overrides, but not letters of any script.
        return text.format(
            word=repr(self.word),
            column=self.column,
            message=self.message,
            suggestion=self.suggestion,
        )


def parse(text: str) -> Query:
    """Parse a query.

    Args:
        text: any text; an empty query matches everything.

    Returns:
        The query. Its texts are folded, so that queries that differ in case are equal.

    Raises:
        QueryError: a word is invalid.
    """
    if len(text.split()) > 1 and (arxiv_id := pasted_id(text)):
        return Query(((Term(FieldText(PaperField.ID, arxiv_id)),),))
    clauses: list[list[Term]] = []
    sort: tuple[SortKey, ...] = ()
    follows_term = False
    pending_or: _Token | None = None
    for match in _WORD.finditer(text):
        # Input methods and web pages add invisible characters, which digests do not have either.
        token = _Token(clean(match[0]), match[0], match.start() + 1)
        if not token.text:
            continue
        if token.text == "OR":
            if not follows_term:
                raise token.error(_("must be between two terms"))
            pending_or = token
            follows_term = False
            continue
        parsed = _parse_word(token)
        if isinstance(parsed, Term):
            if pending_or:
                clauses[-1].append(parsed)
            else:
                clauses.append([parsed])
        elif pending_or:
            raise token.error(_("is not a term, so it cannot be joined by OR"))
        elif sort:
            raise token.error(_("is a second sort order; a single sort: can name several columns"))
        else:
            sort = parsed
        follows_term = isinstance(parsed, Term)
        pending_or = None
    if pending_or:
        raise pending_or.error(_("must be between two terms"))
    return Query(tuple(map(tuple, clauses)), sort)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word; and for errors, the word as typed and its position, counted from 1."""

    text: str
    typed: str
    column: int

    def error(self, message: str, suggestion: str | None = None) -> QueryError:
        return QueryError(self.typed, self.column, message, suggestion)


def _parse_word(token: _Token) -> Term | tuple[SortKey, ...]:
    """Parse a word other than OR."""
    negated = token.text.startswith("-")
    body = token.text[negated:]
    if not body:
        raise token.error(_("has nothing to negate"))
    if body.startswith("-"):
        raise token.error(_("begins with two dashes; put text in quotes"))
    if body == "OR":
        raise token.error(_("is not a term, so it cannot be negated"))
    # Before looking for a field, because URLs contain colons.
    folded = fold(body)
    if (arxiv_id := bare_arxiv_id(folded)) != folded:
        return Term(FieldText(PaperField.ID, arxiv_id), negated)
    name = _field_name(token, body)
    if name is None:
        return Term(Phrase(_unquote(token, _without_comma(body))), negated)
    raw = body.partition(":")[2]
    if name in set(PaperField):
        field, has_sign = PaperField(name), raw.startswith("=")
        text = _unquote(token, _without_comma(raw[has_sign:]))
        text = bare_arxiv_id(text) if field is PaperField.ID else text
        return Term(FieldText(field, text, has_sign and field not in MATCH_WHOLE), negated)
    value = _unquote(token, raw)
    if name == "sort":
        if negated:
            raise token.error(_("is not a term, so it cannot be negated"))
        return tuple(_sort_key(token, key) for key in value.split(","))
    return Term(_condition(token, name, value), negated)


def _field_name(token: _Token, body: str) -> str | None:
    """Return the field that a word names, or None if the word is plain text."""
    name, colon, value = body.partition(":")
    if not colon or '"' in name:
        return None
    name = fold(name)
    if name in _FIELDS:
        return name
    # "3:1", "GPT-4:" and "https://..." are text; "xyz:abc" and anything like "vote:" are mistakes.
    is_typo = _closest(name, _FIELDS, _TYPO_CUTOFF) is not None
    if is_typo or (name.isalpha() and value and not value.startswith(("/", ":"))):
        closest = _closest(name, _FIELDS, _SUGGESTION_CUTOFF)
        message = _("begins with an unknown field; put text in quotes")
        raise token.error(message, closest and f"{closest}:")
    return None


def _without_comma(raw: str) -> str:
    """Return a word of a list without its comma: people search for ``Roe, Jane``."""
    return raw.rstrip(",;") or raw


def _unquote(token: _Token, raw: str) -> str:
    """Return the folded text of a term or value, without its quotes."""
    if '"' not in raw:
        if raw.count("(") != raw.count(")"):
            raise token.error(_("has an unmatched parenthesis; put text in quotes"))
        text = raw
    elif match := _QUOTED.fullmatch(raw):
        text = match[1].replace('""', '"')
    elif raw.count('"') % 2:
        raise token.error(_("has an unclosed quote"))
    else:
        raise token.error(_("has quotes around only a part of it"))
    text = fold(text)
    if not text.strip():
        raise token.error(_("is empty"))
    return text


def _condition(token: _Token, name: str, value: str) -> Condition:
    """Return the condition of a field without text; ``sort:`` is not a condition."""
    if name == "votes":
        return VotesIn(_interval(token, value, _number, gt))
    if name == "date":
        return DateIn(_interval(token, value, _period, lambda low, high: low[: len(high)] > high))
    return HasState(name, _choice(token, value, STATES[name]))


def _interval(
    token: _Token,
    value: str,
    parse_bound: Callable[[_Token, str], Value],
    is_later: Callable[[Value, Value], bool],
) -> Interval[Value]:
    """Parse a comparison or a range.

    Args:
        token: the word, for error messages.
        value: the text after the colon.
        parse_bound: parses a bound.
        is_later: whether its first argument begins only after the second has ended.
    """
    start, dots, end = value.partition("..")
    if dots:
        if not start and not end:
            raise token.error(_("is a range without bounds; only one of them may be left out"))
        low = parse_bound(token, start) if start else None
        high = parse_bound(token, end) if end else None
        if low is not None and high is not None and is_later(low, high):
            raise token.error(_("is a range that ends before it begins"))
        return Interval(low, high)
    operand = value.lstrip("<>=")
    bound = parse_bound(token, operand)
    match value.removesuffix(operand):
        case "" | "=":
            return Interval(bound, bound)
        case (">" | ">=") as operator:
            return Interval(bound, None, strict=operator == ">")
        case ("<" | "<=") as operator:
            return Interval(None, bound, strict=operator == "<")
        case _:
            raise token.error(_("has an unknown comparison; use > >= < <= or ="))


def _number(token: _Token, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise token.error(_("needs a whole number, such as votes:20, votes:>=20 or votes:10..50"))
    return int(text)


def _period(token: _Token, text: str) -> str:
    if not text.endswith("-") and (period := iso_period(text)):
        return period
    message = _("needs a valid date, such as date:2025, date:>2025-05 or date:2025-05-22")
    raise token.error(message)


def _sort_key(token: _Token, text: str) -> SortKey:
    name = _choice(token, text.removeprefix("-"), SORT_COLUMNS)
    return SortKey(SORT_COLUMNS[name], descending=text.startswith("-"))


def _choice(token: _Token, text: str, choices: Collection[str]) -> str:
    """Return the choice that a text names."""
    if text in choices:
        return text
    message = _("is not one of {choices}").format(choices=", ".join(choices))
    raise token.error(message, _closest(text, choices, _SUGGESTION_CUTOFF))


def _closest(text: str, choices: Collection[str], cutoff: float) -> str | None:
    """Return the choice with the closest spelling, or None if none is similar enough."""
    matches = get_close_matches(text, list(choices), n=1, cutoff=cutoff)
    return matches[0] if matches else None
