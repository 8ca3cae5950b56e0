"""The sidebar: all days, what is marked and kept, years, months and days, each with its count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import BindingType

from tui.cache.period_counts import PeriodCounts
from tui.config.keybindings import KeyContext
from tui.library.periods import month_name, parent, weekday
from tui.library.scope import ALL, Scope, SidebarItem
from tui.terminal.glyphs import drawn
from tui.ui.messages import ScopeHighlighted
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.cursor_list import CursorList


class _Row(NamedTuple):
    """A line of the tree."""

    scope: Scope
    papers: int | None
    depth: int = 0
    foldable: bool = False


class DateSidebar(CursorList):
    """A tree of shelves; the one under the cursor is the one that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.SIDEBAR)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "date-sidebar--count",
        "date-sidebar--new",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._calendar = PeriodCounts()
        self._offered: Sequence[SidebarItem] = ()
        self._visiting: Scope | None = None
        self._unfolded: set[str] = set()
        self._new_since: str | None = None
        self._rows: list[_Row] = []

    @property
    def line_count(self) -> int:
        """How many lines the tree has as it is folded now."""
        return len(self._rows)

    @property
    def scope(self) -> Scope:
        """The shelf under the cursor."""
        return self._rows[self.cursor].scope if self._rows else ALL

    def show(
        self,
        period_counts: PeriodCounts,
        items: Iterable[SidebarItem],
        scope: Scope,
        *,
        new_since: str | None = None,
    ) -> None:
        """Show other shelves or counts.

        Args:
            calendar: the periods and their counts.
            offered: what stands above them.
            shelf: where the cursor shall be.
            new_since: days after this one are marked as new; None marks none.
        """
        is_other = new_since != self._new_since
        self._calendar = period_counts
        self._offered = tuple(items)
        self._new_since = new_since
        self.select(scope)
        if is_other:
            self.refresh()

    def update_items(self, offered: Iterable[SidebarItem]) -> None:
        """Show other counts above the periods; the cursor stays on its shelf."""
        self._offered = tuple(offered)
        self.select(self.scope)

    def select(self, scope: Scope) -> None:
        """Put the cursor on a shelf, which is unfolded into sight; nothing is said of it.

        One that is not offered (somebody's papers) gets a line of its own for as long.
        """
        above = parent(scope.period)
        while above:
            self._unfolded.add(above)
            above = parent(above)
        for each in self._offered:
            if any(below.shelf == scope for below in each.below):
                self._unfolded.add(each.shelf.key)
        self._visiting = None if scope.is_period or self._is_offered(scope) else scope
        self._build(scope)

    def _is_offered(self, shelf: Scope) -> bool:
        return any(shelf in (each.shelf, *(b.shelf for b in each.below)) for each in self._offered)

    def cursor_moved(self) -> None:
        """Say which shelf the cursor is on."""
        self.post_message(ScopeHighlighted(self.scope))

    def action_unfold(self, unfold: bool) -> None:  # noqa: FBT001
        """Unfold or fold what the cursor is on, or go on to what is below or above it."""
        row = self._rows[self.cursor]
        if row.foldable and (row.scope.key in self._unfolded) != unfold:
            self._toggle(row.scope)
        elif unfold and row.foldable:
            self.cursor += 1
        elif not unfold and row.depth:
            rows = enumerate(self._rows[: self.cursor])
            self.cursor = max(at for at, each in rows if each.depth < row.depth)

    def row_clicked(self, row: int, x: int) -> None:
        """Go to what was clicked; a click on its sign folds it or unfolds it."""
        clicked = self._rows[row]
        if clicked.foldable and x < 2 * clicked.depth + 2:
            self._toggle(clicked.scope)
        else:
            self.cursor = row

    def _toggle(self, shelf: Scope) -> None:
        self._unfolded ^= {shelf.key}
        before = self.scope
        self._build(before)
        if self.scope != before:
            self.cursor_moved()

    def _build(self, shelf: Scope) -> None:
        """Make the lines, with the cursor on a shelf or on what it is folded into."""
        all_days = _Row(ALL, self._calendar.counts.get("", 0))
        rows = [all_days, *self._offered_rows(), *self._period_rows()]
        places = {row.scope: at for at, row in enumerate(rows)}
        while shelf not in places:
            shelf = self._above(shelf)
        if rows == self._rows:
            self.place_cursor(places[shelf])
        else:
            # What comes or goes above the cursor must not move what is in sight.
            moved = places[shelf] - self.cursor if self.top and self.scope == shelf else 0
            self._rows = rows
            self.set_reactive(DateSidebar.top, self.top + moved)
            self.rows_changed(places[shelf])

    def _above(self, shelf: Scope) -> Scope:
        """Return what a shelf stands below."""
        homes = (each.shelf for each in self._offered if shelf in (b.shelf for b in each.below))
        return next(homes, Scope(parent(shelf.period)))

    def _offered_rows(self) -> Iterable[_Row]:
        for each in self._offered:
            yield _Row(each.shelf, each.papers, foldable=bool(each.below))
            if each.shelf.key in self._unfolded:
                yield from (_Row(below.shelf, below.papers, 1) for below in each.below)
        if self._visiting is not None:
            yield _Row(self._visiting, None)

    def _period_rows(self) -> Iterable[_Row]:
        counts = self._calendar.counts
        below: dict[str, list[str]] = {}
        for each in sorted((each for each in counts if each), reverse=True):
            below.setdefault(parent(each), []).append(each)
        for year in below.get("", []):
            yield _Row(Scope(year), counts[year], foldable=True)
            for month in below.get(year, []) if year in self._unfolded else []:
                yield _Row(Scope(month), counts[month], 1, foldable=True)
                if month in self._unfolded:
                    yield from (_Row(Scope(day), counts[day], 2) for day in below.get(month, []))

    def _is_new(self, row: _Row) -> bool:
        period = row.scope.period
        return self._new_since is not None and row.depth == 2 and period > self._new_since

    # Drawing

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a shelf and its count."""
        each = self._rows[row]
        count = "" if each.papers is None else str(each.papers)
        sign = "  " if each.depth else ""
        if each.foldable:
            is_unfolded = each.scope.key in self._unfolded
            sign = f"{drawn().unfolded if is_unfolded else drawn().folded} "
        elif self._is_new(each):
            sign = f"{drawn().new} "
        name = f" {'  ' * each.depth}{sign}{_name(each.scope)}"
        style, count_style = self.plain, self.tone("date-sidebar--count")
        if row == self.cursor:
            style = count_style = self.cursor_tone()
        elif self._is_new(each):
            style = count_style = self.tone("date-sidebar--new")
        room = max(width - len(count) - 2, 0)
        return [Segment(fit(name, room), style), Segment(f" {count} ", count_style)]


def _name(shelf: Scope) -> str:
    """Return a shelf as the tree calls it, where what is above it need not be said again."""
    period = shelf.period
    match len(period):
        case 7:
            return month_name(period)
        case 10:
            return f"{int(period[8:]):2} {weekday(period)}"
        case _:
            return shelf.title
