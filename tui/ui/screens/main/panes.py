"""Arrange the panes of the main screen: visibility, size and focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.i18n import _
from tui.ui.messages import Notice
from tui.ui.screens.main.pane_geometry import (
    NARROW_WIDTH,
    RESIZE_STEP,
    TABLE_SHARE,
    TABLE_SHARES,
    PaneGeometry,
    arrange_panes,
)
from tui.ui.screens.size_cover import cover_if_too_small, covers
from tui.ui.widgets.banner import Banner
from tui.ui.widgets.date_sidebar import DateSidebar
from tui.ui.widgets.key_bar import KeyBar
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.summary_viewer import SummaryViewer

if TYPE_CHECKING:
    from tui.ui.screens.main.startup_options import StartupOptions
    from tui.ui.widgets.prompt_bar import PromptBar

PANES = ("sidebar", "table", "viewer")


class PaneLayout:
    """The widgets of the main screen, and which of them are visible.

    On a narrow screen the sidebar is visible only while it has the focus, and covers the table. On
    a wide one the summary is beside the table; otherwise it is below, and the table is only as high
    as its rows.

    Args:
        screen: the screen that composes the widgets.
        options: settings, marks, and the remembered layout.
    """

    def __init__(self, screen: Screen[None], options: StartupOptions) -> None:
        settings, session = options.settings, options.session
        self._screen = screen
        self.on_zoom: Callable[[], None] = lambda: None
        """Called when the viewer took the whole screen, or gave it back."""
        self.on_prompt_closed: Callable[[], None] = lambda: None
        self.sidebar = DateSidebar()
        self.table = PaperTable(settings.columns, options.marks.get)
        self.viewer = SummaryViewer()
        for pane in (self.sidebar, self.table, self.viewer):
            pane.window.shows_focus = True
        self.status = StatusLine()
        self._key_bar = KeyBar(settings.keymap)
        self._banner = Banner(options.banner, options.banner_action) if options.banner else None
        self._prompt: PromptBar | None = None
        self._is_in_sidebar = False
        self.is_zoomed = False
        self.is_table_alone = False
        self.is_sidebar_hidden = not session.sidebar
        self.table_share = TABLE_SHARE if session.table_share is None else session.table_share
        self.layout = session.layout or settings.layout
        self._geometry: PaneGeometry | None = None

    def compose(self, size: Size) -> ComposeResult:
        """Yield the widgets, arranged for a terminal of this size."""
        if self._banner:
            yield self._banner
        # Each widget is docked to what the ones before it left. There are no containers: Textual
        # renders all lines of a container, however few are visible.
        yield self._key_bar
        yield self.status
        yield self.sidebar
        yield self.table
        yield self.viewer
        # Arranged before the first paint: a later change of style paints everything again.
        self._arrange(size)
        yield from covers(size)

    def resize(self, size: Size) -> None:
        """Arrange the panes for another terminal size, or cover a screen that is too small."""
        self._arrange(size)
        cover_if_too_small(self._screen, size)

    def _arrange(self, size: Size) -> None:
        """Show the panes that fit.

        This sets styles of single widgets, not classes of the screen: Textual would restyle and
        repaint every widget of the screen each time the focus moves.
        """
        is_beside = size.width >= NARROW_WIDTH and not self.is_sidebar_hidden
        is_beside = is_beside and not self.is_table_alone
        visible: dict[Widget, bool] = {
            self.sidebar: not self.is_zoomed and (is_beside or self._is_in_sidebar),
            self.table: not self.is_zoomed,
            self.viewer: self.is_zoomed or not self.is_table_alone,
        }
        self.sidebar.set_class(not is_beside, "-over")
        self.sidebar.set_class(self._banner is not None, "-below-banner")
        for widget, display in visible.items():
            if widget.display != display:
                widget.display = display
        self._apply_geometry(size, has_sidebar=is_beside)

    def _apply_geometry(self, size: Size, *, has_sidebar: bool) -> None:
        """Give list and summary their places; each change of a style lays out the screen."""
        height = size.height - 2 - (self._banner is not None)
        rows = self.table.line_count
        geometry = arrange_panes(
            size.width,
            height,
            layout=self.layout,
            has_sidebar=has_sidebar,
            share=self.table_share,
            rows=rows and rows + self.table.heading_lines,
        )
        if self.is_table_alone:
            geometry = PaneGeometry(is_beside=False, width=size.width, height=height)
        before, self._geometry = self._geometry, geometry
        if before is not None and self._prompt is not None and not geometry.is_beside:
            # While a query is typed, the list does not shrink with each letter.
            geometry = geometry._replace(height=max(geometry.height, before.height))
            self._geometry = geometry
        if geometry == before:
            return
        styles = self.table.styles
        if before is None or geometry.is_beside != before.is_beside:
            styles.split = "left" if geometry.is_beside else "none"
            self.viewer.set_class(geometry.is_beside, "-beside")
            self.viewer.window.has_rule = geometry.is_beside
            self.table.set_beside(geometry.is_beside)
        if geometry.is_beside:
            styles.width, styles.height = geometry.width, "100%"
        else:
            styles.width, styles.height = "1fr", geometry.height

    def fit_to_list(self) -> None:
        """Make the list as high as its papers need, once they have changed."""
        self._arrange(self._screen.size)

    def remove_banner(self) -> None:
        """Remove the line at the top of the screen."""
        if self._banner is not None:
            self._banner.remove()
            self._banner = None
        self._arrange(self._screen.size)

    # Focus

    def focus(self, widget: Widget) -> None:
        """Move the focus at once: keys typed ahead are meant for this widget."""
        self._screen.set_focus(widget)

    def is_focused(self, widget: Widget) -> bool:
        """Return whether a widget has the focus, or is about to get it."""
        return self._screen.focused is widget

    @property
    def is_sidebar_over(self) -> bool:
        """Whether the sidebar covers the table."""
        return self._is_in_sidebar and self.sidebar.has_class("-over")

    def focus_moved(self, widget: Widget) -> None:
        """Hide a sidebar that covers the table as soon as the focus leaves it."""
        self._key_bar.pane = "reader" if self.is_zoomed else widget.id or ""
        is_in_sidebar = widget is self.sidebar
        if is_in_sidebar != self._is_in_sidebar:
            self._is_in_sidebar = is_in_sidebar
            self._arrange(self._screen.size)

    def action_pane(self, name: str) -> None:
        """Move the focus to a pane, and show it if it is hidden."""
        if name != "viewer":
            self.zoom(is_zoomed=False)
        elif self.is_table_alone:
            self._toggle_table_alone()
        if name == "sidebar":
            self._is_in_sidebar = True
            self._arrange(self._screen.size)
        self.focus(self._pane(name))

    def action_next_pane(self, by: int) -> None:
        """Move the focus to the next (1) or previous (-1) visible pane."""
        if self.is_zoomed:
            return
        visible = [name for name in PANES if self._pane(name).display]
        focused = self._screen.focused.id if self._screen.focused else None
        index = visible.index(focused) if focused in visible else 0
        self.action_pane(visible[(index + by) % len(visible)])

    def action_side_pane(self, by: int) -> None:
        """Go to the pane on the right (1) or left (-1), and from a paper read alone to the list."""
        if self.is_zoomed:
            if by < 0:
                self.zoom(is_zoomed=False)
            return
        index = next((PANES.index(n) for n in PANES if self.is_focused(self._pane(n))), 1) + by
        if 0 <= index < len(PANES):
            self.action_pane(PANES[index])

    def _pane(self, name: str) -> Widget:
        return self._screen.query_one(f"#{name}")

    # Visibility and size

    def zoom(self, *, is_zoomed: bool) -> None:
        """Set whether the viewer takes the whole screen."""
        if is_zoomed == self.is_zoomed:
            return
        self.is_zoomed = is_zoomed
        with self._screen.app.batch_update():
            self._arrange(self._screen.size)
            self.viewer.is_centered = is_zoomed
            self.viewer.window.shows_focus = not is_zoomed
            self._key_bar.pane = "reader" if is_zoomed else "table"
            self.focus(self.viewer if is_zoomed else self.table)
        self.on_zoom()

    def action_zoom(self) -> None:
        """Give the whole screen to the pane with the focus, or show all panes again."""
        if self.is_zoomed or self.is_focused(self.viewer):
            self.zoom(is_zoomed=not self.is_zoomed)
        else:
            self._toggle_table_alone()
            self.focus(self.table)

    def _toggle_table_alone(self) -> None:
        self.is_table_alone = not self.is_table_alone
        with self._screen.app.batch_update():
            self._arrange(self._screen.size)

    def action_toggle_sidebar(self) -> None:
        """Hide or show the sidebar."""
        self.is_sidebar_hidden = not self.is_sidebar_hidden
        self._arrange(self._screen.size)
        if self.is_focused(self.sidebar):
            self.focus(self.table)

    def enter(self) -> None:
        """Go from the sidebar to the papers, or from a paper to its summary."""
        if self.is_focused(self.sidebar):
            self.focus(self.table)
        elif self.table.paper is not None:
            self.zoom(is_zoomed=True)

    def action_resize_table(self, by: int) -> None:
        """Make the table larger (1) or smaller (-1) by one step."""
        share = self.table_share + by * RESIZE_STEP
        self.table_share = min(max(share, TABLE_SHARES.start), TABLE_SHARES.stop - 1)
        self._arrange(self._screen.size)

    def action_toggle_layout(self) -> None:
        """Put the summary beside the list, or below it."""
        is_beside = self._geometry is not None and self._geometry.is_beside
        self.layout = "below" if is_beside else "beside"
        self._arrange(self._screen.size)
        if not is_beside and self._geometry is not None and not self._geometry.is_beside:
            self.status.show_message(_("The terminal is too narrow for that."))

    # Prompt

    async def show_prompt(self, prompt: Prompt) -> None:
        """Show a prompt in place of the key bar."""
        from tui.ui.widgets.prompt_bar import PromptBar

        # A click into a pane may have left one open.
        await self.cancel_prompt()
        focused = self._screen.focused
        self._key_bar.display = False
        bar_class: type[PromptBar] = PromptBar
        if prompt.assistant is not None:
            from tui.ui.widgets.assisted_prompt_bar import AssistedPromptBar

            bar_class = AssistedPromptBar
        self._prompt = bar_class(prompt, lambda: self._prompt_closed(focused))
        # Mounted first, so that it is docked below the status line.
        await self._screen.mount(self._prompt, before=self._key_bar)
        self._prompt.focus_input()

    async def cancel_prompt(self) -> bool:
        """Close the open prompt without an answer; return whether there was one."""
        if self._prompt is None:
            return False
        await self._prompt.action_cancel()
        return True

    @property
    def is_prompting(self) -> bool:
        """Whether a prompt is open."""
        return self._prompt is not None

    def refresh_hint(self) -> None:
        """Show the hint of an open prompt again: its assistant knows more."""
        if self._prompt is not None:
            self._prompt.refresh_hint()

    def _prompt_closed(self, focused_before: Widget | None) -> None:
        self._prompt = None
        self._key_bar.display = True
        self.focus(focused_before or self.table)
        self.fit_to_list()
        self.on_prompt_closed()

    # Messages

    def on_notice(self, message: Notice) -> None:
        """Show the outcome of a background task."""
        self.status.show_message(message.text, message.url)
