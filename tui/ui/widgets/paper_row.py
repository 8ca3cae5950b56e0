"""Draw one paper of the table: the title first, and other columns where it leaves room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.i18n import _
from tui.library.periods import day_and_month
from tui.models import Marks, Paper
from tui.query.columns import AUTHORS, DATE, TAGS, TITLE, UNKNOWN, Column
from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.authors import shorten_authors
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.typeset.title import typeset_title
from tui.ui.widgets.table_columns import GAP, MARGIN, SHORT_AUTHORS_WIDTH, RowLayout

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter
    from tui.query.interests import InterestHighlighter


class RowStyles(NamedTuple):
    """The styles of a row.

    Attributes:
        plain: between the texts.
        text: of votes and title.
        muted: of less important columns.
        glyphs: of marks and tags.
        match: what matches of a search have in addition.
        has_colors: whether interests have their colors, which might not be visible on the cursor's.
    """

    plain: Style
    text: Style
    muted: Style
    glyphs: Style
    match: Style
    has_colors: bool = True

    def interest(self, color: str) -> Style:
        """Return what the words of an interest have in addition."""
        return Style(color=color if self.has_colors else None, bold=True)


class PaperRow:
    """A paper to draw.

    Args:
        layout: the layout of the table.
        paper: the paper.
        marks: its marks.
        styles: the styles of the row.
        highlighters: what to highlight, by column.
        interests: the reader's interests, by column; matches come first where both are found.
        seen: the day on which the paper was featured before; empty to show none.
        selected: whether it is selected, which a sign before the title shows.
    """

    def __init__(
        self,
        layout: RowLayout,
        paper: Paper,
        marks: Marks,
        styles: RowStyles,
        highlighters: Mapping[Column, Highlighter],
        *,
        interests: Mapping[Column, InterestHighlighter] = MappingProxyType({}),
        seen: str = "",
        selected: bool = False,
    ) -> None:
        self._is_selected = selected
        self._seen = seen
        self._layout = layout
        self._paper = paper
        self._marks = marks
        self._styles = styles
        self._highlighters = highlighters
        self._interests = interests

    def draw(self, line: int, width: int) -> list[Segment]:
        """Return the segments of a line of the row.

        Args:
            line: 0, or 1 for the second line.
            width: the width of the row in cells.
        """
        plain = self._styles.plain
        segments: list[Segment] = []
        end = 0
        for column, x, cells in self._layout.columns:
            if x < end:
                # The title has taken its cells.
                continue
            if self._is_selected and column is TITLE and not line and x > end:
                segments.append(Segment(" " * (x - end - 1), plain))
                segments.append(Segment(current_glyphs().selected, self._styles.glyphs))
            else:
                segments.append(Segment(" " * (x - end), plain))
            if column is TITLE:
                drawn = self._draw_title(cells, line)
            elif line:
                drawn = [Segment(" " * cells, plain)]
            else:
                drawn = self._draw_cell(column, cells)
            segments += drawn
            end = x + sum(segment.cell_length for segment in drawn)
        return [*segments, Segment(" " * max(width - end, MARGIN), plain)]

    def _draw_cell(self, column: Column, cells: int) -> list[Segment]:
        text = column.text(self._paper, self._marks, current_glyphs())
        if column is AUTHORS:
            text = shorten_authors(self._paper, cells, only_family=self._layout.only_family)
        elif text == UNKNOWN:
            text = ""
        styles = self._styles
        style = {"text": styles.text, "glyphs": styles.glyphs}.get(column.style, styles.muted)
        visible = fit(text, cells, right=column.is_right_aligned)
        return self._with_matches(column, text, visible, style)

    def _draw_title(self, cells: int, line: int) -> list[Segment]:
        title = typeset_title(self._paper.title)
        tags, seen = self._tags(cells), self._seen_text(cells)
        end_width = cell_len(tags) + cell_len(seen)
        start, facts = 0, ""
        if self._layout.has_two_lines:
            start, end = _second_line(title, cells)
            if line == 0:
                return self._with_matches(TITLE, title, fit(title[:end], cells), self._styles.text)
            if start == len(title):
                tags, seen = (tags.lstrip(), seen) if tags else (tags, seen.lstrip())
                end_width = cell_len(tags) + cell_len(seen)
            facts = self._facts(cells - cell_len(title[start:]) - end_width)
        elif cell_len(title) + end_width > cells:
            cells += self._layout.title_overflow
        visible = truncate(title[start:], cells - end_width)
        drawn = self._with_matches(TITLE, title, visible, self._styles.text, start)
        drawn += [Segment(tags, self._styles.glyphs), Segment(seen, self._styles.muted)]
        rest = cells - cell_len(visible) - end_width - cell_len(facts)
        space, muted = Segment(" " * rest, self._styles.plain), Segment(facts, self._styles.muted)
        # Without colors, only their place shows that authors are not a part of the title.
        return [*drawn, space, muted] if visible or tags or seen else [muted, space]

    def _seen_text(self, cells: int) -> str:
        """Return the day on which the paper was featured before, if a third has room for it."""
        if not self._seen:
            return ""
        text = " " * GAP + _("seen {day}").format(day=day_and_month(self._seen))
        return text if cell_len(text) <= cells // 3 else ""

    def _tags(self, cells: int) -> str:
        """Return what is behind the title, which takes at most a third of its cells.

        These are the paper's status at arXiv, and the tags unless they have a column.
        """
        words = [status] if (status := _arxiv_status(self._paper, self._marks)) else []
        if not any(column is TAGS for column, _x, _width in self._layout.columns):
            words += [f"#{tag}" for tag in self._marks.tags]
        return truncate(f"{' ' * GAP}{' '.join(words)}", cells // 3) if words else ""

    def _facts(self, room: int) -> str:
        """Return what the end of the second line has room for: authors and date."""
        names, gap = self._layout.facts, " " * GAP
        date = self._paper.dates[-1] if DATE.name in names and self._paper.dates else ""
        room -= GAP + cell_len(date)
        if room < 0:
            return ""
        authors = ""
        room -= GAP if date else 0
        if AUTHORS.name in names and room >= SHORT_AUTHORS_WIDTH:
            authors = shorten_authors(
                self._paper,
                min(room, 2 * SHORT_AUTHORS_WIDTH),
                only_family=self._layout.only_family,
            )
        return gap.join(filter(None, (authors, date)))

    def _with_matches(
        self, column: Column, text: str, visible: str, style: Style, start: int = 0
    ) -> list[Segment]:
        """Return the visible part of a text, from ``start`` on, with matches highlighted."""
        highlighter, interests = self._highlighters.get(column), self._interests.get(column)
        if highlighter is None and interests is None:
            return [Segment(visible, style)]
        match, spans = style + self._styles.match, list[tuple[int, int, Style]]()
        if highlighter is not None:
            spans += [(left, right, match) for left, right in highlighter.spans(text)]
        if interests is not None:
            spans += [
                (left, right, style + self._styles.interest(color))
                for left, right, color in interests.spans(text)
                if all(right <= other[0] or left >= other[1] for other in spans)
            ]
        spans = [(max(left - start, 0), right - start, each) for left, right, each in sorted(spans)]
        return _highlighted(text[start:], spans, visible, style)


def _arxiv_status(paper: Paper, marks: Marks) -> str:
    """Return ``v3`` for a paper with an unseen version, or that it is withdrawn; else nothing."""
    if "+" not in paper.labels:
        return ""
    if paper.is_withdrawn:
        return _("withdrawn")
    version = paper.unseen_version(marks)
    return f"v{version}" if version else ""


def _second_line(title: str, cells: int) -> tuple[int, int]:
    """Return where the second line of a title starts, and where the first one ends."""
    if cell_len(title) <= cells:
        return len(title), len(title)
    from tui.ui.typeset.wrap import break_lines

    ranges = break_lines(title, cells, cells)
    _start, end = next(ranges)
    start, _end = next(ranges, (len(title), 0))
    return start, end


def _highlighted(
    text: str, spans: Iterable[tuple[int, int, Style]], visible: str, style: Style
) -> list[Segment]:
    """Return the visible part of a text, whose end may be cut off or padded, as segments."""
    pairs = enumerate(zip(text, visible, strict=False))
    differing = (number for number, (one, other) in pairs if one != other)
    visible_end = next(differing, min(len(text), len(visible)))
    segments = []
    end = 0
    for start, stop, highlight in spans:
        right = min(stop, visible_end)
        if start < right:
            segments += [Segment(visible[end:start], style)]
            segments += [Segment(visible[start:right], highlight)]
            end = right
    return [*segments, Segment(visible[end:], style)]
