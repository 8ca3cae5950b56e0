"""Start Broadsheet on a remote machine, and check whether it is still running."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path

from tests.remote.sshd import TIMEOUT_SECONDS
from tests.support.home import Home

NEWEST = "Darwin Godel Machine"
NEWEST_SUMMARY = "Darwin Gödel Machine(DGM)은"
SECOND_SUMMARY = "Fast-dLLM speeds up"
"""The summary of the second paper in the sample data."""

SSH_PAGE = Path(__file__).parents[2] / "tui" / "manual" / "ssh.md"

_SET_BY_LOGIN = ("HOME", "TERM")
"""Environment variables that a login sets."""


def command(home: Home, *arguments: str | Path) -> list[str]:
    """Return a command that runs Broadsheet in a home, independent of the user's environment."""
    environment = (
        f"{name}={value}" for name, value in home.environment.items() if name not in _SET_BY_LOGIN
    )
    return ["env", *environment, *home.program, *map(str, arguments)]


def forced_command_settings(home: Home) -> list[str]:
    """Return the manual's sshd settings for accounts that may only run Broadsheet."""
    found = re.search(r"```\n(Match Group readers\n.*?)```", SSH_PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    block = found[1].replace("Match Group readers\n", "Match all\n")
    words = re.search(r"ForceCommand broadsheet(.*)\n", block)
    assert words is not None
    remote_command = shlex.join(command(home, *words[1].split()))
    return block.replace(words[0], f"ForceCommand {remote_command}\n").splitlines()


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
