"""Background threads that yield to input.

Python runs one thread at a time. Handling a key takes about ten loop iterations, and a busy thread
can delay each of them. Long work therefore sleeps briefly after a key.
"""

from __future__ import annotations

import threading
from math import inf
from time import monotonic, sleep

from tui.runtime.tuning import is_plain

KEY_SECONDS = 0.04
"""How long handling a key usually takes, and how long background work sleeps for it at most."""

SHORT_WORK_SECONDS = 0.2
"""How long work runs before it yields: most work is done by then, such as the effect of a key."""


class InputPriority:
    """Gives input priority over long work in other threads. Thread-safe."""

    def __init__(self) -> None:
        self._last_input = -inf
        self._work = threading.local()

    def note_input(self) -> None:
        """Record that a key is about to be handled."""
        self._last_input = monotonic()

    def begin_work(self) -> None:
        """Record that work begins in this thread, unless tuning is disabled."""
        if not is_plain():
            self._work.start = monotonic()

    def yield_to_input(self) -> None:
        """Sleep if a key is being handled. Long work calls this frequently.

        Does nothing in a thread where no work has begun, such as the event loop's.
        """
        start: float | None = getattr(self._work, "start", None)
        if start is None:
            return
        now = monotonic()
        remaining = self._last_input + KEY_SECONDS - now
        if remaining > 0 and now - start > SHORT_WORK_SECONDS:
            sleep(remaining)


INPUT_PRIORITY = InputPriority()
"""The process-wide instance; there is a single event loop."""
