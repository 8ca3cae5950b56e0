"""Measure the time and memory that the program takes for a digest."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.big import DATE, FIRST_TITLE, HARMLESS_SUMMARY, INTRODUCTION
from tests.pty.harness import PseudoTerminal
from tests.support.home import CommandResult, Home

_COMMAND_SCRIPT = """
import json, resource, subprocess, sys
ran = subprocess.run(sys.argv[1:], capture_output=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([ran.returncode, ran.stdout[-10000:].decode(), ran.stderr.decode(), peak]))
"""
"""A process between this one and the program, whose peak memory would include its parent's."""

_PROMPT = "Minimum votes:"
_TIMEOUT_SECONDS = 300.0


@dataclass(frozen=True)
class CommandCost:
    """The time and the peak memory of a command, and the end of its output."""

    seconds: float
    megabytes: float
    result: CommandResult


@dataclass(frozen=True)
class BrowserCost:
    """The time and memory that the browser took to show the second paper.

    Attributes:
        open_seconds: until the first paper was shown.
        move_seconds: from pressing the key until the second paper was shown.
        key_seconds: the longest response time of any other key in the meantime.
        megabytes: the peak memory.
    """

    open_seconds: float
    move_seconds: float
    key_seconds: float
    megabytes: float


def measure_command(home: Home, *arguments: str | Path) -> CommandCost:
    """Measure a command, including the programs that it runs."""
    started = time.monotonic()
    finished = subprocess.run(
        [sys.executable, "-c", _COMMAND_SCRIPT, *home.program, *map(str, arguments)],
        env=home.environment,
        cwd=home.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_TIMEOUT_SECONDS,
    )
    code, out, err, peak = json.loads(finished.stdout)
    seconds = time.monotonic() - started
    return CommandCost(seconds, peak / 1024, CommandResult(code, out, err))


def measure_sync(home: Home, digests: Path) -> CommandCost:
    """Measure ``broadsheet sync`` with a source."""
    return measure_command(home, "sync", "-p", digests)


def measure_browser(home: Home, digests: Path) -> BrowserCost:
    """Open a synced folder in the browser, move to the second paper and back."""
    started = time.monotonic()
    command = [*home.program, str(digests), "--date", DATE]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait_for(
            lambda text: FIRST_TITLE in text and HARMLESS_SUMMARY in text, timeout=_TIMEOUT_SECONDS
        )
        open_seconds = time.monotonic() - started
        key_times: list[float] = []
        started = time.monotonic()
        terminal.press("j")
        while not key_times or INTRODUCTION not in terminal.text:
            pressed = time.monotonic()
            terminal.press("v")
            terminal.wait_for(_PROMPT, timeout=_TIMEOUT_SECONDS)
            terminal.press("escape")
            terminal.wait_for(lambda text: _PROMPT not in text, timeout=_TIMEOUT_SECONDS)
            key_times.append(time.monotonic() - pressed)
            assert time.monotonic() - started < _TIMEOUT_SECONDS
        move_seconds = time.monotonic() - started
        pressed = time.monotonic()
        terminal.press("k")
        terminal.wait_for(HARMLESS_SUMMARY, timeout=_TIMEOUT_SECONDS)
        key_times.append(time.monotonic() - pressed)
        megabytes = _peak_memory(terminal.process.pid)
        terminal.press("ZZ")
        assert terminal.wait() == 0
    return BrowserCost(open_seconds, move_seconds, max(key_times), megabytes)


def _peak_memory(process: int) -> float:
    """Return the peak memory of a running process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert peak
    return int(peak[1]) / 1024
