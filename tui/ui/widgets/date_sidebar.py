"""The sidebar: new and marked papers, saved views, years, months and days, with their counts.

Papers without any day are last.
"""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType

from tui.config.keybindings import KeyContext
from tui.library.periods import parent
from tui.library.scope import ALL, Scope
from tui.terminal.glyphs import current_glyphs
from tui.ui.messages import ScopeHighlighted
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.sidebar_rows import (
    SidebarContent,
    SidebarRow,
    build_rows,
    count_texts,
    row_name,
)

MIN_HEIGHT_WITH_GAPS = 20
"""A lower sidebar has no empty rows between its sections."""


class DateSidebar(CursorList):
    """A tree of scopes; the list shows the scope under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.SIDEBAR)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"date-sidebar--count", "date-sidebar--new"}
    scroll_margin: ClassVar[int] = 3

    def __init__(self) -> None:
        super().__init__(id="sidebar")
        self._content = SidebarContent()
        # A scope that is not part of the tree (an author's papers) and has its own row.
        self._temporary_scope: Scope | None = None
        self._expanded: set[str] = set()
        # Those of them that were expanded only to show the selected scope.
        self._opened: set[str] = set()
        self._rows: list[SidebarRow] = []

    @property
    def line_count(self) -> int:
        """The number of rows of the tree as it is expanded now."""
        return len(self._rows)

    @property
    def scope(self) -> Scope:
        """The scope under the cursor."""
        return (self._rows[self.cursor].scope if self._rows else None) or ALL

    def show(self, content: SidebarContent, scope: Scope) -> None:
        """Show other scopes or counts, and put the cursor on a scope."""
        self._content = content
        self.select(scope)

    def update_content(self, content: SidebarContent) -> None:
        """Show other scopes or counts; the cursor stays on its scope, and nothing is folded."""
        if content != self._content:
            scope, temporary = self.scope, self._temporary_scope
            self._content = content
            # A view that was just saved has a row now; one that was deleted has none.
            self._temporary_scope = self._outside_tree(scope) or self._outside_tree(temporary)
            self._build(scope)

    def select(self, scope: Scope) -> None:
        """Put the cursor on a scope and expand its parents; no message is posted.

        Parents that were expanded only for another date are collapsed. A scope outside the tree
        gets its own row until another one is selected.
        """
        parents = set()
        ancestor = self._scope_above(scope)
        while ancestor != ALL:
            parents.add(ancestor.key)
            ancestor = self._scope_above(ancestor)
        if scope.period:
            self._expanded -= self._opened - parents - {scope.key}
        self._opened = (self._opened & self._expanded) | (parents - self._expanded)
        self._expanded |= parents
        self._temporary_scope = self._outside_tree(scope)
        self._build(scope)

    def _outside_tree(self, scope: Scope | None) -> Scope | None:
        """Return a scope if the tree has no row for it, else None."""
        if scope is None or scope.is_period:
            return None
        items = self._content.items
        listed = any(
            scope in {item.scope, *(child.scope for child in item.children)} for item in items
        )
        return None if listed else scope

    def _scope_above(self, scope: Scope) -> Scope:
        """Return the scope of the row above that has this one as a child; else that of all days."""
        if not scope.is_period:
            for item in self._content.items:
                if any(child.scope == scope for child in item.children):
                    return item.scope
        return Scope(parent(scope.period))

    def validate_cursor(self, cursor: int) -> int:
        """Clamp the cursor to the rows, and skip gaps."""
        cursor = super().validate_cursor(cursor)
        if self._rows and self._rows[cursor].scope is None:
            # Neither the first nor the last row is a gap.
            return cursor + (1 if cursor >= self.cursor else -1)
        return cursor

    def cursor_moved(self) -> None:
        """Post the scope under the cursor."""
        self.post_message(ScopeHighlighted(self.scope))

    def action_set_expanded(self, expand: bool) -> None:  # noqa: FBT001
        """Expand or collapse the row of the cursor, or go to its first child or its parent.

        Raises:
            SkipAction: it is a leaf or a year, so that the key may lead to another pane.
        """
        row = self._rows[self.cursor]
        if row.has_children and (self.scope.key in self._expanded) != expand:
            self._toggle(self.scope)
        elif expand and row.has_children:
            self.cursor += 1
        elif not expand and row.depth:
            rows = enumerate(self._rows[: self.cursor])
            self.cursor = max(number for number, other in rows if other.depth < row.depth)
        else:
            raise SkipAction

    def row_clicked(self, row: int, event: events.Click) -> None:
        """Go to the clicked scope; a click on its glyph expands or collapses it."""
        clicked = self._rows[row]
        if clicked.scope is None:
            return
        if event.chain == 1 and clicked.has_children and event.x < clicked.depth + 2:
            self._toggle(clicked.scope)
        else:
            super().row_clicked(row, event)

    def on_resize(self) -> None:
        """Leave out the gaps where space is short."""
        if self._rows:
            self._build(self.scope)
        super().on_resize()

    def _toggle(self, scope: Scope) -> None:
        self._expanded ^= {scope.key}
        # The reader's own choice lasts.
        self._opened.discard(scope.key)
        before = self.scope
        self._build(before)
        if self.scope != before:
            self.cursor_moved()

    def _build(self, scope: Scope) -> None:
        """Make the rows, with the cursor on a scope or on its collapsed parent."""
        # Before the first layout, so that the rows are not made and drawn twice.
        height = self.size.height or self.app.size.height
        rows = build_rows(
            self._content,
            self._expanded,
            self._temporary_scope,
            with_gaps=height >= MIN_HEIGHT_WITH_GAPS,
        )
        numbers = {row.scope: number for number, row in enumerate(rows) if row.scope is not None}
        while scope not in numbers:
            scope = self._scope_above(scope)
        if rows == self._rows:
            if numbers[scope] != self.cursor:
                self.place_cursor(numbers[scope])
        else:
            # Rows that come or go above the cursor must not move what is in view.
            is_scrolled = self.window.top and self.scope == scope
            shift = numbers[scope] - self.cursor if is_scrolled else 0
            self._rows = rows
            self.window.set_top_silently(self.window.top + shift)
            self.clamp_cursor(numbers[scope])
            self.refresh()

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a scope and its counts."""
        line = self._rows[row]
        if line.scope is None:
            return []
        name, count = _label(line, self._glyph(line), width)
        muted = self.get_component_rich_style("date-sidebar--count")
        style, count_style = muted if line.is_read else self.window.base_style, muted
        if row == self.cursor:
            style = count_style = self.cursor_style()
        elif line.is_new and not self._shows_days(line):
            style = count_style = self.get_component_rich_style("date-sidebar--new")
        room = max(width - cell_len(count) - 2, 0)
        return [Segment(fit(name, room), style), Segment(f" {count} ", count_style)]

    def _glyph(self, row: SidebarRow) -> str:
        glyphs = current_glyphs()
        if row.has_children:
            return f"{glyphs.expanded if self._is_expanded(row) else glyphs.collapsed} "
        if row.is_new:
            return f"{glyphs.new} "
        return "  " if row.depth else ""

    def _is_expanded(self, row: SidebarRow) -> bool:
        return row.scope is not None and row.scope.key in self._expanded

    def _shows_days(self, row: SidebarRow) -> bool:
        """Return whether the rows below show what is new in a year or month."""
        return row.has_children and self._is_expanded(row)


def _label(row: SidebarRow, glyph: str, width: int) -> tuple[str, str]:
    """Return the name and the counts of a row, as long as they fit."""
    start = f" {' ' * row.depth}{glyph}{row_name(row.scope or ALL)}"
    labels = [(start, count) for count in count_texts(row)]
    return next((each for each in labels if cell_len("".join(each)) + 2 <= width), labels[-1])
