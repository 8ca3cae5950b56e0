"""A call after some time that can be cancelled up to the last moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.message_pump import MessagePump
from textual.timer import Timer


class DelayedCall:
    """Makes at most one call, some time after it was scheduled.

    A timer of Textual does not make its call when its time is over but queues it, and stopping the
    timer does not take the call out of the queue.

    Args:
        owner: the app or widget whose task makes the call; none is made once it closes.
    """

    def __init__(self, owner: MessagePump) -> None:
        self._owner = owner
        self._timer: Timer | None = None

    def schedule(self, seconds: float, callback: Callable[[], Awaitable[None] | None]) -> None:
        """Make a call after some seconds, instead of the one that was scheduled before."""
        self.cancel()

        def call() -> Awaitable[None] | None:
            if self._timer is not timer or not self._owner.is_running:
                return None
            self._timer = None
            return callback()

        timer = self._timer = self._owner.set_timer(seconds, call)

    def cancel(self) -> None:
        """Do not make the call that was scheduled, if there is one."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
