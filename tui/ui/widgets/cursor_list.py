"""A list with a cursor: rows of one line each, however many there are."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.ui.messages import ItemSelected
from tui.ui.widgets.scroll_distance import distance
from tui.ui.widgets.scroll_pane import ScrollPane


class CursorList(ScrollPane):
    """Rows with a cursor.

    A subclass tells how many rows there are and draws one; it is told when the cursor moved.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--place"}
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row of the cursor, counted from 0; 0 also where there are no rows."""

    @abstractmethod
    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Return a row's segments; what they leave of ``width`` cells is filled."""

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of one of the lines that stand still, where there are any."""
        return []

    def draw_blank(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line below the last row, counted from 0 below the headings."""
        return []

    def cursor_moved(self) -> None:
        """Do what has to follow the cursor; called after every move."""

    def rows_changed(self, cursor: int) -> None:
        """Take over other rows, with the cursor on this one; nothing is said of it."""
        self.keep_within(cursor)
        self.refresh()

    def keep_within(self, cursor: int) -> None:
        """Put the cursor on a row, or the last there is, without drawing what was seen before."""
        self.set_reactive(CursorList.cursor, min(max(cursor, 0), max(self.line_count - 1, 0)))
        self.set_reactive(ScrollPane.top, self.validate_top(self.top))
        self._reveal()

    def place_cursor(self, row: int) -> None:
        """Put the cursor on a row; nothing is said of it."""
        before = self.cursor
        self.set_reactive(CursorList.cursor, row)
        self._moved(before, row)

    def on_focus(self, event: events.Focus) -> None:
        """Show that the cursor is here now."""
        self._focus_moved(event, events.DescendantFocus(self), is_here=True)

    def on_blur(self, event: events.Blur) -> None:
        """Show that it is elsewhere."""
        self._focus_moved(event, events.DescendantBlur(self), is_here=False)

    def _focus_moved(self, event: Message, told: Message, *, is_here: bool) -> None:
        """Draw the cursor's row anew. Textual's own way does the same with the whole widget."""
        event.prevent_default()
        self.has_focus = is_here
        self.refresh_row(self.cursor)
        if self.parent is not None:
            self.parent.post_message(told)

    def refresh_row(self, row: int) -> None:
        """Draw a row anew, if it is seen."""
        self.refresh_line(row + self.heading_lines - self.top)

    def cursor_tone(self) -> Style:
        """Return the style of the cursor's row.

        There is a component class for either case, and no ``:focus`` in the stylesheet: that would
        paint the whole pane anew when the reader leaves it.
        """
        return self.tone("line-list--cursor" if self.has_focus else "line-list--place")

    def tone(self, *names: str) -> Style:
        """Return the style of component classes, on top of the widget's own."""
        return self.get_component_rich_style(*names)

    def row_at(self, y: int) -> int | None:
        """Return the row drawn on line ``y`` of the widget, or None."""
        row = y - self.heading_lines + self.top
        return row if y >= self.heading_lines and row < self.line_count else None

    def draw(self, y: int, width: int) -> Strip:
        """Draw line ``y`` of what is seen."""
        row = self.row_at(y)
        if y < self.heading_lines:
            segments = self.draw_heading(y, width)
        elif row is None:
            segments = self.draw_blank(y - self.heading_lines, width)
        else:
            segments = self.draw_row(row, width)
        last = segments[-1].style if segments else None
        return Strip(segments).adjust_cell_length(width, last or self.plain)

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.line_count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Show where the cursor is, and say so."""
        if before != now:
            self._moved(before, now)
            self.cursor_moved()

    def _moved(self, before: int, now: int) -> None:
        """Draw the two rows that look different now."""
        self.refresh_row(before)
        self.refresh_row(now)
        self._reveal()

    def action_move(self, how: str) -> None:
        """Move the cursor, as ``tui.ui.widgets.scroll_distance`` names the moves."""
        self.cursor += distance(how, self.page, self.line_count)

    def _reveal(self) -> None:
        """Scroll so that the cursor is seen.

        A cursor that leaves the page takes half a page along: every scrolled line costs the whole
        page on the wire, and over a thin line ten small scrolls are ten times slower than one.
        """
        if not self.size.height:
            return
        page = self.page
        if self.cursor < self.top:
            self.top = self.cursor - (page // 2 if self.top - self.cursor == 1 else 0)
        elif self.cursor >= self.top + page:
            just_left = self.cursor == self.top + page
            self.top = self.cursor - page + 1 + (page // 2 if just_left else 0)

    # Mouse and size

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; a second click goes into it."""
        row = self.row_at(event.y)
        if event.x >= self.text_width:
            return
        if event.y < self.heading_lines:
            self.heading_clicked(event)
        elif row is not None and event.chain > 1:
            self.post_message(ItemSelected())
        elif row is not None:
            self.row_clicked(row, event.x)

    def row_clicked(self, row: int, x: int) -> None:  # noqa: ARG002
        """Put the cursor on a row that was clicked."""
        self.cursor = row

    def heading_clicked(self, event: events.Click) -> None:
        """Do what a click on one of the lines that stand still asks for."""

    def on_resize(self) -> None:
        """Keep the cursor in sight, and the page full."""
        self.top = self.validate_top(self.top)
        self._reveal()
