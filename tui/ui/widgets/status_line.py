"""The status line: what the list shows; or a message, or the progress of a task."""

from __future__ import annotations

from collections.abc import Sequence
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
from tui.ui.messages import KeyClicked
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.line_filters import STABLE_LINK_IDS, link_style

GAP = "   "

PROBLEMS_ACTION = "show_problems"
"""What a click on the number of problems does."""

_MAX_BAR_WIDTH = 24
_MIN_SCOPE_WIDTH = 24


class Status(NamedTuple):
    """The parts of the status, as texts; empty ones are left out.

    Attributes:
        scope: the name of the scope.
        counts: how many papers are shown.
        filter: the query and the vote threshold.
        hidden: how many papers the threshold hides, as a continuation of ``filter``.
        sort: the sort order.
        percent_read: how much of a paper has been in view, while it is read at full width.
        problems: the number of problems in the digests; a click on it shows them.
    """

    scope: str = ""
    counts: str = ""
    filter: str = ""
    hidden: str = ""
    sort: str = ""
    percent_read: str = ""
    problems: str = ""


class StatusLine(Widget):
    """One line. A message or a progress bar replaces the status as long as it lasts.

    Attributes:
        message: the current message; may be empty.
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
        self.message = self._url = self._pending = ""
        # Units done and in total, how to stop the task, and its name.
        self._progress: tuple[int, int, str, str] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a progress bar is shown."""
        return self._progress is not None

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

    def show_progress(self, done: int, total: int, hint: str, label: str = "") -> None:
        """Show the progress of a task.

        Args:
            done: units done.
            total: units in total; 0 removes the bar.
            hint: how to stop the task.
            label: the name of the task; by default, reading digests.
        """
        self._progress = (done, total, hint, label) if total else None
        self.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the filter that gives the same URL the same link id in every message."""
        return [*super().get_line_filters(), STABLE_LINK_IDS]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        if self.message:
            segments = self._draw_message(truncate(f" {self.message}", width))
        elif self._pending:
            text = truncate(f" {self._pending}", width)
            segments = [Segment(text, self._component_style("bold"))]
        elif self._progress:
            segments = self._draw_progress(*self._progress)
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

    def _draw_progress(self, done: int, total: int, hint: str, label: str) -> list[Segment]:
        label = label or _("Reading digests")
        before = f" {label} "
        after = _(" {done} of {total}").format(done=done, total=total) + f"{GAP}{hint}"
        # In a narrow terminal the bar is shortened, not the hint.
        room = self.size.width - cell_len(before + after) - 1
        cells = max(0, min(_MAX_BAR_WIDTH, room))
        full = cells * done // total
        return [
            Segment(before, self._component_style("bold")),
            Segment(" " * full, self._component_style("bar")),
            Segment(" " * (cells - full), self._component_style("bar-background")),
            Segment(after, self._component_style("muted")),
        ]

    def _draw_status(self, width: int) -> list[Segment]:
        status = self._status
        problems = f"{status.problems} " if status.problems else ""
        percent = f"{status.percent_read}{GAP if problems else ' '}" if status.percent_read else ""
        # A gap before the parts at the right edge, also if the status takes all the room.
        gap = 1 if percent or problems else 0
        room = width - 1 - gap - cell_len(percent + problems)
        parts = {
            # The scope may contain the title of a paper; the counts must still fit.
            "scope": (truncate(status.scope, max(width // 2, _MIN_SCOPE_WIDTH)), "bold"),
            "counts": (f"{GAP}{status.counts}" if status.counts else "", "muted"),
            "filter": (f"{GAP}{status.filter}" if status.filter else "", "filter"),
            "hidden": (status.hidden, "filter"),
            "sort": (f"{GAP}{status.sort}", "muted"),
        }
        # In a narrow terminal, the least important parts are left out first.
        for name in ("hidden", "sort", "counts"):
            if sum(cell_len(text) for text, _ in parts.values()) > room:
                del parts[name]
        segments = [Segment(" ", self.rich_style)]
        for text, style in parts.values():
            fitting = truncate(text, room)
            segments.append(Segment(fitting, self._component_style(style)))
            room -= cell_len(fitting)
        segments.append(Segment(" " * (room + gap), self.rich_style))
        if percent:
            segments.append(Segment(percent, self._component_style("muted")))
        click = Style(meta={"action_on_click": PROBLEMS_ACTION})
        segments.append(Segment(problems, self._component_style("warning") + click))
        return segments

    def on_click(self, event: events.Click) -> None:
        """Show the problems if their number was clicked."""
        action = event.style.meta.get("action_on_click")
        if isinstance(action, str):
            self.post_message(KeyClicked(action))
