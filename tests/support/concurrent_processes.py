"""Processes that do the same thing at the same time."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack

from tests.support.home import PATIENCE

GET_READY = """
import sys
print("ready", flush=True)
sys.stdin.readline()
"""
"""Stands in a script where it waits for the others."""


def race(script: str, *arguments: str, names: tuple[str, ...]) -> None:
    """Run a script in several processes at once; all must end well.

    Args:
        script: Python, with ``GET_READY`` after its imports.
        arguments: its first arguments, the same for all.
        names: a process each, which gets its own as the last argument.
    """
    command = [sys.executable, "-c", script, *arguments]
    pipe = subprocess.PIPE
    with ExitStack() as stack:
        racers = [
            stack.enter_context(
                subprocess.Popen([*command, name], stdin=pipe, stdout=pipe, text=True)
            )
            for name in names
        ]
        for racer in racers:  # all are there before the first one begins
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.close()
        assert [racer.wait(PATIENCE) for racer in racers] == [0] * len(racers)
