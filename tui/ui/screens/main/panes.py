"""The three panes of the main screen: which is seen, how large it is, which has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset, Size
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.i18n import _
from tui.terminal.capabilities import MIN_COLUMNS, MIN_LINES
from tui.ui.widgets.date_sidebar import DateSidebar
from tui.ui.widgets.key_bar import KeyBar
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.summary_viewer import SummaryViewer
from tui.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from tui.ui.widgets.prompt_bar import PromptBar

PANES = ("sidebar", "table", "viewer")
SMALLEST = Size(MIN_COLUMNS, MIN_LINES)
NARROW = 72
"""Cells; a screen with fewer shows the sidebar only while the reader is in it."""

COVER = "too-small"

BUSY = "-busy"
"""A class of a screen that works something out: the next key waits for it a little."""

SHARES = range(20, 81)
"""Percent of the height that the table may have."""


class PaneScreen(Screen[None]):
    """Panes, without anything in them.

    On a narrow screen the sidebar is seen only while it has the focus, and lies over the papers.

    Args:
        sidebar, table, viewer, keys: the widgets.
        notice: a line to stand above all; empty for none.
        table_share: height of the table, in percent of what it shares with the viewer.
        show_sidebar: whether the sidebar is seen at first.
    """

    AUTO_FOCUS = "#table"

    # Textual paints the whole screen when the focus moves; here the panes that it moves between
    # draw all that changes.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    zoomed: reactive[bool] = reactive(False, init=False)
    """Whether the viewer has the screen for itself."""

    sidebar_hidden: reactive[bool] = reactive(False, init=False)
    table_share: reactive[int] = reactive(42, init=False)

    def __init__(
        self,
        *,
        sidebar: DateSidebar,
        table: PaperTable,
        viewer: SummaryViewer,
        keys: KeyBar,
        notice: str,
        table_share: int | None,
        show_sidebar: bool,
    ) -> None:
        super().__init__()
        self.sidebar = sidebar
        self.table = table
        self.viewer = viewer
        self.status = StatusLine(id="status")
        self._keys = keys
        self._notice = notice
        self._in_sidebar = False
        self._prompt: PromptBar | None = None
        if table_share is not None:
            self.set_reactive(PaneScreen.table_share, table_share)
        self.set_reactive(PaneScreen.sidebar_hidden, not show_sidebar)

    def compose(self) -> ComposeResult:
        """Put the panes in their places."""
        if self._notice:
            yield Static(self._notice, id="notice", markup=False)
        # Each takes its part of what those before it left. Around them are no containers: Textual
        # draws all lines of one, however little of it is seen.
        yield self._keys
        yield self.status
        yield self.sidebar
        yield self.table
        yield self.viewer
        # Arranged before the first paint: a style that changes later paints everything again.
        self._arrange(self.app.size)
        self.watch_table_share(self.table_share)
        if _is_too_small(self.app.size):
            yield _cover()

    def _arrange(self, size: Size) -> None:
        """Show the panes there is room for.

        Styles of single widgets are set, and no classes of the screen: those would have every
        widget styled and painted anew each time the focus moves.
        """
        roomy = size.width >= NARROW and not self.sidebar_hidden
        shown = {
            self.sidebar: not self.zoomed and (roomy or self._in_sidebar),
            self.table: not self.zoomed,
        }
        self.sidebar.set_class(not roomy, "-over")
        self.sidebar.set_class(bool(self._notice), "-noticed")
        for widget, display in shown.items():
            if widget.display != display:
                widget.display = display

    def on_resize(self, event: events.Resize) -> None:
        """Show the panes there is room for."""
        self._arrange(event.size)
        cover_if_too_small(self, event.size)

    def drop_notice(self) -> None:
        """Take the line above all away."""
        self._notice = ""
        self.query("#notice").remove()
        self._arrange(self.size)

    def watch_zoomed(self, zoomed: bool) -> None:  # noqa: FBT001
        """Give the viewer the screen, or take it back."""
        with self.app.batch_update():
            self._arrange(self.size)
            self.viewer.is_centered = zoomed
            self._keys.is_reading = zoomed
            self.set_focus(self.viewer if zoomed else self.table)

    def watch_sidebar_hidden(self) -> None:
        """Hide or show the sidebar."""
        self._arrange(self.size)

    def watch_table_share(self, share: int) -> None:
        """Divide the height between table and viewer."""
        self.table.styles.height = f"{share}%"

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a cell and the place in its text, for the mouse to select."""
        widget, place = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, TextView) and place is not None:
            place = widget.text_offset_at(x - widget.content_region.x, place)
        return widget, place

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Hide a sidebar without a place of its own as soon as the reader leaves it."""
        in_sidebar = event.widget is self.sidebar
        if in_sidebar != self._in_sidebar:
            self._in_sidebar = in_sidebar
            self._arrange(self.size)

    async def ask(self, question: Prompt) -> None:
        """Ask the reader something in place of the key bar."""
        # Textual's input is wanted only now.
        from tui.ui.widgets.prompt_bar import PromptBar

        if self._prompt is not None:
            # It was left by the mouse.
            await self._prompt.action_leave()
        before = self.focused
        self._keys.display = False
        self._prompt = PromptBar(question, lambda: self._asked(before))
        # It takes its part of the height before the status does, and so stands below that.
        await self.mount(self._prompt, before=self._keys)
        self._prompt.focus_input()

    @property
    def is_asking(self) -> bool:
        """Whether a question is asked."""
        return self._prompt is not None

    def _asked(self, before: Widget | None) -> None:
        self._prompt = None
        self._keys.display = True
        self.set_focus(before or self.table)

    # Actions

    def action_pane(self, name: str) -> None:
        """Go to a pane, which is shown if it was not."""
        if name != "viewer":
            self.zoomed = False
        if name == "sidebar":
            self._in_sidebar = True
            self._arrange(self.size)
        # At once, and not when Textual has a moment: keys may be typed ahead.
        self.set_focus(self.query_one(f"#{name}"))

    def action_next_pane(self, by: int) -> None:
        """Go to the next pane of those that are seen."""
        if self.zoomed:
            return
        seen = [name for name in PANES if name != "sidebar" or self.sidebar.display]
        focus = self.focused.id if self.focused else None
        here = seen.index(focus) if focus in seen else 0
        self.action_pane(seen[(here + by) % len(seen)])

    def action_toggle_sidebar(self) -> None:
        """Hide or show the sidebar."""
        self.sidebar_hidden = not self.sidebar_hidden
        if self.focused is self.sidebar:
            self.set_focus(self.table)

    def action_zoom(self) -> None:
        """Give the viewer the screen, or take it back."""
        self.zoomed = not self.zoomed

    def action_resize_table(self, by: int) -> None:
        """Give the table more of the height, or less."""
        share = self.table_share + by * 3
        self.table_share = min(max(share, SHARES.start), SHARES.stop - 1)


def cover_if_too_small(screen: Screen[Any], size: Size) -> None:
    """Cover all of a screen that has no room for it, or uncover it."""
    cover = screen.query(f"#{COVER}")
    if not _is_too_small(size):
        cover.remove()
    elif not cover:
        screen.mount(_cover())


def _is_too_small(size: Size) -> bool:
    return size.width < SMALLEST.width or size.height < SMALLEST.height


def _cover() -> Static:
    """Return what covers the others where there is no room. Hidden ones would lose the focus."""
    words = _("Broadsheet needs {width} x {height} cells.")
    needs = words.format(width=SMALLEST.width, height=SMALLEST.height)
    return Static(needs, id=COVER, markup=False)
