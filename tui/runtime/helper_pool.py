"""Processes that help with the first import of a large source: they do what takes long."""

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
from typing import Any, Generic, Protocol, TypeVar

from tui.runtime.helper_process import HEADER_BYTES, MAX_ANSWER_BYTES, with_length

MAX_PROCESSES = 3
"""More would wait for the process that writes what they read."""

REQUESTS_AHEAD = 2
"""A process that has answered has the next request already."""

MAX_WAIT_SECONDS = 1.0
"""After that, a task is done in this process: the other one was stopped, or gets no time."""

_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from tui.runtime.helper_process import main; main()"
)
"""Finds the same modules, and the same plug-ins, as this process."""

T_co = TypeVar("T_co", covariant=True)


def process_count() -> int:
    """Return how many processes can help this one; 0 on one core, or if none can be started."""
    if not sys.executable or getattr(sys, "frozen", False):
        return 0
    if sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min(cores - 1, MAX_PROCESSES)


class HelperTask(Protocol[T_co]):
    """Work that another process can do, or else this one.

    Attributes:
        function: what the other process calls, as ``module:function``.
        argument: its argument, without values of classes, as its result.
    """

    @property
    def function(self) -> str:
        """See above."""

    @property
    def argument(self) -> object:
        """See above."""

    def run_here(self) -> T_co:
        """Do the work in this process."""

    def unpack(self, answer: Any) -> T_co:
        """Return the result, given that of the function."""


class Request(Generic[T_co]):
    """A task that waits for a process, or has been done.

    Args:
        task: the task.
    """

    def __init__(self, task: HelperTask[T_co]) -> None:
        self.task = task
        self._answer: bytearray | None = None
        self._results: list[T_co] = []
        self._is_answered = Event()

    def answer(self, answer: bytearray | None) -> None:
        """Store the answer of a process; None if it ended without one."""
        self._answer = answer
        self._is_answered.set()

    def is_answered(self, wait_seconds: float = 0.0) -> bool:
        """Return whether it was answered or done here, perhaps after waiting for that."""
        return bool(self._results) or self._is_answered.wait(wait_seconds)

    def run_here(self) -> None:
        """Do the task in this process."""
        if not self._results:
            self._results.append(self.task.run_here())

    def result(self) -> T_co:
        """Return the result; without an answer, the task is done in this process."""
        if self._results:
            return self._results[0]
        answer = marshal.loads(self._answer) if self._answer else None
        return self.task.run_here() if answer is None else self.task.unpack(answer)


class HelperPool:
    """Processes that do tasks. If none can be started, this process does everything.

    They are started by the first request, end with this process even if it is killed, and are
    killed by ``stop`` and ``close``. Only one thread may use a pool.

    Args:
        size: the number of processes.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._requests: SimpleQueue[Request[Any] | None] = SimpleQueue()
        self._processes: list[_HelperProcess] | None = None

    def submit(self, task: HelperTask[T_co]) -> Request[T_co]:
        """Queue a task for the processes, which the first one starts."""
        if self._processes is None:
            self._processes = []
            with suppress(OSError):
                # Containers and limits may forbid it.
                for _number in range(self._size):
                    self._processes.append(_HelperProcess(self._requests))
        request = Request(task)
        self._requests.put(request)
        return request

    def wait_for(self, request: Request[T_co]) -> T_co:
        """Return the result of a request; meanwhile, this process does what nobody has begun."""
        while not request.is_answered():
            try:
                unsent = self._requests.get_nowait()
            except Empty:
                if not request.is_answered(MAX_WAIT_SECONDS):
                    break
            else:
                if unsent is not None:
                    unsent.run_here()
        return request.result()

    def stop(self) -> None:
        """End the processes, which have nothing to do; the next request starts new ones."""
        self.close()
        self._processes = None
        # The old queue may still hold a None for a thread that has already ended.
        self._requests = SimpleQueue()

    def close(self) -> None:
        """End the processes and forget what they were to do."""
        with suppress(Empty):
            while True:
                self._requests.get_nowait()
        for process in self._processes or ():
            process.kill()
            self._requests.put(None)
        for process in self._processes or ():
            process.join()
        self._processes = []


class _HelperProcess:
    """A process, and the thread that exchanges requests and answers with it.

    Args:
        requests: None ends the thread.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, requests: SimpleQueue[Request[Any] | None]) -> None:
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
        self._thread = Thread(target=self._exchange, name="helper", daemon=True)
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
        sent: deque[Request[Any]] = deque()
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

    def _send_requests(self, sent: deque[Request[Any]]) -> bool:
        """Send the next requests, waiting for one if none is left to answer; False at the end."""
        while len(sent) < REQUESTS_AHEAD:
            try:
                request = self._requests.get(block=not sent)
            except Empty:
                break
            if request is None:
                return False
            sent.append(request)
            call = (request.task.function, request.task.argument)
            self._socket.sendall(with_length(call))
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
def helper_pool(size: int) -> Iterator[HelperPool]:
    """Open a pool for a block."""
    pool = HelperPool(size)
    try:
        yield pool
    finally:
        pool.close()
