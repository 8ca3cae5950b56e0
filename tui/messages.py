"""What widgets and workers say to the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.model import Paper, Problem, Summary
from tui.query import Column, Query
from tui.shelf import Shelf, Tally

if TYPE_CHECKING:
    from tui.library import Library
    from tui.marks import Change


class Burst(Message):
    """A message of which only the last of a burst matters."""

    def can_replace(self, message: Message) -> bool:
        """Let this message take the place of one of its kind that still waits."""
        return type(message) is type(self)


@dataclass
class ShelfHighlighted(Burst):
    """The sidebar's cursor is on this shelf."""

    shelf: Shelf


@dataclass
class PaperHighlighted(Burst):
    """The table's cursor is on this paper; None if there is none."""

    paper: Paper | None


@dataclass
class Chosen(Message):
    """The reader wants to go into what the cursor is on."""


@dataclass
class SortAsked(Message):
    """The reader clicked a column's heading.

    Attributes:
        column: which.
        further: whether it is for what the order so far leaves equal.
    """

    column: Column
    further: bool


@dataclass
class LinkFollowed(Message):
    """The reader clicked a link."""

    url: str


@dataclass
class KeyClicked(Message):
    """The reader clicked a key in the key bar."""

    action: str


@dataclass
class PapersLoaded(Message):
    """A worker found the papers of a shelf.

    Attributes:
        shelf: which; tells a late answer from the one waited for,
        query: as this does.
        papers: those that the query finds, newest first.
        total: how many the shelf has.
    """

    shelf: Shelf
    query: Query
    papers: Sequence[Paper]
    total: int


@dataclass
class SummariesLoaded(Message):
    """A worker read a paper's summaries.

    Attributes:
        paper: tells a late answer from the one waited for.
        summaries: newest first.
    """

    paper: Paper
    summaries: list[Summary]


@dataclass
class MarksChanged(Message):
    """Marks were changed, or written that could not be before.

    Attributes:
        changes: what was changed.
        words: what to say of it; empty for nothing.
        unwritten: why marks are kept in memory alone, if there are any.
    """

    changes: Sequence[Change]
    words: str
    unwritten: Problem | None = None


@dataclass
class Told(Message):
    """Something that was done apart is done, or failed.

    Attributes:
        words: a sentence for the reader.
        url: an address in it that can be followed; empty for none.
    """

    words: str
    url: str = ""


@dataclass
class Tallied(Message):
    """A worker counted what the reader marked and kept.

    Attributes:
        tally: the counts.
        by_others: whether another process changed marks.
        problems: what is odd in the file of kept views.
        notice: what is wrong with the marks; empty if nothing is.
    """

    tally: Tally
    by_others: bool
    problems: Sequence[Problem]
    notice: str


@dataclass
class LibraryOpened(Message):
    """A worker opened the library as it is now.

    Attributes:
        library: the library.
        new: how many papers it has that the one before had not, if another process brought them;
            None if the reader asked for it.
    """

    library: Library
    new: int | None = None


@dataclass
class SyncMoved(Burst):
    """A sync is further.

    Attributes:
        done: files dealt with.
        total: files to deal with.
        written: whether there is more to be shown than before.
    """

    done: int
    total: int
    written: bool

    def can_replace(self, message: Message) -> bool:
        """Let a newer one take its place, unless the word of something new to show were lost."""
        return isinstance(message, SyncMoved) and (message.written or not self.written)


@dataclass
class SyncEnded(Message):
    """A sync is over.

    Attributes:
        changed: whether the library has to be opened anew.
        problems: what is odd in the digests.
        cancelled: whether the reader stopped it.
        notice: a sentence for the reader, or None.
        theirs: problems in digests that another user reads for all.
        kept_by: name of that user, if it is so for all digests.
    """

    changed: bool
    problems: list[Problem]
    cancelled: bool
    notice: str | None
    theirs: Sequence[Problem] = ()
    kept_by: str | None = None
