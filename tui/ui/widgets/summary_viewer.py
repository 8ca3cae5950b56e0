"""The summary viewer: a paper's metadata, the reader's marks, and its summaries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive

from tui.models import NO_MARKS, Marks, Paper, Summary
from tui.ui.messages import TextLayoutRequested, ViewerScrolled
from tui.ui.typeset.spans import Line
from tui.ui.widgets.section_outline import SectionOutline
from tui.ui.widgets.text_view import MARGIN, TextView

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter
    from tui.ui.typeset.text_page import FullTextPage
    from tui.ui.widgets.shown_pictures import ShownPictures

SHORT_HEIGHT = 8
"""Lines. In a preview with fewer of them, the title takes only one, so that some of the summary is
visible."""


class SummaryViewer(TextView):
    """A paper to read, with an outline beside it if there is room; or its preview.

    Attributes:
        paper: the paper, or None.
        summaries: its summaries, newest first.
        text: its full text, while that is read in place of the summaries, or None.
        pictures: those that are shown; None for none.
    """

    is_centered: reactive[bool] = reactive(False)
    """Whether the paper is read: its text is centered on a wide screen, below its full header."""

    def __init__(self) -> None:
        super().__init__(self._lay_out_paper)
        self.id = "viewer"
        self.paper: Paper | None = None
        self.summaries: Sequence[Summary] = ()
        self._marks = NO_MARKS
        self._why = ""
        # Where the reader left each page, as an offset in its text.
        self._offsets_by_id: dict[str, int] = {}
        self._header_lines = 0
        self._is_short = False
        self._outline = SectionOutline()
        self.text: FullTextPage | None = None
        # What the list was searched for; None for nothing.
        self._list_highlighter: Highlighter | None = None
        # What the reader looks for in the text, whatever the list was searched for.
        self._found: Highlighter | None = None
        self._summary_lines: list[int] = []
        # The first line in view after a jump, and the line that was the target.
        self._jump: tuple[int, int] | None = None
        self.pictures: ShownPictures | None = None

    def show(
        self,
        paper: Paper | None,
        summaries: Sequence[Summary],
        marks: Marks = NO_MARKS,
        highlighter: Highlighter | None = None,
        *,
        why: str = "",
    ) -> None:
        """Show a paper where the reader left it, or from its beginning.

        Args:
            paper: the paper; None shows nothing.
            summaries: its summaries, newest first.
            marks: its marks.
            highlighter: finds what the list was searched for.
            why: why it matches what the reader chose, in one line; empty if nothing is known.
        """
        self._why = why
        self._list_highlighter = highlighter
        highlighter = self._found or highlighter
        before = self.paper
        is_other = before is None or paper is None or before.paper_id != paper.paper_id
        if is_other:
            self._leave(before)
            self.pictures = None
            self.text = None
        if highlighter != self._highlighter:
            self._current_match = None
        self.paper, self.summaries, self._marks = paper, summaries, marks
        self._highlighter = highlighter
        self.max_line_width = self._best_line_width()
        self.relayout()
        if is_other and paper is not None:
            self.go_to_offset(self._offsets_by_id.get(paper.paper_id, 0))

    def show_text(self, page: FullTextPage | None) -> None:
        """Show the full text of the paper where the reader left it; None for its summaries."""
        paper, is_same = self.paper, page is not None and self.text is not None
        if paper is None or page is self.text:
            return
        offset = self.top_offset
        if not is_same:
            self._leave(paper)
            self.pictures = None
        self.text = page
        self.max_line_width = self._best_line_width()
        self.relayout()
        if not is_same:
            offset = self._offsets_by_id.get(self._page_id(paper), 0)
        self.go_to_offset(offset)

    def has_left_text(self, paper_id: str) -> bool:
        """Return whether the reader left the full text of a paper further down than its start."""
        return bool(self._offsets_by_id.get(f"{paper_id} text"))

    def _page_id(self, paper: Paper) -> str:
        """Return the key under which the position in what is shown is remembered."""
        return f"{paper.paper_id} text" if self.text else paper.paper_id

    def highlight(self, highlighter: Highlighter | None) -> None:
        """Highlight what the list was searched for, unless the reader looks for something else."""
        self._list_highlighter = highlighter
        super().highlight(self._found or highlighter)

    def find(self, highlighter: Highlighter | None) -> None:
        """Highlight what the reader looks for in the text; None for what the list has."""
        self._found = highlighter
        super().highlight(highlighter or self._list_highlighter)

    @property
    def is_finding(self) -> bool:
        """Whether the reader looks for something in the text."""
        return self._found is not None

    def _leave(self, paper: Paper | None) -> None:
        """Remember the position in a paper, and go to the top for another one."""
        if paper is not None:
            self._offsets_by_id[self._page_id(paper)] = self.top_offset
        self.window.top = 0
        self._current_match = self._jump = None
        if self.text_selection is not None:
            self.screen.clear_selection()

    def _best_line_width(self) -> int:
        from tui.ui.typeset.paper_page import line_width

        return self.text.line_width if self.text else line_width(self.summaries)

    def _lay_out_paper(self, width: int) -> list[Line]:
        if self.paper is None:
            return []
        from tui.ui.typeset.header import full_header, preview_header
        from tui.ui.typeset.paper_page import typeset_page

        paper, summaries, marks = self.paper, self.summaries, self._marks
        if self.is_centered:
            header = full_header(paper, summaries, marks, width, self._why)
        else:
            # Longer than other lines, so that titles need only one.
            room = self.window.width - 2 * MARGIN
            title_lines = 1 if self._is_short else 2
            why = "" if self._is_short else self._why
            header = preview_header(paper, summaries, marks, room, why, title_lines=title_lines)
        self._header_lines = len(header)
        if self.text is not None:
            if self.text.width != width:
                self.post_message(TextLayoutRequested(self.text, width))
            first, *others = self.text.lines or [Line()]
            lines = [*header, Line(), first._replace(starts_summary=True), *others]
        else:
            lines = typeset_page(paper, summaries, width, marks, header)
        return lines if self.pictures is None else self.pictures.insert(lines, len(header), width)

    def watch_is_centered(self) -> None:
        """Lay out the text below the other header."""
        offset = self.top_offset
        self.relayout()
        self.go_to_offset(offset)

    def on_resize(self) -> None:
        """Lay out the text again if the width has changed, or if its title gets another line."""
        is_short = self.size.height < SHORT_HEIGHT
        if is_short != self._is_short:
            self._is_short = is_short
            self._laid_out_width = -1
        super().on_resize()

    def relayout(self) -> None:
        """Lay out the text, and locate its sections and summaries."""
        super().relayout()
        lines = self._lines
        sections = [
            (line.section, number, line.section_depth)
            for number, line in enumerate(lines)
            if line.section is not None
        ]
        self._outline = SectionOutline(
            [(label, number) for label, number, _depth in sections],
            [depth for _label, _number, depth in sections],
        )
        self._summary_lines = [number for number, line in enumerate(lines) if line.starts_summary]
        self._jump = None

    # Position

    @property
    def shows_summary(self) -> bool:
        """Whether a line of a summary is in view."""
        starts = self._summary_lines
        if not (starts and self.display and self.size.height):
            return False
        # Of several summaries, each has a caption.
        first = starts[0] + (len(starts) > 1)
        return self.window.top <= len(self._lines) and first < self.window.top + self.window.page

    def scrolled(self) -> None:
        """Post that the reader has scrolled."""
        self.post_message(ViewerScrolled())

    @property
    def top_offset(self) -> int:
        """The offset of the first line in view, from 1 below the header, which may change."""
        if self.window.top < self._header_lines:
            return 0
        offsets = self.text_offsets
        start = offsets.offset_of_line(self._header_lines)
        return offsets.offset_of_line(self.window.top) - start + 1

    def go_to_offset(self, offset: int) -> None:
        """Scroll to the line at an offset of ``top_offset``."""
        if offset:
            super().go_to_offset(self.text_offsets.offset_of_line(self._header_lines) + offset - 1)

    @property
    def percent_read(self) -> int:
        """The percentage of the text down to the last line in view."""
        count = len(self._lines)
        return 100 * min(self.window.top + self.window.page, count) // count if count else 100

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        """Text and URL of every link, each URL once."""
        from tui.ui.typeset.header import full_header
        from tui.ui.typeset.paper_page import collect_links

        # A narrow preview leaves out some links of the header.
        header: list[Line] = []
        if self.paper is not None:
            header = full_header(self.paper, self.summaries, self._marks, self.max_line_width)
        return collect_links([*header, *self._lines])

    @property
    def sections(self) -> Sequence[tuple[str, int]]:
        """Label and first line of every section, in order."""
        return self._outline.sections

    @property
    def section(self) -> int | None:
        """The number of the current section, counted from 0; None above the first."""
        return self._outline.section_at(self._current_line)

    @property
    def _current_line(self) -> int:
        """The first line in view, or the target of a jump that is too close to the end for that."""
        if self._jump is not None and self._jump[0] == self.window.top:
            return self._jump[1]
        return self.window.top

    def go_to_line(self, line: int) -> None:
        """Scroll a line to the top, or as far as the text allows."""
        before = self.section
        self.window.top = line
        self.scrolled()
        self._jump = (self.window.top, line)
        if self.section != before and self._has_outline:
            self.refresh()

    def go_to_next_section(self, by: int) -> str | None:
        """Go to the next section (1), or to the start of this one or the previous one (-1).

        Args:
            by: how many sections, at most; negative for back.

        Returns:
            The section's label; None past the first or last section.
        """
        number = self._outline.next_section(self._current_line, by)
        if number is None:
            return None
        label, line = self.sections[number]
        self.go_to_line(line)
        return label

    def go_to_next_summary(self) -> tuple[int, int] | None:
        """Go to the next summary, and from the last one to the first.

        Returns:
            The number of the summary, counted from 1, and how many there are; None if there is
            only one.
        """
        lines = self._summary_lines
        if len(lines) < 2:
            return None
        # The metadata above the first summary counts as part of it.
        current = max(bisect_right(lines, self._current_line) - 1, 0)
        following = (current + 1) % len(lines)
        self.go_to_line(lines[following])
        return following + 1, len(lines)

    # Outline

    def margin(self) -> int:
        """Return the number of cells to the left of the text."""
        if not self.is_centered:
            return MARGIN
        return max(MARGIN, (self.window.width - self.max_line_width) // 2)

    @property
    def _has_outline(self) -> bool:
        """Whether there are enough sections, and enough cells beside the text."""
        return self.is_centered and self._outline.fits(self.margin())

    def draw_margin(self, y: int) -> list[Segment]:
        """Draw a line of the outline if there is room for one."""
        if not self._has_outline:
            return super().draw_margin(y)
        line = self._outline.draw_line(
            y, self.window.page, self.margin(), self.section, self._outline_style
        )
        return line or super().draw_margin(y)

    def _outline_style(self, name: str) -> Style:
        return (
            self.get_component_rich_style(f"text-view--{name}") if name else self.window.base_style
        )

    def on_click(self, event: events.Click) -> None:
        """Go to the section clicked in the outline."""
        section = event.style.meta.get("section")
        if isinstance(section, int):
            self.go_to_line(self.sections[section][1])
