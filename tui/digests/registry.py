"""Our own dialects, in the order in which they are asked; each is imported when it is likely."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.dialect import Dialect

VERSION = 2
"""Raised where a dialect is added, or claims more: files that nobody claimed are read again."""


JSON_HEAD_CHARS = 65_536
"""Characters of JSON that are looked at to tell what it is: its first object is shorter."""

_JSON = r"\s*+(?:\[\s*+\{|\{\s*+\")"


class RegisteredDialect(NamedTuple):
    """One of our dialects.

    Attributes:
        name: of the dialect, and of its module.
        sign: a pattern of what stands in every text that it claims, to be found without importing
            it; in JSON within the first object. It is compiled when a text is there to be read.
    """

    name: str
    pattern: str

    def may_claim(self, text: str, end: int) -> bool:
        """Whether the sign stands in a text, up to an offset."""
        return re.compile(self.pattern).search(text, 0, end) is not None

    def load(self) -> Dialect:
        """Import the dialect."""
        return _load(self.name)


@cache
def _load(name: str) -> Dialect:
    dialect: Dialect = import_module(f"tui.digests.dialects.{name}").DIALECT
    return dialect


JSON_DIALECTS = (
    RegisteredDialect("hub_json", r'"(?:paper|upvotes)"'),
    RegisteredDialect("cards_json", r'"paper_url"'),
    RegisteredDialect("jsonl", r'"(?:AI|summary|categories)"'),
)
_DAILY_PAPERS = r"[Dd](?:aily|AILY)[\s_-]{0,3}[Pp](?:apers?|APERS?)"
MARKDOWN_DIALECTS = (
    RegisteredDialect("daily_papers_ko", _DAILY_PAPERS),
    RegisteredDialect("daily_papers", _DAILY_PAPERS),
    RegisteredDialect("table", r"(?i)(?:\A|\n)[ ]{0,3}\|?[ \t]*[*_]{0,3}title[*_]{0,3}[ \t]*\|"),
    RegisteredDialect("note", r"\A---[ \t]*\n"),
)
FALLBACK = RegisteredDialect("page", r"(?:\A|\n)[ ]{0,3}##[^\n]*://")
"""Asked when nobody else claims a text, the dialects of others included."""

UNAFFECTED_BY_PLUGINS = frozenset(own.name for own in JSON_DIALECTS + MARKDOWN_DIALECTS)
"""Dialects whose files stay theirs, whatever other dialects there are."""


def starts_like_json(text: str) -> bool:
    """Whether a text begins as an object does, or an array of them. Markdown never does."""
    return re.compile(_JSON).match(text, 0, JSON_HEAD_CHARS) is not None


def candidates(text: str, *, is_json: bool) -> Iterator[Dialect]:
    """Yield the dialects that a text may be written in, but for the last resort."""
    head = JSON_HEAD_CHARS if is_json else len(text)
    for own in JSON_DIALECTS if is_json else MARKDOWN_DIALECTS:
        if own.may_claim(text, head):
            yield own.load()


def fallback(text: str) -> Iterator[Dialect]:
    """Yield the last resort if a text may be written in it."""
    if FALLBACK.may_claim(text, len(text)):
        yield FALLBACK.load()
