"""The command palette: everything a key does, and the themes, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from tui.keys import KEYS, signs
from tui.palettes import NAMES


class _Command(NamedTuple):
    name: str
    help: str
    run: IgnoreReturnCallbackType


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
                shown = signs(",".join(keys.get(key.id, [])))
                name = f"{key.group.value}: {key.help[0].lower()}{key.help[1:]}"
                yield _Command(name, f"Key: {shown}", partial(run, key.action))
        for theme in NAMES:
            action = f"app.choose_theme('{theme}')"
            yield _Command(f"Theme: {theme}", "Colours of the screen", partial(run, action))

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.name, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(command.name)) > 0:
                shown = matcher.highlight(command.name)
                yield Hit(score, shown, command.run, help=command.help)
