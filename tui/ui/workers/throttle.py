"""Saying how far something is, no more often than it can be read."""

from __future__ import annotations

from threading import Lock

from textual.message import Message
from textual.screen import Screen

TELL = 0.1
"""Seconds between two words of how far it is: keys have to wait for what is drawn."""


class MessageThrottle:
    """Posts messages of a worker to a screen, the newest of many. For any thread.

    Args:
        screen: gets the messages.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._lock = Lock()
        self._waiting: Message | None = None
        self._is_resting = False

    def post(self, message: Message) -> None:
        """Post a message at once; one that waits is old by now."""
        with self._lock:
            self._waiting = None
            self._screen.post_message(message)

    def post_soon(self, message: Message) -> None:
        """Post a message when the last one was seen for a while, unless a newer one comes."""
        with self._lock:
            self._waiting = message
            begins, self._is_resting = not self._is_resting, True
        if begins:
            self._screen.call_later(self._post_waiting)

    def drop(self) -> None:
        """Forget the message that waits."""
        with self._lock:
            self._waiting = None

    def _post_waiting(self) -> None:
        with self._lock:
            message, self._waiting = self._waiting, None
            self._is_resting = message is not None
            if message is not None:
                self._screen.post_message(message)
                self._screen.set_timer(TELL, self._post_waiting)
