"""A hub of the tests' own, on loopback: serves days, and misbehaves where it is told to."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

EMPTY = b"[]"


@dataclass(frozen=True)
class Asked:
    """A request, as it came."""

    target: str
    headers: dict[str, str]

    @property
    def day(self) -> str:
        return parse_qs(urlsplit(self.target).query).get("date", [""])[0]

    @property
    def page(self) -> int:
        return int(parse_qs(urlsplit(self.target).query).get("p", ["0"])[0])


class Handler(BaseHTTPRequestHandler):
    """Answers one request. The hub it is of is the server's."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:  # the name that http.server calls
        hub = self.server.hub
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        with hub.lock:
            hub.asked.append(asked)
            turns = hub.turns.get(asked.day) or hub.turns.get("")
            turn = turns.pop(0) if turns else serve
        try:
            turn(self, asked)
        except (BrokenPipeError, ConnectionResetError):
            # Who asked has had enough.
            self.close_connection = True

    def answer(self, data: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer; a header's name is written with ``_`` for ``-``."""
        told = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(data))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in told.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


Turn = Callable[[Handler, Asked], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    hub: Hub

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a line that was cut."""


@dataclass
class Hub:
    """The server.

    Attributes:
        days: what is served, by day; nothing is featured on others.
        turns: what to do in place of serving, by day (``""`` for any), one for each request.
        asked: the requests so far.
        etags: whether answers have names.
        pair: a key with its certificate, for a safe line.
        leaving: is set when the server ends, for what goes on for long.
    """

    days: dict[str, bytes] = field(default_factory=dict)
    turns: dict[str, list[Turn]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    leaving: threading.Event = field(default_factory=threading.Event)
    etags: bool = True
    pair: Path | None = None

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.hub = self
        if self.pair is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.pair)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.leaving.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    @property
    def url(self) -> str:
        return f"http{'s' * (self.pair is not None)}://127.0.0.1:{self.port}"

    @property
    def days_asked(self) -> list[str]:
        """The days of all requests, in their order."""
        return [asked.day for asked in self.asked]


# What a hub does


def serve(handler: Handler, asked: Asked) -> None:
    """Serve a day as the hub does, packed, and not again to who has it."""
    hub = handler.server.hub
    data = hub.days.get(asked.day, EMPTY) if not asked.page else EMPTY
    etag = f'W/"{hashlib.blake2b(data, digest_size=6).hexdigest()}"' if hub.etags else ""
    if etag and asked.headers.get("if-none-match") == etag:
        handler.answer(b"", 304, ETag=etag, Content_Length="")
        return
    packed = gzip.compress(data)
    handler.answer(packed, Content_Encoding="gzip", ETag=etag)


def failing(status: int, data: bytes = b"{}", **headers: str) -> Turn:
    """Answer with a status."""
    return lambda handler, _asked: handler.answer(data, status, **headers)


def saying(data: bytes, **headers: str) -> Turn:
    """Answer with these bytes."""
    return failing(200, data, **headers)


def cut_off(data: bytes) -> Turn:
    """Promise an answer and break off in its middle."""

    def turn(handler: Handler, _asked: Asked) -> None:
        handler.answer(data[: len(data) // 2], Content_Length=str(len(data)))
        handler.close_connection = True

    return turn


def sent_on(url: str, status: int = 302) -> Turn:
    """Send on to another address."""
    return failing(status, b"", Location=url)


def dripping(handler: Handler, _asked: Asked) -> None:
    """Send a byte every now and then, for as long as anybody listens."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"[")
    while not handler.server.hub.leaving.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def silent(handler: Handler, _asked: Asked) -> None:
    """Say nothing."""
    handler.server.hub.leaving.wait()
    handler.close_connection = True


def endless(handler: Handler, _asked: Asked) -> None:
    """Send spaces without an end, packed to very little."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    packer = zlib.compressobj(wbits=31)
    while not handler.server.hub.leaving.is_set():
        packed = packer.compress(b" " * 4_000_000) + packer.flush(zlib.Z_SYNC_FLUSH)
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(packed), packed))


# A proxy


class _Onward(BaseHTTPRequestHandler):
    """Asks for another what it is asked for; for a safe line it only carries bytes."""

    protocol_version = "HTTP/1.1"
    server: _ProxyServer

    def do_GET(self) -> None:  # the name that http.server calls
        self.server.seen.append(self.path)
        parts = urlsplit(self.path)
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as onward:
            target = f"{parts.path}?{parts.query}"
            lines = [f"GET {target} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers.items())]
            lines = [line for line in lines if not line.lower().startswith("connection:")]
            onward.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
            while data := onward.recv(65536):
                self.wfile.write(data)
        self.close_connection = True

    def do_CONNECT(self) -> None:  # the name that http.server calls
        self.server.seen.append(self.path)
        self.send_error(403)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _ProxyServer(ThreadingHTTPServer):
    daemon_threads = True
    seen: list[str]


class Proxy:
    """A forward proxy that notes what it was asked for."""

    def __enter__(self) -> Self:
        self._server = _ProxyServer(("127.0.0.1", 0), _Onward)
        self.seen: list[str] = []
        self._server.seen = self.seen
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"


def closed_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
