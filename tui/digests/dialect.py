"""What a dialect is, and what all dialects share: the digest heading, and a place for findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.digests.parsing.dates import contains_date
from tui.models import Digest, Entry, MessageValue, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.digests.parsing.markdown_lines import MarkdownLine

_NAME = re.compile(r"[Dd](?:aily|AILY)[\s_-]{0,3}[Pp](?:apers?|APERS?)(?![\w])")
_PUBLISHER = re.compile(r"\b(?:hugging\s?face(?:['’]s)?|hf)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing a digest.

    Attributes:
        name: as `tui.models.Entry.dialect` keeps it.
        claims: whether a cleaned text is written in this dialect. It judges by content, never by
            a file's name, and is quick to say no.
        read: reads a cleaned text; its second argument is the path, for the problems and for
            the day where no heading tells it. Never raises.
        reads_raw: whether it is given the text as it was decoded, but for line ends, and cleans
            what it takes out of it by itself. JSON spells with escapes what would be cleaned, and
            a line separator that became a line end would break its strings.
    """

    name: str
    claims: Callable[[str], bool]
    read: Callable[[str, str], Digest]
    reads_raw: bool = False


@dataclass(slots=True)
class DigestBuilder:
    """Gathers what a dialect's reader finds in one file."""

    path: str
    dialect: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, template: str, **values: MessageValue) -> None:
        """Keep a problem for a person to read; lines are counted from 1."""
        self.problems.append(Problem(self.path, line, template, values))

    def build(self) -> Digest:
        """Return everything that was found."""
        return Digest(self.path, self.dialect, tuple(self.entries), tuple(self.problems))


def mentions_daily_papers(text: str) -> bool:
    """Whether the words that every digest heading holds occur anywhere in the text."""
    return _NAME.search(text) is not None


def is_digest_heading(heading: MarkdownLine) -> bool:
    """Whether a digest begins at the heading: it names one and tells a day, or nothing else."""
    if not _NAME.search(heading.text):
        return False
    if contains_date(heading.text):
        return heading.level <= 3
    others = _PUBLISHER.sub("", _NAME.sub("", heading.text))
    return heading.level <= 2 and not re.search(r"\w", others)


def mentions_hugging_face(heading: MarkdownLine) -> bool:
    """Whether a digest heading says that it is Hugging Face's."""
    return _PUBLISHER.search(heading.text) is not None
