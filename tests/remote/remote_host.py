"""Broadsheet on a far machine: how it is started there, and whether it is still running."""

from __future__ import annotations

import time
from pathlib import Path

from tests.remote.sshd import PATIENCE
from tests.support.home import Home

NEWEST = "Darwin Godel Machine"
NEWEST_SUMMARY = "Darwin Gödel Machine(DGM)은"
SECOND_SUMMARY = "Fast-dLLM speeds up"
"""Of the sample data."""

_OF_THE_LINE = ("HOME", "TERM")
"""What a login sets by itself."""


def command(home: Home, *words: str | Path) -> list[str]:
    """Return a command that starts Broadsheet in a reader's home, whoever runs it."""
    environment = (
        f"{name}={value}" for name, value in home.environment.items() if name not in _OF_THE_LINE
    )
    return ["env", *environment, *home.program, *map(str, words)]


def running(home: Home) -> list[int]:
    """Return the processes that were started in a reader's home."""
    mark = f"XDG_STATE_HOME={home.environment['XDG_STATE_HOME']}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_one = mark in (folder / "environ").read_bytes().split(b"\0")
            # One that has ended stays in the list until somebody asks how.
            ended = b"\nState:\tZ" in (folder / "status").read_bytes()
        except OSError:
            continue
        if is_one and not ended:
            found.append(int(folder.name))
    return found


def wait_until_nothing_runs(home: Home, timeout: float = PATIENCE) -> float:
    """Wait until a reader's processes have ended; return for how many seconds."""
    begun = time.monotonic()
    while there := running(home):
        if time.monotonic() - begun > timeout:
            raise AssertionError(f"still running: {there}")
        time.sleep(0.02)
    return time.monotonic() - begun
