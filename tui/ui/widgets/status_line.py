"""The status line: what the list shows; or a message, or the progress of a task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import LineFilter
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.i18n import _
from tui.terminal.glyphs import current_glyphs
from tui.ui.messages import KeyClicked
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.click_action import click_style, clicked_action
from tui.ui.widgets.line_filters import STABLE_LINK_IDS, link_style

GAP = "   "

PROBLEMS_ACTION = "show_problems"
"""What a click on the number of problems does."""

_MAX_BAR_WIDTH = 24
_MIN_BAR_WIDTH = 4
_MIN_SCOPE_WIDTH = 12


class Status(NamedTuple):
    """The parts of the status, as texts; empty ones are left out.

    Attributes:
        scope: the name of the scope.
        counts: how many papers are shown.
        selected: how many of them are selected.
        unread: how many of them are unread.
        left_out: how many papers are hidden, or left out for other reasons.
        filter: the query and the vote threshold.
        below: how many papers are below the threshold, as a continuation of ``filter``.
        sort: the sort order.
        position: the number of a paper and how much of it has been in view, while it is read.
        problems: the number of problems in the digests; a click on it shows them.
        problem_count: the same in a few cells.
    """

    scope: str = ""
    counts: str = ""
    selected: str = ""
    unread: str = ""
    left_out: str = ""
    filter: str = ""
    below: str = ""
    sort: str = ""
    position: str = ""
    problems: str = ""
    problem_count: str = ""


class JobProgress(NamedTuple):
    """How far a job is.

    Attributes:
        done: units done.
        total: units in total, at least 1.
        hint: how to stop the job.
        label: the name of the job; by default, reading digests.
    """

    done: int
    total: int
    hint: str
    label: str = ""


class StatusLine(Widget):
    """One line: a message as long as it lasts, or else the status, beside any progress.

    A click on the number of problems shows them.

    Attributes:
        message: the current message; may be empty.
        answered: the message that was shown when the last key was pressed; may be empty.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--bold",
        "status-line--muted",
        "status-line--filter",
        "status-line--warning",
        "status-line--bar",
        "status-line--bar-background",
    }

    # Textual would lay out and paint everything a second time when the widget gets its size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self) -> None:
        super().__init__(id="status")
        self._status = Status()
        self.message = self.answered = self._url = self._pending = ""
        # By job; the one that began last is shown.
        self._progress: dict[str, JobProgress] = {}
        # What runs without a known end, and how to stop it.
        self._activity: tuple[str, str] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a progress bar is shown."""
        return bool(self._progress)

    def show(self, status: Status) -> None:
        """Show another status."""
        if status != self._status:
            self._status = status
            self.refresh()

    def show_message(self, message: str, url: str = "") -> None:
        """Show a message until the next key; an empty one removes it.

        Args:
            message: a sentence.
            url: a part of the message that becomes a hyperlink, also where it is cut off.
        """
        if (message, url) != (self.message, self._url):
            self.message, self._url = message, url
            self.refresh()

    def show_pending(self, text: str) -> None:
        """Show what the reader waits for; an empty text shows the status again."""
        if text != self._pending:
            self._pending = text
            self.refresh()

    def show_progress(self, job: str, progress: JobProgress) -> None:
        """Show the progress of a job until it is hidden.

        Args:
            job: identifies the job. Of several, the one that began last is shown.
            progress: its progress.
        """
        self._progress[job] = progress
        self.refresh()

    def hide_progress(self, job: str) -> None:
        """Show the progress of a job no longer."""
        if self._progress.pop(job, None) is not None:
            self.refresh()

    def show_activity(self, label: str, hint: str = "") -> None:
        """Show what runs, without a bar, while no progress is shown.

        Args:
            label: what runs; an empty one removes it.
            hint: how to stop it.
        """
        self._activity = (label, hint) if label else None
        self.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the filter that gives the same URL the same link id in every message."""
        return [*super().get_line_filters(), STABLE_LINK_IDS]

    def on_click(self, event: events.Click) -> None:
        """Post the action of the clicked text."""
        action = clicked_action(event)
        if action is not None:
            self.post_message(KeyClicked(action))

    # Drawing

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        if self.message:
            segments = self._draw_message(truncate(f" {self.message}", width))
        elif self._pending:
            text = truncate(f" {self._pending}", width)
            segments = [Segment(text, self._component_style("bold"))]
        elif self._progress:
            segments = self._draw_progress(width, *list(self._progress.values())[-1])
        elif self._activity:
            segments = self._draw_activity(width, *self._activity)
        else:
            segments = self._draw_status(width)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _component_style(self, name: str) -> Style:
        return self.get_component_rich_style(f"status-line--{name}")

    def _draw_message(self, text: str) -> list[Segment]:
        start = f" {self.message}".find(self._url)
        end = start + len(self._url)
        style = self._component_style("bold")
        return [
            Segment(text[:start], style),
            Segment(text[start:end], style + link_style(self._url)),
            Segment(text[end:], style),
        ]

    def _draw_progress(
        self, width: int, done: int, total: int, hint: str, label: str
    ) -> list[Segment]:
        """Draw the progress at the right edge, and what the list shows beside it."""
        text = label or _("Reading digests")
        label = f"{text} "
        numbers = _(" {done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        after = f"{numbers}{GAP}{hint} "
        status = self._status._replace(unread="", left_out="", below="", sort="")
        needed = _width_of(status) + 1 + len(GAP)
        room = width - needed - cell_len(label + after)
        if room < 0:
            # The hint stays: it says how to stop.
            label, after = "", after.lstrip()
            room = width - needed - cell_len(after)
        cells = min(_MAX_BAR_WIDTH, room) if room >= _MIN_BAR_WIDTH and label else 0
        full = cells * done // total
        right = [
            Segment(label, self._component_style("bold")),
            Segment(" " * full, self._component_style("bar")),
            Segment(" " * (cells - full), self._component_style("bar-background")),
            Segment(after, self._component_style("muted")),
        ]
        return self._draw_parts(status, width, right)

    def _draw_activity(self, width: int, label: str, hint: str) -> list[Segment]:
        """Draw what runs at the right edge, cut off where it has no room, and how to stop it."""
        status = self._status._replace(unread="", left_out="", below="", sort="")
        after = f"{GAP}{hint} "
        room = width - _width_of(status) - 1 - len(GAP) - cell_len(after)
        right = [
            Segment(truncate(label, max(room, 1)), self._component_style("bold")),
            Segment(after, self._component_style("muted")),
        ]
        return self._draw_parts(status, width, right)

    def _draw_status(self, width: int) -> list[Segment]:
        status = self._status
        # What is least useful is left out first, but never the number of papers.
        for part in ("", "below", "left_out", "problems", "sort", "unread"):
            status = _without(status, part) if part else status
            problems = status.problems or status.problem_count
            problems = f"{problems} " if problems else ""
            position = f"{status.position}{GAP if problems else ' '}" if status.position else ""
            right_width = cell_len(position + problems)
            if 1 + _width_of(status) + bool(right_width) + right_width <= width:
                break
        warning = self._component_style("warning") + click_style(PROBLEMS_ACTION)
        right = [Segment(position, self._component_style("muted")), Segment(problems, warning)]
        return self._draw_parts(status, width, right)

    def _draw_parts(self, status: Status, width: int, right: list[Segment]) -> list[Segment]:
        """Draw the parts of a status, and something at the right edge."""
        right_width = sum(segment.cell_length for segment in right)
        room = width - 1 - right_width - bool(right_width)
        # The scope may contain the title of a paper, and a query may be longer than the screen.
        scope_width = max(room // 3, _MIN_SCOPE_WIDTH)
        scope_width = max(min(scope_width, room - len(GAP) - cell_len(status.counts)), 0)
        for name, least in (("scope", scope_width), ("filter", 0)):
            text = getattr(status, name)
            excess = _width_of(status) - room
            if excess > 0:
                shorter = truncate(text, max(cell_len(text) - excess, least))
                status = _without(status, name, shorter)
        segments = [Segment(" ", self.rich_style)]
        for text, style in _parts(status):
            fitting = truncate(text, room)
            segments.append(Segment(fitting, self._component_style(style)))
            room -= cell_len(fitting)
        segments.append(Segment(" " * (room + bool(right_width)), self.rich_style))
        return segments + right


def _parts(status: Status) -> Iterator[tuple[str, str]]:
    """Yield the parts at the left edge with their styles."""
    yield status.scope, "bold"
    yield f"{GAP}{status.counts}" if status.counts else "", "muted"
    yield f" {current_glyphs().separator} {status.selected}" if status.selected else "", "bold"
    for text in (status.unread, status.left_out):
        yield f" {current_glyphs().separator} {text}" if text else "", "muted"
    yield f"{GAP}{status.filter}" if status.filter else "", "filter"
    yield status.below if status.filter else "", "filter"
    yield f"{GAP}{status.sort}" if status.sort else "", "muted"


def _without(status: Status, part: str, rest: str = "") -> Status:
    """Return the status without a part, or with the rest of it."""
    return Status(**{**status._asdict(), part: rest})


def _width_of(status: Status) -> int:
    return sum(cell_len(text) for text, _style in _parts(status))
