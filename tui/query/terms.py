"""Parse the words of a query: fields, ids and phrases, and the sort order."""

from __future__ import annotations

import re
from difflib import get_close_matches
from operator import gt
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.paper_ids.references import pasted_paper_id
from tui.query.columns import SORT_COLUMNS
from tui.query.conditions import (
    MATCH_WHOLE,
    STATES,
    FieldText,
    HasState,
    PaperField,
    Phrase,
)
from tui.query.intervals import DateIn, Interval, MatchIn, Value, VotesIn
from tui.query.lexer import OPERATORS
from tui.query.normalization import bare_paper_id, fold
from tui.query.query import Term
from tui.query.relative_dates import is_day_count, relative_date, resolve
from tui.query.sorting import SortKey
from tui.query.typed_dates import iso_period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tui.query.conditions import Condition
    from tui.query.lexer import Token

FIELDS = (*PaperField, "votes", "match", "date", *STATES, "sort")
"""Everything that may precede a colon."""

MAX_MATCH = 99

_NEGATIONS = ("-", "!")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
# int() would accept digits of all scripts, and fail for thousands of them.
_NUMBER = re.compile(r"[0-9]{1,18}")
_MATCH_OF_TAG = re.compile(r"(?P<tag>[^<>=]*)(?P<interval>[<>=].*)")

# Similarity by difflib's measure. The first one decides whether a word with a colon is a misspelled
# field: "vote:" must be, and "Dataset:" in a pasted title must not. The second one is for
# suggestions only.
_TYPO_CUTOFF = 0.75
_SUGGESTION_CUTOFF = 0.5


def parse_word(token: Token) -> Term | tuple[SortKey, ...]:
    """Parse a word; return a term, or a sort order.

    Raises:
        QueryError: the word is invalid.
    """
    negated = token.text.startswith(_NEGATIONS)
    body = token.text[negated:]
    if not body:
        raise token.error(_("has nothing to negate"))
    if body.startswith(_NEGATIONS):
        raise token.error(_("has two negations; put text in quotes"))
    if body in OPERATORS:
        raise token.error(_("is not a term, so it cannot be negated"))
    # Before looking for a field, because URLs contain colons.
    folded = fold(body)
    paper_id = None if folded.startswith('"') else pasted_paper_id(folded)
    if paper_id and (":" in paper_id or paper_id != folded):
        return Term(FieldText(PaperField.ID, fold(paper_id)), negated)
    name = _field_name(token, body)
    if name is None:
        return Term(Phrase(_unquote(token, _without_comma(body))), negated)
    raw = body.partition(":")[2]
    if name in set(PaperField):
        field, has_sign = PaperField(name), raw.startswith("=")
        text = _unquote(token, _without_comma(raw[has_sign:]))
        text = bare_paper_id(text) if field is PaperField.ID else text
        return Term(FieldText(field, text, has_sign and field not in MATCH_WHOLE), negated)
    value = _unquote(token, raw)
    if name == "sort":
        if negated:
            raise token.error(_("is not a term, so it cannot be negated"))
        return tuple(_sort_key(token, key) for key in value.split(","))
    return Term(_condition(token, name, value), negated)


def _field_name(token: Token, body: str) -> str | None:
    """Return the field that a word names, or None if the word is plain text."""
    name, colon, value = body.partition(":")
    if not colon or '"' in name:
        return None
    name = fold(name)
    if name in FIELDS:
        return name
    # "3:1", "GPT-4:" and "https://..." are text; "xyz:abc" and anything like "vote:" are mistakes.
    is_typo = _closest(name, FIELDS, _TYPO_CUTOFF) is not None
    if is_typo or (name.isalpha() and value and not value.startswith(("/", ":"))):
        closest = _closest(name, FIELDS, _SUGGESTION_CUTOFF)
        message = _("begins with an unknown field; put text in quotes")
        raise token.error(message, closest and f"{closest}:")
    return None


def _without_comma(raw: str) -> str:
    """Return a word of a list without its comma: people search for ``Roe, Jane``."""
    return raw.rstrip(",;") or raw


def _unquote(token: Token, raw: str) -> str:
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


def _condition(token: Token, name: str, value: str) -> Condition:
    """Return the condition of a field without text; ``sort:`` is not a condition."""
    if name == "votes":
        return VotesIn(_interval(token, value, _number, gt))
    if name == "match":
        of_tag = _MATCH_OF_TAG.fullmatch(value)
        tag, text = (of_tag["tag"], of_tag["interval"]) if of_tag else ("", value)
        text = text[1:] if ".." in text and text.startswith("=") else text
        return MatchIn(_interval(token, text, _match, gt), tag)
    if name == "date":
        return DateIn(_interval(token, value, _period, _is_later))
    return HasState(name, _choice(token, value, STATES[name]))


def _interval(
    token: Token,
    value: str,
    parse_bound: Callable[[Token, str], Value],
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


def _number(token: Token, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise token.error(_("needs a whole number, such as votes:20, votes:>=20 or votes:10..50"))
    return int(text)


def _match(token: Token, text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > MAX_MATCH:
        raise token.error(
            _("needs a number from 0 to 99, such as match:>=70, match:50..80 or match:rl>=60")
        )
    return int(text)


def _period(token: Token, text: str) -> str:
    if relative := relative_date(text):
        return relative
    if not text.endswith("-") and (period := iso_period(text)):
        return period
    message = _("needs a valid date, such as date:2025-05, date:>2025-05-22, date:today or date:7d")
    raise token.error(message)


def _is_later(low: str, high: str) -> bool:
    """Return whether a date begins only after another one has ended, whatever day it is."""
    if is_day_count(low) and is_day_count(high):
        days, other_days = resolve(low), resolve(high)
        return days is not None and other_days is not None and days.first > other_days.last
    if relative_date(low) or relative_date(high):
        return False
    return low[: len(high)] > high


def _sort_key(token: Token, text: str) -> SortKey:
    name = _choice(token, text.removeprefix("-"), SORT_COLUMNS)
    return SortKey(SORT_COLUMNS[name], descending=text.startswith("-"))


def _choice(token: Token, text: str, choices: Collection[str]) -> str:
    """Return the choice that a text names."""
    if text in choices:
        return text
    message = _("is not one of {choices}").format(choices=", ".join(choices))
    raise token.error(message, _closest(text, choices, _SUGGESTION_CUTOFF))


def _closest(text: str, choices: Collection[str], cutoff: float) -> str | None:
    """Return the choice with the closest spelling, or None if none is similar enough."""
    matches = get_close_matches(text, list(choices), n=1, cutoff=cutoff)
    return matches[0] if matches else None
