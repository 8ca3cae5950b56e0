"""What widgets and workers say to the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tui.library.scope import Scope, SidebarCounts
from tui.models import Paper, Problem, Summary
from tui.query import Query
from tui.query.columns import Column

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.marks import MarkEdit


class CoalescedMessage(Message):
    """A message of which only the last of a burst matters."""

    def can_replace(self, message: Message) -> bool:
        """Let this message take the place of one of its kind that still waits."""
        return type(message) is type(self)


class ScopeHighlighted(CoalescedMessage):
    """The sidebar's cursor is on this shelf."""

    def __init__(self, shelf: Scope) -> None:
        super().__init__()
        self.shelf = shelf


class PaperHighlighted(CoalescedMessage):
    """The table's cursor is on this paper; None if there is none."""

    def __init__(self, paper: Paper | None) -> None:
        super().__init__()
        self.paper = paper


class ItemSelected(Message):
    """The reader wants to go into what the cursor is on."""


class SortRequested(Message):
    """The reader clicked a column's heading.

    Attributes:
        column: which.
        further: whether it is for what the order so far leaves equal.
    """

    def __init__(self, column: Column, *, further: bool) -> None:
        super().__init__()
        self.column = column
        self.further = further


class LinkFollowed(Message):
    """The reader clicked a link."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


class KeyClicked(Message):
    """The reader clicked a key in the key bar."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class PapersLoaded(Message):
    """A worker found papers of a shelf.

    Attributes:
        shelf: which; tells a late answer from the one waited for,
        query: as this does.
        papers: those that the query finds, newest first.
        total: how many the shelf has.
        looked: at how many of those it has looked so far; None if it is at the end.
    """

    def __init__(
        self,
        shelf: Scope,
        query: Query,
        papers: Sequence[Paper],
        total: int,
        looked: int | None = None,
    ) -> None:
        super().__init__()
        self.shelf = shelf
        self.query = query
        self.papers = papers
        self.total = total
        self.looked = looked


class SummariesLoaded(Message):
    """A worker read a paper's summaries.

    Attributes:
        paper: tells a late answer from the one waited for.
        summaries: newest first.
    """

    def __init__(self, paper: Paper, summaries: list[Summary]) -> None:
        super().__init__()
        self.paper = paper
        self.summaries = summaries


class MarksChanged(Message):
    """Marks were changed, or written that could not be before.

    Attributes:
        edits: the edits applied.
        words: what to say of it; empty for nothing.
        unwritten: why marks are kept in memory alone, if there are any.
    """

    def __init__(
        self, edits: Sequence[MarkEdit], words: str, unwritten: Problem | None = None
    ) -> None:
        super().__init__()
        self.edits = edits
        self.words = words
        self.unwritten = unwritten


class Notice(Message):
    """Something that was done apart is done, or failed.

    Attributes:
        words: a sentence for the reader.
        url: an address in it that can be followed; empty for none.
    """

    def __init__(self, words: str, url: str = "") -> None:
        super().__init__()
        self.words = words
        self.url = url


class SidebarCountsReady(Message):
    """A worker counted what the reader marked and kept.

    Attributes:
        tally: the counts.
        by_others: whether another process changed marks.
        problems: what is odd in the file of kept views.
        notice: what is wrong with the marks; empty if nothing is.
    """

    def __init__(
        self, tally: SidebarCounts, *, by_others: bool, problems: Sequence[Problem], notice: str
    ) -> None:
        super().__init__()
        self.tally = tally
        self.by_others = by_others
        self.problems = problems
        self.notice = notice


class LibraryReloaded(Message):
    """A worker opened the library as it is now.

    Attributes:
        library: the library.
        unasked: whether it changed by itself: the reader is to be left alone then.
        new: how many papers it has that the one before had not, if that is to be told.
        new_days: the days it has that the one before had not, likewise.
    """

    def __init__(
        self, library: Library, *, unasked: bool, new: int = 0, new_days: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.library = library
        self.unasked = unasked
        self.new = new
        self.new_days = new_days


class SourcesChanged(CoalescedMessage):
    """Files of the sources changed, came or went."""


class WatchFailed(Message):
    """The sources cannot be watched any more.

    Attributes:
        why: the reason.
    """

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class FetchProgressed(CoalescedMessage):
    """Fetching days is further.

    Attributes:
        done: days dealt with.
        total: days to deal with.
        wait: for how many seconds the hub is left alone; 0 if it is being asked.
    """

    def __init__(self, done: int, total: int, *, wait: float) -> None:
        super().__init__()
        self.done = done
        self.total = total
        self.wait = wait


class FetchFinished(Message):
    """Fetching days is over.

    Attributes:
        words: a sentence for the reader.
        changed: whether there is something to be read.
        source: the folder of what was fetched, if it is to be shown from now on.
    """

    def __init__(self, words: str, *, changed: bool = False, source: Path | None = None) -> None:
        super().__init__()
        self.words = words
        self.changed = changed
        self.source = source


class SyncProgressed(CoalescedMessage):
    """A sync is further.

    Attributes:
        done: files dealt with.
        total: files to deal with.
        written: whether there is more to be shown than before.
        words: what is done; empty for reading digests.
    """

    def can_replace(self, message: Message) -> bool:
        """Let a newer one take its place, unless the word of something new to show were lost."""
        return isinstance(message, SyncProgressed) and (message.written or not self.written)

    def __init__(self, done: int, total: int, *, written: bool, words: str = "") -> None:
        super().__init__()
        self.words = words
        self.done = done
        self.total = total
        self.written = written


class SyncFinished(Message):
    """A sync is over.

    Attributes:
        changed: whether the library has to be opened anew.
        problems: what is odd in the digests.
        cancelled: whether the reader stopped it.
        notice: a sentence for the reader, or None.
        theirs: problems in digests that another user reads for all.
        kept_by: name of that user, if it is so for all digests.
    """

    def __init__(
        self,
        problems: list[Problem],
        *,
        changed: bool,
        cancelled: bool,
        notice: str | None,
        theirs: Sequence[Problem] = (),
        kept_by: str | None = None,
    ) -> None:
        super().__init__()
        self.changed = changed
        self.problems = problems
        self.cancelled = cancelled
        self.notice = notice
        self.theirs = theirs
        self.kept_by = kept_by
