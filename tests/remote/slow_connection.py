"""A TCP connection with a given latency and bandwidth that can be cut.

with SlowConnection(to=port, delay=0.1, rate=8000) as connection:
    connect("127.0.0.1", connection.port)
    connection.cut()
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import Self

_CHUNK_BYTES = 128
"""Size of one transmitted chunk."""

_BUFFER_BYTES = 2048
"""Capacity of the connection; senders block when it is full, as on a real one."""


class SlowConnection:
    """A TCP proxy on loopback.

    Args:
        to: the port to connect to.
        delay: one-way latency in seconds.
        rate: bytes per second in each direction; None for no limit.
    """

    def __init__(self, to: int, *, delay: float = 0.0, rate: float | None = None) -> None:
        self.port = 0
        self.arrived = 0
        self._to, self._delay, self._rate = to, delay, rate
        self._is_cut = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop)
        self._server = listening.result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Silently drop everything from now on."""
        self._is_cut = True

    async def _listen(self) -> asyncio.Server:
        listener = _socket()
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        return await asyncio.start_server(self._accept, sock=listener, limit=_BUFFER_BYTES)

    async def _accept(
        self, client_reader: asyncio.StreamReader, client_writer: asyncio.StreamWriter
    ) -> None:
        server_socket = _socket()
        server_socket.setblocking(False)
        await self._loop.sock_connect(server_socket, ("127.0.0.1", self._to))
        server_reader, server_writer = await asyncio.open_connection(
            sock=server_socket, limit=_BUFFER_BYTES
        )
        self._writers |= {client_writer, server_writer}
        for reader, writer in ((client_reader, server_writer), (server_reader, client_writer)):
            task = self._loop.create_task(self._forward(reader, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        in_flight: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = self._loop.create_task(self._deliver(in_flight, writer))
        free_at = 0.0
        with contextlib.suppress(OSError):
            while data := await reader.read(_CHUNK_BYTES):
                now = self._loop.time()
                if self._rate is not None:
                    free_at = max(free_at, now) + len(data) / self._rate
                    await asyncio.sleep(free_at - now)
                await in_flight.put((max(free_at, now) + self._delay, data))
        await in_flight.put((0.0, b""))
        await delivery

    async def _deliver(
        self, in_flight: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError):
            while True:
                at, data = await in_flight.get()
                await asyncio.sleep(max(0.0, at - self._loop.time()))
                if self._is_cut:
                    continue
                if not data:
                    writer.close()
                    return
                self.arrived += len(data)
                writer.write(data)
                await writer.drain()

    async def _close(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()


def _socket() -> socket.socket:
    """Return a socket with small buffers, which would otherwise add to the latency."""
    connection_socket = socket.socket()
    connection_socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
    connection_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection_socket
