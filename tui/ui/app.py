"""The app: themes, key bindings of the whole program, and the first screen."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from tui.config.keybindings import (
    BY_ID,
    EVERYWHERE,
    KEYS,
    KeyContext,
    bound_keys,
    key_label,
    single_keys,
)
from tui.config.paths import log_file, stylesheets
from tui.i18n import _
from tui.runtime.crash_log import CrashReport, record
from tui.terminal.hangul import LATIN_KEYS, decompose
from tui.terminal.themes import THEMES, THEMES_8, THEMES_256, theme_colors
from tui.ui.drivers.terminal_driver import TerminalDriver
from tui.ui.key_queue import KeyQueueApp
from tui.ui.pending_keys import PendingKeys
from tui.ui.screens.main.main_screen import MainScreen
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.textual_internals import (
    current_driver,
    disable_popups,
    record_exception,
    run_binding,
    share_background_styles,
)
from tui.ui.textual_themes import textual_theme
from tui.ui.typeset.spans import Line
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.line_filters import filters_for_terminal
from tui.ui.widgets.line_window import FullCellScrollBar
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.widgets.prompt import Choice
from tui.ui.widgets.text_view import TextView
from tui.ui.workers.jobs import PROGRAM_PART, log_and_describe

if TYPE_CHECKING:
    from textual.command import CommandPalette, Provider


@runtime_checkable
class ScreenWithMessage(Protocol):
    """A screen with a line for messages until the next key."""

    def show_message(self, text: str) -> None:
        """Show a message; an empty one removes it."""


class BroadsheetApp(KeyQueueApp, inherit_css=False):
    """The Textual app of Broadsheet.

    Args:
        options: what to open.

    Attributes:
        crash_report: the first unexpected error, after which the app has ended; None without one.
        on_opened: called when the opening screen is painted; may be replaced before the app runs.
    """

    TITLE = "Broadsheet"
    # Other screens bring their own stylesheets, which take a while to parse.
    CSS_PATH = stylesheets("app", "bars", "sidebar", "table", "viewer")  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.APP)
    COMMAND_PALETTE_BINDING = ""
    ENABLE_COMMAND_PALETTE = True
    # The command palette shows none of Textual's commands.
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = set()

    def __init__(self, options: StartupOptions) -> None:
        self._options = options
        self._terminal_filters: Sequence[LineFilter] = ()
        self._has_theme = False
        self.crash_report: CrashReport | None = None
        self.was_cut_off = False
        """Whether a signal has ended the program, as when a connection is lost."""
        self.on_opened: Callable[[], object] = self._show_opening_screen
        share_background_styles()
        driver = partial(TerminalDriver, throttles=options.terminal.is_remote)
        super().__init__(driver_class=driver)  # type: ignore[arg-type]  # Textual only calls it
        disable_popups(self)
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for colors in (*THEMES, *THEMES_256, *THEMES_8):
            self.register_theme(textual_theme(colors))
        self._set_first_theme(options.session.theme or options.settings.theme)
        self._terminal_filters = filters_for_terminal(options.terminal)
        ScrollBar.renderer = FullCellScrollBar
        keymap = options.settings.keymap
        self.set_keymap({name: single_keys(bound_keys(name, keymap)) for name in keymap})
        if options.policy.may_run_programs:
            for number, command in enumerate(options.settings.commands):
                if command.key:
                    self.bind(command.key, f"screen.run_own_command({number})", show=False)
        self._pending_keys = PendingKeys(self, keymap, self._show_message)
        moves = (binding for binding in KEYS if binding.context is KeyContext.PANE)
        self._move_keys = {
            key for binding in moves for key in bound_keys(binding.id, keymap).split(",")
        }
        self._actions_everywhere = {
            key: BY_ID[name].action
            for name in EVERYWHERE
            for key in single_keys(bound_keys(name, keymap)).split(",")
        }
        self._pane_keys = {
            key
            for name in ("pane.next", "pane.previous")
            for key in bound_keys(name, keymap).split(",")
        }

    def get_css_variables(self) -> dict[str, str]:
        """Return the colors; none before the first theme is set, because computing takes time."""
        return super().get_css_variables() if self._has_theme else {}

    def get_default_screen(self) -> Screen[None]:
        """Start with the main screen."""
        return MainScreen(self._options, on_opened=self.on_opened)

    def _show_opening_screen(self) -> None:
        """Let the terminal show the opening screen, and from now on whatever is painted."""
        driver = current_driver(self)
        if isinstance(driver, TerminalDriver):
            driver.show_opening_screen()

    def on_mount(self) -> None:
        """Restore the terminal even if the connection is lost or the machine shuts down."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._cut_off)
        if not self._options.policy.may_run_programs and not self.is_headless:
            # Textual's driver would suspend the program.
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        loop.set_exception_handler(self._handle_loop_error)
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    def _cut_off(self) -> None:
        self.was_cut_off = True
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Log an unexpected error and exit. Textual would print the values of all variables."""
        report = record(error, PROGRAM_PART, log_file)
        self.crash_report = self.crash_report or report
        record_exception(self, error)
        self.exit(return_code=1)

    def _handle_loop_error(self, _loop: object, context: dict[str, object]) -> None:
        """Handle an error of a callback or task that nothing waits for."""
        error = context.get("exception")
        if not isinstance(error, Exception):
            return
        if "handle" in context or not isinstance(self.screen, MainScreen):
            # A callback, not a task: it may be part of the rendering.
            self._handle_exception(error)
        else:
            self.screen.panes.status.show_message(log_and_describe(error))

    def prepare_for_key(self) -> None:
        """Let the main screen create what keys need."""
        if isinstance(self.screen, MainScreen):
            self.screen.prepare_for_key()

    def pending_request(self) -> object:
        """Return the list or page that is loaded, or marks that are written; None if nothing is.

        A search does not wait for its results while the query is typed.
        """
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return super().pending_request()
        is_list_ready = screen.panes.is_prompting or screen.model.is_complete
        pending = (
            None if is_list_ready else screen.model.request,
            self._options.marks.is_writing,
            screen.later.steps.is_searching,
        )
        return pending if any(pending) else None

    def needs_request(self, event: events.Key) -> bool:
        """Return whether the effect of a key depends on what was requested: not to move the focus.

        In a dialog or prompt, keys depend on those before them.
        """
        screen = self.screen
        moves_focus = isinstance(screen, MainScreen) and not screen.panes.is_prompting
        return not (moves_focus and event.key in self._pane_keys)

    def is_order_independent(self, event: events.Key) -> bool:
        """Return whether a key is a letter typed as text, or moves in a list or text."""
        focused = self.focused
        if focused is None:
            return False
        is_move = event.key in self._move_keys and isinstance(focused, PaperTable | TextView)
        return is_move or self._is_text(event)

    def split_key(self, event: events.Key) -> list[events.Key]:
        """Split a Hangul syllable that is not typed as text into letters, one key each."""
        if self._is_text(event) or event.key in self.screen.active_bindings:
            return [event]
        return [events.Key(letter, letter) for letter in _hangul_letters(event)] or [event]

    def _is_text(self, event: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    async def on_key(self, event: events.Key) -> None:
        """Run the action of a key, or of the key on which a Hangul letter is typed.

        Text input consumes its keys before this, and ``split_key`` has split syllables.
        """
        # Otherwise Textual would look up the bindings a second time.
        event.prevent_default()
        key = event.key
        if letters := _hangul_letters(event):
            # The letter itself may be bound in the settings.
            if await run_binding(self, key):
                return
            key = LATIN_KEYS[letters[0]]
        is_main_screen = isinstance(self.screen, MainScreen)
        if await self._pending_keys.handle(key, is_main_screen=is_main_screen):
            return
        if await run_binding(self, key):
            return
        # Dialogs hide the bindings of the app.
        if key == "ctrl+c":
            await self.action_help_quit()
        elif action := self._actions_everywhere.get(key):
            await self.run_action(action)
        elif not self._is_text_focused:
            self._pending_keys.report_unbound(key_label(key))

    def on_click(self) -> None:
        """Forget the keys that wait for another one."""
        self._pending_keys.cancel()

    @property
    def _is_text_focused(self) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key("a", "a")

    def _show_message(self, text: str) -> None:
        """Show a message about a key, where the screen has a place for it."""
        if isinstance(self.screen, MainScreen):
            self.screen.panes.status.show_message(text)
        elif isinstance(self.screen, ScreenWithMessage):
            self.screen.show_message(text)

    async def action_help_quit(self) -> None:  # type: ignore[override]  # Textual awaits it
        """Cancel what is pending. Textual runs this for Ctrl+C when no text is selected."""
        if isinstance(self.screen, MainScreen):
            await self.screen.later.back.interrupt()
        else:
            await run_binding(self, "escape")

    def pop_screen(self) -> AwaitComplete:
        """Return to the screen below; the last one stays.

        A screen may be closed twice: by a click and by a key that was pressed before it was drawn.
        """
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def action_command_palette(self) -> None:
        """Show the command palette."""
        from tui.ui.screens.command_palette import CommandPaletteScreen

        if not isinstance(self.screen, CommandPaletteScreen):
            self.push_screen(CommandPaletteScreen())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return filters for what the terminal can display.

        Textual's own filter for terminals without colors sends shades of gray. Another one looks
        for named colors, which no theme has.
        """
        filters = [
            each
            for each in super().get_line_filters()
            if not isinstance(each, (ANSIToTruecolor, Monochrome))
        ]
        return [*filters, *self._terminal_filters]

    def action_help(self) -> None:
        """Show all key bindings, those of the focused pane first."""
        from tui.ui.screens.keys_page import KeysPage
        from tui.ui.screens.pages import TextPage

        if not isinstance(self.screen, TextPage):
            options, focused = self._options, self.focused
            pane = (focused.id or "") if focused is not None else ""
            keymap = options.settings.keymap
            may_run = options.policy.may_run_programs
            commands = options.settings.commands if may_run else ()
            self.push_screen(KeysPage(keymap, options.policy.has_key, pane, commands))

    def action_help_query(self) -> None:
        """Show the help page about queries."""
        from tui.ui.screens.pages import lay_out_query_help

        self._show_page(lay_out_query_help)

    def action_manual(self, topic: str = "") -> None:
        """Show a page of the manual; without a topic, let the reader choose one."""
        from tui.config.manual import TOPICS
        from tui.ui.screens.chooser import Chooser
        from tui.ui.screens.pages import TextPage, lay_out_manual

        def show(chosen: str) -> None:
            if isinstance(self.screen, TextPage):
                self.pop_screen()
            self._show_page(partial(lay_out_manual, chosen))

        def on_choice(index: int | None) -> None:
            if index is not None:
                show(list(TOPICS)[index])

        if topic:
            show(topic)
        elif not isinstance(self.screen, Chooser):
            choices = [Choice(_(title)) for title in TOPICS.values()]
            self.push_screen(Chooser(_("Manual"), choices), on_choice)

    def _show_page(self, lay_out: Callable[[int], list[Line]]) -> None:
        from tui.ui.screens.pages import TextPage

        if not isinstance(self.screen, TextPage):
            self.push_screen(TextPage(lay_out, self._options.settings.keymap))

    def action_redraw(self) -> None:
        """Redraw the screen, in case another program has written to the terminal."""
        self.screen.refresh(layout=True)
        driver = current_driver(self)
        if isinstance(driver, TerminalDriver):
            driver.invalidate()

    def action_suspend_process(self) -> None:
        """Suspend the program; ``fg`` in the shell resumes it."""
        obstacle = ""
        if not self._options.policy.may_run_programs:
            obstacle = _("Cannot suspend in restricted mode.")
        elif self.is_headless or os.getpgrp() == os.getsid(0):
            # Only a shell with job control starts programs in a process group of their own.
            obstacle = _("Cannot suspend: not started from a shell.")
        if obstacle:
            self._show_message(obstacle)
            return
        self.app_suspend_signal.publish(self)
        # The whole process group stops, as if the terminal had handled Ctrl+Z.
        os.killpg(os.getpgrp(), signal.SIGTSTP)

    def action_choose_theme(self, name: str) -> None:
        """Change the theme, and remember it."""
        self.preview_theme(name)
        self._options.session.theme = name

    def preview_theme(self, name: str | None) -> None:
        """Show a theme that is not chosen yet; None stands for the one that is chosen."""
        name = name or self._options.session.theme or self._options.settings.theme
        self.theme = theme_colors(name, self._options.terminal).name

    def on_command_palette_closed(self, event: CommandPalette.Closed) -> None:
        """Show the chosen theme again, unless a command was chosen, which may be another theme."""
        if not event.option_selected:
            self.preview_theme(None)

    def _set_first_theme(self, name: str) -> None:
        """Set the theme before the first paint; assigning it would parse all stylesheets twice."""
        colors = theme_colors(name, self._options.terminal)
        self.set_reactive(BroadsheetApp.theme, colors.name)
        self.set_class(colors.dark, "-dark-mode", update=False)
        self.set_class(not colors.dark, "-light-mode", update=False)
        self._has_theme = True
        self.stylesheet.set_variables(self.get_css_variables())


def _hangul_letters(event: events.Key) -> str:
    """Return the Hangul letters of a key event, which may hold a whole syllable; else nothing."""
    return decompose(event.character) if event.key == event.character else ""
