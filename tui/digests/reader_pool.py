"""Processes that read digests, for the first import of a large source."""

from __future__ import annotations

import marshal
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread

from tui.digests.plugins import add_failures, load_dialects
from tui.digests.reader_process import (
    HEADER_BYTES,
    MAX_ANSWER_BYTES,
    ReadDigest,
    RequestedFile,
    read_digest,
    unpack_digest,
    with_length,
)
from tui.models import Digest
from tui.runtime.tuning import INPUT_PRIORITY

MAX_PROCESSES = 3
"""More would wait for the process that writes what they read."""

REQUESTS_AHEAD = 2
"""A process that has answered has the next request already."""

MAX_WAIT_SECONDS = 1.0
"""After that, a request is read in this process: the other one was stopped, or gets no time."""

_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from tui.digests.reader_process import main; main()"
)
"""Finds the same modules, and the same plug-ins, as this process."""


def process_count() -> int:
    """Return how many processes can help this one; 0 on one core, or if none can be started."""
    if not sys.executable or getattr(sys, "frozen", False):
        return 0
    if sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min(cores - 1, MAX_PROCESSES)


class Request:
    """Files that are read together.

    Args:
        files: names and contents.
    """

    def __init__(self, files: list[RequestedFile]) -> None:
        self.files = files
        self._answer: bytearray | None = None
        self._digests: list[ReadDigest] | None = None
        self._is_answered = Event()

    def answer(self, answer: bytearray | None) -> None:
        """Store the answer of a process; None if it ended without one."""
        self._answer = answer
        self._is_answered.set()

    def is_answered(self, wait_seconds: float = 0.0) -> bool:
        """Return whether it was answered or read here, perhaps after waiting for that."""
        return self._digests is not None or self._is_answered.wait(wait_seconds)

    def read_here(self) -> None:
        """Read the files in this process."""
        if self._digests is None:
            digests = []
            for file in self.files:
                INPUT_PRIORITY.yield_to_input()
                digests.append(read_digest(file))
            self._digests = digests

    def digests(self) -> list[ReadDigest]:
        """Return what was read; files without an answer are read in this process."""
        if self._digests is not None:
            return self._digests
        packed: list[bytes | None] = marshal.loads(self._answer) if self._answer else []
        # An answer that would be too long is sent empty.
        packed = packed or [None] * len(self.files)
        return [
            read_digest(file) if data is None else unpack_digest(marshal.loads(data), file[0])
            for data, file in zip(packed, self.files, strict=True)
        ]


class ReaderPool:
    """Processes that read digests. If none can be started, this process reads everything.

    They are started by the first request, end with this process even if it is killed, and are
    killed by ``stop`` and ``close``. Only one thread may use a pool.

    Args:
        size: the number of processes.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._requests: SimpleQueue[Request | None] = SimpleQueue()
        self._processes: list[_ReaderProcess] | None = None

    def submit(self, files: list[RequestedFile]) -> Request:
        """Queue files for the processes, which the first request starts."""
        if self._processes is None:
            self._processes = []
            with suppress(OSError):
                # Containers and limits may forbid it.
                for _number in range(self._size):
                    self._processes.append(_ReaderProcess(self._requests))
        request = Request(files)
        self._requests.put(request)
        return request

    def wait_for(self, request: Request) -> Iterator[Digest]:
        """Yield the digests of a request; meanwhile, this process reads what nobody has begun."""
        while not request.is_answered():
            try:
                unsent = self._requests.get_nowait()
            except Empty:
                if not request.is_answered(MAX_WAIT_SECONDS):
                    break
            else:
                if unsent is not None:
                    unsent.read_here()
        for digest, has_plugins, failures in request.digests():
            if has_plugins:
                # They may fail here as well.
                load_dialects()
            add_failures(failures)
            yield digest

    def stop(self) -> None:
        """End the processes, which have nothing to read; the next request starts new ones."""
        self.close()
        self._processes = None
        # The other one may still have what ends threads that have ended already.
        self._requests = SimpleQueue()

    def close(self) -> None:
        """End the processes and forget what they were to read."""
        with suppress(Empty):
            while True:
                self._requests.get_nowait()
        for process in self._processes or ():
            process.kill()
            self._requests.put(None)
        for process in self._processes or ():
            process.join()
        self._processes = []


class _ReaderProcess:
    """A process, and the thread that exchanges requests and answers with it.

    Args:
        requests: None ends the thread.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, requests: SimpleQueue[Request | None]) -> None:
        self._requests = requests
        self._socket, its_end = socket.socketpair()
        try:
            with its_end:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _PROGRAM, *sys.path],
                    stdin=its_end.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
        except OSError:
            self._socket.close()
            raise
        self._thread = Thread(target=self._exchange, name="digest reader", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:
            self.kill()
            self._socket.close()
            raise OSError from error

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()

    def join(self) -> None:
        """Wait for the thread of a process that was killed."""
        self._thread.join()
        self._socket.close()

    def _exchange(self) -> None:
        sent: deque[Request] = deque()
        try:
            while self._send_requests(sent):
                length = int.from_bytes(self._receive(HEADER_BYTES))
                if length > MAX_ANSWER_BYTES:
                    raise ConnectionAbortedError
                answer = self._receive(length)
                sent.popleft().answer(answer)
        except OSError:
            # It was killed, perhaps for want of memory.
            for request in sent:
                request.answer(None)

    def _send_requests(self, sent: deque[Request]) -> bool:
        """Send the next requests, waiting for one if none is left to answer; False at the end."""
        while len(sent) < REQUESTS_AHEAD:
            try:
                request = self._requests.get(block=not sent)
            except Empty:
                break
            if request is None:
                return False
            sent.append(request)
            self._socket.sendall(with_length(request.files))
        return True

    def _receive(self, length: int) -> bytearray:
        """Return the next bytes. One call, because each has to wait for the busy thread."""
        data = bytearray(length)
        view = memoryview(data)
        while view:
            received = self._socket.recv_into(view, 0, socket.MSG_WAITALL)
            if not received:
                raise ConnectionResetError
            view = view[received:]
        return data


@contextmanager
def reader_pool(size: int) -> Iterator[ReaderPool]:
    """Open a pool for a block."""
    pool = ReaderPool(size)
    try:
        yield pool
    finally:
        pool.close()
