"""The numbers of a collection: bars and days with a cursor among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.i18n import _
from tui.library.periods import is_day
from tui.library.statistics.models import Statistics
from tui.ui.messages import ItemSelected
from tui.ui.typeset.cell_width import truncate
from tui.ui.widgets.scroll_distance import distance
from tui.ui.widgets.scroll_pane import ScrollPane
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
    """Where a target is drawn: the row, and its first cell and the one after its last."""

    row: int
    start: int
    end: int
    target: ChartItem


class StatisticsView(ScrollPane):
    """Shows numbers; what the cursor is on stands above them.

    Args:
        sources: how many sources the numbers are of.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "statistics-view--title",
        "statistics-view--heading",
        "statistics-view--muted",
        "statistics-view--bar",
    }
    ALLOW_SELECT = False

    heading_lines = 3

    def __init__(self, sources: int) -> None:
        super().__init__()
        self._sources = sources
        self._numbers: Statistics | None = None
        self._instead: Sequence[str] = ()
        self._looks = ChartOptions()
        self._rows: Sequence[Row] = ()
        # By row, from left to right.
        self._spots: dict[int, list[_ItemBox]] = {}
        self._at: _ItemBox | None = None
        self._column = 0
        # Where the cursor shall be once it is known how large this is.
        self._wanted: ChartItem | None = None

    @property
    def line_count(self) -> int:
        """How many rows there are."""
        return len(self._rows) or len(self._instead)

    @property
    def item(self) -> ChartItem | None:
        """What the cursor is on; None where there is nothing."""
        return self._at.target if self._at else None

    @property
    def options(self) -> ChartOptions:
        """How the numbers are looked at."""
        return self._looks

    def show_lines(self, *lines: str) -> None:
        """Show these lines in place of numbers."""
        self._instead = lines
        self.refresh()

    def show(
        self, numbers: Statistics, looks: ChartOptions, wanted: ChartItem | None = None
    ) -> None:
        """Show numbers.

        Args:
            numbers: of one paper at least.
            looks: how.
            wanted: where the cursor shall be, if that is there: on the same papers.
        """
        self._numbers, self._looks = numbers, looks
        self._lay_out(wanted)

    def turn_page(self, by: int) -> bool:
        """Show an older (-1) or newer (1) page of the calendar; tell whether there is one."""
        if self._numbers is None:
            return False
        day = day_on_next_page(self._numbers, self._looks, self._width, by)
        if day is None:
            return False
        self._looks = self._looks._replace(day=day)
        self._lay_out(self.item)
        return True

    def toggle_measure(self) -> None:
        """Let bars and days tell votes in place of papers, or the other way round."""
        if self._numbers is not None:
            self._looks = self._looks._replace(by_votes=not self._looks.by_votes)
            self._lay_out(self.item)

    @property
    def _width(self) -> int:
        return max(self.text_width - 2 * MARGIN, 1)

    def _lay_out(self, wanted: ChartItem | None) -> None:
        if self._numbers is None or not self.size.width:
            self._wanted = wanted
            return
        self._rows = layout_rows(self._numbers, self._looks, self._width)
        self._spots = {}
        for spot in self._found():
            self._spots.setdefault(spot.row, []).append(spot)
        self._place(self._spot_of(wanted) or self._newest())
        self.refresh()

    def _found(self) -> Iterator[_ItemBox]:
        for number, row in enumerate(self._rows):
            x = 0
            for piece in row:
                end = x + cell_len(piece.text)
                if piece.item is not None:
                    yield _ItemBox(number, x, end, piece.item)
                x = end

    def _spot_of(self, wanted: ChartItem | None) -> _ItemBox | None:
        if wanted is None:
            return None
        for spots in self._spots.values():
            for spot in spots:
                # The words of a day without papers are its name.
                same = spot.target.scope == wanted.scope if wanted.scope else spot.target == wanted
                if same:
                    return spot
        return None

    def _newest(self) -> _ItemBox | None:
        """Return the newest day of the calendar's page that has papers."""
        days = [spot for spots in self._spots.values() for spot in spots if _is_day(spot.target)]
        return max(days, key=lambda spot: spot.target.scope or (), default=None)

    # Moving

    def _place(self, spot: _ItemBox | None, *, keep_column: bool = False) -> None:
        self._at = spot
        if spot is None:
            self.top = 0
            return
        if not keep_column:
            self._column = spot.start
        # A heading is seen with the first row below it.
        first = spot.row
        while first and first - 1 not in self._spots and spot.row - first < self.page - 1:
            first -= 1
        if first < self.top:
            self.top = first
        elif spot.row >= self.top + self.page:
            self.top = spot.row - self.page + 1
        self.refresh()

    def action_move(self, how: str) -> None:
        """Move the cursor by rows, as ``tui.ui.widgets.scroll_distance`` names the moves."""
        if self._at is None:
            self.top += distance(how, self.page, self.line_count)
            return
        by = distance(how, self.page, self.line_count)
        wanted = self._at.row + by
        rows = sorted(self._spots)
        if by > 0:
            row = next((row for row in rows if row >= wanted), rows[-1])
        else:
            row = next((row for row in reversed(rows) if row <= wanted), rows[0])
        spots = self._spots[row]
        nearest = min(spots, key=lambda spot: abs(spot.start - self._column))
        self._place(nearest, keep_column=True)
        if row == rows[-1]:
            self.top = self.line_count

    def action_sideways(self, by: int) -> None:
        """Move the cursor within its row; past the end of a calendar to the next page."""
        if self._at is None:
            return
        spots = self._spots[self._at.row]
        at = spots.index(self._at) + by
        if 0 <= at < len(spots):
            self._place(spots[at])
        elif len(spots) > 1 and self.turn_page(by):
            row = self._spots[self._at.row]
            self._place(row[0] if by > 0 else row[-1])

    def on_resize(self) -> None:
        """Lay the rows out anew, with the cursor on the same."""
        if self._numbers is None:
            return
        target = self.item or self._wanted
        if target is not None and target.scope is not None and _is_day(target):
            # A narrower calendar may have it on another page.
            self._looks = self._looks._replace(day=target.scope.period)
        self._lay_out(target)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on what was clicked; a click on what it is on goes there."""
        row = event.y - self.heading_lines + self.top
        if event.y < self.heading_lines:
            return
        x = event.x - MARGIN
        spots = self._spots.get(row, [])
        hit = next((spot for spot in spots if spot.start <= x < spot.end), None)
        if hit is None and len(spots) == 1:
            # All of a bar's row is the bar.
            hit = spots[0]
        if hit is None:
            return
        if hit == self._at:
            self.post_message(ItemSelected())
        self._place(hit)

    # Drawing

    def draw(self, y: int, width: int) -> Strip:
        """Draw line ``y`` of what is seen."""
        segments = self._heading(y) if y < self.heading_lines else self._body(y)
        return Strip([Segment(" " * MARGIN, self.plain), *segments]).adjust_cell_length(
            width, self.plain
        )

    def _heading(self, y: int) -> list[Segment]:
        if y == 0:
            by_votes = self._looks.by_votes
            told = _("Statistics by votes") if by_votes else _("Statistics by papers")
            return [Segment(truncate(told, self._width), self._style("title"))]
        if self._numbers is None:
            return []
        if y == 1:
            told = totals_text(self._numbers, self._sources)
            return [Segment(truncate(told, self._width), self._style("muted"))]
        return [
            Segment(truncate(self.item.description if self.item else "", self._width), self.plain)
        ]

    def _body(self, y: int) -> list[Segment]:
        at = y - self.heading_lines + self.top
        if self._numbers is None:
            line = self._instead[at] if at < len(self._instead) else ""
            return [Segment(truncate(line, self._width), self._style("muted" if at else ""))]
        if at >= len(self._rows):
            return []
        here = self._at.start if self._at is not None and self._at.row == at else None
        segments, x = [], 0
        for piece in self._rows[at]:
            style = self._style(piece.style)
            if x == here and piece.item is not None:
                style = self.get_component_rich_style("line-list--cursor")
            segments.append(Segment(piece.text, style))
            x += cell_len(piece.text)
        return segments

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"statistics-view--{name}") if name else self.plain


def _is_day(target: ChartItem) -> bool:
    """Tell whether a target is a day with papers."""
    return target.scope is not None and is_day(target.scope.period)
