"""An app that deals with a key only when what the key before it began is there.

Textual hands keys on as they come. Those that come together, as over a slow line, are then meant
for what is not there yet: what follows Enter is typed into the answer, what follows Ctrl+U is
deleted by it, and a mark is given to a paper of the list before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from tui.runtime.cooperative import INPUT_PRIORITY
from tui.ui.textual_internals import handle_exception

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.driver import Driver

PATIENCE = 0.6
"""Seconds after which the next key does not wait any longer for what the one before asked for."""

HANDED_ON = 5.0
"""Seconds likewise for the key itself to be dealt with: on a busy machine that takes a while."""

LOOK = 0.005
"""Seconds between two looks at whether something is there."""


class KeyQueueApp(App[None]):
    """Keeps keys in their order, and each from the one before it.

    Args:
        driver_class: talks to the terminal; Textual's own if None.
    """

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        self._keys: deque[events.Key] = deque()
        self._working: asyncio.Task[None] | None = None
        super().__init__(driver_class=driver_class)

    def is_ready(self) -> bool:
        """Tell whether what the last key asked for is there; a subclass knows."""
        return True

    def hurries(self, event: events.Key) -> bool:  # noqa: ARG002
        """Tell whether nothing that comes after a key depends on it; a subclass knows."""
        return False

    def presses(self, event: events.Key) -> list[events.Key]:
        """Return the keys that were pressed to make one that came; a subclass knows."""
        return [event]

    @property
    def has_keys(self) -> bool:
        """Whether a key is being dealt with, or keys wait for what the one before them began."""
        return self._working is not None

    async def on_event(self, event: events.Event) -> None:
        """Put a key that comes from the terminal behind those that came before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys.append(event)
        if self._working is None:
            # Not here: what a key does is done by this app, which must be free to do it.
            self._working = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        try:
            while self._keys:
                event, *others = self.presses(self._keys.popleft())
                self._keys.extendleft(reversed(others))
                target = self.focused or self.screen
                hurries = self.hurries(event)
                INPUT_PRIORITY.note_input()
                await super().on_event(event)
                if not hurries:
                    # Also where none waits yet: the next may come before this one is dealt with.
                    await self._handed_on(target)
                    if self._keys:
                        await self._brought_about()
        except Exception as error:
            # As if it had happened where Textual deals with keys.
            handle_exception(self, error)
        finally:
            self._working = None

    async def _handed_on(self, target: DOMNode) -> None:
        """Wait until a key that was handed to ``target`` has been dealt with."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANDED_ON):
                # Up with the key to where its binding is; again with what that said; and through
                # what has the focus now, which may be of another screen.
                for begin in (target, target, self.focused or self.screen):
                    await _through(begin)

    async def _brought_about(self) -> None:
        """Wait until what a key asked for is there."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not self.is_ready():
                    await asyncio.sleep(LOOK)


async def _through(node: DOMNode | None) -> None:
    """Wait until a node and all that it is in have dealt with the messages they have."""
    while node is not None:
        passed = asyncio.Event()
        if node.is_running and node.call_later(passed.set):
            await passed.wait()
        node = node.parent
