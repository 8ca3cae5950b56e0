"""The table of papers."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence, Set
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from tui.i18n import _
from tui.library.omissions import seen_before
from tui.library.papers_on_demand import row_of
from tui.models import Marks, Paper
from tui.query.columns import AUTHORS, CATEGORIES, COLUMNS_BY_NAME, ID, TITLE, Column
from tui.query.sorting import SortKey
from tui.terminal.glyphs import current_glyphs
from tui.ui.messages import PaperHighlighted, SortRequested
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.paper_row import PaperRow, RowStyles
from tui.ui.widgets.table_columns import (
    GAP,
    MARGIN,
    ListContent,
    RowLayout,
    layout_rows,
    measure_content,
)

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter
    from tui.query.interests import InterestHighlighter


class PaperTable(CursorList):
    """Papers, one per row.

    A row has two lines if the table is beside the summary and too narrow for most titles.

    Args:
        columns: names of the columns, in order.
        marks_of: returns the marks of a paper by its id; called for each row that is drawn.

    Attributes:
        papers: the papers in the order of the rows.
        selected_ids: returns the ids of the selected papers.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-table--heading",
        "paper-table--sorted",
        "paper-table--muted",
        "paper-table--unread",
        "paper-table--glyphs",
        "paper-table--match",
    }
    heading_lines: ClassVar[int] = 1

    def __init__(self, columns: Sequence[str], marks_of: Callable[[str], Marks]) -> None:
        super().__init__(id="table")
        self._columns = tuple(map(COLUMNS_BY_NAME.__getitem__, columns))
        self._marks_of = marks_of
        self.papers: Sequence[Paper] = ()
        self.selected_ids: Callable[[], Set[str]] = frozenset
        self._highlighters: dict[Column, Highlighter] = {}
        self.interests: Mapping[Column, InterestHighlighter] = {}
        """The reader's interests, by column; set before the first paint."""
        self._has_tags = False
        self._sort: tuple[SortKey, ...] = ()
        self._day = ""
        self._placeholder: Sequence[str] = ()
        self._content = ListContent()
        self._is_beside = False
        self._cached_layout: tuple[object, RowLayout] | None = None

    @property
    def line_count(self) -> int:
        """The number of papers."""
        return len(self.papers)

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor; None if there are no papers."""
        return self.papers[self.cursor] if self.papers else None

    @property
    def sort_columns(self) -> Sequence[Column]:
        """The visible columns that can be sorted by, in order."""
        columns = [column for column, _x, _width in self._layout.columns]
        if self._layout.has_two_lines:
            columns = [each for each in self._columns if each.name not in self._content.without]
        return [column for column in columns if column.sort_value]

    @property
    def effective_sort(self) -> Sequence[SortKey]:
        """The sort order without columns in which the papers do not differ."""
        without = self._content.without - {CATEGORIES.name} if self.papers else frozenset()
        return [key for key in self._sort if key.column.name not in without]

    def show(
        self,
        papers: Sequence[Paper],
        *,
        sort: Sequence[SortKey],
        day: str = "",
        cursor_on: str | None = None,
        scroll_to_top: bool = False,
        placeholder: Sequence[str] = (),
    ) -> None:
        """Show other papers.

        Args:
            papers: in the order of the rows.
            sort: the sort order, for the headings.
            day: the day of all papers; empty for several days.
            cursor_on: id of the paper to put the cursor on; without it, the cursor stays in its
                row, unless ``scroll_to_top``.
            scroll_to_top: whether to put the cursor on the first row instead.
            placeholder: lines to show if there are no papers.
        """
        before, drawn_before = self.paper, self._drawn_state()
        self.papers = papers
        self._sort = tuple(sort)
        self._day = day
        self._placeholder = placeholder
        self._measure()
        row = 0 if scroll_to_top else self.cursor
        if cursor_on is not None:
            found = row_of(papers, cursor_on)
            row = row if found is None else found
        self.set_class(not papers, "-empty")
        self.clamp_cursor(row)
        if self._drawn_state() != drawn_before:
            self.refresh()
        if self.paper != before:
            self.post_message(PaperHighlighted(self.paper))

    def _drawn_state(self) -> tuple[object, ...]:
        """Return what the drawing depends on, apart from marks, matches and size."""
        top, thumb = self.window.top, self.window.thumb
        rows = self.papers[top : top + self.window.page]
        return rows, thumb, self.cursor, top, self._sort, self._layout, self._placeholder

    def highlight(self, title: Highlighter | None, authors: Highlighter | None) -> None:
        """Highlight matches in two columns; None highlights nothing."""
        wanted = {TITLE: title, AUTHORS: authors}
        highlighters = {column: each for column, each in wanted.items() if each}
        if highlighters or self._highlighters:
            self._highlighters = highlighters
            self.refresh()

    def set_has_tags(self, has_tags: bool) -> None:  # noqa: FBT001
        """Show the column of tags only if there are any."""
        if has_tags != self._has_tags:
            self._has_tags = has_tags
            self._measure()
            self.refresh()

    def show_matches(self) -> None:
        """Show matches that were not known when the papers were shown."""
        self._measure()
        self.refresh()

    def set_beside(self, is_beside: bool) -> None:  # noqa: FBT001
        """Note whether the summary is beside the table, so that a row may have two lines."""
        self._is_beside = is_beside

    def refresh_marks(self, paper_ids: Container[str]) -> None:
        """Redraw these papers with their current marks."""
        for row in range(self.window.top, min(self.window.top + self.window.page, self.line_count)):
            if self.papers[row].paper_id in paper_ids:
                self.window.refresh_line(row)

    def cursor_moved(self) -> None:
        """Post the paper under the cursor."""
        self.post_message(PaperHighlighted(self.paper, by_reader=True))

    def heading_clicked(self, event: events.Click) -> None:
        """Request sorting by the clicked column; with Shift, as a further sort column."""
        cells = {column: (x, x + width) for column, x, width in self._layout.columns}
        for column, x, text in self._headings():
            start, end = cells[column]
            if column.sort_value and min(start, x) <= event.x < max(end, x + cell_len(text)):
                self.post_message(SortRequested(column, further=event.shift))

    # Columns

    def _measure(self) -> None:
        """Note what the papers need; an empty list keeps the columns of the list before."""
        if self.papers:
            self._content = measure_content(
                self.papers, one_day=bool(self._day), has_tags=self._has_tags
            )

    @property
    def _layout(self) -> RowLayout:
        """How the width is divided now."""
        by_authors = bool(self._sort) and self._sort[0].column is AUTHORS
        key = self.window.width, self._content, self._is_beside, by_authors
        if self._cached_layout is None or self._cached_layout[0] != key:
            layout = layout_rows(
                self._columns,
                self.window.width,
                self._content,
                is_beside=self._is_beside,
                by_authors=by_authors,
            )
            self._cached_layout = key, layout
        return self._cached_layout[1]

    @property
    def row_height(self) -> int:
        """The number of lines of each row."""
        return 2 if self._layout.has_two_lines else 1

    # Drawing

    def _headings(self) -> list[tuple[Column, int, str]]:
        """Return the heading of each column with its first cell and its sort arrow."""
        arrows = _sort_arrows(self.effective_sort)
        headings = []
        end = 0
        for column, x, cells in self._layout.columns:
            heading = self._heading_of(column)
            arrow = arrows.get(column, "")
            if column.is_right_aligned:
                # The arrow is in the gap, so that the heading stays above the numbers. The heading
                # may be wider than the numbers: there is room above the marks.
                last = x + cells + (GAP - 1 if arrow else 0)
                text = truncate(heading + arrow, last - end)
                start = last - cell_len(text)
            else:
                text, start = fit(heading + arrow, cells), x
            headings.append((column, start, text))
            end = start + cell_len(text.rstrip()) + 1 if text.strip() else end
        return headings

    def _heading_of(self, column: Column) -> str:
        if column is ID and not self._content.are_on_arxiv:
            return _("Id")
        return _(column.heading) if column.heading else ""

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw the headings, with arrows at the sort columns."""
        style = self.get_component_rich_style("paper-table--heading")
        sorted_style = self.get_component_rich_style("paper-table--heading", "paper-table--sorted")
        sort_columns = {key.column for key in self._sort}
        segments: list[Segment] = []
        end = 0
        for column, x, text in self._headings():
            if not text.strip():
                continue
            segments.append(Segment(" " * (x - end), style))
            segments.append(Segment(text, sorted_style if column in sort_columns else style))
            end = x + cell_len(text)
        segments.append(Segment(" " * max(width - end, 0), style))
        return segments

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a paper, or the first of its two lines."""
        return self._draw_line(row, 0, width)

    def draw_second_line(self, row: int, width: int) -> list[Segment]:
        """Draw the second line of a paper."""
        return self._draw_line(row, 1, width)

    def _draw_line(self, row: int, line: int, width: int) -> list[Segment]:
        paper = self.papers[row]
        marks, styles = self._marks_of(paper.paper_id), self._row_styles(row)
        if not marks.read:
            unread = self.get_component_rich_style("paper-table--unread", partial=True)
            styles = styles._replace(text=styles.plain + unread)
        seen = seen_before(paper, self._day) if self._day else ""
        is_selected = paper.paper_id in self.selected_ids()
        paper_row = PaperRow(
            self._layout,
            paper,
            marks,
            styles,
            self._highlighters,
            interests=self.interests,
            seen=seen,
            selected=is_selected,
        )
        return paper_row.draw(line, width)

    def draw_blank(self, line: int, width: int) -> list[Segment]:
        """Draw the placeholder if there are no papers."""
        if self.papers:
            return []
        from tui.ui.typeset.wrap import break_lines

        margin, muted = GAP + MARGIN, self.get_component_rich_style("paper-table--muted")
        room = max(width - margin, 2)
        lines = [
            (text[start:end], muted if number else self.window.base_style)
            for number, text in enumerate(self._placeholder)
            for start, end in break_lines(text, room, room)
        ]
        # With an empty line above if there is room.
        number = line - (self.window.page > len(lines))
        if not 0 <= number < len(lines):
            return []
        text, style = lines[number]
        return [Segment(fit(f"{' ' * margin}{text}", width), style)]

    def _row_styles(self, row: int) -> RowStyles:
        if row == self.cursor:
            cursor = self.cursor_style()
            # Other colors might not be visible on the cursor's.
            match = Style(underline=True, bold=True)
            return RowStyles(cursor, cursor, cursor, cursor, match, has_colors=False)
        names = ("paper-table--muted", "paper-table--glyphs", "paper-table--match")
        muted, glyphs, match = map(self.get_component_rich_style, names)
        return RowStyles(self.window.base_style, muted, muted, glyphs, match)


def _sort_arrows(sort: Sequence[SortKey]) -> dict[Column, str]:
    """Return the arrow beside each heading, followed by its rank from the second column on."""
    arrows: dict[Column, str] = {}
    for rank, key in enumerate(sort, start=1):
        arrow = current_glyphs().descending if key.descending else current_glyphs().ascending
        arrows[key.column] = arrow if rank == 1 else f"{arrow}{rank}"
    return arrows
