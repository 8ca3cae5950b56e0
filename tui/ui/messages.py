"""Messages that widgets and background jobs post to a screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, dataclass_transform

from textual.message import Message

from tui.library.scope import Scope, SidebarCounts
from tui.models import Paper, Problem, Summary
from tui.query.columns import Column
from tui.query.query import Query

if TYPE_CHECKING:
    from tui.cache.source_cache import SourceCache
    from tui.library.library import Library
    from tui.library.search.field_values import FieldValues
    from tui.library.view import View
    from tui.marks.commands import MarkCommand
    from tui.marks.edits import MarkEdit
    from tui.terminal.pictures.decoding import Picture
    from tui.ui.typeset.text_page import TextPage


@dataclass_transform(eq_default=False)
class RecordMessage(Message):
    """A message whose parameters are its annotated attributes, as in a dataclass.

    A dataclass would compile a function for each message, which delays the first screen.
    """

    def __init__(self, *values: object, **named_values: object) -> None:
        super().__init__()
        self.__dict__.update(zip(type(self).__annotations__, values, strict=False), **named_values)


class CoalescedMessage(RecordMessage):
    """A message that is dropped if a newer one of its class is queued behind it."""

    def can_replace(self, message: Message) -> bool:
        """Return whether the newer ``message`` may replace this one."""
        return type(message) is type(self)


# Posted by widgets


class ScopeHighlighted(CoalescedMessage):
    """The sidebar's cursor moved to another scope."""

    scope: Scope


class PaperHighlighted(CoalescedMessage):
    """The table's cursor moved to another paper.

    Attributes:
        paper: the paper; None because the table is empty.
        by_reader: whether the reader moved the cursor, and not another list.
    """

    paper: Paper | None
    by_reader: bool = False


class ViewerScrolled(CoalescedMessage):
    """The reader scrolled the summary."""


class TextLayoutRequested(RecordMessage):
    """The full text is shown at another width than it was laid out for.

    Attributes:
        page: the text.
        room: the cells for its lines.
    """

    page: TextPage
    room: int


class ItemSelected(Message):
    """Enter was pressed, or the item under the cursor was double-clicked."""


class SortRequested(RecordMessage):
    """A column heading was clicked.

    Attributes:
        column: the column.
        further: whether to add it to the sort order instead of replacing the order.
    """

    column: Column
    further: bool


class LinkFollowed(RecordMessage):
    """A link was clicked."""

    url: str


class KeyClicked(RecordMessage):
    """A key of the key bar was clicked."""

    action: str


# Posted by background jobs


class Notice(RecordMessage):
    """A background task finished or failed; show this text.

    Attributes:
        text: a sentence.
        url: the address in the text that becomes a link; may be empty.
    """

    text: str
    url: str = ""


class PapersLoaded(RecordMessage):
    """Papers of a scope were loaded or found.

    Attributes:
        scope: the requested scope.
        query: the requested query. Answers to an earlier request are recognized by these two.
        papers: the papers that match the query, newest first.
        total: number of papers in the scope.
        searched: number of papers searched so far; None once the search is complete.
    """

    scope: Scope
    query: Query
    papers: Sequence[Paper]
    total: int
    searched: int | None = None


class MatchesReady(RecordMessage):
    """The matches of these papers were computed, or cannot be: too little is marked."""

    papers: Sequence[Paper]


class ValuesLoaded(RecordMessage):
    """The values of a field were collected, to complete queries."""

    field: str
    values: FieldValues


class PaperFound(RecordMessage):
    """Another day was searched for the next paper.

    Attributes:
        origin: the view from which the search began.
        cursor: id of the paper on which it began; None in an empty list.
        by: 1 for the next paper, -1 for the previous one.
        day: the day with the paper; empty if no day has one.
        paper: its id.
    """

    origin: View
    cursor: str | None
    by: int
    day: str = ""
    paper: str = ""


class SummariesLoaded(RecordMessage):
    """The summaries of a paper were read, newest first.

    Attributes:
        paper: the paper.
        summaries: its summaries.
        why: why it matches what the reader chose; empty if nothing is known.
    """

    paper: Paper
    summaries: list[Summary]
    why: str = ""


class CommandPapersFound(RecordMessage):
    """The papers that a typed command is about were found."""

    command: MarkCommand
    papers: Sequence[Paper]


class TriageSummariesLoaded(RecordMessage):
    """The summaries of a paper were read for triage."""

    loaded: SummariesLoaded


class TextLoaded(RecordMessage):
    """The full text of a paper, or its beginning, was laid out."""

    page: TextPage


class TextUnavailable(RecordMessage):
    """A paper has no text that can be shown.

    Attributes:
        paper_id: its id.
        reason: a sentence.
    """

    paper_id: str
    reason: str


class MarksChanged(RecordMessage):
    """Marks were changed, or pending marks were written to disk.

    Attributes:
        edits: the edits that were applied.
        text: the sentence to show; may be empty.
        pending_problem: why marks are still pending, in memory only; None if all are on disk.
    """

    edits: Sequence[MarkEdit]
    text: str
    pending_problem: Problem | None = None


class SidebarCountsReady(RecordMessage):
    """The counts of marks, tags and saved views are up to date.

    Attributes:
        counts: the counts.
        marks_changed: whether another process changed marks.
        problems: problems in the file of saved views.
        warning: what is wrong with the stored marks; empty if nothing is.
    """

    counts: SidebarCounts
    marks_changed: bool
    problems: Sequence[Problem]
    warning: str


class LibraryReloaded(RecordMessage):
    """The library was opened again because its caches changed.

    Attributes:
        library: the library.
        is_automatic: whether the reader did not request it; cursor and list then do not change.
        new_papers: number of papers that are new, 0 if they are not to be announced.
        new_days: the days that are new, empty if they are not to be announced.
    """

    library: Library
    is_automatic: bool
    new_papers: int = 0
    new_days: Sequence[str] = ()


class GraphicsAnswered(RecordMessage):
    """It is known what the terminal can draw.

    Attributes:
        has_kitty: whether it has kitty's graphics protocol.
        half_block_cells: how many cells a half block takes; 0 if that is not known yet.
    """

    has_kitty: bool
    half_block_cells: int


class PicturesProgressed(CoalescedMessage):
    """Progress of loading pictures.

    Attributes:
        done: number of pictures dealt with.
        total: number of pictures to load.
    """

    done: int
    total: int


class PictureLoaded(RecordMessage):
    """A picture was loaded.

    Attributes:
        paper_id: the paper for which it was requested.
        url: its URL.
        picture: its pixels.
        png: the picture as it is sent to the terminal; may be empty.
    """

    paper_id: str
    url: str
    picture: Picture
    png: bytes


class PicturesFinished(RecordMessage):
    """All pictures were loaded or failed, or the reader stopped it.

    Attributes:
        failure: a sentence about the last failure; empty without one.
    """

    failure: str


class SourcesChanged(CoalescedMessage):
    """Files of the sources were changed, added or removed."""


class SourcesRetargeted(CoalescedMessage):
    """A source is a symbolic link that leads elsewhere by now."""


class WatchFailed(RecordMessage):
    """The sources can no longer be watched for changes."""

    reason: str


class FetchProgressed(CoalescedMessage):
    """Progress of a download.

    Attributes:
        done: number of days dealt with.
        total: number of days to fetch.
        wait: seconds until the next attempt; 0 while a request is running.
        item: what is being fetched, if it is not a day of the hub.
    """

    done: int
    total: int
    wait: float
    item: str = ""


class FetchFinished(RecordMessage):
    """A download finished, failed or was stopped.

    Attributes:
        text: a sentence about the outcome.
        changed: whether there are new files to read.
        sources: the download folders that became new sources.
    """

    text: str
    changed: bool = False
    sources: tuple[Path, ...] = ()

    def __add__(self, other: FetchFinished) -> FetchFinished:
        """Return the outcome of two downloads."""
        text = " ".join(filter(None, (self.text, other.text)))
        sources = tuple(dict.fromkeys((*self.sources, *other.sources)))
        return FetchFinished(text, self.changed or other.changed, sources)


class SyncProgressed(CoalescedMessage):
    """Progress of a sync.

    Attributes:
        done: number of files dealt with.
        total: number of files to deal with.
        written: whether more papers can be shown than before.
        text: what is being done; empty for reading digests.
    """

    done: int
    total: int
    written: bool
    text: str = ""

    def can_replace(self, message: Message) -> bool:
        """Return whether the newer ``message`` may replace this one without losing ``written``."""
        return isinstance(message, SyncProgressed) and (message.written or not self.written)


class SyncFinished(RecordMessage):
    """A sync finished or was stopped.

    Attributes:
        problems: problems in the digests.
        changed: whether the library has to be reloaded.
        cancelled: whether the reader stopped it.
        notice: a sentence about a failure, or None.
        other_users_problems: problems in digests that another user syncs.
        owner: the other user who syncs all of the digests, or None.
        temporary_caches: caches to use instead, because some could not be created; else empty.
    """

    problems: list[Problem]
    changed: bool
    cancelled: bool
    notice: str | None
    other_users_problems: Sequence[Problem] = ()
    owner: str | None = None
    temporary_caches: Sequence[SourceCache] = ()
