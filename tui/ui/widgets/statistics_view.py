"""The statistics of a library: bars and a calendar, with a cursor on one counted item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from tui.i18n import _
from tui.library.periods import is_day
from tui.library.statistics.records import Statistics
from tui.ui.messages import ItemSelected
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.line_window import scroll_distance
from tui.ui.widgets.statistics_layout import (
    ChartItem,
    ChartOptions,
    Row,
    day_on_next_page,
    layout_rows,
    totals_text,
)

MARGIN = 1


class _ItemBox(NamedTuple):
    """The cells that an item is drawn in: its row, the first cell and the one after the last."""

    row: int
    start: int
    end: int
    item: ChartItem


class StatisticsView(CursorList):
    """Shows statistics; the heading describes the item under the cursor.

    Args:
        source_count: the number of sources that were counted.

    Attributes:
        options: what the charts show.
        item: the item under the cursor, or the one to select once the size of the view is known.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "statistics-view--title",
        "statistics-view--heading",
        "statistics-view--muted",
        "statistics-view--bar",
    }

    # The title, the totals, and the description of the item under the cursor.
    heading_lines: ClassVar[int] = 3

    def __init__(self, source_count: int) -> None:
        super().__init__()
        self.options = ChartOptions()
        self.item: ChartItem | None = None
        self._source_count = source_count
        self._scope_name = ""
        self._statistics: Statistics | None = None
        self._message: Sequence[str] = ()
        self._rows: Sequence[Row] = ()
        # From left to right.
        self._boxes_by_row: dict[int, list[_ItemBox]] = {}
        # The cell that moves up and down stay close to.
        self._column = 0

    @property
    def line_count(self) -> int:
        """The number of rows."""
        return len(self._rows) or len(self._message)

    def show_lines(self, *lines: str) -> None:
        """Show these lines instead of statistics."""
        self._message, self._rows, self._statistics = lines, (), None
        self.refresh()

    def show(
        self,
        statistics: Statistics,
        options: ChartOptions,
        item: ChartItem | None = None,
        name: str = "",
    ) -> None:
        """Show statistics.

        Args:
            statistics: of at least one paper.
            options: how to draw them.
            item: the item to put the cursor on, found by its papers; None for the newest day.
            name: the name of the list that was counted; empty for the whole library.
        """
        self._scope_name = name
        self._statistics, self.options, self.item = statistics, options, item
        self._lay_out()

    def turn_page(self, by: int) -> bool:
        """Show an older (-1) or newer (1) page of the calendar; return whether there is one."""
        if self._statistics is None:
            return False
        day = day_on_next_page(self._statistics, self.options, self._width, by)
        if day is None:
            return False
        self.options = self.options._replace(day=day)
        self._lay_out()
        return True

    def toggle_measure(self) -> None:
        """Switch between counting papers and counting votes."""
        if self._statistics is not None:
            self.options = self.options._replace(by_votes=not self.options.by_votes)
            self._lay_out()

    @property
    def _width(self) -> int:
        return max(self.window.width - 2 * MARGIN, 1)

    def _lay_out(self) -> None:
        if self._statistics is None or not self.size.width:
            return
        self._rows = layout_rows(self._statistics, self.options, self._width)
        boxes = list(self._find_boxes())
        self._boxes_by_row = {row: list(same) for row, same in groupby(boxes, attrgetter("row"))}
        newest = max(boxes, key=lambda box: _day_of(box.item))
        self._select(next((box for box in boxes if self._is_current(box)), newest))

    def _find_boxes(self) -> Iterator[_ItemBox]:
        for number, row in enumerate(self._rows):
            x = 0
            for part in row:
                end = x + cell_len(part.text)
                if part.item is not None:
                    yield _ItemBox(number, x, end, part.item)
                x = end

    def _is_current(self, box: _ItemBox) -> bool:
        """Return whether a box has the papers of the current item; without papers, its name."""
        if self.item is None or self.item.scope is None:
            return box.item == self.item
        return box.item.scope == self.item.scope

    # Cursor

    def _select(self, box: _ItemBox, *, keep_column: bool = False) -> None:
        self.item = box.item
        if not keep_column:
            self._column = box.start
        self.place_cursor(box.row)
        self.refresh()

    def scroll_to_cursor(self) -> None:
        """Bring the cursor into view; a heading together with the first row below it."""
        window, first = self.window, self.cursor
        lowest_top = self.cursor - window.page + 1
        while first > max(lowest_top, 0) and first - 1 not in self._boxes_by_row:
            first -= 1
        if first < window.top:
            window.top = first
        elif lowest_top > window.top:
            window.top = lowest_top

    def action_move(self, move: str, repeat: int = 0) -> None:
        """Move the cursor by rows; see ``scroll_distance`` for the moves."""
        if not self._rows:
            return
        by = scroll_distance(move, self.window.page, self.line_count, repeat=repeat)
        target = self.cursor + by
        rows = list(self._boxes_by_row)
        if by > 0:
            row = next((row for row in rows if row >= target), rows[-1])
        else:
            row = next((row for row in reversed(rows) if row <= target), rows[0])
        boxes = self._boxes_by_row[row]
        closest = min(boxes, key=lambda box: abs(box.start - self._column))
        self._select(closest, keep_column=True)
        if row == rows[-1]:
            self.window.top = self.line_count

    def action_sideways(self, by: int) -> None:
        """Move the cursor within its row; past the end of the calendar to its next page."""
        boxes = self._boxes_by_row.get(self.cursor, [])
        number = next((number for number, box in enumerate(boxes) if box.item is self.item), 0) + by
        if 0 <= number < len(boxes):
            self._select(boxes[number])
        elif len(boxes) > 1 and self.turn_page(by):
            row = self._boxes_by_row[self.cursor]
            self._select(row[0] if by > 0 else row[-1])

    # Events

    def on_resize(self) -> None:
        """Lay out the rows for the new width, with the cursor on the same item."""
        if day := _day_of(self.item):
            # A narrower calendar may have it on another page.
            self.options = self.options._replace(day=day)
        self._lay_out()

    def row_clicked(self, row: int, event: events.Click) -> None:
        """Put the cursor on the clicked item; a click on the item under the cursor selects it."""
        x = event.x - MARGIN
        boxes = self._boxes_by_row.get(row, [])
        # The bar beside an item belongs to it.
        clicked = [box for box in boxes if box.start <= x < box.end or len(boxes) == 1]
        if not clicked:
            return
        if clicked[0].item is self.item:
            self.post_message(ItemSelected())
        self._select(clicked[0])

    # Drawing

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw the title, the totals, or the description of the item under the cursor."""
        if line == 0:
            by_votes = self.options.by_votes
            title = _("Statistics by votes") if by_votes else _("Statistics by papers")
            if self._scope_name:
                title = _("{title}: {where}").format(title=title, where=self._scope_name)
            return self._line(title, "title")
        if self._statistics is None:
            return []
        if line == 1:
            source_count = 0 if self._scope_name else self._source_count
            return self._line(totals_text(self._statistics, source_count), "muted")
        return self._line(self.item.description if self.item else "")

    def draw_row(self, row: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw a row of the statistics, or a line of the message."""
        if not self._rows:
            return self._line(self._message[row], "muted" if row else "")
        segments = []
        for part in self._rows[row]:
            style = self._style(part.style)
            if part.item is not None and part.item is self.item:
                style = self.get_component_rich_style("cursor-list--cursor")
            segments.append(Segment(part.text, style))
        return self._with_margin(segments)

    def _line(self, text: str, style: str = "") -> list[Segment]:
        return self._with_margin([Segment(truncate(text, self._width), self._style(style))])

    def _with_margin(self, segments: list[Segment]) -> list[Segment]:
        """Return a row between empty cells, which have the style of the view."""
        return [
            Segment(" " * MARGIN, self.window.base_style),
            *segments,
            Segment("", self.window.base_style),
        ]

    def _style(self, name: str) -> Style:
        component = f"statistics-view--{name}"
        return self.get_component_rich_style(component) if name else self.window.base_style


def _day_of(item: ChartItem | None) -> str:
    """Return the day of an item that is a day with papers, or an empty string."""
    period = item.scope.period if item is not None and item.scope is not None else ""
    return period if is_day(period) else ""
