"""The statistics screen: counts of papers and votes, each of which opens its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from typing import ClassVar, NamedTuple
from weakref import ReferenceType, ref

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from tui.config.keybindings import first_key_label
from tui.config.paths import stylesheets
from tui.i18n import _
from tui.library.empty_list import empty_library_text
from tui.library.library import Library
from tui.library.omissions import NO_OMISSIONS, Omissions
from tui.library.scope import Scope
from tui.library.statistics.counting import count_papers
from tui.library.statistics.records import Statistics
from tui.models import Paper
from tui.runtime.task import Progress, Task
from tui.ui.key_queue import BUSY_CLASS
from tui.ui.messages import CoalescedMessage, ItemSelected, RecordMessage
from tui.ui.screens.size_cover import cover_if_too_small
from tui.ui.widgets.bindings import binding
from tui.ui.widgets.statistics_layout import ChartItem, ChartOptions
from tui.ui.widgets.statistics_view import StatisticsView
from tui.ui.workers.jobs import Job, JobGroup, JobRunner, log_and_describe


class CountedList(NamedTuple):
    """A list of papers to count.

    Attributes:
        name: its name for display.
        papers: the papers.
    """

    name: str
    papers: Sequence[Paper]


class StatisticsState(NamedTuple):
    """What the reader saw when they left the statistics, to come back to.

    Attributes:
        library: the library that was counted. The reference is weak, because a library is large and
            is replaced whenever digests change.
        statistics: the statistics of all its papers; None if only those of a list were shown.
        hidden: ids of papers that were not counted for them.
        name: the name of the list that was shown; empty for the whole library.
        options: how it was shown.
        item: the item under the cursor.
    """

    library: ReferenceType[Library]
    statistics: Statistics | None
    hidden: Set[str]
    name: str
    options: ChartOptions
    item: ChartItem | None


class ChosenItem(NamedTuple):
    """What the reader chose in the statistics.

    Attributes:
        scope: the papers of the whole library that were counted for it.
        is_of_list: whether only those of them were counted that are in the list.
    """

    scope: Scope
    is_of_list: bool


class _CountProgressed(CoalescedMessage):
    """Some of the papers are counted."""

    done: int
    total: int


class _CountFinished(RecordMessage):
    """All papers are counted."""

    statistics: Statistics
    hidden: Set[str]


class StatisticsScreen(ModalScreen[ChosenItem | None]):
    """Counts papers and shows the statistics; returns what to open, or None.

    Args:
        library: the library to count.
        counted: a list to count instead; None for the whole library.
        keymap: the reader's keys, by the ids of bindings.
        previous: the state of the last visit; ignored if the library is another one.
        on_leave: called with the state when the reader leaves.
        left_out: returns what is left out of these papers of the library; may be slow. For no
            papers, it returns at once what is known to be left out.
        can_add: whether the reader may add sources.
    """

    CSS_PATH = stylesheets("statistics")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("enter", "open", show=False),
        binding("list.statistics", "leave"),
        binding("app.help", "app.help"),
        binding("tree.open", "focused.sideways(1)"),
        binding("tree.close", "focused.sideways(-1)"),
        binding("day.older", "turn_page(-1)"),
        binding("day.newer", "turn_page(1)"),
        binding("day.all", "count_all"),
        binding("pane.next", "toggle_measure"),
        binding("pane.previous", "toggle_measure"),
    ]

    def __init__(
        self,
        library: Library,
        counted: CountedList | None,
        keymap: Mapping[str, str],
        previous: StatisticsState | None,
        on_leave: Callable[[StatisticsState], None],
        *,
        left_out: Callable[[Sequence[Paper]], Omissions],
        can_add: bool = True,
    ) -> None:
        super().__init__()
        # Textual may keep a closed screen alive, which must not keep its library alive.
        self._library = ref(library)
        self._to_count = [library]
        self._counted = counted
        self._keymap = keymap
        self._previous = previous
        self._leave_callback = on_leave
        self._left_out = left_out
        self._hidden: Set[str] = frozenset()
        self._can_add = can_add
        self._statistics: Statistics | None = None
        self._view = StatisticsView(len(library.caches))
        self._hints = Static("", id="hints", markup=False)
        # From the start, so that keys typed ahead wait for the statistics.
        self.add_class(BUSY_CLASS)

    def compose(self) -> ComposeResult:
        """Show the statistics, and hints below them."""
        yield self._view
        yield self._hints

    def on_mount(self) -> None:
        """Show the previous statistics, or count."""
        self._view.focus()
        library, counted = self._to_count.pop(), self._counted
        if counted is not None:
            # The list leaves out what it should.
            self._start(len(counted.papers), lambda: counted.papers, lambda _papers: NO_OMISSIONS)
        else:
            self._count_library(library)

    def _count_library(self, library: Library) -> None:
        if (known := self._known_statistics()) is not None:
            self._hidden = self._left_out(()).hidden
            self._show(known)
        else:
            self._start(library.period_counts.total, library.papers, self._left_out)

    @property
    def _list_name(self) -> str:
        return self._counted.name if self._counted else ""

    def _known_statistics(self) -> Statistics | None:
        """Return the statistics of the library, if they were counted before."""
        previous = self._previous
        is_current = previous is not None and previous.library() is self._library()
        if previous is None or not is_current or previous.hidden != self._left_out(()).hidden:
            return None
        return previous.statistics

    def _start(
        self,
        total: int,
        papers: Callable[[], Sequence[Paper]],
        left_out: Callable[[Sequence[Paper]], Omissions],
    ) -> None:
        self.add_class(BUSY_CLASS)
        self._show_progress(0, total)
        JobRunner(self).start(JobGroup.COUNTS, partial(_count, papers, left_out))

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen if the terminal is too small."""
        cover_if_too_small(self, event.size)
        self._show_hints(event.size.width)

    # Counting

    @on(_CountProgressed)
    def _count_progressed(self, message: _CountProgressed) -> None:
        self._show_progress(message.done, message.total)

    def _show_progress(self, done: int, total: int) -> None:
        text = _("Counting papers: {done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        self._view.show_lines(text, _("Escape cancels."))

    @on(_CountFinished)
    def _count_finished(self, message: _CountFinished) -> None:
        self._hidden = message.hidden
        self._show(message.statistics)

    @on(Worker.StateChanged)
    def _count_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.remove_class(BUSY_CLASS)
            self._view.show_lines(log_and_describe(event.worker.error))

    # Display

    def _show(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self.remove_class(BUSY_CLASS)
        if not statistics.total.papers:
            self._show_empty()
            return
        options, item, previous = ChartOptions(), None, self._previous
        if previous is not None and previous.name == self._list_name:
            options, item = previous.options, previous.item
        elif previous is not None:
            options = ChartOptions(by_votes=previous.options.by_votes)
        self._view.show(statistics, options, item, self._list_name)
        self._show_hints(self.size.width)

    def _show_empty(self) -> None:
        if self._counted is not None:
            key = self._key_label("day.all")
            self._view.show_lines(
                _("No papers here."), _("{key} counts all papers.").format(key=key)
            )
            return
        advice = empty_library_text(can_add=self._can_add)
        self._view.show_lines(_("There are no papers yet."), advice)

    def _show_hints(self, width: int) -> None:
        measure = _("papers") if self._view.options.by_votes else _("votes")
        hints, room = Content(), max(width - 2, 0)
        for keys, label in (
            ("Enter", _("list")),
            *(((self._key_label("day.all"), _("all papers")),) if self._counted else ()),
            (self._key_label("pane.next"), measure),
            (f"{self._key_label('day.older')} {self._key_label('day.newer')}", _("calendar")),
            (self._key_label("app.help"), _("help")),
            ("q", _("back")),
        ):
            gap = "  " if hints else ""
            longer = Content.assemble(hints, gap, (keys, "$accent"), " ", label)
            # A hint that does not fit is left out as a whole.
            if longer.cell_length <= room:
                hints = longer
        self._hints.update(hints)

    def _key_label(self, name: str) -> str:
        return first_key_label(name, self._keymap)

    # Actions

    def action_turn_page(self, by: int) -> None:
        """Show an older (-1) or newer (1) page of the calendar."""
        self._view.turn_page(by)

    def action_count_all(self) -> None:
        """Count all papers of the library instead of those of the list."""
        library = self._library()
        if self._counted is not None and library is not None:
            self.workers.cancel_node(self)
            self._counted = self._statistics = None
            self._count_library(library)

    def action_toggle_measure(self) -> None:
        """Switch between counting papers and counting votes."""
        self._view.toggle_measure()
        self._show_hints(self.size.width)

    @on(ItemSelected)
    def action_open(self) -> None:
        """Open the papers of the item under the cursor, if it has any."""
        item = self._view.item
        if item is not None and item.scope is not None:
            self._leave(ChosenItem(item.scope, self._counted is not None))

    def action_leave(self) -> None:
        """Close the screen; counting stops."""
        self._leave(None)

    def _leave(self, chosen: ChosenItem | None) -> None:
        if self._statistics is not None:
            options, item = self._view.options, self._view.item
            statistics: Statistics | None = self._statistics
            if self._counted is not None:
                # Those of the library may have been counted before.
                statistics, hidden = self._known_statistics(), self._left_out(()).hidden
            else:
                hidden = self._hidden
            state = StatisticsState(
                self._library, statistics, hidden, self._list_name, options, item
            )
            self._leave_callback(state)
        self.workers.cancel_node(self)
        self.dismiss(chosen)


def _count(
    papers: Callable[[], Sequence[Paper]],
    left_out: Callable[[Sequence[Paper]], Omissions],
    job: Job,
) -> Message | None:
    """Count the papers, in a worker thread."""

    def report(progress: Progress) -> None:
        job.report(_CountProgressed(progress.done, progress.total))

    every = papers()
    omitted = left_out(every)
    statistics = count_papers(omitted.keep(every, ""), Task(report, job.is_cancelled))
    return None if job.is_cancelled() else _CountFinished(statistics, frozenset(omitted.hidden))
