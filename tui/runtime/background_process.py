"""Run a function in a process that goes on when this one has ended."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable

_STANDARD_STREAMS = (0, 1, 2)
_NICENESS = 10
_MAX_SECONDS = 10
"""How long such a process may run."""


def run_in_background(work: Callable[[], object]) -> None:
    """Run a function in a copy of this process, which has no terminal and which nothing waits for.

    Whatever the function raises is ignored.
    """
    with warnings.catch_warnings():
        # Threads do not exist in the copy, and the function needs none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            if os.fork():
                return
        except OSError:
            return
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in _STANDARD_STREAMS:
            os.dup2(null, stream)
        os.nice(_NICENESS)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_MAX_SECONDS)
        work()
    finally:
        # Nothing of the copied process may be written or run again.
        os._exit(0)
