"""Whose turn it is. Python runs one thread at a time, and a key must not wait for all the others.

What a key does is done by the event loop in some ten steps. Between them other threads go on, and
one that always has something to do makes each step wait anew. So such a one rests when a key came.
"""

from __future__ import annotations

from math import inf
from time import monotonic, sleep

REST = 0.025
"""Seconds within which a key is answered, as a rule. Who works rests no longer than that for it."""


class Turns:
    """Lets keys come first. For any thread."""

    def __init__(self) -> None:
        self._key_came = -inf

    def key_came(self) -> None:
        """Note that a key is going to be dealt with now."""
        self._key_came = monotonic()

    def give_way(self) -> None:
        """Rest if a key has just come. To be called again and again by whoever works for long."""
        left = self._key_came + REST - monotonic()
        if left > 0:
            sleep(left)


TURNS = Turns()
"""Those of this process, which has one event loop and one interpreter."""
