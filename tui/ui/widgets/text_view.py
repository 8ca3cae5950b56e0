"""Lines of styled text to scroll through: wrapped at cell widths, selectable, with links."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui.ui.messages import LinkFollowed
from tui.ui.typeset.spans import Line, Range, Span, restyled
from tui.ui.typeset.text_offsets import TextOffsets
from tui.ui.widgets.hyperlinks import STABLE_LINK_IDS, link_style
from tui.ui.widgets.scroll_distance import distance
from tui.ui.widgets.scroll_pane import ScrollPane

MEASURE = 92
"""Cells; longer lines are tiring to read."""

MARGIN = 2

_LOOKS = (
    "heading", "caption", "muted", "link", "code",
    "strong", "emphasis", "struck", "warning", "match", "match-current",
)  # fmt: skip

_LOOKS_LIKE = {
    "title": "strong", "votes": "strong", "table-head": "strong",
    "label": "heading", "math": "emphasis",
}  # fmt: skip
"""Styles of text without a look of their own: each look takes time before the first paint."""

_SELECTED = "selected"
"""A style beside those: Textual's, for selected text."""


class TextView(ScrollPane):
    """Text to read. A subclass lays it out for a width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line-view--{name}" for name in _LOOKS}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._flow: TextOffsets | None = None
        self._laid_out_for = 0
        self._styles_by_name: dict[str, Style] = {}

    @property
    def line_count(self) -> int:
        """How many lines the text has, and an empty one after it."""
        return len(self._lines) + 1 if self._lines else 0

    @property
    def text_offsets(self) -> TextOffsets:
        """The text as it was before it was laid out."""
        if self._flow is None:
            self._flow = TextOffsets(self._lines)
        return self._flow

    @abstractmethod
    def lay_out(self, width: int) -> list[Line]:
        """Return the text as lines of at most ``width`` cells."""

    def margin(self) -> int:
        """Return how many cells stand free at the left."""
        return MARGIN

    def draw_margin(self, y: int) -> list[Segment]:  # noqa: ARG002
        """Return what stands at the left of line ``y`` of what is seen, as wide as the margin."""
        return [Segment(" " * self.margin(), self.plain)]

    def ranges(self, line: int) -> list[Range]:  # noqa: ARG002
        """Return what shall look different on a line of the text."""
        return []

    def relayout(self) -> None:
        """Lay the text out anew."""
        width = min(self.text_width - 2 * MARGIN, MEASURE)
        self._laid_out_for = self.size.width
        before, self._lines = self._lines, self.lay_out(width) if width > 1 else []
        self._flow = None
        self.set_reactive(ScrollPane.top, self.validate_top(self.top))
        if before or self._lines:
            self.refresh()

    def on_resize(self) -> None:
        """Wrap the text anew, with the same part of it in sight."""
        if self.size.width == self._laid_out_for:
            self.top = self.validate_top(self.top)
            return
        place = self.text_offsets.place_of(self.top) if self.top else 0
        self.relayout()
        if place:
            self.top = self.text_offsets.line_at(place)

    def action_move(self, how: str) -> None:
        """Scroll, as ``tui.ui.widgets.scroll_distance`` names the moves."""
        # A line of the last page stays in sight, to go on reading from.
        self.top += distance(how, max(1, self.page - 1), self.line_count)

    # Drawing

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let a link that is wrapped stay one."""
        return [*super().get_line_filters(), STABLE_LINK_IDS]

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles_by_name = {}
        super().notify_style_update()

    def draw(self, y: int, width: int) -> Strip:
        """Draw line ``y`` of what is seen."""
        plain = self.plain
        at = y + self.top
        margin = Strip(self.draw_margin(y))
        if at >= len(self._lines):
            return margin.adjust_cell_length(width, plain)
        line = self._lines[at]
        ranges = self.ranges(at)
        selection = self.text_selection
        if selection is not None and (selected := selection.get_span(at)) is not None:
            start, end = selected
            ranges.append(Range(start, len(line.text) if end == -1 else end, _SELECTED))
        spans = restyled(line.spans, ranges) if ranges else line.spans
        text = Strip([Segment(_spaced(span.text), self._style(span)) for span in spans])
        text = text.apply_offsets(0, at)
        if line.fill:
            measure = min(width - 2 * MARGIN, MEASURE)
            text = text.adjust_cell_length(measure, self._style(Span("", line.fill)))
        return Strip.join([margin, text]).adjust_cell_length(width, plain)

    def _style(self, span: Span) -> Style:
        style = self._styles_by_name.get(span.style)
        if style is None:
            style = self.plain
            for name in span.style.split():
                style += self._named(name)
            self._styles_by_name[span.style] = style
        if span.href:
            style += link_style(span.href) + Style(meta={"href": span.href})
        return style

    def _named(self, name: str) -> Style:
        if name == _SELECTED:
            # Textual's has no colour of its own for the text, and so that of what is behind it.
            return Style(color=self.plain.color, bgcolor=self.selection_style.bgcolor)
        look = _LOOKS_LIKE.get(name, name)
        return self.get_component_rich_style(f"line-view--{look}", partial=True)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        href = event.style.meta.get("href")
        if isinstance(href, str):
            self.post_message(LinkFollowed(href))

    def text_offset_at(self, x: int, place: Offset) -> Offset:
        """Return the place in the text at cell ``x`` of the widget.

        Args:
            x: the cell.
            place: what Textual takes it for. It counts the right half of a wide character as the
                character after it, and the margin as the line's end.
        """
        if x <= self.margin() or place.y >= len(self._lines):
            return Offset(0, place.y)
        before = self._lines[place.y].text[: place.x]
        return place - (1, 0) if self.margin() + cell_len(before) > x else place

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text, and what stands between it and the next."""
        text = selection.extract("\n".join(line.text for line in self._lines))
        return text.replace("\xa0", " "), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw the selection."""
        self.refresh()


def _spaced(text: str) -> str:
    """Return a text with common spaces where it must not be broken: some terminals show others."""
    return text.replace("\xa0", " ")
