"""The sidebar: all days, marked papers, saved views, years, months and days, with their counts.

Papers without any day are last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import BindingType

from tui.cache.period_counts import PeriodCounts
from tui.config.keybindings import KeyContext
from tui.library.periods import is_undated, month_name, parent, weekday
from tui.library.scope import ALL, Scope, SidebarItem
from tui.models import UNDATED
from tui.terminal.glyphs import current_glyphs
from tui.ui.messages import ScopeHighlighted
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.cursor_list import CursorList


class _Row(NamedTuple):
    """A line of the tree."""

    scope: Scope
    papers: int | None
    depth: int = 0
    has_children: bool = False


class DateSidebar(CursorList):
    """A tree of scopes; the list shows the scope under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.SIDEBAR)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"date-sidebar--count", "date-sidebar--new"}

    def __init__(self) -> None:
        super().__init__(id="sidebar")
        self._period_counts = PeriodCounts()
        self._items: Sequence[SidebarItem] = ()
        # A scope that is not part of the tree (an author's papers) and has its own row.
        self._temporary_scope: Scope | None = None
        self._expanded: set[str] = set()
        self._new_since: str | None = None
        self._rows: list[_Row] = []

    @property
    def line_count(self) -> int:
        """The number of rows of the tree as it is expanded now."""
        return len(self._rows)

    @property
    def scope(self) -> Scope:
        """The scope under the cursor."""
        return self._rows[self.cursor].scope if self._rows else ALL

    def show(
        self,
        period_counts: PeriodCounts,
        items: Iterable[SidebarItem],
        scope: Scope,
        *,
        new_since: str | None = None,
    ) -> None:
        """Show other scopes or counts.

        Args:
            period_counts: the periods and their counts.
            items: the items above the periods.
            scope: the scope to put the cursor on.
            new_since: days after this one are drawn as new, or None.
        """
        self._period_counts = period_counts
        self._items = tuple(items)
        if new_since != self._new_since:
            self._new_since = new_since
            self.refresh()
        self.select(scope)

    def update_items(self, items: Iterable[SidebarItem]) -> None:
        """Show other items above the periods; the cursor stays on its scope."""
        self._items = tuple(items)
        self.select(self.scope)

    def select(self, scope: Scope) -> None:
        """Put the cursor on a scope and expand its parents; no message is posted.

        A scope outside the tree gets its own row until another one is selected.
        """
        ancestor = self._scope_above(scope)
        while ancestor != ALL:
            self._expanded.add(ancestor.key)
            ancestor = self._scope_above(ancestor)
        self._temporary_scope = None
        if not scope.is_period and scope not in [row.scope for row in self._item_rows()]:
            self._temporary_scope = scope
        self._build(scope)

    def _scope_above(self, scope: Scope) -> Scope:
        """Return the scope of the row above that has this one as a child; else that of all days."""
        for item in self._items:
            if any(child.scope == scope for child in item.children):
                return item.scope
        return Scope(parent(scope.period))

    def cursor_moved(self) -> None:
        """Post the scope under the cursor."""
        self.post_message(ScopeHighlighted(self.scope))

    def action_set_expanded(self, expand: bool) -> None:  # noqa: FBT001
        """Expand or collapse the row of the cursor, or go to its first child or its parent."""
        row = self._rows[self.cursor]
        if row.has_children and (row.scope.key in self._expanded) != expand:
            self._toggle(row.scope)
        elif expand and row.has_children:
            self.cursor += 1
        elif not expand and row.depth:
            rows = enumerate(self._rows[: self.cursor])
            self.cursor = max(number for number, other in rows if other.depth < row.depth)

    def row_clicked(self, row: int, event: events.Click) -> None:
        """Go to the clicked scope; a click on its glyph expands or collapses it."""
        clicked = self._rows[row]
        if event.chain == 1 and clicked.has_children and event.x < 2 * clicked.depth + 2:
            self._toggle(clicked.scope)
        else:
            super().row_clicked(row, event)

    def _toggle(self, scope: Scope) -> None:
        self._expanded ^= {scope.key}
        before = self.scope
        self._build(before)
        if self.scope != before:
            self.cursor_moved()

    def _build(self, scope: Scope) -> None:
        """Make the rows, with the cursor on a scope or on its collapsed parent."""
        all_days = _Row(ALL, self._period_counts.counts.get("", 0))
        rows = [all_days, *self._item_rows(), *self._period_rows()]
        numbers = {row.scope: number for number, row in enumerate(rows)}
        while scope not in numbers:
            scope = self._scope_above(scope)
        if rows == self._rows:
            self.place_cursor(numbers[scope])
        else:
            # Rows that come or go above the cursor must not move what is in view.
            is_scrolled = self.window.top and self.scope == scope
            shift = numbers[scope] - self.cursor if is_scrolled else 0
            self._rows = rows
            self.window.set_top_silently(self.window.top + shift)
            self.clamp_cursor(numbers[scope])
            self.refresh()

    def _item_rows(self) -> Iterable[_Row]:
        for item in self._items:
            yield _Row(item.scope, item.paper_count, has_children=bool(item.children))
            if item.scope.key in self._expanded:
                yield from (_Row(child.scope, child.paper_count, 1) for child in item.children)
        if self._temporary_scope is not None:
            yield _Row(self._temporary_scope, None)

    def _period_rows(self) -> Iterable[_Row]:
        counts = self._period_counts.counts
        children: dict[str, list[str]] = {}
        for period in sorted(filter(None, counts), reverse=True):
            if is_undated(period):
                continue
            children.setdefault(parent(period), []).append(period)
        for year in children.get("", []):
            yield _Row(Scope(year), counts[year], has_children=True)
            for month in children.get(year, []) if year in self._expanded else []:
                yield _Row(Scope(month), counts[month], 1, has_children=True)
                if month in self._expanded:
                    days = children.get(month, [])
                    yield from (_Row(Scope(day), counts[day], 2) for day in days)
        if undated := counts.get(UNDATED):
            yield _Row(Scope(UNDATED), undated)

    def _is_new(self, row: _Row) -> bool:
        is_day = row.depth == 2
        return self._new_since is not None and is_day and row.scope.period > self._new_since

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a scope and its count."""
        line = self._rows[row]
        count = "" if line.papers is None else str(line.papers)
        glyph = "  " if line.depth else ""
        if line.has_children:
            is_expanded = line.scope.key in self._expanded
            glyph = f"{current_glyphs().expanded if is_expanded else current_glyphs().collapsed} "
        elif self._is_new(line):
            glyph = f"{current_glyphs().new} "
        name = f" {'  ' * line.depth}{glyph}{_name(line.scope)}"
        style, count_style = self.base_style, self.get_component_rich_style("date-sidebar--count")
        if row == self.cursor:
            style = count_style = self.cursor_style()
        elif self._is_new(line):
            style = count_style = self.get_component_rich_style("date-sidebar--new")
        room = max(width - len(count) - 2, 0)
        return [Segment(fit(name, room), style), Segment(f" {count} ", count_style)]


def _name(scope: Scope) -> str:
    """Return the name of a scope in the tree, without the names of its parents."""
    period = scope.period
    match 0 if is_undated(period) else len(period):
        case 7:
            return month_name(period)
        case 10:
            return f"{int(period[8:]):2} {weekday(period)}"
        case _:
            return scope.title
