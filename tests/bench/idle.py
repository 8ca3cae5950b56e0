"""Measure what an open browser costs while nothing happens.

::

    python -m tests.bench.idle [--seconds 60] [--papers 5500] [--keys KEYS]

prints the share of a core, and the wake-ups of each thread: how often it stopped waiting. The exit
code is 1 if they exceed the budget. Keys that are pressed before open a page or a dialog.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.corpus import write_corpus
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home

MAX_CORE_PERCENT = 0.1
MAX_WAKE_UPS_PER_SECOND = 2.0

SETTLING_SECONDS = 10.0
"""After the first screen, digests are checked and papers are counted."""


def measure(process: int, seconds: float) -> tuple[float, Counter[str]]:
    """Return the CPU seconds that a process takes, and the wake-ups of its threads by name."""
    cpu, wake_ups = cpu_seconds(process), wake_up_counts(process)
    time.sleep(seconds)
    return cpu_seconds(process) - cpu, wake_up_counts(process) - wake_ups


def cpu_seconds(process: int) -> float:
    """Return the CPU seconds that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wake_up_counts(process: int) -> Counter[str]:
    """Return how often each thread of a process has stopped waiting, by its name."""
    found: Counter[str] = Counter()
    for task in Path(f"/proc/{process}/task").iterdir():
        status = (task / "status").read_text(encoding="utf-8").splitlines()
        fields = dict(line.split(":", maxsplit=1) for line in status)
        name = f"{fields['Name'].strip()} {task.name}"
        found[name] = int(fields["voluntary_ctxt_switches"])
    return found


def main() -> bool:
    """Print the cost; return whether it exceeds the budget."""
    parser = argparse.ArgumentParser(prog="tests.bench.idle", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--papers", type=int, default=5500, help="papers in the library")
    parser.add_argument("--keys", default="", help="keys to press before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, digests = Home(Path(folder) / "home"), Path(folder) / "digests"
        write_corpus(digests, options.papers)
        home.root.mkdir()
        home.run("sync", "-p", digests)
        with PseudoTerminal(
            [*home.program, str(digests)], environment=home.environment, columns=120, lines=40,
            at=digests,
        ) as terminal:  # fmt: skip
            terminal.wait_for("quit")
            terminal.press(*options.keys)
            deadline = time.monotonic() + SETTLING_SECONDS
            while (remaining := deadline - time.monotonic()) > 0:
                terminal.read_for(remaining)
            sent = len(terminal.raw)
            cpu, wake_ups = measure(terminal.process.pid, options.seconds)
            terminal.read_for(0)
            sent = len(terminal.raw) - sent
    percent = 100 * cpu / options.seconds
    per_second = wake_ups.total() / options.seconds
    print(f"{percent:.3f} % of a core, {per_second:.2f} wake-ups a second, {sent} bytes sent")
    for name, count in wake_ups.most_common():
        if count:
            print(f"{count / options.seconds:8.2f}  {name}")
    is_over: bool = percent > MAX_CORE_PERCENT or per_second > MAX_WAKE_UPS_PER_SECOND
    return is_over


if __name__ == "__main__":
    sys.exit(main())
