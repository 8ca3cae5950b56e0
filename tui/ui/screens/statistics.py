"""The papers in numbers, each of which is a way into the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple
from weakref import ReferenceType, ref

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from tui.config.keybindings import BY_ID, first_key_label
from tui.config.resources import stylesheets
from tui.i18n import _
from tui.library.library import Library
from tui.library.scope import Scope
from tui.library.statistics.counting import count_papers
from tui.library.statistics.models import Statistics
from tui.task import Progress, Task, TaskCancelledError
from tui.ui.key_queue import BUSY_CLASS
from tui.ui.messages import CoalescedMessage, ItemSelected
from tui.ui.screens.size_cover import cover_if_too_small
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.statistics_layout import ChartItem, ChartOptions
from tui.ui.widgets.statistics_view import StatisticsView
from tui.ui.workers.errors import log_and_describe


class StatisticsState(NamedTuple):
    """Where the reader was among the numbers, to come back to.

    Attributes:
        library: whose papers were counted. It is not kept for this: it may be large, and another
            takes its place whenever digests change.
        numbers: what came of it.
        looks: how they were looked at.
        target: what the cursor was on.
    """

    library: ReferenceType[Library]
    numbers: Statistics
    options: ChartOptions
    item: ChartItem | None


class _CountJob(CoalescedMessage):
    """So many papers of so many are counted."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total


class _CountResult(Message):
    """All are counted."""

    def __init__(self, numbers: Statistics) -> None:
        super().__init__()
        self.numbers = numbers


def _bound(key: str, action: str) -> Binding:
    """Return a binding to the keys that do about the same on the main screen."""
    return Binding(BY_ID[key].keys, action, show=False, id=key)


class StatisticsScreen(ModalScreen[Scope | None]):
    """Counts papers and shows the numbers; answers with a shelf to go to, or None.

    Args:
        library: whose papers are counted.
        keymap: keys that the reader set, by their ids.
        before: where the reader was the last time; counted anew if the library is another.
        left: is told where the reader is when they leave.
    """

    CSS_PATH = stylesheets("statistics")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("enter", "open", show=False),
        _bound("list.statistics", "leave"),
        _bound("app.help", "app.help"),
        _bound("tree.open", "sideways(1)"),
        _bound("tree.close", "sideways(-1)"),
        _bound("day.older", "turn(-1)"),
        _bound("day.newer", "turn(1)"),
        _bound("pane.next", "toggle_measure"),
        _bound("pane.previous", "toggle_measure"),
    ]

    def __init__(
        self,
        library: Library,
        keymap: Mapping[str, str],
        before: StatisticsState | None,
        left: Callable[[StatisticsState], None],
    ) -> None:
        super().__init__()
        # A screen that was left may stay for good, and would keep its library.
        self._library = ref(library)
        self._waiting = [library]
        self._keymap = keymap
        self._before = before
        self._left = left
        self._numbers: Statistics | None = None
        self._view = StatisticsView(len(library.caches))
        self._hints = Static("", id="hints", markup=False)
        # From the first: keys that are typed ahead are meant for the numbers.
        self.add_class(BUSY_CLASS)

    def compose(self) -> ComposeResult:
        """Show the numbers, and the keys below them."""
        yield self._view
        yield self._hints

    def on_mount(self) -> None:
        """Show what was counted before, or count."""
        self._view.focus()
        before, library = self._before, self._waiting[0]
        if before is not None and before.library() is library:
            self._waiting.clear()
            self._show(before.numbers)
            return
        self._tell_progress(0, library.period_counts.total)
        self.run_worker(self._count, group="count", thread=True, exit_on_error=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is no room."""
        cover_if_too_small(self, event.size)
        self._show_hints(event.size.width)

    def _count(self) -> None:
        """Count the papers; in a thread."""
        worker = get_current_worker()

        def report(progress: Progress) -> None:
            self.post_message(_CountJob(progress.done, progress.total))

        papers = self._waiting.pop().papers()
        try:
            numbers = count_papers(papers, Task(report, lambda: worker.is_cancelled))
        except TaskCancelledError:
            return
        if not worker.is_cancelled:
            self.post_message(_CountResult(numbers))

    @on(_CountJob)
    def _moved(self, message: _CountJob) -> None:
        if self._numbers is None:
            self._tell_progress(message.done, message.total)

    def _tell_progress(self, done: int, total: int) -> None:
        words = _("Counting papers: {done} of {total}").format(done=done, total=total)
        self._view.show_lines(words, _("Escape stops."))

    @on(_CountResult)
    def _counted(self, message: _CountResult) -> None:
        self._show(message.numbers)

    @on(Worker.StateChanged)
    def _failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.remove_class(BUSY_CLASS)
            self._view.show_lines(log_and_describe(event.worker.error))

    def _show(self, numbers: Statistics) -> None:
        self._numbers = numbers
        self.remove_class(BUSY_CLASS)
        if not numbers.total.papers:
            self._view.show_lines(
                _("There are no papers yet."),
                _("broadsheet add PATH tells where your digests lie."),
            )
            return
        before = self._before
        looks, target = (before.options, before.item) if before else (ChartOptions(), None)
        self._view.show(numbers, looks, target)
        self._show_hints(self.size.width)

    def _show_hints(self, width: int) -> None:
        measure = _("papers") if self._view.options.by_votes else _("votes")
        shown = (
            ("Enter", _("list")),
            ("Escape", _("back")),
            (self._key("pane.next"), measure),
            (f"{self._key('day.older')} {self._key('day.newer')}", _("calendar")),
        )
        hints = ""
        for keys, words in shown:
            longer = f"{hints}  {keys} {words}".strip()
            # What there is no room for is left out as a whole.
            if truncate(longer, max(width - 2, 0)) == longer:
                hints = longer
        self._hints.update(hints)

    def _key(self, name: str) -> str:
        return first_key_label(name, self._keymap)

    # Keys

    def action_sideways(self, by: int) -> None:
        """Move the cursor to the left (-1) or right (1)."""
        self._view.action_sideways(by)

    def action_turn(self, by: int) -> None:
        """Show an older (-1) or newer (1) page of the calendar."""
        self._view.turn_page(by)

    def action_toggle_measure(self) -> None:
        """Let bars tell votes in place of papers, or the other way round."""
        self._view.toggle_measure()
        self._show_hints(self.size.width)

    @on(ItemSelected)
    def action_open(self) -> None:
        """Go to the papers that the cursor is on, if there are any."""
        target = self._view.item
        if target is not None and target.scope is not None:
            self._leave(target.scope)

    def action_leave(self) -> None:
        """Go back to where the reader was; whoever counts stops."""
        self._leave(None)

    def _leave(self, shelf: Scope | None) -> None:
        if self._numbers is not None:
            view = self._view
            self._left(StatisticsState(self._library, self._numbers, view.options, view.item))
        self.workers.cancel_node(self)
        self.dismiss(shelf)
