"""A scrollable text: wrapped to cell widths, selectable, with links and highlighted matches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from tui.config.keybindings import KeyContext
from tui.ui.messages import LinkFollowed
from tui.ui.typeset.spans import Line, Span, StyleRange, style_ranges
from tui.ui.typeset.text_offsets import MatchIndex, TextOffsets
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.line_filters import STABLE_LINK_IDS, link_style
from tui.ui.widgets.line_window import (
    BAR_STYLE,
    FOCUS_STYLE,
    RULE_STYLE,
    LineWindow,
    scroll_distance,
    unpainted_size,
)

if TYPE_CHECKING:
    from tui.query.highlight import Highlighter
    from tui.query.interests import InterestHighlighter

MAX_LINE_WIDTH = 92
"""Cells; longer lines are tiring to read."""

MARGIN = 2
"""Empty cells on each side of the text."""

MATCH_CONTEXT = 2
"""Lines that stay in view above and below a match."""

_STYLES = (
    "heading", "caption", "muted", "link", "code",
    "strong", "emphasis", "struck", "warning", "match", "match-current",
)  # fmt: skip

_STYLE_ALIASES = {
    "title": "strong", "votes": "strong", "table-head": "strong",
    "label": "heading", "math": "emphasis", "figure": "link",
}  # fmt: skip
"""Styles of text that look like another one: each component class delays the first paint."""

_INTEREST = "interest-"
"""The style of an interest, before its color."""

_SELECTED = "selected"
"""The style of selected text, which Textual defines."""


class TextView(Widget, can_focus=True):
    """A text to read.

    Args:
        lay_out: returns the lines of the text, each at most as many cells wide as its argument.

    Attributes:
        max_line_width: cells of a line, on screens that are wider.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.PANE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        BAR_STYLE,
        FOCUS_STYLE,
        RULE_STYLE,
        *(f"text-view--{name}" for name in _STYLES),
    }

    virtual_size: Reactive[Size] = unpainted_size()

    def __init__(self, lay_out: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self.window = LineWindow(self, lambda: self.line_count)
        self._lay_out = lay_out
        self._lines: list[Line] = []
        self._laid_out_width = 0
        self.max_line_width = MAX_LINE_WIDTH
        self._styles_by_name: dict[str, Style] = {}
        self._highlighter: Highlighter | None = None
        self._current_match: int | None = None
        self.interests: InterestHighlighter | None = None
        """The reader's interests; set before the first paint."""

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001
        """Keep the styles, none of which depends on the focus; Textual computes them again."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region."""
        with self.window.drawing():
            return super().render_lines(crop)

    @property
    def line_count(self) -> int:
        """The number of lines of the text, and an empty one after it."""
        return len(self._lines) + 1 if self._lines else 0

    @property
    def visible_lines(self) -> Sequence[Line]:
        """The lines in view."""
        return self._lines[self.window.top : self.window.top + self.window.page]

    @property
    def lines_from_view(self) -> Sequence[Line]:
        """All lines: those from the first one in view to the end, then those above it."""
        return [*self._lines[self.window.top :], *self._lines[: self.window.top]]

    @cached_property
    def text_offsets(self) -> TextOffsets:
        """The text before it was wrapped."""
        return TextOffsets(self._lines)

    def margin(self) -> int:
        """Return the number of cells to the left of the text."""
        return MARGIN

    def draw_margin(self, y: int) -> list[Segment]:  # noqa: ARG002
        """Return the segments to the left of the text in row ``y``, as wide as the margin."""
        return [Segment(" " * self.margin(), self.window.base_style)]

    def relayout(self) -> None:
        """Lay out the text for the current width."""
        width = min(self.window.width - 2 * MARGIN, self.max_line_width)
        self._laid_out_width = self.size.width
        before, self._lines = self._lines, self._lay_out(width) if width > 1 else []
        self.__dict__.pop("text_offsets", None)
        self.__dict__.pop("_matches", None)
        self.__dict__.pop("_interest_ranges", None)
        self.window.set_top_silently(self.window.top)
        if before or self._lines:
            self.refresh()

    def on_resize(self) -> None:
        """Wrap the text to the new width and keep the same part of it in view."""
        if self.size.width == self._laid_out_width:
            self.window.clamp()
            return
        offset = self.top_offset
        self.relayout()
        self.go_to_offset(offset)

    @property
    def top_offset(self) -> int:
        """The offset in the text of the first line in view; 0 at the top."""
        return self.text_offsets.offset_of_line(self.window.top) if self.window.top else 0

    def go_to_offset(self, offset: int) -> None:
        """Scroll to the line at an offset in the text."""
        if offset:
            self.window.top = self.text_offsets.line_at_offset(offset)

    def action_move(self, move: str, repeat: int = 0) -> None:
        """Scroll; one line of the old page stays in view. See ``scroll_distance`` for the moves."""
        window, before = self.window, self.window.top
        page = max(1, window.page - 1)
        window.top += scroll_distance(move, page, self.line_count, window.top, repeat)
        if window.top != before:
            self.scrolled()

    async def on_event(self, event: events.Event) -> None:
        """Let the window scroll by the mouse."""
        before = self.window.top
        if not self.window.handle_mouse(event):
            await super().on_event(event)
        elif self.window.top != before:
            self.scrolled()

    def scrolled(self) -> None:
        """React to scrolling by the reader."""

    # Matches

    @cached_property
    def _matches(self) -> MatchIndex:
        return MatchIndex(self.text_offsets, self._highlighter)

    @property
    def match_lines(self) -> Sequence[int]:
        """The numbers of the lines on which the highlighted matches begin."""
        return self._matches.lines

    def highlight(self, highlighter: Highlighter | None) -> None:
        """Highlight other matches; None highlights nothing."""
        before = self._visible_ranges()
        self._highlighter, self._current_match = highlighter, None
        self.__dict__.pop("_matches", None)
        self._redraw_changes(before)

    def go_to_next_match(self, by: int) -> tuple[int, int] | None:
        """Go to the next match (1) or the previous one (-1), and from one end to the other.

        Returns:
            The number of the match, counted from 1, and how many there are; None if none.
        """
        lines, top = self._matches.lines, self.window.top
        if not lines:
            return None
        match = self._current_match
        # If the reader has scrolled away, continue from there.
        visible = range(top, top + self.window.page)
        if match is None or match >= len(lines) or lines[match] not in visible:
            match = bisect_left(lines, top) - (1 if by > 0 else 0)
        before = self._visible_ranges()
        self._current_match = (match + by) % len(lines)
        if not self._scroll_to_match(lines[self._current_match]):
            self._redraw_changes(before)
        return self._current_match + 1, len(lines)

    def _scroll_to_match(self, line: int) -> bool:
        """Bring a line into view with some context; return whether that scrolled."""
        window = self.window
        before, page = window.top, window.page
        if before <= line < before + page:
            context = min(MATCH_CONTEXT, (page - 1) // 2)
            window.top = min(max(before, line + context + 1 - page), line - context)
        else:
            window.top = line - page // 3
        return window.top != before

    def _match_ranges(self, line: int) -> list[StyleRange]:
        return self._matches.ranges(line, self._current_match) if self._highlighter else []

    @cached_property
    def _interest_ranges(self) -> Mapping[int, list[StyleRange]]:
        """The words of interests, by line."""
        ranges: dict[int, list[StyleRange]] = {}
        offsets = self.text_offsets
        for start, end, color in self.interests.spans(offsets.text) if self.interests else ():
            for line, first, last in offsets.line_ranges(start, end):
                style = f"{_INTEREST}{color}"
                ranges.setdefault(line, []).append(StyleRange(first, last, style))
        return ranges

    def _visible_ranges(self) -> list[list[StyleRange]]:
        top = self.window.top
        return [self._match_ranges(line) for line in range(top, top + self.window.page)]

    def _redraw_changes(self, before: list[list[StyleRange]]) -> None:
        """Redraw the lines whose matches changed; over SSH every line counts."""
        pairs = zip(before, self._visible_ranges(), strict=True)
        for line, (old, new) in enumerate(pairs, self.window.top):
            if old != new:
                self.window.refresh_line(line)

    # Drawing

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the filter that keeps a wrapped link together."""
        return [*super().get_line_filters(), STABLE_LINK_IDS]

    def notify_style_update(self) -> None:
        """Drop the styles of the previous theme."""
        self._styles_by_name.clear()
        self.window.drop_style()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw row ``y`` of the widget."""
        width, line = self.window.width, y + self.window.top
        margin = Strip(self.draw_margin(y))
        strips = [margin, self._draw_text(line, width)] if line < len(self._lines) else [margin]
        return self.window.add_bars(y, Strip.join(strips), self.window.base_style)

    def _draw_text(self, number: int, width: int) -> Strip:
        line = self._lines[number]
        if line.drawing:
            return Strip(line.drawing)
        # A match looks like one also where it is an interest.
        ranges = [*self._interest_ranges.get(number, ()), *self._match_ranges(number)]
        selection = self.text_selection
        if selection is not None and (selected := selection.get_span(number)) is not None:
            start, end = selected
            ranges.append(StyleRange(start, len(line.text) if end == -1 else end, _SELECTED))
        spans = style_ranges(line.spans, ranges) if ranges else line.spans
        text = Strip([Segment(_with_plain_spaces(span.text), self._style(span)) for span in spans])
        text = text.apply_offsets(0, number)
        if line.fill_style:
            filled = min(width - 2 * MARGIN, self.max_line_width)
            text = text.adjust_cell_length(filled, self._style(Span("", line.fill_style)))
        return text

    def _style(self, span: Span) -> Style:
        style = self._styles_by_name.get(span.style)
        if style is None:
            style = self.window.base_style
            for name in span.style.split():
                style += self._named_style(name)
            self._styles_by_name[span.style] = style
        if span.href:
            style += link_style(span.href) + Style(meta={"href": span.href})
        return style

    def _named_style(self, name: str) -> Style:
        if name.startswith(_INTEREST):
            return Style(color=name.removeprefix(_INTEREST), bold=True)
        if name == _SELECTED:
            # Textual's style has no text color, and so would take that of the background.
            return Style(color=self.window.base_style.color, bgcolor=self.selection_style.bgcolor)
        component = f"text-view--{_STYLE_ALIASES.get(name, name)}"
        return self.get_component_rich_style(component, partial=True)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the clicked link."""
        href = event.style.meta.get("href")
        if isinstance(href, str):
            self.post_message(LinkFollowed(href))

    def text_offset_at(self, x: int, offset: Offset) -> Offset:
        """Return the position in the text at cell ``x`` of the widget.

        Args:
            x: the cell.
            offset: Textual's answer, which counts the right half of a wide character as the next
                character, and the margin as the end of the line.
        """
        if x <= self.margin() or offset.y >= len(self._lines):
            return Offset(0, offset.y)
        before = self._lines[offset.y].text[: offset.x]
        return offset - (1, 0) if self.margin() + cell_len(before) > x else offset

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text, and the separator to the next selected widget."""
        text = selection.extract("\n".join(line.text for line in self._lines))
        return _with_plain_spaces(text), "\n"


def _with_plain_spaces(text: str) -> str:
    """Replace non-breaking spaces, which some terminals draw as another character."""
    return text.replace("\xa0", " ")
