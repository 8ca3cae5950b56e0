"""Run a program, and capture a bounded amount of what it prints."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
from contextlib import suppress
from tempfile import TemporaryFile
from typing import NamedTuple

from tui.library.programs.command_line import CommandLine
from tui.runtime.task import Task, TaskCancelledError
from tui.sanitize import clean

MAX_OUTPUT_BYTES = 1 << 20
"""A program that prints more is stopped."""

_MAX_ERROR_BYTES = 64 << 10
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 1.0
_CHUNK_BYTES = 1 << 16


class ProgramOutput(NamedTuple):
    """What a program printed; all of it is safe to draw.

    Attributes:
        text: its output.
        error: the last line of its errors; may be empty.
        code: its exit code; negative if a signal ended it.
        is_cut: whether it printed too much, and was stopped.
    """

    text: str
    error: str
    code: int
    is_cut: bool = False


def run_captured(line: CommandLine, task: Task) -> ProgramOutput:
    """Run a program without a terminal until it ends.

    Args:
        line: the program.
        task: can cancel it; the program and those that it started are then killed.

    Raises:
        OSError: it cannot be started.
        TaskCancelledError: it was cancelled.
    """
    with TemporaryFile() as stdin:
        stdin.write(line.stdin)
        stdin.seek(0)
        # A session of its own, so that the program cannot read keys, and can be killed as a whole.
        process = subprocess.Popen(
            line.words,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(line.environment),
            start_new_session=True,
        )
    with process:
        try:
            output, error, is_cut = _read(process, task)
        except BaseException:
            _kill(process)
            raise
        if is_cut:
            _kill(process)
    lines = _decoded(error).split("\n")
    last_error = next((text for text in reversed(lines) if text.strip()), "").strip()
    return ProgramOutput(_decoded(output), last_error, process.returncode, is_cut)


def _read(process: subprocess.Popen[bytes], task: Task) -> tuple[bytes, bytes, bool]:
    """Return what a program prints until it ends, and whether it prints too much."""
    collected = {"stdout": bytearray(), "stderr": bytearray()}
    with selectors.DefaultSelector() as selector:
        for name in collected:
            selector.register(getattr(process, name), selectors.EVENT_READ, name)
        while selector.get_map():
            if task.is_cancelled():
                raise TaskCancelledError
            ready = selector.select(_POLL_SECONDS)
            if not ready and process.poll() is not None:
                # A program that it started in the background keeps the pipes open.
                break
            for key, _events in ready:
                chunk = os.read(key.fd, _CHUNK_BYTES)
                if not chunk:
                    selector.unregister(key.fileobj)
                data = collected[key.data]
                limit = MAX_OUTPUT_BYTES if key.data == "stdout" else _MAX_ERROR_BYTES
                data += chunk
                if len(data) > limit and key.data == "stdout":
                    return bytes(data[:limit]), bytes(collected["stderr"]), True
                # Only the end of its errors is kept.
                del data[:-limit]
        while process.poll() is None:
            if task.is_cancelled():
                raise TaskCancelledError
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_SECONDS)
    return bytes(collected["stdout"]), bytes(collected["stderr"]), False


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Terminate a program and those that it started, and kill what is left of them."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)


def _decoded(data: bytes) -> str:
    return clean(data.decode(errors="replace"))
