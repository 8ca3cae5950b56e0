"""The app: themes, keymap and the first screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.theme import Theme

from tui.i18n import _
from tui.key_by_key import KeyByKeyApp
from tui.keys import KEYS, Context
from tui.palettes import PALETTES, Palette
from tui.resources import stylesheets
from tui.screens.browse import BrowseScreen
from tui.screens.opening import Opening
from tui.widgets.bindings import bindings
from tui.widgets.line_view import LineView
from tui.widgets.paper_table import PaperTable


class BroadsheetApp(KeyByKeyApp):
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
        keymap = opening.settings.keymap
        self.set_keymap(keymap)
        moves = (key for key in KEYS if key.context is Context.PANE)
        self._moves = {one for key in moves for one in keymap.get(key.id, key.keys).split(",")}

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

    def is_ready(self) -> bool:
        """Tell whether marks are written, and the list is there that was asked for.

        Who types a search does not wait for its list.
        """
        screen = self.screen
        if not isinstance(screen, BrowseScreen):
            return True
        return not self._opening.marks.is_writing and (screen.is_asking or screen.is_found)

    def hurries(self, event: events.Key) -> bool:
        """Tell whether a key is a letter of a text, or moves in one or among papers."""
        focused = self.focused
        if focused is None:
            return False
        is_text = focused.check_consume_key(event.key, event.character)
        return is_text or (event.key in self._moves and isinstance(focused, PaperTable | LineView))

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
