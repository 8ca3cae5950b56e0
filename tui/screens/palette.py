"""The command palette: everything a key does, and the themes, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from tui.keys import KEYS, signs
from tui.palettes import NAMES
from tui.typeset.cells import fit

ROOM = 54
"""Cells of a command's name, after which its key stands, where the screen is wide enough."""

KEYS_NEED = 16
"""Cells for the keys and the frame."""


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
        run = self.screen.run_action
        # The bindings as they are now: the reader may have set other keys.
        keys: dict[str, list[str]] = {}
        for active in self.screen.active_bindings.values():
            keys.setdefault(active.binding.id or "", []).append(active.binding.key)
        for key in KEYS:
            if key.listed:
                name = f"{key.group.value}: {key.help[0].lower()}{key.help[1:]}"
                shown = signs(",".join(keys.get(key.id, [])))
                yield _Command(name, shown, partial(run, key.action))
        for theme in NAMES:
            yield _Command(f"Theme: {theme}", "", partial(run, f"app.choose_theme('{theme}')"))

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        width = self.app.size.width
        for command in self._commands():
            yield DiscoveryHit(command.shown(width), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Offer what matches what is typed."""
        matcher = self.matcher(query)
        width = self.app.size.width
        for command in self._commands():
            if (score := matcher.match(command.name)) > 0:
                shown = matcher.highlight(command.shown(width).plain)
                yield Hit(score, shown, command.run, command.name)
