"""The table of papers: votes, title, authors, date, id; sorted by a click on a heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui.messages import PaperHighlighted, SortAsked
from tui.model import Paper
from tui.query import Column, SortKey
from tui.typeset.cells import fit
from tui.widgets.columns import GAP, MARGIN, Placed, place
from tui.widgets.line_list import LineList

UNKNOWN = "-"


class PaperTable(LineList):
    """Papers, a line each.

    Args:
        columns: names of the columns to show, in order.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-table--heading",
        "paper-table--sorted",
        "paper-table--muted",
    }
    heading_lines: ClassVar[int] = 1

    def __init__(self, columns: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._columns = tuple(map(Column, columns))
        self._papers: Sequence[Paper] = ()
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
    def columns(self) -> Sequence[Column]:
        """The columns for which there is room, in order."""
        return [placed.column for placed in self._placed()]

    def show(
        self,
        papers: Sequence[Paper],
        *,
        sort: Sequence[SortKey],
        one_day: bool,
        cursor_on: str | None = None,
        at_top: bool = False,
        empty: Sequence[str] = (),
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
        before = self.paper
        self._papers = papers
        self._sort = tuple(sort)
        self._one_day = one_day
        self._empty = empty
        row = 0 if at_top else self.cursor
        if cursor_on is not None:
            ids = (paper.arxiv_id for paper in papers)
            row = next((at for at, each in enumerate(ids) if each == cursor_on), row)
        self.rows_changed(row)
        if self.paper != before:
            self.post_message(PaperHighlighted(self.paper))

    def cursor_moved(self) -> None:
        """Say which paper the cursor is on."""
        self.post_message(PaperHighlighted(self.paper))

    def heading_clicked(self, x: int) -> None:
        """Ask to sort by the column whose heading was clicked."""
        for placed in self._placed():
            if placed.x - GAP < x < placed.x + placed.width:
                self.post_message(SortAsked(placed.column))

    def _placed(self) -> list[Placed]:
        return place(self._columns, self.text_width, one_day=self._one_day)

    # Drawing

    def draw_heading(self, line: int, width: int) -> list[Segment]:  # noqa: ARG002
        """Draw the headings, with a sign at those that are sorted by."""
        style = self.tone("paper-table--heading")
        chosen = self.tone("paper-table--heading", "paper-table--sorted")
        signs = {key.column: "▾" if key.descending else "▴" for key in self._sort}
        segments: list[Segment] = []
        x = 0
        for placed in self._placed():
            sign = signs.get(placed.column, "")
            text = f"{placed.heading}{sign}" if sign else placed.heading
            # The sign stands in the gap, so that the heading keeps its place above the numbers.
            right = placed.column == Column.VOTES
            cell = fit(placed.heading, placed.width, right=True) + sign if right else text
            segments.append(Segment(" " * (placed.x - x), style))
            room = placed.width + (1 if right and sign else 0)
            segments.append(Segment(fit(cell, room), chosen if sign else style))
            x = placed.x + room
        segments.append(Segment(" " * max(width - x, 0), style))
        return segments

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a paper."""
        paper = self._papers[row]
        plain, muted = self._row_styles(row)
        segments: list[Segment] = []
        x = 0
        for placed in self._placed():
            is_votes = placed.column == Column.VOTES
            style = plain if placed.column == Column.TITLE or is_votes else muted
            if is_votes and paper.votes is None:
                style = muted
            segments.append(Segment(" " * (placed.x - x), plain))
            segments.append(
                Segment(fit(_cell(paper, placed.column), placed.width, right=is_votes), style)
            )
            x = placed.x + placed.width
        segments.append(Segment(" " * max(width - x, MARGIN), plain))
        return segments

    def draw_blank(self, line: int, width: int) -> list[Segment]:
        """Draw what is said where there are no papers."""
        at = line - 1
        if self._papers or not 0 <= at < len(self._empty):
            return []
        style = self.plain if at == 0 else self.tone("paper-table--muted")
        margin = " " * (GAP + MARGIN)
        return [Segment(fit(f"{margin}{self._empty[at]}", width), style)]

    def _row_styles(self, row: int) -> tuple[Style, Style]:
        if row == self.cursor:
            cursor = self.cursor_tone()
            return cursor, cursor
        return self.plain, self.tone("paper-table--muted")


def _cell(paper: Paper, column: Column) -> str:
    """Return what a cell shows; what it sorts by is another matter."""
    match column:
        case Column.VOTES:
            return UNKNOWN if paper.votes is None else str(paper.votes)
        case Column.TITLE:
            return paper.title
        case Column.AUTHORS:
            return paper.names.replace("\n", ", ")
        case Column.DATE:
            return paper.dates[-1]
        case Column.ID:
            return paper.arxiv_id
