"""Messages that widgets and background jobs post to a screen.

Those of tasks that the first screen does not need are in ``task_messages.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, dataclass_transform

from textual.message import Message

from tui.library.scope import Scope, SidebarCounts
from tui.models import Paper, Problem, Summary
from tui.query.columns import Column
from tui.query.query import Query

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.search.field_values import FieldValues
    from tui.library.view import View
    from tui.marks.commands import MarkCommand
    from tui.marks.edits import MarkEdit
    from tui.ui.typeset.text_page import FullTextPage


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

    page: FullTextPage
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
        view: the view from which the search began.
        cursor: id of the paper on which it began; None in an empty list.
        by: 1 for the next paper, -1 for the previous one.
        day: the day with the paper; empty if no day has one.
        paper: its id.
    """

    view: View
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


class CommandPapersCounted(RecordMessage):
    """The papers that a command is about were counted while it is typed."""

    query: str
    number: int


class TriageSummariesLoaded(RecordMessage):
    """The summaries of a paper were read for triage."""

    loaded: SummariesLoaded


class TriageDayFound(RecordMessage):
    """Other days were searched for papers to decide about.

    Attributes:
        by: -1 for older days, 1 for newer ones.
        day: the nearest day with such papers; empty if no day has any.
    """

    by: int
    day: str = ""


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


class LibraryOutdated(RecordMessage):
    """The caches have changed, probably because another process has synced.

    Attributes:
        library: the library, opened again.
        before: the library that was shown when the change was noticed.
        new_papers: number of papers that are new.
    """

    library: Library
    before: Library
    new_papers: int


class SourcesChanged(CoalescedMessage):
    """Files of the sources were changed, added or removed."""


class SourcesRetargeted(CoalescedMessage):
    """A source is a symbolic link that leads elsewhere by now."""


class WatchFailed(RecordMessage):
    """The sources can no longer be watched for changes."""

    reason: str
