"""The status line: what is shown of what, and by which rule; or what just happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.typeset.line import fit

GAP = "   "


@dataclass(frozen=True, slots=True)
class Status:
    """What the line tells.

    Attributes:
        view: the period, in words.
        counts: how many of how many.
        rule: the threshold and what it hides; empty without one.
        sort: the order.
        problems: how many problems there are in the digests.
    """

    view: str = ""
    counts: str = ""
    rule: str = ""
    sort: str = ""
    problems: str = ""


class StatusLine(Widget):
    """One line. A message or a progress bar takes the place of the status while it lasts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--view",
        "status-line--muted",
        "status-line--rule",
        "status-line--warning",
        "status-line--bar",
        "status-line--groove",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._status = Status()
        self._message = ""
        self._progress: tuple[int, int, str] | None = None

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

    def say(self, message: str) -> None:
        """Say something until the next key; an empty text ends it."""
        if message != self._message:
            self._message = message
            self.refresh()

    def progress(self, done: int, total: int, hint: str) -> None:
        """Show how far something is; a total of 0 ends it.

        Args:
            done: how much is done.
            total: how much there is to do.
            hint: how to stop it.
        """
        self._progress = (done, total, hint) if total else None
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        if self._message:
            segments = [Segment(f" {self._message}", self._tone("view"))]
        elif self._progress:
            segments = self._draw_progress(*self._progress)
        else:
            segments = self._draw_status(width)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _tone(self, name: str) -> Style:
        return self.get_component_rich_style(f"status-line--{name}")

    def _draw_progress(self, done: int, total: int, hint: str) -> list[Segment]:
        cells = 24
        full = cells * done // total
        return [
            Segment(" Reading digests ", self._tone("view")),
            Segment(" " * full, self._tone("bar")),
            Segment(" " * (cells - full), self._tone("groove")),
            Segment(f" {done} of {total}{GAP}{hint}", self._tone("muted")),
        ]

    def _draw_status(self, width: int) -> list[Segment]:
        status = self._status
        parts = [
            (status.view, "view"),
            (status.counts, "muted"),
            (status.rule, "rule"),
            (status.sort, "muted"),
        ]
        problems = f"{status.problems} " if status.problems else ""
        room = width - 1 - cell_len(problems)
        segments = [Segment(" ", self.rich_style)]
        for number, (text, tone) in enumerate(part for part in parts if part[0]):
            shown = f"{GAP if number else ''}{text}"
            if cell_len(shown) > room:
                break
            segments.append(Segment(shown, self._tone(tone)))
            room -= cell_len(shown)
        segments.append(Segment(fit("", max(room, 0)), self.rich_style))
        segments.append(Segment(problems, self._tone("warning")))
        return segments
