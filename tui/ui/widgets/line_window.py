"""The scrolled window: which lines of a widget are in view, and the scroll bar beside them.

Textual's ``ScrollView`` lays out the whole screen whenever the length of its content changes, and
repaints its scroll bars cell by cell. Between two papers that is more work, and more bytes over
SSH, than drawing the text. Here the length is a number, and the bar is the last cell of each line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

WHEEL_LINES = 3
"""Lines that one notch of the mouse wheel scrolls."""

BAR_STYLE = "line-window--bar"
"""The component class of the scroll bar; the widget declares it."""

FOCUS_STYLE = "line-window--focus"
"""The component class of the bar at the left edge of the pane with the focus."""


RULE_STYLE = "line-window--rule"
"""The component class of a left edge that separates the widget from another one."""


class LineWindow:
    """The window through which a widget shows its lines.

    The widget calls ``add_bars`` for each line it draws, and passes its events to ``handle_mouse``.
    It draws lines within ``drawing``, and calls ``drop_style`` when its style changes.

    Args:
        widget: the widget that shows the lines.
        line_count: returns how many lines can be scrolled.
        heading_lines: lines at the top of the widget that do not scroll.
        row_height: returns how many lines of the screen each line takes.

    Attributes:
        on_scroll: called after ``top`` has changed.
        shows_focus: whether a bar at the left edge shows that the widget has the focus.
        has_rule: whether the left edge separates the widget from another one.
    """

    def __init__(
        self,
        widget: Widget,
        line_count: Callable[[], int],
        heading_lines: int = 0,
        row_height: Callable[[], int] = lambda: 1,
    ) -> None:
        self._widget = widget
        self._line_count = line_count
        self._heading_lines = heading_lines
        self._top = 0
        self.on_scroll: Callable[[], object] = lambda: None
        self._row_height = row_height
        self.shows_focus = False
        self.has_rule = False
        self._drawn_size: Size | None = None
        self._drawn_thumb: range | None = None

    @property
    def size(self) -> Size:
        """The size of the widget without its edges."""
        return self._drawn_size or self._widget.size

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Look the size up, and compute the thumb, only once for all lines that are drawn."""
        self._drawn_size = self._widget.size
        self._drawn_thumb = self.thumb
        try:
            yield
        finally:
            self._drawn_size = self._drawn_thumb = None

    @cached_property
    def base_style(self) -> Style:
        """The widget's own style; Textual computes it from all ancestors, for every line."""
        return self._widget.rich_style

    def drop_style(self) -> None:
        """Drop the style of the previous theme."""
        self.__dict__.pop("base_style", None)

    @property
    def top(self) -> int:
        """The first line in view; a value outside the text is clamped."""
        return self._top

    @top.setter
    def top(self, line: int) -> None:
        before = self._top
        self.set_top_silently(line)
        if self._top != before:
            self._widget.refresh()
            self.on_scroll()

    def set_top_silently(self, line: int) -> None:
        """Set ``top`` without drawing; the caller draws."""
        self._top = max(0, min(line, self._max_top))

    def clamp(self) -> None:
        """Keep the page within the lines after either has changed."""
        self.top = self._top

    @property
    def row_height(self) -> int:
        """How many lines of the screen each line takes."""
        return self._row_height()

    @property
    def page(self) -> int:
        """How many lines are in view at once."""
        return max(1, (self.size.height - self._heading_lines) // self.row_height)

    @property
    def width(self) -> int:
        """How many cells a line has; the last cell of the widget is the bar's."""
        return max(self.size.width - 1, 0)

    @property
    def thumb(self) -> range:
        """The lines of the page beside the thumb of the bar; empty if all lines are in view."""
        if self._drawn_thumb is not None:
            return self._drawn_thumb
        if not self._max_top:
            return range(0)
        page = self.page
        length = max(1, page * page // self._line_count())
        start = round((page - length) * self._top / self._max_top)
        return range(start, start + length)

    @property
    def _max_top(self) -> int:
        return max(0, self._line_count() - self.page)

    def line_at(self, y: int) -> int | None:
        """Return the line drawn at row ``y`` of the widget; None for headings and below the end."""
        line = (y - self._heading_lines) // self.row_height + self._top
        return line if y >= self._heading_lines and line < self._line_count() else None

    def refresh_line(self, line: int) -> None:
        """Redraw a line if it is in view; over SSH every redrawn line counts."""
        y = (line - self._top) * self.row_height + self._heading_lines
        width, height = self.size
        if 0 <= y < height:
            self._widget.refresh(Region(0, y, width, min(self.row_height, height - y)))

    def refresh_focus_bar(self) -> None:
        """Redraw the left edge after the focus has moved."""
        if self.shows_focus:
            self._widget.refresh(Region(0, 0, 1, self._widget.size.height))

    def add_bars(self, y: int, strip: Strip, fill: Style) -> Strip:
        """Return row ``y`` of the widget, filled to its width, with the bars at its edges."""
        line = y - self._heading_lines
        is_beside_thumb = line >= 0 and line // self.row_height in self.thumb
        # Elsewhere the cursor or a heading extends to the edge.
        strip = strip.adjust_cell_length(self.width if is_beside_thumb else self.size.width, fill)
        is_focused = self.shows_focus and self._widget.has_focus
        if is_focused or self.has_rule:
            edge = self._bar(FOCUS_STYLE if is_focused else RULE_STYLE)
            strip = Strip.join([edge, strip.crop(1)])
        return Strip.join([strip, self._bar(BAR_STYLE)]) if is_beside_thumb else strip.simplify()

    def _bar(self, name: str) -> Strip:
        # A space: the characters for bars are two cells wide in East Asian terminals.
        return Strip([Segment(" ", self._widget.get_component_rich_style(name))], 1)

    def handle_mouse(self, event: events.Event) -> bool:
        """Scroll by the wheel or by dragging the bar.

        Returns:
            Whether the event has been handled, so that the widget must not handle it.
        """
        widget = self._widget
        match event:
            case events.MouseScrollDown():
                self.top += WHEEL_LINES
            case events.MouseScrollUp():
                self.top -= WHEEL_LINES
            case events.MouseDown() if event.x == self.width and self._max_top:
                widget.capture_mouse()
                self._drag_to(event.y)
            case events.MouseMove() if widget.app.mouse_captured is widget:
                self._drag_to(event.y)
            case events.MouseUp() if widget.app.mouse_captured is widget:
                widget.release_mouse()
            case _:
                return False
        return True

    def _drag_to(self, y: int) -> None:
        steps = max(self.page - 1, 1)
        self.top = round((y - self._heading_lines) / self.row_height / steps * self._max_top)


def scroll_distance(move: str, page: int, length: int, position: int = 0, repeat: int = 0) -> int:
    """Return by how many lines a key moves.

    Args:
        move: ``down``, ``up``, ``page_down``, ``page_up``, ``half_down``, ``half_up``, ``top`` or
            ``bottom``.
        page: lines in view at once.
        length: lines in total.
        position: the current line, counted from 0.
        repeat: how often to move; for ``top`` and ``bottom``, the number of the line to go to,
            counted from 1. 0 if the reader has not typed a number.

    Returns:
        Lines, negative for up; to the ends, ``length`` lines.
    """
    if repeat and move in {"top", "bottom"}:
        return repeat - 1 - position
    half = max(page // 2, 1)
    lines = {"down": 1, "page_down": page, "half_down": half, "bottom": length}
    lines |= {"up": -1, "page_up": -page, "half_up": -half, "top": -length}
    return lines[move] * max(repeat, 1)


def unpainted_size() -> Reactive[Size]:
    """Return ``virtual_size`` for a widget with a window.

    Textual would lay out and paint everything a second time when the widget gets its size.
    """
    return Reactive(Size(0, 0), repaint=False)


class FullCellScrollBar(ScrollBarRender):
    """The scroll bar of Textual's own widgets, without fractions of cells.

    East Asian terminals draw the characters for these two cells wide.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]
