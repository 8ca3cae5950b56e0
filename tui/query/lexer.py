"""Split a query into words, operators and parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import NamedTuple

from tui.i18n import _
from tui.query.invalid_query import QueryError
from tui.sanitize import clean

MAX_DEPTH = 20
"""Parentheses within parentheses."""


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    """A parenthesis that begins a group."""
    CLOSE = auto()


OPERATORS: Mapping[str, TokenKind] = {
    **dict.fromkeys(("AND", "&", "&&"), TokenKind.AND),
    **dict.fromkeys(("OR", "|", "||"), TokenKind.OR),
    **dict.fromkeys(("NOT", "!"), TokenKind.NOT),
}
"""The words that are operators. Quotes make them ordinary words."""


class Token(NamedTuple):
    """A token; and for errors, the same as typed and its position.

    Attributes:
        kind: what it is.
        text: its text, without invisible characters.
        typed: the text as typed.
        column: the position in the query, counted from 1.
    """

    kind: TokenKind
    text: str
    typed: str
    column: int

    def error(self, message: str, suggestion: str | None = None) -> QueryError:
        """Return the error of this token; see ``QueryError`` for the arguments."""
        return QueryError(self.typed, self.column, message, suggestion)


# Everything up to the next space outside quotes. An unclosed quote extends to the end of the text.
# Nested repetitions must not match the same text, or a failed match takes exponential time.
_LETTER_OR_QUOTED = r'[^\s"]|"(?:[^"]|"")*(?:"|\Z)'
# A date as Korean writes it has spaces: 2025년 5월 1일.
_SPACE_IN_DATE = r"(?<=[년年월月])\s(?=[0-9]{1,2}[월月일日])"
_CHUNK = re.compile(
    rf"[-!(]*[dD][aA][tT][eE]:(?:{_LETTER_OR_QUOTED}|{_SPACE_IN_DATE})+|(?:{_LETTER_OR_QUOTED})+"
)
_WORD_PREFIX = re.compile(r"[-!(]*")
_GROUP_START = re.compile(r"[-!]?\(")
_PARENTHESIS = re.compile(r'"(?:[^"]|"")*(?:"|\Z)|[()]')


class _Part(NamedTuple):
    """A token within a chunk: its kind, its first character and the one after its last."""

    kind: TokenKind
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a query. Every ``CLOSE`` has its ``OPEN``, but not the reverse.

    Raises:
        QueryError: groups are nested too deeply.
    """
    depth = 0
    for match in _CHUNK.finditer(text):
        # Input methods and web pages add invisible characters, which digests do not have either.
        chunk = clean(match[0])
        is_as_typed = chunk == match[0]
        for kind, start, end in _parts(chunk, depth):
            part = chunk[start:end]
            token = Token(kind, part, match[0], match.start() + 1)
            if is_as_typed:
                token = Token(kind, part, part, match.start() + start + 1)
            depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
            if depth > MAX_DEPTH:
                raise token.error(_("is one parenthesis too many"))
            yield token


def last_word(text: str) -> int:
    """Return where the word at the end of a text starts, without what negates or groups it.

    That is the end of the text if it ends with a space outside quotes.
    """
    for match in _CHUNK.finditer(text):
        if match.end() == len(text):
            prefix = _WORD_PREFIX.match(text, match.start())
            return prefix.end() if prefix else match.start()
    return len(text)


def _parts(chunk: str, depth: int) -> Iterator[_Part]:
    """Yield the tokens of a text without spaces outside quotes.

    Args:
        chunk: the text.
        depth: number of groups that are open before it.
    """
    if not chunk:
        return
    if operator := OPERATORS.get(chunk):
        yield _Part(operator, 0, len(chunk))
        return
    closed_by, _unopened = _match_parentheses(chunk)
    start = 0
    while match := _GROUP_START.match(chunk, start):
        close = closed_by.get(match.end() - 1)
        if close is not None and chunk[close:].strip("),;"):
            # "(1+1)-ES" is a word.
            break
        if match.end() - start > 1:
            yield _Part(TokenKind.NOT, start, start + 1)
        yield _Part(TokenKind.OPEN, match.end() - 1, match.end())
        start, depth = match.end(), depth + 1
    end = len(chunk)
    closing: list[_Part] = []
    _closed_by, unopened = _match_parentheses(chunk, start)
    while depth and unopened and not chunk[unopened[-1] + 1 : end].strip(",;"):
        end, depth = unopened.pop(), depth - 1
        closing.append(_Part(TokenKind.CLOSE, end, end + 1))
    if start < end:
        yield _Part(TokenKind.WORD, start, end)
    yield from reversed(closing)


def _match_parentheses(text: str, start: int = 0) -> tuple[dict[int, int], list[int]]:
    """Return the positions of the parentheses of a text outside quotes.

    Args:
        text: the text.
        start: where to begin.

    Returns:
        The position of the closing parenthesis by that of the opening one, for each pair; and the
        positions of closing ones without an opening one.
    """
    opened: list[int] = []
    closed_by: dict[int, int] = {}
    unopened: list[int] = []
    for match in _PARENTHESIS.finditer(text, start):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")":
            if opened:
                closed_by[opened.pop()] = match.start()
            else:
                unopened.append(match.start())
    return closed_by, unopened
