"""The table of papers, and how it divides its width among columns."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from tui.i18n import _
from tui.models import Marks, Paper
from tui.query.columns import AUTHORS, COLUMNS_BY_NAME, DATE, TAGS, TITLE, UNKNOWN, Column
from tui.query.sorting import SortKey
from tui.terminal.glyphs import current_glyphs
from tui.ui.messages import PaperHighlighted, SortRequested
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.cursor_list import CursorList

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter

GAP = 2
"""Empty cells between two columns."""

MARGIN = 1
"""Empty cells before the first column and after the last."""


class PaperTable(CursorList):
    """Papers, one per row.

    Args:
        columns: names of the columns, in order.
        marks_of: returns the marks of a paper by its id; called for each row that is drawn.

    Attributes:
        papers: the papers in the order of the rows.
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
        self._highlighters: dict[Column, Highlighter] = {}
        self._has_tags = False
        self._sort: tuple[SortKey, ...] = ()
        self._is_one_day = False
        self._placeholder: Sequence[str] = ()

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
        return [column for column, _x, _width in self._layout() if column.sort_value]

    def show(
        self,
        papers: Sequence[Paper],
        *,
        sort: Sequence[SortKey],
        one_day: bool,
        cursor_on: str | None = None,
        scroll_to_top: bool = False,
        placeholder: Sequence[str] = (),
    ) -> None:
        """Show other papers.

        Args:
            papers: in the order of the rows.
            sort: the sort order, for the headings.
            one_day: whether all papers are of one day.
            cursor_on: id of the paper to put the cursor on; without it, the cursor stays in its
                row, unless ``scroll_to_top``.
            scroll_to_top: whether to put the cursor on the first row instead.
            placeholder: lines to show if there are no papers.
        """
        before, drawn_before = self.paper, self._drawn_state()
        self.papers = papers
        self._sort = tuple(sort)
        self._is_one_day = one_day
        self._placeholder = placeholder
        row = 0 if scroll_to_top else self.cursor
        if cursor_on is not None:
            ids = (paper.paper_id for paper in papers)
            row = next((number for number, id_ in enumerate(ids) if id_ == cursor_on), row)
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
        return rows, thumb, self.cursor, top, self._sort, self._is_one_day, self._placeholder

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
            self.refresh()

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
        for column, x, width in self._layout():
            if column.sort_value and x - GAP < event.x < x + width:
                self.post_message(SortRequested(column, further=event.shift))

    def _layout(self) -> list[tuple[Column, int, int]]:
        return layout_columns(
            self._columns, self.window.width, one_day=self._is_one_day, tags=self._has_tags
        )

    # Drawing

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw the headings, with arrows at the sort columns."""
        style = self.get_component_rich_style("paper-table--heading")
        sorted_style = self.get_component_rich_style("paper-table--heading", "paper-table--sorted")
        arrows = _sort_arrows(self._sort)
        segments: list[Segment] = []
        end = 0
        for column, x, cells in self._layout():
            arrow = arrows.get(column, "")
            heading = _(column.heading) if column.heading else ""
            segments.append(Segment(" " * (x - end), style))
            if column.is_right_aligned:
                # The arrow is in the gap, so that the heading stays above the numbers.
                text = fit(heading, cells, right=True) + arrow
                end = x + cells + len(arrow)
            else:
                text = fit(heading + arrow, cells)
                end = x + cells
            segments.append(Segment(text, sorted_style if arrow else style))
        segments.append(Segment(" " * max(width - end, 0), style))
        return segments

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a paper."""
        paper = self.papers[row]
        marks, glyphs = self._marks_of(paper.paper_id), current_glyphs()
        plain, muted, glyph_style, match = self._row_styles(row)
        unread = plain + self.get_component_rich_style("paper-table--unread", partial=True)
        segments: list[Segment] = []
        end = 0
        for column, x, cells in self._layout():
            full_text = column.text(paper, marks, glyphs)
            text = fit(full_text, cells, right=column.is_right_aligned)
            style = glyph_style if column.style == "glyphs" else muted
            if column.style == "text" and full_text != UNKNOWN and not marks.read:
                style = unread
            segments.append(Segment(" " * (x - end), plain))
            highlighter = self._highlighters.get(column)
            if highlighter is None:
                segments.append(Segment(text, style))
            else:
                spans = _visible_spans(highlighter.spans(full_text), full_text, text)
                segments += _highlighted(text, spans, style, style + match)
            end = x + cells
        segments.append(Segment(" " * max(width - end, MARGIN), plain))
        return segments

    def draw_blank(self, line: int, width: int) -> list[Segment]:
        """Draw the placeholder if there are no papers."""
        if self.papers:
            return []
        from tui.ui.typeset.wrap import break_lines

        margin, muted = GAP + MARGIN, self.get_component_rich_style("paper-table--muted")
        room = max(width - margin, 2)
        lines = [
            (text[start:end], muted if number else self.base_style)
            for number, text in enumerate(self._placeholder)
            for start, end in break_lines(text, room, room)
        ]
        # With an empty line above if there is room.
        number = line - (self.window.page > len(lines))
        if not 0 <= number < len(lines):
            return []
        text, style = lines[number]
        return [Segment(fit(f"{' ' * margin}{text}", width), style)]

    def _row_styles(self, row: int) -> tuple[Style, Style, Style, Style]:
        """Return the styles of text, of muted text, of glyphs and of matches."""
        if row == self.cursor:
            cursor = self.cursor_style()
            # Other colors might not be visible on the cursor's.
            return cursor, cursor, cursor, Style(underline=True, bold=True)
        names = ("paper-table--muted", "paper-table--glyphs", "paper-table--match")
        muted, glyphs, match = map(self.get_component_rich_style, names)
        return self.base_style, muted, glyphs, match


def _visible_spans(
    spans: Iterable[tuple[int, int]], full_text: str, text: str
) -> Iterator[tuple[int, int]]:
    """Yield the visible parts of spans in a text whose end may be cut off."""
    pairs = enumerate(zip(full_text, text, strict=False))
    differing = (number for number, (one, other) in pairs if one != other)
    end = next(differing, min(len(full_text), len(text)))
    yield from ((start, min(stop, end)) for start, stop in spans if start < end)


def _highlighted(
    text: str, spans: Iterable[tuple[int, int]], style: Style, match: Style
) -> list[Segment]:
    """Return a text as segments, with spans in the style of matches."""
    segments = []
    end = 0
    for start, stop in spans:
        segments += [Segment(text[end:start], style), Segment(text[start:stop], match)]
        end = stop
    return [*segments, Segment(text[end:], style)]


def _sort_arrows(sort: Sequence[SortKey]) -> dict[Column, str]:
    """Return the arrow beside each heading, followed by its rank from the second column on."""
    arrows: dict[Column, str] = {}
    for rank, key in enumerate(sort, start=1):
        arrow = current_glyphs().descending if key.descending else current_glyphs().ascending
        arrows[key.column] = arrow if rank == 1 else f"{arrow}{rank}"
    return arrows


# Columns


def layout_columns(
    columns: Sequence[Column], width: int, *, one_day: bool, tags: bool = True
) -> list[tuple[Column, int, int]]:
    """Divide a width among columns.

    Args:
        columns: the columns in their order, the title among them.
        width: in cells.
        one_day: whether all rows are of one day, so that the date is left out first.
        tags: whether any paper has tags; otherwise their column is left out.

    Returns:
        The columns that fit, always the title, each with its first cell and its width in cells.
    """
    shown = [column for column in columns if tags or column is not TAGS]
    optional = [column for column in shown if column is not TITLE]
    optional.sort(key=lambda column: 0 if one_day and column is DATE else column.priority)
    for column in optional:
        if _title_width(shown, width) < column.min_title_width:
            shown.remove(column)
    layout = []
    x = MARGIN
    for column in shown:
        cells = max(_title_width(shown, width), 1) if column is TITLE else _width(column, width)
        layout.append((column, x, cells))
        x += cells + GAP
    return layout


def _width(column: Column, width: int) -> int:
    """Return the cells of a column other than the title in a table of this width."""
    return max(column.width, min(column.max_width, width // 4))


def _title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the other columns leave for the title."""
    others = [_width(column, width) + GAP for column in columns if column is not TITLE]
    return width - 2 * MARGIN - sum(others)
