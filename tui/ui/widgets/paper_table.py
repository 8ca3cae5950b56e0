"""The table of papers: marks, votes, title and more; sorted by a click on a heading."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from tui.i18n import _
from tui.models import Marks, Paper
from tui.query import SortKey
from tui.query.columns import AUTHORS, COLUMNS_BY_NAME, TITLE, UNKNOWN, Column
from tui.terminal.glyphs import drawn
from tui.ui.messages import PaperHighlighted, SortRequested
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.table_columns import GAP, MARGIN, ColumnLayout, layout_columns

if TYPE_CHECKING:
    from tui.query import Highlighter


class PaperTable(CursorList):
    """Papers, a line each.

    Args:
        columns: names of the columns to show, in order.
        marks_of: returns the marks of a paper, by its id; asked for each row that is drawn.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-table--heading",
        "paper-table--sorted",
        "paper-table--muted",
        "paper-table--unread",
        "paper-table--sign",
        "paper-table--match",
    }
    heading_lines: ClassVar[int] = 1

    def __init__(
        self,
        columns: Sequence[str],
        marks_of: Callable[[str], Marks],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(map(COLUMNS_BY_NAME.__getitem__, columns))
        self._marks_of = marks_of
        self._papers: Sequence[Paper] = ()
        self._finders: dict[Column, Highlighter] = {}
        self._any_tags = False
        self._sort: tuple[SortKey, ...] = ()
        self._one_day = False
        self._empty: Sequence[str] = ()

    @property
    def line_count(self) -> int:
        """How many papers are shown."""
        return len(self._papers)

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor."""
        return self._papers[self.cursor] if self._papers else None

    @property
    def sort_columns(self) -> Sequence[Column]:
        """What can be sorted by of the columns for which there is room, in order."""
        columns = (placed.column for placed in self._placed())
        return [column for column in columns if column.sort_value]

    @property
    def papers(self) -> Sequence[Paper]:
        """The papers that are shown, in their order."""
        return self._papers

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
            papers: in the order to show them.
            sort: what they are ordered by, for the headings.
            one_day: whether they are of one day.
            cursor_on: id of the paper to put the cursor on; else, or if it is not among them, the
                cursor stays in its row,
            at_top: or goes to the first.
            empty: lines to show where there are no papers.
        """
        before, seen = self.paper, self._seen()
        self._papers = papers
        self._sort = tuple(sort)
        self._one_day = one_day
        self._empty = placeholder
        row = 0 if scroll_to_top else self.cursor
        if cursor_on is not None:
            ids = (paper.arxiv_id for paper in papers)
            row = next((at for at, each in enumerate(ids) if each == cursor_on), row)
        self.set_class(not papers, "-empty")
        self.keep_within(row)
        if self._seen() != seen:
            self.refresh()
        if self.paper != before:
            self.post_message(PaperHighlighted(self.paper))

    def _seen(self) -> tuple[object, ...]:
        """Return what makes the table look as it does, but for marks, matches and its size."""
        rows = self._papers[self.top : self.top + self.page]
        bar = self._thumb()
        return rows, bar, self.cursor, self.top, self._sort, self._one_day, self._empty

    def highlight(self, in_title: Highlighter | None, in_authors: Highlighter | None) -> None:
        """Highlight what is searched for; None highlights nothing."""
        asked = {TITLE: in_title, AUTHORS: in_authors}
        finders = {shown: finder for shown, finder in asked.items() if finder}
        if finders or self._finders:
            self._finders = finders
            self.refresh()

    def set_has_tags(self, any_tags: bool) -> None:  # noqa: FBT001
        """Draw a column for tags if there are tags at all."""
        if any_tags != self._any_tags:
            self._any_tags = any_tags
            self.refresh()

    def refresh_marks(self, arxiv_ids: Container[str]) -> None:
        """Draw these papers with their marks as they are now."""
        for row in range(self.top, min(self.top + self.page, len(self._papers))):
            if self._papers[row].arxiv_id in arxiv_ids:
                self.refresh_row(row)

    def cursor_moved(self) -> None:
        """Say which paper the cursor is on."""
        self.post_message(PaperHighlighted(self.paper))

    def heading_clicked(self, event: events.Click) -> None:
        """Ask to sort by the column whose heading was clicked; with Shift, to sort further."""
        for placed in self._placed():
            column = placed.column
            if column.sort_value and placed.x - GAP < event.x < placed.x + placed.width:
                self.post_message(SortRequested(column, further=event.shift))

    def _placed(self) -> list[ColumnLayout]:
        return layout_columns(
            self._columns, self.text_width, one_day=self._one_day, tags=self._any_tags
        )

    # Drawing

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw the headings, with a sign at those that are sorted by."""
        style = self.tone("paper-table--heading")
        chosen = self.tone("paper-table--heading", "paper-table--sorted")
        signs = _sort_signs(self._sort)
        segments: list[Segment] = []
        x = 0
        for placed in self._placed():
            column = placed.column
            sign = signs.get(column, "")
            heading = _(column.heading) if column.heading else ""
            text = f"{heading}{sign}"
            # The sign stands in the gap, so that the heading keeps its place above the numbers.
            right = column.is_right_aligned
            cell = fit(heading, placed.width, right=True) + sign if right else text
            segments.append(Segment(" " * (placed.x - x), style))
            room = placed.width + (len(sign) if right else 0)
            segments.append(Segment(fit(cell, room), chosen if sign else style))
            x = placed.x + room
        segments.append(Segment(" " * max(width - x, 0), style))
        return segments

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a paper."""
        paper = self._papers[row]
        marks, glyphs = self._marks_of(paper.arxiv_id), drawn()
        plain, muted, sign, match = self._row_styles(row)
        unread = plain + self.get_component_rich_style("paper-table--unread", partial=True)
        segments: list[Segment] = []
        x = 0
        for placed in self._placed():
            column = placed.column
            cell = column.text(paper, marks, glyphs)
            style = sign if column.style == "sign" else muted
            if column.style == "text" and cell != UNKNOWN and not marks.read:
                style = unread
            segments.append(Segment(" " * (placed.x - x), plain))
            text = fit(cell, placed.width, right=column.is_right_aligned)
            finder = self._finders.get(column)
            if finder is None:
                segments.append(Segment(text, style))
            else:
                found = _within(finder.spans(cell), cell, text)
                segments += _highlighted(text, found, style, style + match)
            x = placed.x + placed.width
        segments.append(Segment(" " * max(width - x, MARGIN), plain))
        return segments

    def draw_blank(self, line: int, width: int) -> list[Segment]:
        """Draw what is said where there are no papers."""
        if self._papers:
            return []
        # Wanted only where there is nothing else to show.
        from tui.ui.typeset.line_breaking import split_lines

        margin, muted = GAP + MARGIN, self.tone("paper-table--muted")
        room = max(width - margin, 2)
        said = [
            (text[start:end], muted if number else self.plain)
            for number, text in enumerate(self._empty)
            for start, end in split_lines(text, room, room)
        ]
        # An empty line above, where there is room.
        at = line - (self.page > len(said))
        if not 0 <= at < len(said):
            return []
        words, style = said[at]
        return [Segment(fit(f"{' ' * margin}{words}", width), style)]

    def _row_styles(self, row: int) -> tuple[Style, Style, Style, Style]:
        """Return the styles of what is read, of what is glanced at, of signs and of matches."""
        match = self.tone("paper-table--match")
        if row == self.cursor:
            cursor = self.cursor_tone()
            # Another colour might not be seen on the cursor's.
            return cursor, cursor, cursor, Style(underline=True, bold=True)
        return self.plain, self.tone("paper-table--muted"), self.tone("paper-table--sign"), match


def _within(spans: Iterable[tuple[int, int]], cell: str, shown: str) -> Iterator[tuple[int, int]]:
    """Yield what is to be seen of places in a cell's text, the end of which may be cut off."""
    same = (at for at, (one, other) in enumerate(zip(cell, shown, strict=False)) if one != other)
    end = next(same, min(len(cell), len(shown)))
    yield from ((start, min(stop, end)) for start, stop in spans if start < end)


def _highlighted(
    text: str, spans: Iterable[tuple[int, int]], style: Style, match: Style
) -> list[Segment]:
    """Return a cell's text with what is searched for in a style of its own."""
    segments = []
    end = 0
    for start, stop in spans:
        segments += [Segment(text[end:start], style), Segment(text[start:stop], match)]
        end = stop
    return [*segments, Segment(text[end:], style)]


def _sort_signs(sort: Sequence[SortKey]) -> dict[Column, str]:
    """Return what stands beside the headings: a direction, with its rank where there are more."""
    signs: dict[Column, str] = {}
    for rank, key in enumerate(sort, start=1):
        direction = drawn().down if key.descending else drawn().up
        signs[key.column] = direction if rank == 1 else f"{direction}{rank}"
    return signs
