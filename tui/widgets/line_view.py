"""Lines of styled text to scroll through: wrapped at cell widths, selectable, with links."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui.messages import LinkFollowed
from tui.typeset.line import Line, Span
from tui.widgets.line_pane import LinePane
from tui.widgets.motion import distance

MEASURE = 92
"""Cells; longer lines are tiring to read."""

MARGIN = 2

_STYLES = (
    "title", "heading", "label", "caption", "muted", "link", "code", "math",
    "strong", "emphasis", "struck", "votes", "table-head", "warning",
)  # fmt: skip


class LineView(LinePane):
    """Text to read. A subclass lays it out for a width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line-view--{name}" for name in _STYLES}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._laid_out_for = 0
        self._styles_by_name: dict[str, Style] = {}

    @property
    def line_count(self) -> int:
        """How many lines the text has, and an empty one after it."""
        return len(self._lines) + 1 if self._lines else 0

    @abstractmethod
    def lay_out(self, width: int) -> list[Line]:
        """Return the text as lines of at most ``width`` cells."""

    def margin(self) -> int:
        """Return how many cells stand free at the left."""
        return MARGIN

    def text_changed(self) -> None:
        """Lay the text out anew."""
        width = min(self.text_width - 2 * MARGIN, MEASURE)
        self._laid_out_for = self.size.width
        self._lines = self.lay_out(width) if width > 1 else []
        self.set_reactive(LinePane.top, self.validate_top(self.top))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap the text anew, with the same part of it in sight."""
        if self.size.width == self._laid_out_for:
            self.top = self.validate_top(self.top)
            return
        share = self.top / max(len(self._lines), 1)
        self.text_changed()
        self.top = round(share * len(self._lines))

    def action_move(self, how: str) -> None:
        """Scroll, as ``tui.widgets.motion`` names the moves."""
        # A line of the last page stays in sight, to go on reading from.
        self.top += distance(how, max(1, self.page - 1), self.line_count)

    # Drawing

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles_by_name = {}
        super().notify_style_update()

    def draw(self, y: int, width: int) -> Strip:
        """Draw line ``y`` of what is seen."""
        plain = self.plain
        at = y + self.top
        if at >= len(self._lines):
            return Strip.blank(width, plain)
        line = self._lines[at]
        selection = self.text_selection
        selected = selection.get_span(at) if selection is not None else None
        segments = [
            Segment(text, self._style(span, chosen=chosen))
            for span in line.spans
            for text, chosen in _split(span, line, selected)
        ]
        text = Strip(segments).apply_offsets(0, at)
        if line.fill:
            text = text.adjust_cell_length(width - 2 * MARGIN, self._style(Span("", line.fill)))
        margin = Strip([Segment(" " * self.margin(), plain)])
        return Strip.join([margin, text]).adjust_cell_length(width, plain)

    def _style(self, span: Span, *, chosen: bool = False) -> Style:
        style = self._styles_by_name.get(span.style)
        if style is None:
            style = self.plain
            for name in span.style.split():
                style += self.get_component_rich_style(f"line-view--{name}", partial=True)
            self._styles_by_name[span.style] = style
        if span.href:
            style += Style(link=span.href, meta={"href": span.href})
        return style + self.selection_style if chosen else style

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        href = event.style.meta.get("href")
        if isinstance(href, str):
            self.post_message(LinkFollowed(href))

    def place_at(self, x: int, place: Offset) -> Offset:
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


def _split(span: Span, line: Line, selected: tuple[int, int] | None) -> list[tuple[str, bool]]:
    """Cut a span where a selection begins or ends; tell of each part whether it is selected."""
    if selected is None:
        return [(span.text, False)]
    start = 0
    for each in line.spans:
        if each is span:
            break
        start += len(each.text)
    first, last = selected
    last = len(line.text) if last == -1 else last
    cuts = [max(0, min(cut - start, len(span.text))) for cut in (first, last)]
    parts = [
        (span.text[: cuts[0]], False),
        (span.text[cuts[0] : cuts[1]], True),
        (span.text[cuts[1] :], False),
    ]
    return [part for part in parts if part[0]]
