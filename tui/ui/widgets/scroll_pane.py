"""What can be scrolled: lines of which only those that are seen are drawn, with a bar beside them.

Textual's ``ScrollView`` lays out the whole screen anew whenever the length of its content
changes, and repaints its scrollbars cell by cell; between two papers that is more work, and more
bytes on the wire, than drawing the text. Here a length is a number, and the bar is the last cell
of each line.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.config.keybindings import KeyContext
from tui.ui.widgets.bindings import bindings

WHEEL = 3
"""Lines that a notch of the wheel scrolls."""


class ScrollPane(Widget, can_focus=True):
    """Lines to scroll through, the first ``heading_lines`` of the widget standing still.

    A subclass tells how many lines there are and draws one of what is seen.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.PANE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-pane--bar"}

    heading_lines: ClassVar[int] = 0

    top: reactive[int] = reactive(0, repaint=False)
    """The first line that is seen below the headings."""

    # Textual lays out and paints everything once more when a widget is given its size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    _plain: Style | None = None

    @property
    def plain(self) -> Style:
        """The widget's own style; ``rich_style`` asks all ancestors anew, for every line."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._plain = None
        super().notify_style_update()

    @property
    @abstractmethod
    def line_count(self) -> int:
        """How many lines there are, the headings apart."""

    @abstractmethod
    def draw(self, y: int, width: int) -> Strip:
        """Return line ``y`` of what is seen, ``width`` cells wide."""

    @property
    def page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height - self.heading_lines)

    @property
    def text_width(self) -> int:
        """How many cells a line has; the last of the widget is the bar's."""
        return max(self.size.width - 1, 0)

    @property
    def _lowest_top(self) -> int:
        return max(0, self.line_count - self.page)

    def validate_top(self, top: int) -> int:
        """Keep the page within the lines."""
        return max(0, min(top, self._lowest_top))

    def watch_top(self) -> None:
        """Draw the other page."""
        self.refresh()

    def refresh_line(self, y: int) -> None:
        """Draw line ``y`` of what is seen anew, if it is one."""
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw a line with its cell of the bar."""
        strip = self.draw(y, self.text_width)
        if y - self.heading_lines in self._thumb():
            bar = Segment(" ", self.get_component_rich_style("line-pane--bar"))
            return Strip.join([strip, Strip([bar], 1)])
        # Where the thumb is not, the line goes on to the edge: the cursor's, a heading's.
        return strip.adjust_cell_length(self.size.width, _last_style(strip)).simplify()

    def _thumb(self) -> range:
        """Return the lines of the page that the bar's thumb stands beside; none if all is seen."""
        if not self._lowest_top:
            return range(0)
        page = self.page
        length = max(1, page * page // self.line_count)
        start = round((page - length) * self.top / self._lowest_top)
        return range(start, start + length)

    # Mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.top += WHEEL

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.top -= WHEEL

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        if event.x == self.text_width and self._lowest_top:
            event.stop()
            event.prevent_default()
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the hand that holds the bar."""
        if self.app.mouse_captured is self:
            event.stop()
            self._drag_to(event.y)

    def on_mouse_up(self) -> None:
        """Let the bar go."""
        if self.app.mouse_captured is self:
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        page = max(self.page - 1, 1)
        self.top = round((y - self.heading_lines) / page * self._lowest_top)


def _last_style(strip: Strip) -> Style | None:
    segments = list(strip)
    return segments[-1].style if segments else None
