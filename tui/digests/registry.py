"""What a dialect is, and the built-in ones in the order in which they are tried.

A built-in dialect is imported only when it may match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from tui.models import Digest, MessageValue

VERSION = 18
"""Increase it when a dialect is added or claims more, so that unclaimed files are read again."""

JSON_HEAD_CHARS = 65_536
"""Characters of JSON that are searched to recognize its dialect; its first object is shorter."""

_MAX_LINE_CHARS = 10_000
_JSON_START = r"\s*+(?:\[\s*+\{|\{\s*+\")"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing a digest.

    Attributes:
        name: an identifier, stored in `tui.models.Entry.dialect`.
        claims: returns whether a text is written in this dialect. It goes by the content, never
            by the file name, and rejects other texts quickly.
        read: parses a text. The second argument is the path, for problems and for the date if the
            text has none. Never raises.
        reads_raw: whether both functions get the decoded text with normalized line ends instead
            of the sanitized text, and `read` sanitizes every value itself. Needed for JSON, which
            can escape unsafe characters and whose strings may hold Unicode line separators.
        is_certain: whether no other dialect is tried on a text that it claims.
    """

    name: str
    claims: Callable[[str], bool]
    read: Callable[[str, str], Digest]
    reads_raw: bool = False
    is_certain: bool = False


class ReportProblem(Protocol):
    """A callback that records a problem or a note."""

    def __call__(self, line: int, template: str, **values: MessageValue) -> None:
        """Record it.

        Args:
            line: the line number, from 1.
            template: the message, marked with ``N_``; see `tui.models.Problem`.
            values: the values of the placeholders in the template.
        """


class RegisteredDialect(NamedTuple):
    """A built-in dialect.

    Attributes:
        name: the name of the dialect and of its module.
        pattern: matches something in every text of the dialect, in JSON within the first object.
            It avoids importing unlikely dialects, and is compiled on first use. Its first
            character is a literal where possible, which is much faster.
        words: one of them is in every text that matches; empty for any text.
    """

    name: str
    pattern: str
    words: tuple[str, ...] = ()

    def load(self) -> Dialect:
        """Import the dialect."""
        return cast("Dialect", import_module(f"tui.digests.dialects.{self.name}").DIALECT)


DAILY_PAPERS = r"[Dd](?:aily|AILY)[\s_-]{0,3}[Pp](?:apers?|APERS?)"
"""The words that every heading of a digest of daily papers contains."""

JSON_DIALECTS = (
    RegisteredDialect("hub_json", r'"(?:paper|upvotes)"'),
    RegisteredDialect("cards_json", r'"paper_url"'),
    RegisteredDialect("jsonl", r'"(?:AI|summary|categories)"'),
)
MARKDOWN_DIALECTS = (
    RegisteredDialect("atom", r"<(?:rss|feed|rdf:RDF)\b", ("<rss", "<feed", "<rdf:RDF")),
    RegisteredDialect("broadsheet", r"\[//\]: # \(broadsheet digest\)", ("(broadsheet digest)",)),
    RegisteredDialect("daily_papers_ko", DAILY_PAPERS, ("aily", "AILY")),
    RegisteredDialect("daily_papers", DAILY_PAPERS, ("aily", "AILY")),
    RegisteredDialect("table", r"\n[ ]{0,3}\|?[ \t]*[*_]{0,3}(?i:title)[*_]{0,3}[ \t]*\|", ("|",)),
    RegisteredDialect("note", r"\A---[ \t]*\n"),
)
FALLBACK = RegisteredDialect("page", r"\n[ ]{0,3}##[^\n]*://", ("##",))
"""Tried when no other dialect claims a text, including those of plug-ins."""
GENERAL = RegisteredDialect("general", "")
"""Tried last, on any text."""

UNAFFECTED_BY_PLUGINS = frozenset(dialect.name for dialect in JSON_DIALECTS + MARKDOWN_DIALECTS)
"""Dialects whose files are not read again when plug-ins change."""


def starts_like_json(text: str) -> bool:
    """Return whether a text starts with a JSON object, or an array of them; Markdown never does."""
    return re.compile(_JSON_START).match(text, 0, JSON_HEAD_CHARS) is not None


def candidates(text: str, dialects: Iterable[RegisteredDialect]) -> Iterator[Dialect]:
    """Yield the dialects, out of some built-in ones, that may claim a text; import only those."""
    first_line = "\n" + text[:_MAX_LINE_CHARS].partition("\n")[0]
    for dialect in dialects:
        if dialect.words and not any(word in text for word in dialect.words):
            continue
        pattern = re.compile(dialect.pattern)
        if pattern.search(text) or pattern.search(first_line):
            yield dialect.load()
