"""Read digests in a process of its own, which a `tui.digests.reader_pool.ReaderPool` starts.

Requests and answers are values of ``marshal`` behind their length: it knows no classes, so an
answer cannot make the other process run anything.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeAlias

from tui.digests import plugins, reader
from tui.models import Digest, Entry, Problem

HEADER_BYTES = 8
"""Of the length in front of a request or an answer."""

MAX_ANSWER_BYTES = 8 << 20
"""Longer answers are sent empty, and the process that asked parses the files itself."""

NICENESS = 10
"""Added to that of the process that asked, so that keys are handled first."""

RequestedFile: TypeAlias = tuple[str, bytes]
"""The name of a file in problems, and its content."""

_MARSHAL_VERSION = 4
"""The version of the format, which all supported versions of Python have."""


class ReadDigest(NamedTuple):
    """A file that was read.

    Attributes:
        digest: what `tui.digests.reader.read` returned.
        has_plugins: whether the dialects of other packages were loaded for it, or earlier.
        failures: the plug-ins that failed, by name.
    """

    digest: Digest
    has_plugins: bool
    failures: Mapping[str, Problem]


def read_digest(file: RequestedFile) -> ReadDigest:
    """Read a file, and keep the failures of plug-ins apart from those of other files."""
    name, data = file
    digest = reader.read(data, name)
    return ReadDigest(digest, plugins.are_loaded(), plugins.take_failures())


def with_length(value: list[RequestedFile] | list[bytes | None]) -> bytes:
    """Return a request or an answer with its length in front.

    Raises:
        ValueError: it has a value of a class.
    """
    data = marshal.dumps(value, _MARSHAL_VERSION)
    return len(data).to_bytes(HEADER_BYTES) + data


def unpack_digest(packed: Any, path: str) -> ReadDigest:
    """Return what an answer says about a file.

    Args:
        packed: the loaded result of `_packed_digest`.
        path: the name of the file in problems.
    """
    dialect, entries, problems, has_plugins, failures = packed
    digest = Digest(
        path,
        dialect,
        tuple(map(Entry._make, entries)),
        tuple(map(Problem._make, problems)),
    )
    plugin_failures = {name: Problem._make(failure) for name, failure in failures.items()}
    return ReadDigest(digest, has_plugins, plugin_failures)


def _packed_digest(file: RequestedFile) -> bytes | None:
    """Read a file and return its digest for `unpack_digest`; None if reading fails.

    The other process then reads it again, so that errors are handled in one place.
    """
    try:
        digest, has_plugins, failures = read_digest(file)
        packed = (
            digest.dialect,
            [tuple(entry) for entry in digest.entries],
            [_packed_problem(problem) for problem in digest.problems],
            has_plugins,
            {name: _packed_problem(failure) for name, failure in failures.items()},
        )
        return marshal.dumps(packed, _MARSHAL_VERSION)
    except Exception:
        return None


def _packed_problem(problem: Problem) -> tuple[object, ...]:
    return (*problem[:3], dict(problem.values), problem.is_note)


def main() -> None:
    """Answer requests from standard input, a socket, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICENESS)
    # Plug-ins may print, or read what is not for them.
    connection = os.dup(sys.stdin.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    requests: SimpleQueue[list[RequestedFile]] = SimpleQueue()
    receiver = Thread(target=_receive_requests, args=(connection, requests.put), daemon=True)
    receiver.start()
    while True:
        digests = [_packed_digest(file) for file in requests.get()]
        answer = with_length(digests)
        if len(answer) > MAX_ANSWER_BYTES:
            # The other process then parses the files itself.
            answer = with_length([])
        while answer:
            answer = answer[os.write(connection, answer) :]


def _receive_requests(connection: int, put: Callable[[list[RequestedFile]], object]) -> None:
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
