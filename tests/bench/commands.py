"""Rows of commands, each in a new process; short ones are compared with Python itself."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.bench.rows import BROADSHEET, PYTHON
from tests.bench.sample_libraries import BenchOptions, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND

WORD = "diffusion"

SHORT_COMMANDS = {
    "version": ("--version",),
    "count": ("count", "-p"),
    "list-limit": ("list", "--limit", "5", "-p"),
}
"""The arguments of each row; those that end in ``-p`` take the digests."""


def measure_list(samples: Samples, round_number: int, library: SampleLibrary) -> None:
    """List the papers with a word in their summaries."""
    command = [*library.home.program, "list", WORD, "-p", str(library.digests)]
    samples.add("list-word", library.papers, round_number, _time_command(command, library))


def measure_short_commands(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Measure short commands with an up-to-date cache, and Python without a program beside them."""
    for row, arguments in SHORT_COMMANDS.items():
        digests = [str(library.digests)] if arguments[-1] == "-p" else []
        for _ in range(options.starts):
            for program, command in (
                (PYTHON, [sys.executable, "-c", "pass"]),
                (BROADSHEET, [*library.home.program, *arguments, *digests]),
            ):
                milliseconds = _time_command(command, library)
                samples.add(row, library.papers, round_number, milliseconds, program=program)


def _time_command(command: list[str], library: SampleLibrary) -> float:
    """Return the milliseconds that a command takes."""
    started = time.monotonic()
    result = subprocess.run(
        command, cwd=library.home.root, env=library.home.environment,
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    duration = time.monotonic() - started
    assert result.returncode == 0, result.stderr
    return duration * MILLISECONDS_PER_SECOND
