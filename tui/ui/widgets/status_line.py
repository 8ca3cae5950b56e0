"""The status line: what is shown of what, and by which rule; or what just happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.i18n import _
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.hyperlinks import STABLE_LINK_IDS, link_style

GAP = "   "


class Status(NamedTuple):
    """What the line tells.

    Attributes:
        view: the period, in words.
        counts: how many of how many.
        rule: the query and the threshold; empty without them.
        hidden: what the threshold hides, to stand after it.
        sort: the order.
        read: how much of a paper that is read full-width was in sight; else empty.
        problems: how many problems there are in the digests.
    """

    scope: str = ""
    counts: str = ""
    filter: str = ""
    hidden: str = ""
    sort: str = ""
    percent_read: str = ""
    problems: str = ""


class StatusLine(Widget):
    """One line. A message or a progress bar takes the place of the status while it lasts."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--view",
        "status-line--muted",
        "status-line--rule",
        "status-line--warning",
        "status-line--bar",
        "status-line--groove",
    }

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._status = Status()
        self._message = self._url = ""
        self._progress: tuple[int, int, str, str] | None = None

    @property
    def message(self) -> str:
        """What is said at the moment; empty if it is the status."""
        return self._message

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
        """Say something until the next key; an empty text ends it.

        Args:
            message: what to say.
            url: an address in it, which becomes a hyperlink, whole even where it is cut off.
        """
        if (message, url) != (self._message, self._url):
            self._message, self._url = message, url
            self.refresh()

    def show_progress(self, done: int, total: int, hint: str, words: str = "") -> None:
        """Show how far something is; a total of 0 ends it.

        Args:
            done: how much is done.
            total: how much there is to do.
            hint: how to stop it.
            words: what it is; digests are read where there are none.
        """
        self._progress = (done, total, hint, words) if total else None
        self.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let an address that is told again be the same link."""
        return [*super().get_line_filters(), STABLE_LINK_IDS]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        if self._message:
            segments = self._draw_message(truncate(f" {self._message}", width))
        elif self._progress:
            segments = self._draw_progress(*self._progress)
        else:
            segments = self._draw_status(width)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _tone(self, name: str) -> Style:
        return self.get_component_rich_style(f"status-line--{name}")

    def _draw_message(self, shown: str) -> list[Segment]:
        start = f" {self._message}".find(self._url)
        end = start + len(self._url)
        style = self._tone("view")
        return [
            Segment(shown[:start], style),
            Segment(shown[start:end], style + link_style(self._url)),
            Segment(shown[end:], style),
        ]

    def _draw_progress(self, done: int, total: int, hint: str, doing: str) -> list[Segment]:
        words = " " + (doing or _("Reading digests")) + " "
        numbers = _(" {done} of {total}").format(done=done, total=total) + f"{GAP}{hint}"
        # The bar gives way: how to stop is worth more than how long it is.
        room = self.size.width - cell_len(words + numbers) - 1
        cells = max(0, min(24, room))
        full = cells * done // total
        return [
            Segment(words, self._tone("view")),
            Segment(" " * full, self._tone("bar")),
            Segment(" " * (cells - full), self._tone("groove")),
            Segment(numbers, self._tone("muted")),
        ]

    def _draw_status(self, width: int) -> list[Segment]:
        status = self._status
        problems = f"{status.problems} " if status.problems else ""
        read = f"{status.percent_read}{GAP if problems else ' '}" if status.percent_read else ""
        # What stands at the end is kept apart from a status that takes all the room.
        apart = 1 if read or problems else 0
        room = width - 1 - apart - cell_len(read + problems)
        parts = {
            # A paper's title may be part of it, and how many are like it matters more.
            "view": (truncate(status.scope, max(width // 2, 24)), "view"),
            "counts": (f"{GAP}{status.counts}", "muted"),
            "rule": (f"{GAP}{status.filter}" if status.filter else "", "rule"),
            "hidden": (status.hidden, "rule"),
            "sort": (f"{GAP}{status.sort}", "muted"),
        }
        # What matters least goes first where there is little room.
        for name in ("hidden", "sort", "counts"):
            if sum(cell_len(text) for text, _ in parts.values()) > room:
                del parts[name]
        segments = [Segment(" ", self.rich_style)]
        for text, tone in parts.values():
            shown = truncate(text, room)
            segments.append(Segment(shown, self._tone(tone)))
            room -= cell_len(shown)
        segments.append(Segment(" " * (room + apart), self.rich_style))
        if read:
            segments.append(Segment(read, self._tone("muted")))
        segments.append(Segment(problems, self._tone("warning")))
        return segments
