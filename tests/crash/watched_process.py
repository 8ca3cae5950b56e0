"""Broadsheet run so that it tells each step that it takes on a file, or ends at one of them.

The program itself is as it is: Python tells of such steps (``sys.addaudithook``) before they are
taken.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.support.home import TIMEOUT_SECONDS

COMMAND = "import sys; from tui.cli.main import main; sys.exit(main())"
"""What makes a Python the program, with the words that come after it."""

_SCRIPT = """
import os, signal, sys

told = os.open(sys.argv[1], os.O_WRONLY)
last, end, code = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
del sys.argv[1:5]
steps = 0

def take_note(event, arguments):
    global steps
    if event == "open":
        name = os.path.basename(str(arguments[0]))
        is_step = name.endswith(".tmp") or name.startswith(".broadsheet-")
    else:
        is_step = event in ("os.rename", "os.remove", "os.mkdir")
    if is_step:
        steps += 1
        os.write(told, b".")
        if steps == last:
            os.kill(os.getpid(), end)

sys.addaudithook(take_note)
exec(code)
"""


class Steps:
    """Counts the steps of programs, one after the other.

    Args:
        folder: one of its own, or of others of its kind.
    """

    def __init__(self, folder: Path) -> None:
        self._pipe = folder / f"steps-{os.getpid()}-{time.monotonic_ns()}"
        os.mkfifo(self._pipe)
        # Open for both, so that it opens at once and has no end when a program has one.
        self._told = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)
        self.taken = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Listen no more."""
        os.close(self._told)
        self._pipe.unlink()

    def program(
        self, code: str = COMMAND, *, last: int = 0, end: signal.Signals = signal.SIGKILL
    ) -> tuple[str, ...]:
        """Return a program that tells its steps, from the first one.

        Args:
            code: Python.
            last: the number of the step at which it ends; 0 for none.
            end: the signal that it gets there.
        """
        return (sys.executable, "-c", _SCRIPT, str(self._pipe), str(last), str(int(end)), code)

    def forget(self) -> None:
        """Count from now on."""
        self._count()
        self.taken = 0

    def wait(self, number: int, process: subprocess.Popen[bytes]) -> None:
        """Wait until so many steps are counted, or the program has ended."""
        until = time.monotonic() + TIMEOUT_SECONDS
        while self.taken < number and process.poll() is None:
            assert time.monotonic() < until, f"{self.taken} of {number} steps"
            select.select([self._told], [], [], 0.02)
            self._count()

    def _count(self) -> None:
        try:
            while told := os.read(self._told, 4096):
                self.taken += len(told)
        except BlockingIOError:
            return


@contextmanager
def stopped(
    command: tuple[str, ...], *, at: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that stops itself (``SIGSTOP``), and kill it at the end.

    Yields:
        The program once it has stopped.
    """
    with subprocess.Popen(command, cwd=at, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), f"it ended with {status}"
            yield process
        finally:
            process.kill()


def killed_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a program after so many seconds; tell whether it had not ended by itself."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(TIMEOUT_SECONDS)
    return process.returncode == -signal.SIGKILL
