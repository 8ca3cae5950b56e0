"""Interrupt a command of the unmodified program at one of its system calls.

The command runs in a forked process, which takes milliseconds to start. An audit hook
(``sys.addaudithook``) is called before most system calls that concern files; functions without
audit events are wrapped.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.home import Home

_EVENTS = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir",
    "os.chmod", "os.utime", "os.truncate", "os.link", "os.symlink", "fcntl.flock",
}  # fmt: skip

_WITH_FOLDER = {"os.remove", "os.rmdir"}
"""Events whose second argument may be the descriptor of a folder, as in ``shutil.rmtree``."""

_UNAUDITED = ("fsync", "stat", "fstat")
"""Functions of ``os`` without an audit event."""


class Interruption(Enum):
    """What happens at a system call."""

    KILL = "SIGKILL"
    CTRL_C = "Ctrl+C"
    DISK_FAILS = "EIO"
    DISK_IS_FULL = "ENOSPC"


def interruption_points(calls: int, stride: int) -> Iterator[tuple[Interruption, int]]:
    """Yield every ``stride``-th of some system calls with each interruption, evenly distributed."""
    for offset, interruption in enumerate(Interruption):
        first = 1 + offset * stride // len(Interruption)
        for number in range(first, calls + 1, stride):
            yield interruption, number


class Outcome(NamedTuple):
    """How a command ended.

    Attributes:
        code: the exit code; negative if it was killed.
        err: what it printed on standard error.
        calls: the number of system calls; up to the interruption if that killed it.
    """

    code: int
    err: str
    calls: int


def run_interrupted(
    home: Home, words: list[str], interruption: Interruption, number: int
) -> Outcome:
    """Run a command and interrupt it before its ``number``-th system call in the home's folder.

    Args:
        home: the user's folders.
        words: the command line.
        interruption: what happens; an error is raised by that call only.
        number: counted from 1; 0 for no interruption.
    """
    output = home.root / "stderr"
    counter, counter_in = os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.close(counter)
            interrupter = _Interrupter(home.root, interruption, number, counter_in)
            code = _run(home, words, output, interrupter)
        finally:
            os._exit(code)
    os.close(counter_in)
    with os.fdopen(counter, "rb") as stream:
        calls = len(stream.read())
    _, status = os.waitpid(child, 0)
    return Outcome(os.waitstatus_to_exitcode(status), output.read_text(errors="replace"), calls)


def _run(home: Home, words: list[str], output: Path, interrupter: _Interrupter) -> int:
    """Run a command in a forked process; return its exit code."""
    from tui.cli.main import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    environment = home.environment
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(home.root)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    with output.open("w", encoding="utf-8") as sys.stderr:
        interrupter.start()
        try:
            return main(words)
        finally:
            interrupter.stop()


class _Interrupter:
    """Counts system calls below a folder, and interrupts one of them.

    Args:
        root: the folder.
        interruption: what happens.
        number: the number of the call.
        counter: a pipe, to which a byte is written for each call.
    """

    def __init__(self, root: Path, interruption: Interruption, number: int, counter: int) -> None:
        self._root = str(root)
        self._interruption = interruption
        self._number = number
        self._counter = counter
        self._is_active = False
        self._calls = 0

    def start(self) -> None:
        """Start to count. An audit hook cannot be removed, so this ends with the process."""
        for name in _UNAUDITED:
            setattr(os, name, self._wrapped(getattr(os, name)))
        self._is_active = True
        sys.addaudithook(self._on_event)

    def stop(self) -> None:
        """Stop counting."""
        self._is_active = False

    def _wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *args: Any, **options: Any) -> Any:
            self._on_call(target)
            return function(target, *args, **options)

        return call

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._is_active and event in _EVENTS:
            is_relative = event in _WITH_FOLDER and isinstance(arguments[1], int)
            self._on_call(arguments[0], arguments[1] if is_relative else -1)

    def _on_call(self, target: object, folder: int = -1) -> None:
        """Count a call.

        Args:
            target: a path or a descriptor.
            folder: the descriptor of the folder to which the path is relative; -1 for none.
        """
        if isinstance(target, int):
            path = str(Path(f"/proc/self/fd/{target}").readlink())
        elif isinstance(target, str | os.PathLike):
            path = os.fspath(target)
            if folder >= 0:
                path = str(Path(f"/proc/self/fd/{folder}").readlink() / path)
        else:
            return
        if not self._is_active or not path.startswith(self._root):
            return
        self._calls += 1
        os.write(self._counter, b".")
        if self._calls == self._number:
            self._interrupt(path)

    def _interrupt(self, path: str) -> None:
        if self._interruption is Interruption.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif self._interruption is Interruption.CTRL_C:
            raise KeyboardInterrupt
        else:
            code = getattr(errno, self._interruption.value)
            raise OSError(code, os.strerror(code), path)
