"""The command palette: every key binding, saved view and theme, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import Command, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.theme import Theme
from textual.types import IgnoreReturnCallbackType
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.config.keybindings import KEYS, KeyContext, key_label, key_labels
from tui.config.manual import TOPICS
from tui.config.paths import stylesheets
from tui.i18n import _
from tui.terminal.themes import THEME_NAMES
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.date_sidebar import DateSidebar

if TYPE_CHECKING:
    from tui.ui.app import BroadsheetApp
    from tui.ui.screens.main.main_screen import MainScreen

MAX_NAME_WIDTH = 54
"""Cells for the name of a command, after which its keys are shown."""

KEYS_WIDTH = 16
"""Cells for the keys and the frame."""


class CommandPaletteScreen(CommandPalette):
    """Textual's command palette with a translated placeholder and without borders.

    While the cursor is on a theme, the program shows it.
    """

    CSS_PATH = stylesheets("palette")  # type: ignore[assignment]  # absolute paths are fine

    def __init__(self) -> None:
        super().__init__(placeholder=_("Search commands"), id="--command-palette")

    def on_mount(self) -> None:
        """Follow the theme: Textual updates all screens but those of its own."""
        self.query_one(Input).cursor_blink = False
        self.app.theme_changed_signal.subscribe(self, self._update_styles)

    def on_unmount(self) -> None:
        """End the subscription, which would keep the screen in memory."""
        self.app.theme_changed_signal.unsubscribe(self)

    def _update_styles(self, _theme: Theme) -> None:
        self.app.stylesheet.update(self)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette, unless it is closed already: clicks may wait in its queue."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    @on(OptionList.OptionHighlighted)
    def _preview_theme(self, event: OptionList.OptionHighlighted) -> None:
        command = event.option.hit.command if isinstance(event.option, Command) else None
        theme = command.theme if isinstance(command, ThemeChoice) else None
        cast("BroadsheetApp", self.app).preview_theme(theme)


@dataclass(frozen=True)
class ThemeChoice:
    """Changes the theme when it is called.

    Attributes:
        app: the program.
        theme: the name of the theme.
    """

    app: App[object]
    theme: str

    async def __call__(self) -> None:
        """Change the theme, and remember it."""
        await self.app.run_action(f"choose_theme('{self.theme}')")


class _Command(NamedTuple):
    """A command: its name, the labels of its keys, and the function that runs it."""

    name: str
    keys: str
    run: IgnoreReturnCallbackType

    def display(self, width: int) -> Content:
        """Return the name and the keys for a screen of this width."""
        name_width = min(MAX_NAME_WIDTH, width - KEYS_WIDTH)
        return Content(f"{fit(self.name, name_width)} {self.keys}")


class KeyCommands(Provider):
    """Provides the main screen with its actions, the scopes in its sidebar, and the themes."""

    def _commands(self) -> Iterator[_Command]:
        screen = cast("MainScreen", self.screen)
        targets: dict[KeyContext, Widget] = {
            KeyContext.PANE: self.focused or screen,
            KeyContext.SIDEBAR: screen.query_one(DateSidebar),
        }
        # The current bindings: the reader may have set other keys.
        keys: dict[str, list[str]] = {}
        for active in screen.active_bindings.values():
            keys.setdefault(active.binding.id or "", []).append(active.binding.key)
        # The keys of panes come last, because nobody moves the cursor by the palette.
        for key in sorted(KEYS, key=lambda key: key.context in targets):
            if key.context is KeyContext.TRIAGE:
                continue
            if key.id != "app.palette" and screen.options.policy.has_key(key.id):
                text = _(key.help)
                name = f"{_(key.section.value)}: {text[0].lower()}{text[1:]}"
                labels = key_labels(",".join(keys.get(key.id, key.keys.split(","))))
                target = targets.get(key.context, screen)
                yield _Command(name, labels, partial(target.run_action, key.action))
        if screen.options.policy.may_run_programs:
            for number, own in enumerate(screen.options.settings.commands):
                name = _("Command: {name}").format(name=own.name)
                run_own = partial(screen.run_action, f"run_own_command({number})")
                yield _Command(name, key_label(own.key) if own.key else "", run_own)
        for scope in screen.navigator.scopes:
            name = _("Show: {name}").format(name=scope.title)
            yield _Command(name, "", partial(screen.navigator.visit, scope))
        run = screen.run_action
        for topic, title in TOPICS.items():
            name = _("Manual: {title}").format(title=_(title))
            yield _Command(name, "", partial(run, f"app.manual('{topic}')"))
        for theme in THEME_NAMES:
            name = _("Theme: {name}").format(name=theme)
            yield _Command(name, "", ThemeChoice(self.app, theme))

    async def discover(self) -> Hits:
        """Yield all commands, before anything is typed."""
        width = self.app.size.width
        for command in self._commands():
            yield DiscoveryHit(command.display(width), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match the typed text."""
        matcher = self.matcher(query)
        width = self.app.size.width
        has_hits = False
        for command in self._commands():
            score, offsets = matcher.fuzzy_search.match(query, command.name)
            if score > 0:
                has_hits = True
                display = command.display(width)
                # Textual's own highlighting would parse markup in the names of tags.
                for offset in offsets:
                    if offset < len(display) and not command.name[offset].isspace():
                        display = display.stylize(matcher.match_style, offset, offset + 1)
                yield Hit(score, display, command.run, command.name)
        if not has_hits:
            # Textual's own message is not translated.
            yield Hit(1, _("No matching command."), lambda: None)
