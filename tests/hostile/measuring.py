"""How long the program takes over a digest, and how much memory, as it is started by a reader."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.big import ASIDE, CALM, DATE, FIRST
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home

_SYNC = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A process between us and the program: one that is begun by a large process counts as large."""

_QUESTION = "Minimum votes:"
_PATIENCE = 300.0


@dataclass(frozen=True)
class Cost:
    """Seconds, and megabytes at the most."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Visit:
    """What it took to look at the second paper in the browser.

    Attributes:
        opened: seconds until the first paper was there to be read.
        shown: seconds from the key that moves on to the second one until that was there.
        answer: the longest that any key meanwhile had to wait.
        megabytes: at the most.
    """

    opened: float
    shown: float
    answer: float
    megabytes: float


def cost_of_sync(home: Home, digests: Path) -> Cost:
    """Have a folder read by ``broadsheet sync``."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _SYNC, *home.program, "sync", "-p", str(digests)],
        env=home.environment,
        cwd=home.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_PATIENCE,
    )
    return Cost(time.monotonic() - begun, int(done.stdout) / 1024)


def visit(home: Home, digests: Path) -> Visit:
    """Open a folder that was read before, and go to the second paper and back."""
    begun = time.monotonic()
    command = [*home.program, str(digests), "--date", DATE]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait_for(lambda text: FIRST in text and CALM in text, timeout=_PATIENCE)
        opened = time.monotonic() - begun
        answers: list[float] = []
        begun = time.monotonic()
        terminal.press("j")
        while not answers or ASIDE not in terminal.text:
            asked = time.monotonic()
            terminal.press("v")
            terminal.wait_for(_QUESTION, timeout=_PATIENCE)
            terminal.press("escape")
            terminal.wait_for(lambda text: _QUESTION not in text, timeout=_PATIENCE)
            answers.append(time.monotonic() - asked)
            assert time.monotonic() - begun < _PATIENCE
        shown = time.monotonic() - begun
        asked = time.monotonic()
        terminal.press("k")
        terminal.wait_for(CALM, timeout=_PATIENCE)
        answers.append(time.monotonic() - asked)
        megabytes = _most_memory(terminal.process.pid)
        terminal.press("q")
        assert terminal.wait() == 0
    return Visit(opened, shown, max(answers), megabytes)


def _most_memory(process: int) -> float:
    """Return the megabytes that a running process had at the most."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    told = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert told
    return int(told[1]) / 1024
