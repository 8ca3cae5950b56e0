"""The app: themes, keymap and the first screen."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.theme import Theme

from tui.config.keybindings import KEYS, KeyContext, bound_keys
from tui.config.resources import stylesheets
from tui.i18n import _
from tui.runtime.crash_log import CrashReport, record
from tui.terminal.capabilities import COLORS_256, TRUE_COLOR
from tui.terminal.hangul import LATIN_KEYS, decompose
from tui.terminal.themes import THEMES, THEMES_8, THEMES_256, ThemeColors, theme_colors
from tui.ui.drivers.terminal_driver import TerminalDriver
from tui.ui.key_queue import KeyQueueApp
from tui.ui.screens.main.main import MainScreen
from tui.ui.screens.main.panes import BUSY, PaneScreen
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.textual_internals import current_driver, record_exception, run_binding
from tui.ui.typeset.spans import Line
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.line_filters import filters_for_terminal
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.widgets.scroll_bar import FullCellScrollBar
from tui.ui.widgets.text_view import TextView
from tui.ui.workers.errors import BROWSER, told


class BroadsheetApp(KeyQueueApp):
    """Broadsheet's app.

    Args:
        opening: what to open.
    """

    TITLE = "Broadsheet"
    # What is over the main screen brings its own: to parse it takes a while.
    CSS_PATH = stylesheets("app", "bars", "sidebar", "table", "viewer")  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.APP)
    COMMAND_PALETTE_BINDING = ""
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, opening: StartupOptions) -> None:
        self._opening = opening
        self._poor: Sequence[LineFilter] = ()
        self.failure: CrashReport | None = None
        super().__init__(driver_class=_driver(is_remote=opening.terminal.is_remote))
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for palette in (*THEMES, *THEMES_256, *THEMES_8):
            self.register_theme(_theme(palette))
        self._begin_with_theme(opening.session.theme or opening.settings.theme)
        self._poor = filters_for_terminal(opening.terminal)
        ScrollBar.renderer = FullCellScrollBar
        keymap = opening.settings.keymap
        self.set_keymap(keymap)
        moves = (key for key in KEYS if key.context is KeyContext.PANE)
        self._moves = {one for key in moves for one in bound_keys(key.id, keymap).split(",")}

    def get_default_screen(self) -> Screen[None]:
        """Begin with the days, papers and summary."""
        return MainScreen(self._opening)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Leave the palette to our own commands."""
        return ()

    def on_mount(self) -> None:
        """Leave the terminal as it was when the line drops or the machine shuts down, too."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit)
        loop.set_exception_handler(self._failed_apart)
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    def _handle_exception(self, error: Exception) -> None:
        """Log what nobody foresaw, and leave; Textual would print all that the variables hold.

        Whoever ran the app is told by ``failure``.
        """
        failure = record(error, BROWSER)
        self.failure = self.failure or failure
        record_exception(self, error)
        self.exit(return_code=1)

    def _failed_apart(self, _loop: object, context: dict[str, object]) -> None:
        """Deal with what failed in the event loop where nobody waits for it."""
        error = context.get("exception")
        if not isinstance(error, Exception):
            return
        if "handle" in context or not isinstance(self.screen, PaneScreen):
            # Not a task of its own: what draws may be among it.
            self._handle_exception(error)
        else:
            self.screen.status.show_message(told(error))

    def is_ready(self) -> bool:
        """Tell whether marks are written, and the list or the page is there that was asked for.

        Who types a search does not wait for its list.
        """
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return not screen.has_class(BUSY)
        return not self._opening.marks.is_writing and (screen.is_asking or screen.is_found)

    def hurries(self, event: events.Key) -> bool:
        """Tell whether a key is a letter of a text, or moves in one or among papers."""
        focused = self.focused
        if focused is None:
            return False
        is_move = event.key in self._moves and isinstance(focused, PaperTable | TextView)
        return is_move or self._is_text(event)

    def presses(self, event: events.Key) -> list[events.Key]:
        """Take a syllable apart where it is no text: each of its letters is a key."""
        if self._is_text(event) or event.key in self.screen.active_bindings:
            return [event]
        return [events.Key(each, each) for each in _letters(event)] or [event]

    def _is_text(self, event: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    async def on_key(self, event: events.Key) -> None:
        """Let a letter of Hangul do what its key does.

        What a line takes as text never comes here, and syllables come in pieces.
        """
        if letters := _letters(event):
            # Textual's own way would do it twice.
            event.prevent_default()
            # The reader may have given something to the letter itself.
            if not await run_binding(self, event.key):
                await run_binding(self, LATIN_KEYS[letters[0]])

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not isinstance(self.screen, CommandPalette):
            # Wanted only now.
            from tui.ui.screens.command_palette import CommandPaletteScreen

            self.push_screen(CommandPaletteScreen())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let through what the terminal can show; Textual's way without colours sends greys."""
        of_textual = super().get_line_filters()
        return [*(each for each in of_textual if not isinstance(each, Monochrome)), *self._poor]

    def action_help(self) -> None:
        """Show all keys."""
        from tui.ui.screens.pages import lay_out_keys

        self._show_page(partial(lay_out_keys, self._opening.settings.keymap))

    def action_help_query(self) -> None:
        """Show how to search."""
        from tui.ui.screens.pages import lay_out_query_help

        self._show_page(partial(lay_out_query_help, self._opening.settings.keymap))

    def action_manual(self, topic: str = "") -> None:
        """Show a page of the manual; without a topic, let the reader choose one."""
        from tui.config.manual import TOPICS
        from tui.ui.screens.chooser import Choice, Chooser
        from tui.ui.screens.pages import TextPage, lay_out_manual

        def show(chosen: str) -> None:
            if isinstance(self.screen, TextPage):
                self.pop_screen()
            self._show_page(partial(lay_out_manual, chosen, self._opening.settings.keymap))

        def on_choice(number: int | None) -> None:
            if number is not None:
                show(list(TOPICS)[number])

        if topic:
            show(topic)
        elif not isinstance(self.screen, Chooser):
            choices = [Choice(_(title)) for title in TOPICS.values()]
            self.push_screen(Chooser(_("Manual"), choices), on_choice)

    def _show_page(self, lay_out: Callable[[int], list[Line]]) -> None:
        from tui.ui.screens.pages import TextPage

        if not isinstance(self.screen, TextPage):
            self.push_screen(TextPage(lay_out))

    def action_redraw(self) -> None:
        """Draw everything anew, over what something else may have written to the terminal."""
        self.screen.refresh(layout=True)
        driver = current_driver(self)
        if isinstance(driver, TerminalDriver):
            driver.invalidate()

    def action_suspend_process(self) -> None:
        """Go back to the shell, which has a way to come back."""
        if self.is_headless or os.getpgrp() == os.getsid(0):
            # Nothing but a shell with job control gives us a group of our own.
            if isinstance(self.screen, PaneScreen):
                self.screen.status.show_message(_("There is no shell to go back to."))
            return
        self.app_suspend_signal.publish(self)
        # Whoever waits for us stops with us, as with a Ctrl+Z that the terminal sees.
        os.killpg(os.getpgrp(), signal.SIGTSTP)

    def action_choose_theme(self, name: str) -> None:
        """Change the colours, also for the next time."""
        self._use_theme(name)
        self._opening.session.theme = name

    def _begin_with_theme(self, name: str) -> None:
        """Use a theme before anything is drawn: to set it would parse all stylesheets twice."""
        palette = theme_colors(name, self._opening.terminal)
        self.set_reactive(BroadsheetApp.theme, palette.name)
        self.set_class(palette.dark, "-dark-mode", update=False)
        self.set_class(not palette.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _use_theme(self, name: str) -> None:
        self.theme = theme_colors(name, self._opening.terminal).name


def _driver(*, is_remote: bool) -> type[TerminalDriver]:
    if not is_remote:
        return TerminalDriver
    # Only over SSH is it worth what it takes.
    from tui.ui.drivers.ssh_driver import SshDriver

    return SshDriver


def _letters(event: events.Key) -> str:
    """Return the letters of Hangul that a key made, or several that arrived as one."""
    return decompose(event.character) if event.key == event.character else ""


def _theme(palette: ThemeColors) -> Theme:
    """Return a palette as Textual wants it, with what the stylesheets know of it besides."""
    blends = palette.min_colors == TRUE_COLOR
    shades = palette.min_colors >= COLORS_256
    behind = palette.cursor if palette.min_colors else palette.accent
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
            # A mixture of two colours may be none of a few.
            "veil": f"{palette.background} 70%" if blends else palette.background,
            "selection": f"{palette.accent} 40%" if blends else behind,
            "bar": behind,
            "match": palette.accent if shades else palette.text,
            # Where shades are missing, type tells things apart.
            "edge": "none" if shades else f"ascii {palette.text}",
            "heading-style": "none" if shades else "underline",
            "sorted-style": "bold" if shades else "bold underline",
            "unread-style": "none" if shades else "bold",
            "warning-style": "none" if shades else "bold",
            "on-accent": palette.accent_text,
            "cursor-line": palette.cursor,
            "input-selection-background": palette.cursor,
            "input-cursor-background": palette.accent,
            "input-cursor-foreground": palette.accent_text,
        },
    )
