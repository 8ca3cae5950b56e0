"""Run functions in a process of its own, which a `tui.runtime.helper_pool.HelperPool` starts.

Requests and answers are values of ``marshal`` behind their length: it knows no classes, so an
answer cannot make the other process run anything.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import Any

HEADER_BYTES = 8
"""Of the length in front of a request or an answer."""

MAX_ANSWER_BYTES = 8 << 20
"""Instead of a longer answer ``None`` is sent, and the process that asked does the work itself."""

NICENESS = 10
"""Added to that of the process that asked, so that keys are handled first."""

_MARSHAL_VERSION = 4
"""The version of the format, which all supported versions of Python have."""


def packed(value: Any) -> bytes:
    """Return a value as bytes.

    Raises:
        ValueError: it has a value of a class.
    """
    return marshal.dumps(value, _MARSHAL_VERSION)


def with_length(value: object) -> bytes:
    """Return a request or an answer with its length in front. Raises as ``packed`` does."""
    data = packed(value)
    return len(data).to_bytes(HEADER_BYTES) + data


def main() -> None:
    """Answer requests from standard input, a socket, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICENESS)
    # Plug-ins may print, or read what is not for them.
    connection = os.dup(sys.stdin.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    requests: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    receiver = Thread(target=_receive_requests, args=(connection, requests.put), daemon=True)
    receiver.start()
    while True:
        answer = _answer(*requests.get())
        while answer:
            answer = answer[os.write(connection, answer) :]


def _answer(function: str, argument: object) -> bytes:
    """Call a function, and return its result with the length in front.

    If that fails, the answer is None: the other process then does the work itself, so that errors
    are handled in one place.
    """
    module, _, name = function.partition(":")
    try:
        answer = with_length(getattr(import_module(module), name)(argument))
    except Exception:
        answer = with_length(None)
    return answer if len(answer) <= MAX_ANSWER_BYTES else with_length(None)


def _receive_requests(connection: int, put: Callable[[tuple[str, Any]], object]) -> None:
    """Pass on requests, and end the process when the other one is gone, whatever it is doing."""
    try:
        while True:
            length = int.from_bytes(_receive(connection, HEADER_BYTES))
            put(marshal.loads(_receive(connection, length)))
    finally:
        os._exit(0)


def _receive(connection: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(connection, length)
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
