"""The records that everything else talks about. Frozen, and free of any I/O.

Dates are ISO strings (``2025-05-22``): they sort as they read, and a year (``2025``) or a month
(``2025-05``) is a prefix of the days it covers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from tui import arxiv
from tui.i18n import _

MessageValue = str | int
"""What stands in a sentence about a file."""


class Problem(NamedTuple):
    """Something odd in a file, for a person to read.

    Attributes:
        file: the file as the reader of the message would name it.
        line: counted from 1; 0 speaks of the file as a whole.
        words: what was found and what was done about it, or what to do; in English, with a
            ``{name}`` for each value. A catalogue finds the sentence by it.
        values: what stands in the sentence, by name. Without any, the words are the sentence.
    """

    file: str
    line: int
    template: str
    values: Mapping[str, MessageValue] = MappingProxyType({})

    @property
    def message(self) -> str:
        """The sentence in English, for the command line and for programs."""
        return self._format(self.template)

    @property
    def translated(self) -> str:
        """The sentence in the reader's language."""
        return self._format(_(self.template))

    @property
    def location(self) -> str:
        """``file:line``, or the file alone where all of it is meant."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        """Return ``file:line: message``, as compilers write it."""
        return f"{self.location}: {self.message}"

    def _format(self, sentence: str) -> str:
        # A sentence without values may tell of braces.
        return sentence.format(**self.values) if self.values else sentence


class Entry(NamedTuple):
    """One paper as one digest tells it.

    Attributes:
        arxiv_id: canonical, without a version (``2505.04921``).
        date: the day of the digest.
        title: None where the digest tells none.
        is_arxiv_title: whether the dialect carries arXiv's own title.
        votes: None where the digest tells none, which is not zero.
        authors: in the digest's order; empty where it tells none.
        thumbnail: address of a picture or video, or None.
        summary: Markdown.
        sections: the labels of the summary's parts, in order.
        dialect: the name of the dialect it was written in.
        line: where in the file the entry begins.
    """

    arxiv_id: str
    date: str
    title: str | None
    is_arxiv_title: bool
    votes: int | None
    authors: tuple[str, ...]
    thumbnail: str | None
    summary: str
    sections: tuple[str, ...]
    dialect: str
    line: int


class Digest(NamedTuple):
    """What was read out of one file.

    Attributes:
        path: the file, as it was named to the reader.
        dialect: None if no dialect claims the file; then it has no entries.
        entries: one a paper and date, in the file's order.
        problems: every oddity met on the way.
    """

    path: str
    dialect: str | None
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


# Telling and Paper are tuples: a library makes a hundred thousand of them at once, in a third of
# the time that frozen dataclasses take.


class EntryRef(NamedTuple):
    """Where one entry of a paper is kept, and what tells it from the paper's other entries.

    Attributes:
        date: the day of the digest.
        dialect: the dialect it was written in.
        digest: path of the digest, relative to its source.
        source: which of the library's sources, counted from 0.
        entry: number of the entry in its month's shard.
    """

    date: str
    dialect: str
    digest: str
    source: int
    number: int


class Paper(NamedTuple):
    """All entries with one arXiv id, merged.

    Attributes:
        arxiv_id: canonical, without a version.
        title: the newest telling's that carries arXiv's own, else the newest told, else the id.
        votes: the newest told, or the day's where a day is looked at; None if unknown.
        names: the authors, one a line (one string costs a third of a tuple of them).
        dates: every day the paper was featured on, ascending.
        tellings: its entries, oldest first.
    """

    arxiv_id: str
    title: str
    votes: int | None
    author_lines: str
    dates: tuple[str, ...]
    entries: tuple[EntryRef, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors in the digest's order; empty if no digest tells them."""
        return tuple(self.author_lines.split("\n")) if self.author_lines else ()

    @property
    def url(self) -> str:
        """The paper's abstract on arXiv."""
        return arxiv.abstract_url(self.arxiv_id)

    @property
    def pdf_url(self) -> str:
        """The paper itself on arXiv."""
        return arxiv.pdf_url(self.arxiv_id)


class Summary(NamedTuple):
    """One entry's summary, with what only the viewer needs.

    Attributes:
        telling: the entry it belongs to.
        markdown: the summary as the digest tells it.
        sections: the labels of its parts, in order.
        thumbnail: address of a picture or video, or None.
    """

    entry: EntryRef
    markdown: str
    sections: tuple[str, ...]
    thumbnail: str | None


class Marks(NamedTuple):
    """What the reader added to a paper; a tuple, for there may be as many as papers.

    Attributes:
        read: whether the reader has read it.
        starred: whether it has a star.
        tags: as the reader spelled them, in the order they were added, each once.
        note: the reader's own text, which may have several lines.
    """

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""


class MarksLookup(Protocol):
    """Whoever knows the reader's marks: a store, or a mapping by arXiv id."""

    def get(self, arxiv_id: str, default: Marks, /) -> Marks:
        """Return a paper's marks, or what is to be taken where there are none."""
