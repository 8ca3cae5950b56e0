"""The records of the whole program: immutable and free of I/O.

Dates are ISO strings (``2025-05-22``). They sort chronologically, and a year (``2025``) or a month
(``2025-05``) is a prefix of its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from tui.i18n import _
from tui.paper_ids import arxiv_id_of

UNDATED = "0001-01-01"
"""The date of an entry whose digest has none. It is before all others, and is never shown."""

ET_AL = "et al."
"""The last of a list of authors if there are more than the digest names."""

# Labels of entries and papers. Categories of arXiv (``cs.CL``) are labels as well, and come first.

CODE = "+code"
"""A summary links to a code repository."""

CROSS = "+cross"
"""The digest lists the paper in a category that is not its primary one."""

REPLACED = "+replaced"
"""The digest announces a new version of the paper."""

UNLISTED = "+unlisted"
"""The digest does not list the paper on its day: it only completes what others say about it."""

WITHDRAWN = "+withdrawn"
"""The authors have withdrawn the paper."""

_VERSION = "+v"


def version_label(version: int, day: str) -> str:
    """Return the label of a version that is newer than the digest: ``+v3@2025-08-01``.

    Args:
        version: its number.
        day: the day on which it appeared.
    """
    return f"{_VERSION}{version}@{day}"


def newer_version(labels: Iterable[str]) -> tuple[int, str] | None:
    """Return number and day of the newest version that labels name, or None."""
    named = (label.removeprefix(_VERSION) for label in labels if label.startswith(_VERSION))
    parts = (text.partition("@") for text in named)
    versions = ((int(number), day) for number, _at, day in parts if number.isdecimal())
    return max(versions, default=None)


MessageValue = str | int
"""The value of a placeholder in a message."""


class Problem(NamedTuple):
    """A problem in a file, to be shown to the reader.

    Attributes:
        file: the file's path, as the reader knows it.
        line: the line number, from 1; 0 for the file as a whole.
        template: what is wrong, and the consequence or remedy; in English, with a ``{name}`` for
            each value. It is the key of its translation.
        values: the values of the placeholders. If empty, braces in the template are literal.
        is_note: whether nothing is lost or skipped: the file lacks something, such as votes, or was
            read in spite of an error.
    """

    file: str
    line: int
    template: str
    values: Mapping[str, MessageValue] = MappingProxyType({})
    is_note: bool = False

    @property
    def message(self) -> str:
        """The message in English, for the command line and for other programs."""
        return self._format(self.template)

    @property
    def translated(self) -> str:
        """The message in the language of the user interface."""
        return self._format(_(self.template))

    @property
    def location(self) -> str:
        """``file:line``, or the file alone if the problem concerns all of it."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        """Return ``file:line: message``, the format of compilers."""
        return f"{self.location}: {self.message}"

    def _format(self, template: str) -> str:
        if not self.values:
            return template
        values = {
            name: f"{value:,}" if isinstance(value, int) else value
            for name, value in self.values.items()
        }
        return template.format(**values)


class Entry(NamedTuple):
    """One paper as one digest describes it.

    Attributes:
        paper_id: canonical (``2505.04921``, ``doi:10.1101/2025.04.11``); see `tui.paper_ids`.
        date: the day of the digest; UNDATED if unknown.
        title: None if missing.
        is_arxiv_title: whether the dialect has arXiv's own titles.
        votes: None if missing, which is not zero.
        authors: in the order of the digest; empty if missing. ET_AL follows the last one if the
            digest names only some.
        thumbnail: the URL of a picture or video, or None.
        summary: Markdown.
        sections: the labels of the summary's sections, in order.
        dialect: the name of the digest's dialect.
        line: the line of the file where the entry starts, from 1.
        published: the day on which the paper was published, if the digest has it, or None.
        labels: arXiv categories, the primary one first, and then other labels (``CROSS``).
    """

    paper_id: str
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
    published: str | None = None
    labels: tuple[str, ...] = ()

    @property
    def arxiv_id(self) -> str | None:
        """The paper's id if it is arXiv's, else None."""
        return arxiv_id_of(self.paper_id)


class Digest(NamedTuple):
    """The contents of one file.

    Attributes:
        path: the file's path, as passed to the reader.
        dialect: None if no dialect claims the file; then it has no entries.
        entries: in the order of the file, one per paper and date.
        problems: sorted by line.
    """

    path: str
    dialect: str | None
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


# EntryRef and Paper are named tuples because a library creates a hundred thousand of them at once,
# in a third of the time that frozen dataclasses take.


class EntryRef(NamedTuple):
    """A reference to a cached entry of a paper.

    Attributes:
        date: the day of the digest, or UNDATED.
        dialect: the digest's dialect.
        digest: the path of the digest, relative to its source.
        source: the index of the source in the library.
        number: the number of the entry in the cache file of its month.
    """

    date: str
    dialect: str
    digest: str
    source: int
    number: int


class Paper(NamedTuple):
    """All entries with the same id, merged.

    Attributes:
        paper_id: canonical; see `tui.paper_ids`.
        title: from the newest entry with arXiv's own title, else the newest with any, else the id.
        votes: the newest known, or those of the day that is shown; None if unknown.
        author_lines: the authors, one per line, and perhaps ET_AL. One string takes a third of a
            tuple's memory.
        dates: every day on which the paper was featured, ascending; empty if none is known.
        entries: references to its entries, oldest first.
        labels: arXiv categories, the primary one first, and then other labels, separated by spaces.
            One string takes a third of a tuple's memory, and equal ones are stored only once.
    """

    paper_id: str
    title: str
    votes: int | None
    author_lines: str
    dates: tuple[str, ...]
    entries: tuple[EntryRef, ...]
    labels: str = ""

    @property
    def arxiv_id(self) -> str | None:
        """The paper's id if it is arXiv's, else None."""
        return arxiv_id_of(self.paper_id)

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors in the order of the digest, without ET_AL; empty if unknown."""
        names = self.author_lines.removesuffix(f"\n{ET_AL}")
        return tuple(names.split("\n")) if names else ()

    @property
    def has_more_authors(self) -> bool:
        """Whether there are more authors than the digest names."""
        return self.author_lines.endswith(f"\n{ET_AL}")

    @property
    def newest_day(self) -> str:
        """The last day on which the paper was featured, or UNDATED."""
        return self.dates[-1] if self.dates else UNDATED

    @property
    def categories(self) -> tuple[str, ...]:
        """Its arXiv categories, the primary one first; empty if unknown."""
        return tuple(label for label in self.labels.split() if not label.startswith("+"))

    @property
    def newer_version(self) -> tuple[int, str] | None:
        """Number and day of a version that is newer than the digests of the paper, or None."""
        return newer_version(self.labels.split()) if _VERSION in self.labels else None

    def unseen_version(self, marks: Marks) -> int | None:
        """Return the number of a newer version that the reader does not know about, or None."""
        version = self.newer_version
        return version[0] if version and version[0] > marks.version else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the authors have withdrawn it."""
        return WITHDRAWN in self.labels

    @property
    def url(self) -> str:
        """The URL of the page that presents the paper, such as that of its abstract on arXiv."""
        from tui.paper_ids.links import page_url

        return page_url(self.paper_id)

    @property
    def pdf_url(self) -> str | None:
        """The URL of the paper's PDF, or None if its id does not lead to one."""
        from tui.paper_ids.links import pdf_url

        return pdf_url(self.paper_id)


class Summary(NamedTuple):
    """The summary of one entry, with what only the summary viewer needs.

    Attributes:
        entry: the entry it belongs to.
        markdown: the summary as written in the digest.
        sections: the labels of its sections, in order.
        thumbnail: the URL of a picture or video, or None.
        published: the day on which the paper was published, if the digest has it, or None.
    """

    entry: EntryRef
    markdown: str
    sections: tuple[str, ...]
    thumbnail: str | None
    published: str | None = None

    @property
    def date(self) -> str | None:
        """The day of the digest, or None if it has none."""
        return None if self.entry.date == UNDATED else self.entry.date


class Marks(NamedTuple):
    """What the reader added to a paper. A named tuple, because there may be one per paper.

    Attributes:
        read: whether the paper is marked as read.
        starred: whether it has a star.
        tags: unique, as the reader spelled them, in the order in which they were added.
        note: the reader's note; it may have several lines.
        hidden: whether the reader is not interested: lists and counts leave the paper out.
        later: the paper's place in the reading list, which is in ascending order; 0 if it is not in
            the list.
        version: the newest version of the paper that the reader knows about; 0 if that is unknown.
    """

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    hidden: bool = False
    later: int = 0
    version: int = 0


NO_MARKS = Marks()
"""The marks of a paper that has none."""


class MarksLookup(Protocol):
    """A source of marks by paper id: a marks store, or a dict."""

    def get(self, paper_id: str, default: Marks, /) -> Marks:
        """Return a paper's marks, or the default if it has none."""
