"""An app that handles a key only after the effect of the previous key is complete.

Textual delivers keys as they arrive. Keys that arrive together, as over a slow connection, or one
after the other on a busy machine, would be handled before the effect of the earlier ones: text
typed after Enter would go to the dialog that Enter closes, and a mark would be given to a paper of
the previous list.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from tui.config.key_sequences import CANCEL_KEYS
from tui.runtime.tuning import INPUT_PRIORITY
from tui.ui.textual_internals import handle_exception

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.driver import Driver

BUSY_CLASS = "-busy"
"""CSS class of a screen that still computes what the last key requested; the next key waits."""

READY_TIMEOUT_SECONDS = 0.6
"""Longest time after a request that the keys after it wait for what was requested."""

HANDLED_TIMEOUT_SECONDS = 5.0
"""Longest time to wait until a key itself was handled, which takes a while on a busy machine."""

POLL_SECONDS = 0.005


class KeyQueueApp(App[None]):
    """Queues keys, and handles one at a time.

    Args:
        driver_class: the terminal driver; Textual's own if None.
    """

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        self._queued_keys: deque[events.Key] = deque()
        self.queue_task: asyncio.Task[None] | None = None
        """Handles the keys; None if none is queued or being handled."""
        self._waits_until = 0.0
        """The time of the event loop until which keys wait for what was requested."""
        super().__init__(driver_class=driver_class)

    def prepare_for_key(self) -> None:
        """Prepare to handle a key. Called before each one."""

    def pending_request(self) -> object:
        """Return what keys have requested that is not complete; None if nothing is.

        The result is equal as long as the request is the same.
        """
        return self.screen if self.screen.has_class(BUSY_CLASS) else None

    def needs_request(self, event: events.Key) -> bool:  # noqa: ARG002
        """Return whether the effect of a key depends on what was requested before."""
        return True

    def is_order_independent(self, event: events.Key) -> bool:  # noqa: ARG002
        """Return whether later keys have the same effect even before this key is handled."""
        return False

    def split_key(self, event: events.Key) -> list[events.Key]:
        """Return the keys that an input method has combined into this one."""
        return [event]

    async def on_event(self, event: events.Event) -> None:
        """Queue a key that comes from the terminal."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._queued_keys.append(event)
        if self.queue_task is None:
            # In a task, because the app has to stay free to run the key's action.
            self.queue_task = asyncio.create_task(self._handle_queue())

    async def _handle_queue(self) -> None:
        try:
            while self._queued_keys:
                await self._wait_until_ready()
                event, *others = self.split_key(self._queued_keys.popleft())
                self._queued_keys.extendleft(reversed(others))
                target = self.focused or self.screen
                is_order_independent = self.is_order_independent(event)
                before = self.pending_request()
                self.prepare_for_key()
                INPUT_PRIORITY.note_input()
                await super().on_event(event)
                if not is_order_independent:
                    # Wait even if no key is queued: the next may arrive while this is handled.
                    await self._wait_until_handled(target)
                    # Something may be requested a moment later. But a search that goes on delays
                    # no keys after the first ones.
                    if before is None or self.pending_request() != before:
                        self._waits_until = self._now() + READY_TIMEOUT_SECONDS
        except Exception as error:
            # As Textual does where it handles keys itself.
            handle_exception(self, error)
        finally:
            self.queue_task = None

    async def _wait_until_handled(self, target: DOMNode) -> None:
        """Wait until a key that was sent to ``target`` was handled."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANDLED_TIMEOUT_SECONDS):
                # Drain the message queues from the target up: once for the key, once for messages
                # it posted, and once for the newly focused widget, maybe of another screen.
                for node in (target, target, self.focused or self.screen):
                    await _drain_ancestors(node)

    async def _wait_until_ready(self) -> None:
        """Wait until what was requested is complete, but not long, and not to cancel it."""
        event = self._queued_keys[0]
        if event.key in CANCEL_KEYS or not self.needs_request(event):
            return
        while self.pending_request() is not None and self._now() < self._waits_until:
            await asyncio.sleep(POLL_SECONDS)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


async def _drain_ancestors(node: DOMNode | None) -> None:
    """Wait until a node and its ancestors have handled the messages in their queues."""
    while node is not None:
        is_drained = asyncio.Event()
        if node.is_running and node.call_later(is_drained.set):
            await is_drained.wait()
        node = node.parent
