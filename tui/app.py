"""The app: themes, keymap and the first screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.theme import Theme

from tui.i18n import _
from tui.keys import Context
from tui.palettes import PALETTES, Palette
from tui.resources import stylesheets
from tui.screens.browse import BrowseScreen
from tui.screens.opening import Opening
from tui.screens.panes import PaneScreen
from tui.widgets.bindings import bindings
from tui.widgets.line_view import LineView


class BroadsheetApp(App[None]):
    """Broadsheet's app.

    Args:
        opening: what to open.
    """

    TITLE = "Broadsheet"
    CSS_PATH = stylesheets()  # type: ignore[assignment]  # absolute paths are fine, and documented
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.APP)
    COMMAND_PALETTE_BINDING = ""
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        super().__init__()
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for palette in PALETTES:
            self.register_theme(_theme(palette))
        self.theme = opening.session.theme or opening.settings.theme
        self.set_keymap(opening.settings.keymap)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the days, papers and summary."""
        return BrowseScreen(self._opening)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Leave the palette to our own commands."""
        return ()

    def on_mount(self) -> None:
        """Leave the terminal as it was when the line drops or the machine shuts down, too."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit)

    def on_key(self, event: events.Key) -> None:
        """Let nobody's typing be taken for commands."""
        if isinstance(self.screen, PaneScreen) and self.screen.take_typed(event):
            event.prevent_default()

    def action_command_palette(self) -> None:
        """Show the palette; Textual's own asks in English."""
        if not isinstance(self.screen, CommandPalette):
            asked = _("What do you want to do?")
            self.push_screen(CommandPalette(placeholder=asked, id="--command-palette"))

    def action_help(self) -> None:
        """Show all keys."""
        from tui.screens.pages import KeysView

        self._show_page(KeysView(self._opening.settings.keymap))

    def action_help_query(self) -> None:
        """Show how to search."""
        from tui.screens.pages import QueryView

        self._show_page(QueryView())

    def _show_page(self, view: LineView) -> None:
        from tui.screens.pages import Page

        if not isinstance(self.screen, Page):
            self.push_screen(Page(view))

    def action_choose_theme(self, name: str) -> None:
        """Change the colours, also for the next time."""
        self.theme = name
        self._opening.session.theme = name


def _theme(palette: Palette) -> Theme:
    """Return a palette as Textual wants it."""
    return Theme(
        name=palette.name,
        dark=palette.dark,
        primary=palette.accent,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.surface,
        warning=palette.warning,
        error=palette.warning,
        variables={
            "muted": palette.muted,
            "on-accent": palette.accent_text,
            "cursor-line": palette.cursor,
            "input-selection-background": palette.cursor,
            "input-cursor-background": palette.accent,
            "input-cursor-foreground": palette.accent_text,
        },
    )
