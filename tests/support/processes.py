"""Other processes, as Linux lists them in ``/proc``. They may end while they are looked at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.support.home import TIMEOUT_SECONDS


def children_of(parent: int) -> list[int]:
    """Return the processes that the threads of a process have started and not waited for."""
    return [int(child) for children in _children(parent) for child in children.split()]


def _children(parent: int) -> Iterator[str]:
    for thread in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            yield thread.read_text()


def wait_until_ended(pid: int) -> None:
    """Wait until a process has ended, whether or not its parent has noticed."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while _is_running(pid):
        assert time.monotonic() < deadline, f"{pid} is still running"
        time.sleep(0.01)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    # A zombie has ended.
    return state.rpartition(")")[2].split()[0] != "Z"
