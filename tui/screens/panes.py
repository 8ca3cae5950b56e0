"""The three panes of the main screen: which is seen, how large it is, which has the focus."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets.date_sidebar import DateSidebar
from tui.widgets.key_bar import KeyBar
from tui.widgets.paper_table import PaperTable
from tui.widgets.status_line import StatusLine
from tui.widgets.summary_viewer import SummaryViewer

PANES = ("sidebar", "table", "viewer")
SHARES = range(20, 81)
"""Percent of the height that the table may have."""


class PaneScreen(Screen[None]):
    """Panes, without anything in them.

    On a narrow screen the sidebar is seen only while it has the focus.

    Args:
        sidebar, table, viewer, keys: the widgets.
        notice: a line to stand above all; empty for none.
        table_share: height of the table, in percent of what it shares with the viewer.
        show_sidebar: whether the sidebar is seen at first.
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares no ClassVar
        (0, "-too-narrow"),
        (40, "-narrow"),
        (72, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (12, "-high")]  # noqa: RUF012

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
        if table_share is not None:
            self.set_reactive(PaneScreen.table_share, table_share)
        self.set_reactive(PaneScreen.sidebar_hidden, not show_sidebar)

    def compose(self) -> ComposeResult:
        """Put the panes in their places."""
        if self._notice:
            yield Static(self._notice, id="notice", markup=False)
        with Horizontal(id="panes"):
            yield self.sidebar
            with Vertical(id="papers"):
                yield self.table
                yield self.viewer
        yield self.status
        yield self._keys
        yield Static("Broadsheet needs 40 × 12 cells.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Take over the sizes that are remembered, and begin in the table."""
        self.watch_table_share(self.table_share)
        self.watch_sidebar_hidden(self.sidebar_hidden)
        self.table.focus()

    def watch_zoomed(self, zoomed: bool) -> None:  # noqa: FBT001
        """Give the viewer the screen, or take it back."""
        self.set_class(zoomed, "-zoomed")
        self.viewer.centred = zoomed
        (self.viewer if zoomed else self.table).focus()

    def watch_sidebar_hidden(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide or show the sidebar."""
        self.set_class(hidden, "-no-sidebar")

    def watch_table_share(self, share: int) -> None:
        """Divide the height between table and viewer."""
        self.table.styles.height = f"{share}%"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show a sidebar that is hidden for as long as the reader is in it."""
        self.set_class(event.widget is self.sidebar, "-in-sidebar")

    def ask(
        self, question: str, example: str, answered: Callable[[str], str | None], value: str = ""
    ) -> None:
        """Ask the reader something in place of the key bar; see ``PromptBar``."""
        # Textual's input is wanted only now.
        from tui.widgets.prompt_bar import PromptBar

        if not self.query(PromptBar):
            before = self.focused
            self.add_class("-asking")
            self.mount(PromptBar(question, example, answered, lambda: self._asked(before), value))

    def _asked(self, before: Widget | None) -> None:
        self.remove_class("-asking")
        (before or self.table).focus()

    # Actions

    def action_pane(self, name: str) -> None:
        """Go to a pane, which is shown if it was not."""
        if name != "viewer":
            self.zoomed = False
        if name == "sidebar":
            self.add_class("-in-sidebar")
        self.query_one(f"#{name}").focus()

    def action_next_pane(self, by: int) -> None:
        """Go to the next pane of those that are seen."""
        if self.zoomed:
            return
        seen = [name for name in PANES if name != "sidebar" or self.sidebar.display]
        here = next((at for at, name in enumerate(seen) if self.query_one(f"#{name}").has_focus), 0)
        self.action_pane(seen[(here + by) % len(seen)])

    def action_toggle_sidebar(self) -> None:
        """Hide or show the sidebar."""
        self.sidebar_hidden = not self.sidebar_hidden
        if self.sidebar.has_focus:
            self.table.focus()

    def action_zoom(self) -> None:
        """Give the viewer the screen, or take it back."""
        self.zoomed = not self.zoomed

    def action_resize_table(self, by: int) -> None:
        """Give the table more of the height, or less."""
        share = self.table_share + by * 3
        self.table_share = min(max(share, SHARES.start), SHARES.stop - 1)
