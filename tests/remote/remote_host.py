"""Start Broadsheet on a remote machine, and check whether it is still running."""

from __future__ import annotations

import time
from pathlib import Path

from tests.remote.sshd import TIMEOUT_SECONDS
from tests.support.home import Home

NEWEST = "Darwin Godel Machine"
NEWEST_SUMMARY = "Darwin Gödel Machine(DGM)은"
SECOND_SUMMARY = "Fast-dLLM speeds up"
"""The summary of the second paper in the sample data."""

_SET_BY_LOGIN = ("HOME", "TERM")
"""Environment variables that a login sets."""


def command(home: Home, *arguments: str | Path) -> list[str]:
    """Return a command that runs Broadsheet in a home, independent of the user's environment."""
    environment = (
        f"{name}={value}" for name, value in home.environment.items() if name not in _SET_BY_LOGIN
    )
    return ["env", *environment, *home.program, *map(str, arguments)]


def running_processes(home: Home) -> list[int]:
    """Return the ids of the processes that were started in a home."""
    variable = f"XDG_STATE_HOME={home.environment['XDG_STATE_HOME']}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_in_home = variable in (folder / "environ").read_bytes().split(b"\0")
            # Zombies stay in the list until their parent waits for them.
            is_zombie = b"\nState:\tZ" in (folder / "status").read_bytes()
        except OSError:
            continue
        if is_in_home and not is_zombie:
            found.append(int(folder.name))
    return found


def wait_until_all_exit(home: Home, timeout: float = TIMEOUT_SECONDS) -> float:
    """Wait until all processes of a home have exited; return the seconds it took."""
    started = time.monotonic()
    while running := running_processes(home):
        if time.monotonic() - started > timeout:
            raise AssertionError(f"still running: {running}")
        time.sleep(0.02)
    return time.monotonic() - started
