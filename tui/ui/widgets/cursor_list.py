"""A list with a cursor: any number of rows, one line each."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.config.keybindings import KeyContext
from tui.ui.messages import ItemSelected
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.line_window import (
    BAR_STYLE,
    FOCUS_STYLE,
    RULE_STYLE,
    LineWindow,
    scroll_distance,
    unpainted_size,
)


class CursorList(Widget, can_focus=True):
    """Rows with a cursor.

    A subclass provides the number of rows, draws one row, and overrides ``cursor_moved`` to follow
    the cursor. The first ``heading_lines`` lines do not scroll.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.PANE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        BAR_STYLE,
        FOCUS_STYLE,
        RULE_STYLE,
        "cursor-list--cursor",
        "cursor-list--cursor-unfocused",
    }
    ALLOW_SELECT = False

    heading_lines: ClassVar[int] = 0

    scroll_margin: ClassVar[int] = 0
    """Rows that stay in view above and below the cursor, if the page is high enough."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The row of the cursor, counted from 0; also 0 if there are no rows."""

    virtual_size: Reactive[Size] = unpainted_size()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.window = LineWindow(
            self, lambda: self.line_count, self.heading_lines, lambda: self.row_height
        )

    def notify_style_update(self) -> None:
        """Drop the style of the previous theme."""
        self.window.drop_style()
        super().notify_style_update()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001
        """Keep the styles, none of which depends on the focus; Textual computes them again."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region."""
        with self.window.drawing():
            return super().render_lines(crop)

    @property
    @abstractmethod
    def line_count(self) -> int:
        """The number of rows."""

    @property
    def row_height(self) -> int:
        """The number of lines of each row, 1 or 2."""
        return 1

    @abstractmethod
    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row; the rest of ``width`` cells is filled."""

    def draw_second_line(self, row: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of the second line of a row, if rows have two."""
        return []

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a heading line."""
        return []

    def draw_blank(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line below the last row, counted from the first row."""
        return []

    def cursor_moved(self) -> None:
        """React to a move of the cursor by the reader."""

    # Cursor

    def validate_cursor(self, cursor: int) -> int:
        """Clamp the cursor to the rows."""
        return max(0, min(cursor, self.line_count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Redraw and call ``cursor_moved``."""
        self._redraw_cursor(before, now)
        self.cursor_moved()

    def place_cursor(self, row: int) -> None:
        """Put the cursor on a row without calling ``cursor_moved``."""
        before = self.cursor
        self.set_reactive(CursorList.cursor, row)
        self._redraw_cursor(before, row)

    def clamp_cursor(self, cursor: int) -> None:
        """Put the cursor on a row, at most the last, after the rows have changed, and scroll to it.

        ``cursor_moved`` is not called, and the caller draws.
        """
        self.set_reactive(CursorList.cursor, min(max(cursor, 0), max(self.line_count - 1, 0)))
        self.window.set_top_silently(self.window.top)
        self.scroll_to_cursor()

    def action_move(self, move: str, repeat: int = 0) -> None:
        """Move the cursor; see ``scroll_distance`` for the moves."""
        window = self.window
        self.cursor += scroll_distance(move, window.page, self.line_count, self.cursor, repeat)

    def _redraw_cursor(self, before: int, now: int) -> None:
        self.window.refresh_line(before)
        self.window.refresh_line(now)
        self.scroll_to_cursor()

    def scroll_to_cursor(self) -> None:
        """Bring the cursor into view.

        A cursor that leaves the page scrolls by half a page: each scroll sends the whole page, so
        over a slow line ten small scrolls take ten times as long as a single one.
        """
        if not self.size.height:
            return
        window, page = self.window, self.window.page
        margin = min(self.scroll_margin, (page - 1) // 2)
        first, last = max(self.cursor - margin, 0), min(self.cursor + margin, self.line_count - 1)
        if first < window.top:
            window.top = first - (page // 2 if window.top - first == 1 else 0)
        elif last >= window.top + page:
            just_left = last == window.top + page
            window.top = last - page + 1 + (page // 2 if just_left else 0)

    # Events

    @on(events.Focus)
    @on(events.Blur)
    def focus_changed(self, event: events.Focus | events.Blur) -> None:
        """Redraw the cursor's row, where Textual's own handlers would redraw the whole widget."""
        event.prevent_default()
        self.has_focus = isinstance(event, events.Focus)
        self.window.refresh_line(self.cursor)
        self.window.refresh_focus_bar()
        notification = events.DescendantFocus if self.has_focus else events.DescendantBlur
        if self.parent is not None:
            self.parent.post_message(notification(self))

    async def on_event(self, event: events.Event) -> None:
        """Let the window scroll by the mouse."""
        if not self.window.handle_mouse(event):
            await super().on_event(event)

    def on_click(self, event: events.Click) -> None:
        """Handle a click on a heading or a row, but not on the scroll bar."""
        row = self.window.line_at(event.y)
        if event.x >= self.window.width:
            return
        if event.y < self.heading_lines:
            self.heading_clicked(event)
        elif row is not None:
            self.row_clicked(row, event)

    def row_clicked(self, row: int, event: events.Click) -> None:
        """Put the cursor on the clicked row; a double click selects it."""
        if event.chain > 1:
            self.post_message(ItemSelected())
        else:
            self.cursor = row

    def heading_clicked(self, event: events.Click) -> None:
        """Handle a click on a heading line."""

    def on_resize(self) -> None:
        """Keep the cursor in view and the page full."""
        self.window.clamp()
        self.scroll_to_cursor()

    # Drawing

    def cursor_style(self) -> Style:
        """Return the style of the cursor's row.

        There are two component classes instead of ``:focus`` in the stylesheet, which would repaint
        the whole pane when the focus moves.
        """
        suffix = "" if self.has_focus else "-unfocused"
        return self.get_component_rich_style(f"cursor-list--cursor{suffix}")

    def render_line(self, y: int) -> Strip:
        """Draw row ``y`` of the widget."""
        width, row, below = self.window.width, self.window.line_at(y), y - self.heading_lines
        if y < self.heading_lines:
            segments = self.draw_heading(y, width)
        elif row is None:
            segments = self.draw_blank(below, width)
        else:
            is_first = below % self.row_height == 0
            segments = (self.draw_row if is_first else self.draw_second_line)(row, width)
        fill = (segments[-1].style if segments else None) or self.window.base_style
        return self.window.add_bars(y, Strip(segments), fill)
