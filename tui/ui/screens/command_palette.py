"""The command palette: everything a key does, and the themes, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType
from textual.widget import Widget

from tui.config.keybindings import KEYS, KeyContext, key_labels
from tui.config.manual import TOPICS
from tui.config.resources import stylesheets
from tui.i18n import _
from tui.terminal.themes import THEME_NAMES
from tui.ui.screens.main.main_screen import MainScreen
from tui.ui.typeset.cell_width import fit
from tui.ui.widgets.date_sidebar import DateSidebar

ROOM = 54
"""Cells of a command's name, after which its key stands, where the screen is wide enough."""

KEYS_NEED = 16
"""Cells for the keys and the frame."""


class CommandPaletteScreen(CommandPalette):
    """Textual's, which asks in English and has borders."""

    CSS_PATH = stylesheets("palette")  # type: ignore[assignment]  # absolute paths are fine

    def __init__(self) -> None:
        super().__init__(placeholder=_("What do you want to do?"), id="--command-palette")


class _Command(NamedTuple):
    """Something to do: what it is called, the keys that do it, and how to do it."""

    name: str
    keys: str
    run: IgnoreReturnCallbackType

    def shown(self, width: int) -> Content:
        """Return the name with the keys beside it, for a screen of this width."""
        return Content(f"{fit(self.name, min(ROOM, width - KEYS_NEED))} {self.keys}")


class KeyCommands(Provider):
    """Offers what the keys do, with the keys beside it."""

    def _commands(self) -> Iterator[_Command]:
        screen = self.screen
        # A pane's keys are for the one that has the focus; theirs come last, as the least wanted.
        targets: dict[KeyContext, Widget] = {KeyContext.PANE: self.focused or screen}
        targets[KeyContext.SIDEBAR] = screen.query_one(DateSidebar)
        # The bindings as they are now: the reader may have set other keys.
        keys: dict[str, list[str]] = {}
        for active in self.screen.active_bindings.values():
            keys.setdefault(active.binding.id or "", []).append(active.binding.key)
        for key in sorted(KEYS, key=lambda key: key.context in targets):
            if key.id != "app.palette":
                words = _(key.help)
                name = f"{_(key.section.value)}: {words[0].lower()}{words[1:]}"
                shown = key_labels(",".join(keys.get(key.id, key.keys.split(","))))
                run = targets.get(key.context, screen).run_action
                yield _Command(name, shown, partial(run, key.action))
        if isinstance(screen, MainScreen):
            yield from _shelves(screen)
        run = screen.run_action
        for topic, title in TOPICS.items():
            name = _("Manual: {title}").format(title=_(title))
            yield _Command(name, "", partial(run, f"app.manual('{topic}')"))
        for theme in THEME_NAMES:
            name = _("Theme: {name}").format(name=theme)
            yield _Command(name, "", partial(run, f"app.choose_theme('{theme}')"))

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        width = self.app.size.width
        for command in self._commands():
            yield DiscoveryHit(command.shown(width), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Offer what matches what is typed."""
        matcher = self.matcher(query)
        width = self.app.size.width
        is_any = False
        for command in self._commands():
            score, places = matcher.fuzzy_search.match(query, command.name)
            if score > 0:
                is_any = True
                shown = command.shown(width)
                # Textual's own way reads names as markup, and tags are called as readers like.
                for at in places:
                    if at < len(shown) and not command.name[at].isspace():
                        shown = shown.stylize(matcher.match_style, at, at + 1)
                yield Hit(score, shown, command.run, command.name)
        if not is_any:
            # Textual's own word for it is English.
            yield Hit(1, _("Nothing is called like this."), lambda: None)


def _shelves(screen: MainScreen) -> Iterator[_Command]:
    """Offer what is marked and kept."""
    for shelf in screen.navigator.scopes:
        name = _("Show: {name}").format(name=shelf.title)
        yield _Command(name, "", partial(screen.navigator.visit, shelf))
