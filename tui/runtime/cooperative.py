"""Whose turn it is. Python runs one thread at a time, and a key must not wait for all the others.

What a key does is done by the event loop in some ten steps. Between them other threads go on, and
one that always has something to do makes each step wait anew. So work that takes long rests when a
key came.
"""

from __future__ import annotations

import threading
from math import inf
from time import monotonic, sleep

REST = 0.04
"""Seconds within which a key is answered, as a rule. Work rests no longer than that for it."""

LONG = 0.2
"""Seconds for which work goes on without a rest: most of it is over by then, and is what a key
asked for."""


class InputPriority:
    """Lets keys come before work that takes long. For any thread."""

    def __init__(self) -> None:
        self._key_came = -inf
        self._work = threading.local()

    def key_came(self) -> None:
        """Note that a key is going to be dealt with now."""
        self._key_came = monotonic()

    def begin(self) -> None:
        """Note that work begins in this thread."""
        self._work.begun = monotonic()

    def give_way(self) -> None:
        """Rest if a key has just come. To be called again and again by what may take long.

        Nothing is done where no work has begun, as in the thread of the event loop or a command.
        """
        begun: float | None = getattr(self._work, "begun", None)
        if begun is None:
            return
        now = monotonic()
        left = self._key_came + REST - now
        if left > 0 and now - begun > LONG:
            sleep(left)


TURNS = InputPriority()
"""Those of this process, which has one event loop and one interpreter."""
