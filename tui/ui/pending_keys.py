"""Keys that wait for the next one: counts (``5j``), panes (``3``), and sequences (``yy``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from tui.config.key_sequences import KeySequences, counted_action
from tui.config.keybindings import (
    COUNTED,
    SEQUENCE_HINTS,
    KeyBinding,
    KeyContext,
    first_key_label,
    key_label,
)
from tui.i18n import _
from tui.ui.delayed_call import DelayedCall
from tui.ui.typeset.cell_width import truncate

if TYPE_CHECKING:
    from textual.app import App

PANE_KEY_SECONDS = 0.5
"""How long the key of a pane waits for a key to repeat; 0 goes to the pane at once."""

_MARGINS = 2
"""Empty cells beside a message."""


class PendingKeys:
    """Handles the keys that reach the app, before their bindings.

    Args:
        app: runs actions and the timer.
        keymap: the reader's keys, by the ids of bindings.
        show: shows a text on the main screen until the next key; an empty one removes it.
    """

    def __init__(
        self, app: App[Any], keymap: Mapping[str, str], show: Callable[[str], None]
    ) -> None:
        self._app = app
        self._show = show
        self._keymap = keymap
        self._sequences = KeySequences(keymap)
        self._pane_key = DelayedCall(app)

    async def handle(self, key: str, *, is_main_screen: bool) -> bool:
        """Take a key; return whether it has been dealt with.

        Args:
            key: Textual's name of the key.
            is_main_screen: whether all actions are available; else only those of the whole program.
        """
        sequences = self._sequences
        was_pending = sequences.is_pending
        self._pane_key.cancel()
        active = self._app.screen.active_bindings.get(key) if sequences.count else None
        is_counted = active is not None and active.binding.id in COUNTED
        context = None if is_main_screen else KeyContext.APP
        result = sequences.feed(key, is_counted=is_counted, context=context)
        for binding in result.runs:
            await self._run(binding)
        if sequences.is_pending:
            self._show(self._pending_text())
            if sequences.pane is not None:
                await self._wait_for_next_key()
        elif result.unknown:
            self.report_unbound(result.unknown)
        elif was_pending and not (result.runs or result.is_key_left):
            # Cancelled: no other key removes the message.
            self._show("")
        if not result.is_key_left:
            return True
        if active is None or not result.repeat:
            return False
        action = counted_action(active.binding.action, result.repeat)
        return await self._app.run_action(action, active.node)

    def report_unbound(self, label: str) -> None:
        """Show that a key, or a sequence of keys, does nothing."""
        text = _("{key} has no function; {help} shows all keys.")
        self._show(text.format(key=label, help=first_key_label("app.help", self._keymap)))

    def cancel(self) -> None:
        """Forget what is pending."""
        self._pane_key.cancel()
        self._sequences.cancel()

    async def _wait_for_next_key(self) -> None:
        if PANE_KEY_SECONDS:
            self._pane_key.schedule(PANE_KEY_SECONDS, self._resolve)
        else:
            await self._resolve()

    async def _resolve(self) -> None:
        """Go to the pane whose key was the last one."""
        self._show("")
        for binding in self._sequences.resolve():
            await self._run(binding)

    async def _run(self, binding: KeyBinding) -> None:
        await self._app.run_action(binding.action, self._app.screen)

    def _pending_text(self) -> str:
        sequences = self._sequences
        if sequences.pane is not None:
            name = _(sequences.pane.help)
            text = _("{count}: {pane}, or repeat the next key")
            return text.format(count=sequences.count, pane=f"{name[0].lower()}{name[1:]}")
        if sequences.count:
            return _("{count}: repeat the next key").format(count=sequences.count)
        keys = [
            (key_label(key), _(SEQUENCE_HINTS.get(binding.id, binding.help)))
            for key, binding in sequences.continuations()
        ]
        prefix = f"{key_label(sequences.prefix)}:"
        return fitting_hints(prefix, keys, self._app.size.width - _MARGINS)


def fitting_hints(prefix: str, keys: Sequence[tuple[str, str]], width: int) -> str:
    """Return all keys that may follow another one, with as much of their labels as fits.

    Args:
        prefix: the text before them.
        keys: keys and labels.
        width: in cells.
    """
    longest = max((cell_len(label) for _key, label in keys), default=0)
    text = prefix
    for cells in range(longest, -1, -1):
        hints = (f"{key} {truncate(label, cells)}".rstrip() for key, label in keys)
        text = "  ".join([prefix, *hints])
        if cell_len(text) <= width:
            break
    return text
