"""The statistics of a library: bars and a calendar, with a cursor on one counted item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.config.keybindings import KeyContext
from tui.i18n import _
from tui.library.periods import is_day
from tui.library.statistics.records import Statistics
from tui.ui.messages import ItemSelected
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.line_window import BAR_STYLE, LineWindow, scroll_distance
from tui.ui.widgets.statistics_layout import (
    ChartItem,
    ChartOptions,
    Row,
    day_on_next_page,
    layout_rows,
    totals_text,
)

HEADING_LINES = 3
"""The title, the totals, and the description of the item under the cursor."""

MARGIN = 1


class _ItemBox(NamedTuple):
    """The cells that an item is drawn in: its row, the first cell and the one after the last."""

    row: int
    start: int
    end: int
    item: ChartItem


class StatisticsView(Widget, can_focus=True):
    """Shows statistics; the heading describes the item under the cursor.

    Args:
        source_count: the number of sources that were counted.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.PANE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        BAR_STYLE,
        "cursor-list--cursor",
        "statistics-view--title",
        "statistics-view--heading",
        "statistics-view--muted",
        "statistics-view--bar",
    }
    ALLOW_SELECT = False

    # Textual would lay out and paint everything a second time when the widget gets its size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self, source_count: int) -> None:
        super().__init__()
        self.window = LineWindow(self, lambda: self.line_count, HEADING_LINES)
        self._source_count = source_count
        self._statistics: Statistics | None = None
        self._message: Sequence[str] = ()
        self._options = ChartOptions()
        self._rows: Sequence[Row] = ()
        # From left to right.
        self._boxes_by_row: dict[int, list[_ItemBox]] = {}
        self._cursor: _ItemBox | None = None
        # The cell that moves up and down stay close to.
        self._column = 0
        # The item to select once the size of this widget is known.
        self._pending_item: ChartItem | None = None

    @property
    def line_count(self) -> int:
        """The number of rows."""
        return len(self._rows) or len(self._message)

    @property
    def item(self) -> ChartItem | None:
        """The item under the cursor, or None."""
        return self._cursor.item if self._cursor else None

    @property
    def options(self) -> ChartOptions:
        """The current options."""
        return self._options

    def show_lines(self, *lines: str) -> None:
        """Show these lines instead of statistics."""
        self._message = lines
        self.refresh()

    def show(
        self, statistics: Statistics, options: ChartOptions, item: ChartItem | None = None
    ) -> None:
        """Show statistics.

        Args:
            statistics: of at least one paper.
            options: how to draw them.
            item: the item to put the cursor on, found by its papers; None for the newest day.
        """
        self._statistics, self._options = statistics, options
        self._lay_out(item)

    def turn_page(self, by: int) -> bool:
        """Show an older (-1) or newer (1) page of the calendar; return whether there is one."""
        if self._statistics is None:
            return False
        day = day_on_next_page(self._statistics, self._options, self._width, by)
        if day is None:
            return False
        self._options = self._options._replace(day=day)
        self._lay_out(self.item)
        return True

    def toggle_measure(self) -> None:
        """Switch between counting papers and counting votes."""
        if self._statistics is not None:
            self._options = self._options._replace(by_votes=not self._options.by_votes)
            self._lay_out(self.item)

    @property
    def _width(self) -> int:
        return max(self.window.width - 2 * MARGIN, 1)

    def _lay_out(self, item: ChartItem | None) -> None:
        if self._statistics is None or not self.size.width:
            self._pending_item = item
            return
        self._rows = layout_rows(self._statistics, self._options, self._width)
        self._boxes_by_row = {}
        for box in self._find_boxes():
            self._boxes_by_row.setdefault(box.row, []).append(box)
        self._place_cursor(self._box_of(item) or self._newest_day())
        self.refresh()

    def _find_boxes(self) -> Iterator[_ItemBox]:
        for number, row in enumerate(self._rows):
            x = 0
            for part in row:
                end = x + cell_len(part.text)
                if part.item is not None:
                    yield _ItemBox(number, x, end, part.item)
                x = end

    @property
    def _boxes(self) -> Iterator[_ItemBox]:
        return (box for boxes in self._boxes_by_row.values() for box in boxes)

    def _box_of(self, item: ChartItem | None) -> _ItemBox | None:
        """Return the box of an item with the same papers; a day without papers matches by name."""
        if item is None:
            return None
        if item.scope is None:
            return next((box for box in self._boxes if box.item == item), None)
        return next((box for box in self._boxes if box.item.scope == item.scope), None)

    def _newest_day(self) -> _ItemBox | None:
        days = [box for box in self._boxes if _is_day(box.item)]
        return max(days, key=lambda box: box.item.scope or (), default=None)

    # Cursor

    def _place_cursor(self, box: _ItemBox | None, *, keep_column: bool = False) -> None:
        self._cursor = box
        window = self.window
        if box is None:
            window.top = 0
            return
        if not keep_column:
            self._column = box.start
        # Bring a heading into view together with the first row below it.
        first = box.row
        while first and first - 1 not in self._boxes_by_row and box.row - first < window.page - 1:
            first -= 1
        if first < window.top:
            window.top = first
        elif box.row >= window.top + window.page:
            window.top = box.row - window.page + 1
        self.refresh()

    def action_move(self, move: str) -> None:
        """Move the cursor by rows; see ``scroll_distance`` for the moves."""
        by = scroll_distance(move, self.window.page, self.line_count)
        if self._cursor is None:
            self.window.top += by
            return
        target = self._cursor.row + by
        rows = sorted(self._boxes_by_row)
        if by > 0:
            row = next((row for row in rows if row >= target), rows[-1])
        else:
            row = next((row for row in reversed(rows) if row <= target), rows[0])
        boxes = self._boxes_by_row[row]
        closest = min(boxes, key=lambda box: abs(box.start - self._column))
        self._place_cursor(closest, keep_column=True)
        if row == rows[-1]:
            self.window.top = self.line_count

    def action_sideways(self, by: int) -> None:
        """Move the cursor within its row; past the end of the calendar to its next page."""
        if self._cursor is None:
            return
        boxes = self._boxes_by_row[self._cursor.row]
        number = boxes.index(self._cursor) + by
        if 0 <= number < len(boxes):
            self._place_cursor(boxes[number])
        elif len(boxes) > 1 and self.turn_page(by):
            row = self._boxes_by_row[self._cursor.row]
            self._place_cursor(row[0] if by > 0 else row[-1])

    # Events

    async def on_event(self, event: events.Event) -> None:
        """Let the window scroll by the mouse."""
        if not self.window.handle_mouse(event):
            await super().on_event(event)

    def on_resize(self) -> None:
        """Lay out the rows for the new width, with the cursor on the same item."""
        if self._statistics is None:
            return
        item = self.item or self._pending_item
        if item is not None and item.scope is not None and _is_day(item):
            # A narrower calendar may have it on another page.
            self._options = self._options._replace(day=item.scope.period)
        self._lay_out(item)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked item; a click on the item under the cursor selects it."""
        row = self.window.line_at(event.y)
        if row is None:
            return
        x = event.x - MARGIN
        boxes = self._boxes_by_row.get(row, [])
        clicked = next((box for box in boxes if box.start <= x < box.end), None)
        if clicked is None and len(boxes) == 1:
            # The bar beside an item belongs to it.
            clicked = boxes[0]
        if clicked is None:
            return
        if clicked == self._cursor:
            self.post_message(ItemSelected())
        self._place_cursor(clicked)

    # Drawing

    @cached_property
    def base_style(self) -> Style:
        """The widget's own style; Textual computes it from all ancestors, for every line."""
        return self.rich_style

    def notify_style_update(self) -> None:
        """Drop the style of the previous theme."""
        self.__dict__.pop("base_style", None)
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw row ``y`` of the widget."""
        segments = self._heading(y) if y < HEADING_LINES else self._body(y)
        margin = Segment(" " * MARGIN, self.base_style)
        strip = Strip([margin, *segments]).adjust_cell_length(self.window.width, self.base_style)
        return self.window.add_bar(y, strip)

    def _heading(self, y: int) -> list[Segment]:
        if y == 0:
            by_votes = self._options.by_votes
            title = _("Statistics by votes") if by_votes else _("Statistics by papers")
            return [self._segment(title, "title")]
        if self._statistics is None:
            return []
        if y == 1:
            return [self._segment(totals_text(self._statistics, self._source_count), "muted")]
        return [self._segment(self.item.description if self.item else "")]

    def _body(self, y: int) -> list[Segment]:
        number = y - HEADING_LINES + self.window.top
        if self._statistics is None:
            text = self._message[number] if number < len(self._message) else ""
            return [self._segment(text, "muted" if number else "")]
        if number >= len(self._rows):
            return []
        cursor = self._cursor
        cursor_x = cursor.start if cursor is not None and cursor.row == number else None
        segments, x = [], 0
        for part in self._rows[number]:
            style = self._component_style(part.style)
            if x == cursor_x and part.item is not None:
                style = self.get_component_rich_style("cursor-list--cursor")
            segments.append(Segment(part.text, style))
            x += cell_len(part.text)
        return segments

    def _segment(self, text: str, style: str = "") -> Segment:
        return Segment(truncate(text, self._width), self._component_style(style))

    def _component_style(self, name: str) -> Style:
        if not name:
            return self.base_style
        return self.get_component_rich_style(f"statistics-view--{name}")


def _is_day(item: ChartItem) -> bool:
    """Return whether an item is a day with papers."""
    return item.scope is not None and is_day(item.scope.period)
