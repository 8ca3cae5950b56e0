"""A list with a cursor that draws only the lines that are seen, however many there are."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keys import Context
from tui.messages import Chosen
from tui.widgets.bindings import bindings
from tui.widgets.motion import distance


class LineList(ScrollView, can_focus=True):
    """Rows of one line each, the first ``heading_lines`` lines of the widget standing still.

    A subclass tells how many rows there are and draws one; it is told when the cursor moved.
    """

    BINDINGS = bindings(Context.PANE)

    heading_lines: ClassVar[int] = 0

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row of the cursor, counted from 0; 0 also where there are no rows."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Return a row's segments; what they leave of ``width`` cells is filled."""
        raise NotImplementedError

    def draw_heading(self, line: int, width: int) -> list[Segment]:
        """Return the segments of one of the lines that stand still."""
        raise NotImplementedError

    def draw_blank(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line below the last row, counted from 0 below the headings."""
        return []

    def cursor_moved(self) -> None:
        """Do what has to follow the cursor; called after every move."""

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - self.heading_lines)

    def rows_changed(self, cursor: int) -> None:
        """Take over other rows, with the cursor on this one."""
        self.virtual_size = Size(self.size.width, self.row_count + self.heading_lines)
        self.set_reactive(LineList.cursor, min(max(cursor, 0), max(self.row_count - 1, 0)))
        self._reveal()
        self.refresh()

    def tone(self, *names: str) -> Style:
        """Return the style of component classes, on top of the widget's own."""
        return self.get_component_rich_style(*names)

    def row_at(self, y: int) -> int | None:
        """Return the row drawn on line ``y`` of the widget, or None."""
        row = y - self.heading_lines + self.scroll_offset.y
        return row if y >= self.heading_lines and row < self.row_count else None

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw line ``y`` of what is seen."""
        width = self.size.width
        if y < self.heading_lines:
            return self._strip(self.draw_heading(y, width), width, self.rich_style)
        row = self.row_at(y)
        if row is None:
            blank = self.draw_blank(y - self.heading_lines, width)
            return self._strip(blank, width, self.rich_style)
        return self._strip(self.draw_row(row, width), width, self.rich_style)

    @staticmethod
    def _strip(segments: list[Segment], width: int, style: Style) -> Strip:
        last = segments[-1].style if segments else None
        return Strip(segments).adjust_cell_length(width, last or style).simplify()

    def refresh_row(self, row: int) -> None:
        """Draw one row anew."""
        y = row + self.heading_lines - self.scroll_offset.y
        if self.heading_lines <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows that look different now."""
        if before == now:
            return
        self.refresh_row(before)
        self.refresh_row(now)
        self._reveal()
        self.cursor_moved()

    def action_move(self, how: str) -> None:
        """Move the cursor, as ``tui.widgets.motion`` names the moves."""
        self.cursor += distance(how, self.page, self.row_count)

    def _reveal(self) -> None:
        """Scroll so that the cursor is seen.

        A cursor that leaves the page takes half a page along: every scrolled line costs the whole
        page on the wire, and over a thin line ten small scrolls are ten times slower than one.
        """
        if not self.size.height:
            return
        top = self.scroll_offset.y
        page = self.page
        if self.cursor < top:
            target = self.cursor - (page // 2 if top - self.cursor == 1 else 0)
        elif self.cursor >= top + page:
            target = self.cursor - page + 1
            target += page // 2 if self.cursor == top + page else 0
        else:
            return
        lowest = max(0, self.row_count - page)
        self.scroll_to(y=max(0, min(target, lowest)), animate=False, force=True)

    # Mouse and size

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; a second click goes into it."""
        row = self.row_at(event.y)
        if event.y < self.heading_lines:
            self.heading_clicked(event.x)
        elif row is not None and event.chain > 1:
            self.post_message(Chosen())
        elif row is not None:
            self.row_clicked(row, event.x)

    def row_clicked(self, row: int, x: int) -> None:  # noqa: ARG002
        """Put the cursor on a row that was clicked."""
        self.cursor = row

    def heading_clicked(self, x: int) -> None:
        """Do what a click on one of the lines that stand still asks for."""

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self.row_count + self.heading_lines)
        self._reveal()
