"""Run the same script in several processes at the same time."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack

from tests.support.home import TIMEOUT_SECONDS

WAIT_FOR_START = """
import sys
print("ready", flush=True)
sys.stdin.readline()
"""
"""Code that waits until all processes have reached it."""


def run_concurrently(script: str, *arguments: str, names: tuple[str, ...]) -> None:
    """Run a script in several processes at once; all must succeed.

    Args:
        script: Python code with ``WAIT_FOR_START`` after its imports.
        arguments: the first arguments of every process.
        names: the last argument of each process; there are as many processes as names.
    """
    command = [sys.executable, "-c", script, *arguments]
    pipe = subprocess.PIPE
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen([*command, name], stdin=pipe, stdout=pipe, text=True)
            )
            for name in names
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.close()
        assert [process.wait(TIMEOUT_SECONDS) for process in processes] == [0] * len(processes)
