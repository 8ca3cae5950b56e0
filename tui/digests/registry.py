"""The built-in dialects in the order in which they are tried; imported only when they may match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from tui.digests.dialect import Dialect

VERSION = 2
"""Increase it when a dialect is added or claims more, so that unclaimed files are read again."""

JSON_HEAD_CHARS = 65_536
"""Characters of JSON that are searched to recognize its dialect; its first object is shorter."""

_JSON_START = r"\s*+(?:\[\s*+\{|\{\s*+\")"


class RegisteredDialect(NamedTuple):
    """A built-in dialect.

    Attributes:
        name: the name of the dialect and of its module.
        pattern: matches something in every text of the dialect, in JSON within the first object.
            It avoids importing unlikely dialects, and is compiled on first use.
    """

    name: str
    pattern: str

    def may_claim(self, text: str, end: int) -> bool:
        """Return whether the pattern occurs in a text before an offset."""
        return re.compile(self.pattern).search(text, 0, end) is not None

    def load(self) -> Dialect:
        """Import the dialect."""
        dialect: Dialect = import_module(f"tui.digests.dialects.{self.name}").DIALECT
        return dialect


DAILY_PAPERS = r"[Dd](?:aily|AILY)[\s_-]{0,3}[Pp](?:apers?|APERS?)"
"""The words that every heading of a digest of daily papers contains."""

JSON_DIALECTS = (
    RegisteredDialect("hub_json", r'"(?:paper|upvotes)"'),
    RegisteredDialect("cards_json", r'"paper_url"'),
    RegisteredDialect("jsonl", r'"(?:AI|summary|categories)"'),
)
MARKDOWN_DIALECTS = (
    RegisteredDialect("daily_papers_ko", DAILY_PAPERS),
    RegisteredDialect("daily_papers", DAILY_PAPERS),
    RegisteredDialect("table", r"(?i)(?:\A|\n)[ ]{0,3}\|?[ \t]*[*_]{0,3}title[*_]{0,3}[ \t]*\|"),
    RegisteredDialect("note", r"\A---[ \t]*\n"),
)
FALLBACK = RegisteredDialect("page", r"(?:\A|\n)[ ]{0,3}##[^\n]*://")
"""Tried when no other dialect claims a text, including those of plug-ins."""

UNAFFECTED_BY_PLUGINS = frozenset(dialect.name for dialect in JSON_DIALECTS + MARKDOWN_DIALECTS)
"""Dialects whose files are not read again when plug-ins change."""


def starts_like_json(text: str) -> bool:
    """Return whether a text starts with a JSON object, or an array of them; Markdown never does."""
    return re.compile(_JSON_START).match(text, 0, JSON_HEAD_CHARS) is not None


def candidates(text: str, *, is_json: bool) -> Iterator[Dialect]:
    """Yield the dialects that may claim a text, except the fallback."""
    end = JSON_HEAD_CHARS if is_json else len(text)
    for dialect in JSON_DIALECTS if is_json else MARKDOWN_DIALECTS:
        if dialect.may_claim(text, end):
            yield dialect.load()


def fallback(text: str) -> Iterator[Dialect]:
    """Yield the fallback if it may claim a text."""
    if FALLBACK.may_claim(text, len(text)):
        yield FALLBACK.load()
