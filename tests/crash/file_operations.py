"""Count the file operations of an unmodified Broadsheet, or stop it at one of them.

An audit hook (``sys.addaudithook``) is called before each file operation.
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
"""Python code that runs the program with its command-line arguments."""

_SCRIPT = """
import os, signal, sys

pipe = os.open(sys.argv[1], os.O_WRONLY)
last, end, code = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
del sys.argv[1:5]
steps = 0

def count_operation(event, arguments):
    global steps
    if event == "open":
        name = os.path.basename(str(arguments[0]))
        is_step = name.endswith(".tmp") or name.startswith(".broadsheet-")
    else:
        is_step = event in ("os.rename", "os.remove", "os.mkdir")
    if is_step:
        steps += 1
        os.write(pipe, b".")
        if steps == last:
            os.kill(os.getpid(), end)

sys.addaudithook(count_operation)
exec(code)
"""


class FileOperationCounter:
    """Counts the file operations of programs, one program at a time.

    Args:
        folder: for its named pipe; may be shared with other counters.
    """

    def __init__(self, folder: Path) -> None:
        self._pipe = folder / f"steps-{os.getpid()}-{time.monotonic_ns()}"
        os.mkfifo(self._pipe)
        # Opened for reading and writing, so that opening does not block and reading never ends.
        self._descriptor = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop counting."""
        os.close(self._descriptor)
        self._pipe.unlink()

    def program(
        self, code: str = COMMAND, *, last: int = 0, end: signal.Signals = signal.SIGKILL
    ) -> tuple[str, ...]:
        """Return a command that runs code with its file operations counted.

        Args:
            code: Python code.
            last: the operation at which the program gets a signal; 0 for none.
            end: the signal.
        """
        return (sys.executable, "-c", _SCRIPT, str(self._pipe), str(last), str(int(end)), code)

    def reset(self) -> None:
        """Reset the count."""
        self._read_pipe()
        self.count = 0

    def wait(self, number: int, process: subprocess.Popen[bytes]) -> None:
        """Wait until ``number`` operations are counted or the program has exited."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while self.count < number and process.poll() is None:
            assert time.monotonic() < deadline, f"{self.count} of {number} operations"
            select.select([self._descriptor], [], [], 0.02)
            self._read_pipe()

    def _read_pipe(self) -> None:
        try:
            while data := os.read(self._descriptor, 4096):
                self.count += len(data)
        except BlockingIOError:
            return


@contextmanager
def stopped(
    command: tuple[str, ...], *, at: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that suspends itself with SIGSTOP; kill it at the end.

    Yields:
        The program once it is suspended.
    """
    with subprocess.Popen(command, cwd=at, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), f"it exited with {status}"
            yield process
        finally:
            process.kill()


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a program after some seconds; return whether it was still running."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(TIMEOUT_SECONDS)
    return process.returncode == -signal.SIGKILL
