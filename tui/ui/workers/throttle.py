"""Limit how often progress is posted to the screen."""

from __future__ import annotations

from threading import Lock

from textual.message import Message
from textual.screen import Screen

PROGRESS_SECONDS = 0.1
"""Least time between two progress messages: keys have to wait while they are drawn."""


class MessageThrottle:
    """Posts a worker's messages to a screen and skips outdated ones. Thread-safe.

    Args:
        screen: receives the messages.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._lock = Lock()
        self._waiting: Message | None = None
        self._is_timer_running = False

    def post(self, message: Message) -> None:
        """Post a message at once, and drop the one that waits."""
        with self._lock:
            self._waiting = None
            self._screen.post_message(message)

    def post_soon(self, message: Message) -> None:
        """Post a message once the last one has been visible for a while, or drop it for a newer."""
        with self._lock:
            self._waiting = message
            is_idle, self._is_timer_running = not self._is_timer_running, True
        if is_idle:
            self._screen.call_later(self._post_waiting)

    def drop(self) -> None:
        """Drop the message that waits."""
        with self._lock:
            self._waiting = None

    def _post_waiting(self) -> None:
        with self._lock:
            message, self._waiting = self._waiting, None
            self._is_timer_running = message is not None
            if message is not None:
                self._screen.post_message(message)
                self._screen.set_timer(PROGRESS_SECONDS, self._post_waiting)
