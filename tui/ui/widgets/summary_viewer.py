"""The viewer: a paper's facts, what the reader added, and its summaries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive

from tui.models import Marks, Paper, Summary
from tui.ui.typeset.spans import Line, Range
from tui.ui.widgets.match_index import MatchIndex
from tui.ui.widgets.outline import Outline
from tui.ui.widgets.text_view import MARGIN, MEASURE, TextView

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter

AROUND = 2
"""Lines that are seen above and below a match."""

_NO_MARKS = Marks()


class SummaryViewer(TextView):
    """A paper to read."""

    is_centered: reactive[bool] = reactive(False)
    """Whether the text stands in the middle of a wide screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paper: Paper | None = None
        self._summaries: Sequence[Summary] = ()
        self._marks = _NO_MARKS
        self._places: dict[str, int] = {}
        self._sections: list[tuple[str, int]] = []
        self._outline = Outline(())
        self._summary_lines: list[int] = []
        self._aim: tuple[int, int] | None = None
        self._finder: Highlighter | None = None
        self._matches: MatchIndex | None = None
        self._match: int | None = None

    @property
    def paper(self) -> Paper | None:
        """The paper that is shown."""
        return self._paper

    def show(
        self,
        paper: Paper | None,
        summaries: Sequence[Summary],
        marks: Marks = _NO_MARKS,
        highlighter: Highlighter | None = None,
    ) -> None:
        """Show a paper where the reader left it, or from its beginning.

        Args:
            paper: None for none.
            summaries: the paper's, newest first.
            marks: what the reader added to it.
            finder: finds the words to show stronger.
        """
        before = self._paper
        is_other = before is None or paper is None or before.arxiv_id != paper.arxiv_id
        if is_other:
            self._leave(before)
        if highlighter != self._finder:
            self._match = None
        self._paper, self._summaries, self._marks, self._finder = (
            paper,
            summaries,
            marks,
            highlighter,
        )
        self.text_changed()
        if is_other and paper is not None and (place := self._places.get(paper.arxiv_id)):
            self.top = self.text_offsets.line_at(place)

    def _leave(self, paper: Paper | None) -> None:
        """Remember where the reader is in a paper, and begin at the top of another."""
        if paper is not None and self.top:
            self._places[paper.arxiv_id] = self.text_offsets.place_of(self.top)
        elif paper is not None:
            self._places.pop(paper.arxiv_id, None)
        self.top = 0
        self._match = self._aim = None
        if self.text_selection is not None:
            self.screen.clear_selection()

    def lay_out(self, width: int) -> list[Line]:
        """Return the paper's facts, the reader's note and the summaries."""
        if self._paper is None:
            return []
        # The typesetter brings markdown-it along: the first screen does not wait for it.
        from tui.ui.typeset.page import typeset_page

        return typeset_page(self._paper, self._summaries, width, self._marks)

    def text_changed(self) -> None:
        """Lay the text out anew, and see what is where in it."""
        super().relayout()
        lines = self._lines
        self._sections = [
            (line.section, at) for at, line in enumerate(lines) if line.section is not None
        ]
        self._outline = Outline([label for label, _ in self._sections])
        self._summary_lines = [at for at, line in enumerate(lines) if line.opens]
        self._matches = self._aim = None

    # Places in the text

    @property
    def percent_read(self) -> int:
        """How much of the text was in sight down to here, in percent."""
        count = len(self._lines)
        return 100 * min(self.top + self.page, count) // count if count else 100

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        """Words and address of every link, each address once."""
        # Wanted only when the reader asks for them.
        from tui.ui.typeset.links import addresses

        return addresses(self._lines)

    @property
    def sections(self) -> Sequence[tuple[str, int]]:
        """Label and first line of every section, in order."""
        return self._sections

    @property
    def section(self) -> int | None:
        """Which section is being read; None above the first."""
        at = bisect_right(self._sections, self._here, key=_line_of) - 1
        return at if at >= 0 else None

    @property
    def _here(self) -> int:
        """The line that is being read: the first in sight, or one gone to that cannot be first."""
        if self._aim is not None and self._aim[0] == self.top:
            return self._aim[1]
        return self.top

    def go_to_line(self, line: int) -> None:
        """Go to a line of the text, which will stand at the top unless the text ends before."""
        before = self.section
        self.top = line
        self._aim = (self.top, line)
        if self.section != before and self._has_outline:
            self.refresh()

    def go_to_next_section(self, by: int) -> str | None:
        """Go to the next section (1), or to the beginning of this one or the one before (-1).

        Returns:
            The section's label; None if there is none.
        """
        here = self._here
        if by > 0:
            at = bisect_right(self._sections, here, key=_line_of)
        else:
            at = bisect_left(self._sections, here, key=_line_of) - 1
        if not 0 <= at < len(self._sections):
            return None
        label, line = self._sections[at]
        self.go_to_line(line)
        return label

    def go_to_next_summary(self) -> tuple[int, int] | None:
        """Go to the next of several summaries, and from the last to the first.

        Returns:
            Which one it is, counted from 1, and how many there are; None if there is but one.
        """
        lines = self._summary_lines
        if not lines:
            return None
        # What stands above the first belongs to it.
        current = max(bisect_right(lines, self._here) - 1, 0)
        following = (current + 1) % len(lines)
        self.go_to_line(lines[following])
        return following + 1, len(lines)

    # Words that were searched for

    @property
    def match_count(self) -> int:
        """How many matches there are in the paper."""
        return len(self._found)

    @property
    def _found(self) -> MatchIndex:
        if self._matches is None:
            self._matches = MatchIndex(self.text_offsets, self._finder)
        return self._matches

    def highlight(self, finder: Highlighter | None) -> None:
        """Show other words stronger."""
        before = self._drawn_ranges()
        self._finder, self._matches, self._match = finder, None, None
        self._redraw(before)

    def go_to_next_match(self, by: int) -> tuple[int, int] | None:
        """Go to the next match (1) or the one before (-1), and from one end to the other.

        Returns:
            Which one it is, counted from 1, and how many there are; None if there is none.
        """
        found = self._found
        if not found:
            return None
        match = self._match
        seen = range(self.top, self.top + self.page)
        # Where the reader has gone elsewhere since, it goes on from there.
        if match is None or match >= len(found) or found.line(match) not in seen:
            match = found.first_from(self.top) - (1 if by > 0 else 0)
        before = self._drawn_ranges()
        self._match = (match + by) % len(found)
        if not self._reveal(found.line(self._match)):
            self._redraw(before)
        return self._match + 1, len(found)

    def ranges(self, line: int) -> list[Range]:
        """Return the matches on a line."""
        return self._found.ranges(line, self._match) if self._finder else []

    def _reveal(self, line: int) -> bool:
        """Bring a line into sight with some around it; tell whether that took scrolling."""
        before, page = self.top, self.page
        if before <= line < before + page:
            around = min(AROUND, (page - 1) // 2)
            self.top = min(max(before, line + around + 1 - page), line - around)
        else:
            self.top = line - page // 3
        return self.top != before

    def _drawn_ranges(self) -> list[list[Range]]:
        return [self.ranges(line) for line in range(self.top, self.top + self.page)]

    def _redraw(self, before: list[list[Range]]) -> None:
        """Draw the lines that look different now: over a thin line each counts."""
        for y, (then, now) in enumerate(zip(before, self._drawn_ranges(), strict=True)):
            if then != now:
                self.refresh_line(y)

    # Beside the text

    def margin(self) -> int:
        """Return how many cells stand free at the left."""
        return max(MARGIN, (self.text_width - MEASURE) // 2) if self.is_centered else MARGIN

    @property
    def _has_outline(self) -> bool:
        return self.is_centered and self._outline.fits(self.margin())

    def draw_margin(self, y: int) -> list[Segment]:
        """Draw a line of the outline, where there is room for one."""
        margin, section = self.margin(), self.section
        entry = self._outline.entry(y, section, margin, self.page) if self._has_outline else None
        if entry is None:
            return super().draw_margin(y)
        look = "heading" if entry.section == section else "muted"
        style = self.get_component_rich_style(f"line-view--{look}")
        label = Segment(entry.label, style + Style(meta={"section": entry.section}))
        rest = margin - entry.x - label.cell_length
        return [Segment(" " * entry.x, self.plain), label, Segment(" " * rest, self.plain)]

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked in the outline."""
        section = event.style.meta.get("section")
        if isinstance(section, int):
            self.go_to_line(self._sections[section][1])


def _line_of(section: tuple[str, int]) -> int:
    return section[1]
