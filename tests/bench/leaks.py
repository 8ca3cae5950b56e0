"""Measure whether memory grows with the number of keys pressed, for each kind of action.

::

    python -m tests.bench.leaks [--presses N] [--actions NAME,…] [--remote] [--digests DIR]

Each action is repeated in a browser of its own, in a terminal. The first thousand keys fill caches;
after them memory must stay flat. The exit code is 1 if an action takes more than the allowed memory
for each further key.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.idle import cpu_seconds, wake_up_counts
from tests.bench.memory import resident_megabytes
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.repeated_actions import ACTIONS, presses
from tui.config.paths import sample_data

WARM_UP_KEYS = 1000
"""Keys after which all caches are full."""

BATCH_KEYS = 20
"""Keys that are sent at once."""

QUIET_SECONDS = 0.05
"""Time without output after which a batch has been handled."""

MAX_ESCAPE_SECONDS = 2.0
"""How long to wait for what Escape draws; the program waits whether it begins a longer sequence."""

IDLE_SECONDS, IDLE_CPU_SECONDS = 3.0, 0.02
"""A program that takes less time in these seconds is idle."""

MAX_WAKE_UPS = 2
"""A program that waits for keys checks for changes from time to time."""

MAX_KILOBYTES_PER_KEY = 1.0
"""More than this is a leak: what fragmentation adds is a fraction of it."""

_KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "f3": "\x1bOR",
    "ctrl+o": "\x0f", "ctrl+n": "\x0e", "ctrl+r": "\x12", "ctrl+p": "\x10", "ctrl+l": "\x0c",
}  # fmt: skip


def measure(name: str, home: Home, digests: Path, count: int) -> tuple[float, float]:
    """Return the memory in MB after the warm-up, and after ``count`` further keys."""
    # A first import would go on during the warm-up: it lets keys pass, and needs more modules.
    home.run("sync", "-p", digests)
    command = [*home.program, str(digests)]
    with PseudoTerminal(
        command, environment=home.environment, columns=120, lines=40, at=home.root
    ) as terminal:
        terminal.wait_for("quit")
        _wait_until_idle(terminal)
        _press(terminal, presses(name, WARM_UP_KEYS))
        before = resident_megabytes(terminal.process.pid)
        _press(terminal, presses(name, count))
        return before, resident_megabytes(terminal.process.pid)


def _press(terminal: PseudoTerminal, keys: Sequence[str]) -> None:
    batch: list[str] = []
    for key in keys:
        if key == "escape":
            # Alone, because with a key before or after it, it could be taken for another one, or
            # be early for the dialog that it closes.
            _send(terminal, batch)
            terminal.send(_KEYS[key])
            terminal.read_for(MAX_ESCAPE_SECONDS)
            _wait_for_silence(terminal, QUIET_SECONDS)
            continue
        batch.append(_KEYS.get(key, key))
        if len(batch) == BATCH_KEYS:
            _send(terminal, batch)
    _send(terminal, batch)
    _wait_for_silence(terminal, 1.0)


def _send(terminal: PseudoTerminal, batch: list[str]) -> None:
    """Send keys, which are removed from the batch, and wait until they are handled."""
    if batch:
        terminal.send("".join(batch))
        batch.clear()
        _wait_for_silence(terminal, QUIET_SECONDS)


def _wait_until_idle(terminal: PseudoTerminal) -> None:
    """Wait until the work of the start is done, which otherwise goes on between the keys."""
    before = -1.0
    while (now := cpu_seconds(terminal.process.pid)) > before + IDLE_CPU_SECONDS:
        before = now
        terminal.read_for(IDLE_SECONDS)


def _wait_for_silence(terminal: PseudoTerminal, seconds: float) -> None:
    """Wait until the program has neither sent nor done anything for some time.

    On a busy machine it may only wait for its turn; keys would pile up in its queue.
    """
    process = terminal.process.pid
    while True:
        received, wake_ups = len(terminal.raw), wake_up_counts(process)
        terminal.read_for(seconds)
        terminal.raw = terminal.raw[-1:]
        is_waiting = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "S"
        is_still = (wake_up_counts(process) - wake_ups).total() <= MAX_WAKE_UPS
        if len(terminal.raw) == received and is_waiting and is_still:
            return


def main() -> int:
    """Print a row for each action."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=4000)
    parser.add_argument("--actions", default=",".join(ACTIONS))
    parser.add_argument("--remote", action="store_true")
    parser.add_argument("--digests", type=Path, default=sample_data())
    options = parser.parse_args()
    is_flat = True
    variables = {"SSH_CONNECTION": "a 1 b 2"} if options.remote else {}
    digests = options.digests.resolve()
    for name in options.actions.split(","):
        with tempfile.TemporaryDirectory() as root:
            home = Home(Path(root), variables)
            before, after = measure(name, home, digests, options.presses)
        growth = (after - before) * 1024 / options.presses
        is_flat &= growth <= MAX_KILOBYTES_PER_KEY
        print(f"{name:<24} {before:7.1f} MB {after:7.1f} MB {growth:7.2f} KB/key", flush=True)
    return not is_flat


if __name__ == "__main__":
    sys.exit(main())
