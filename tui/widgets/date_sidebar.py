"""The sidebar: all days, years, months and days, each with its count of papers."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import BindingType

from tui.cache.calendar import Calendar
from tui.keys import Context
from tui.messages import PeriodHighlighted
from tui.periods import MONTHS, parent, weekday
from tui.typeset.cells import fit
from tui.widgets.bindings import bindings
from tui.widgets.line_list import LineList

NEW = "∙"
"""Stands before a day that was not there at the last visit."""


class _Row(NamedTuple):
    """A line of the tree."""

    period: str
    depth: int
    foldable: bool


class DateSidebar(LineList):
    """A tree of periods; the one under the cursor is the one that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.SIDEBAR)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "date-sidebar--count",
        "date-sidebar--new",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._calendar = Calendar()
        self._unfolded: set[str] = set()
        self._new_since: str | None = None
        self._rows: list[_Row] = []

    @property
    def line_count(self) -> int:
        """How many lines the tree has as it is folded now."""
        return len(self._rows)

    @property
    def period(self) -> str:
        """The period under the cursor; ``""`` is all."""
        return self._rows[self.cursor].period if self._rows else ""

    def show(self, calendar: Calendar, period: str, *, new_since: str | None = None) -> None:
        """Show other counts.

        Args:
            calendar: the counts.
            period: where the cursor shall be.
            new_since: days after this one are marked as new; None marks none.
        """
        is_other = (calendar.counts, new_since) != (self._calendar.counts, self._new_since)
        self._calendar = calendar
        self._new_since = new_since
        self.select(period)
        if is_other:
            self.refresh()

    def select(self, period: str) -> None:
        """Put the cursor on a period, which is unfolded into sight; nothing is said of it."""
        above = parent(period)
        while above:
            self._unfolded.add(above)
            above = parent(above)
        self._build(period)

    def cursor_moved(self) -> None:
        """Say which period the cursor is on."""
        self.post_message(PeriodHighlighted(self.period))

    def action_unfold(self, unfold: bool) -> None:  # noqa: FBT001
        """Unfold or fold what the cursor is on, or go on to what is below or above it."""
        row = self._rows[self.cursor]
        if row.foldable and (row.period in self._unfolded) != unfold:
            self._toggle(row.period)
        elif unfold and row.foldable:
            self.cursor += 1
        elif not unfold and row.depth:
            above = parent(row.period)
            self.cursor = next(at for at, each in enumerate(self._rows) if each.period == above)

    def row_clicked(self, row: int, x: int) -> None:
        """Go to what was clicked; a click on its sign folds it or unfolds it."""
        clicked = self._rows[row]
        if clicked.foldable and x < 2 * clicked.depth + 2:
            self._toggle(clicked.period)
        else:
            self.cursor = row

    def _toggle(self, period: str) -> None:
        self._unfolded ^= {period}
        before = self.period
        self._build(before)
        if self.period != before:
            self.cursor_moved()

    def _build(self, period: str) -> None:
        """Make the lines, with the cursor on a period or on what it is folded into."""
        counts = self._calendar.counts
        below: dict[str, list[str]] = {}
        for each in sorted((each for each in counts if each), reverse=True):
            below.setdefault(parent(each), []).append(each)
        rows = [_Row("", 0, foldable=False)]
        for year in below.get("", []):
            rows.append(_Row(year, 0, foldable=True))
            for month in below.get(year, []) if year in self._unfolded else []:
                rows.append(_Row(month, 1, foldable=True))
                if month in self._unfolded:
                    rows += [_Row(day, 2, foldable=False) for day in below.get(month, [])]
        places = {row.period: at for at, row in enumerate(rows)}
        while period not in places:
            period = parent(period)
        if rows == self._rows:
            self.place_cursor(places[period])
        else:
            self._rows = rows
            self.rows_changed(places[period])

    def _is_new(self, row: _Row) -> bool:
        return self._new_since is not None and row.depth == 2 and row.period > self._new_since

    # Drawing

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a period and its count."""
        each = self._rows[row]
        count = str(self._calendar.counts.get(each.period, 0))
        sign = ""
        if each.foldable:
            sign = "▾ " if each.period in self._unfolded else "▸ "
        elif each.period:
            sign = f"{NEW} " if self._is_new(each) else "  "
        name = f" {'  ' * each.depth}{sign}{_name(each.period)}"
        style, count_style = self.plain, self.tone("date-sidebar--count")
        if row == self.cursor:
            style = count_style = self.cursor_tone()
        elif self._is_new(each):
            style = count_style = self.tone("date-sidebar--new")
        room = max(width - len(count) - 2, 0)
        return [Segment(fit(name, room), style), Segment(f" {count} ", count_style)]


def _name(period: str) -> str:
    """Return a period as the tree calls it, where what is above it need not be said again."""
    match len(period):
        case 0:
            return "All days"
        case 4:
            return period
        case 7:
            return MONTHS[int(period[5:]) - 1]
        case _:
            return f"{int(period[8:]):2} {weekday(period)}"
