"""A hub on the loopback interface that serves days, and misbehaves on request."""

from __future__ import annotations

import gzip
import hashlib
import socket
import socketserver
import ssl
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback_server import LoopbackServer, QuietHandler

EMPTY = b"[]"


@dataclass(frozen=True)
class HubRequest:
    """A request that the hub received."""

    target: str
    headers: dict[str, str]

    @property
    def day(self) -> str:
        return parse_qs(urlsplit(self.target).query).get("date", [""])[0]

    @property
    def page(self) -> int:
        return int(parse_qs(urlsplit(self.target).query).get("p", ["0"])[0])


class Handler(QuietHandler):
    """Handles one request to the hub."""

    protocol_version = "HTTP/1.1"
    server: Hub

    def do_GET(self) -> None:
        hub = self.server
        request = HubRequest(
            self.path, {name.lower(): value for name, value in self.headers.items()}
        )
        with hub.lock:
            hub.requests.append(request)
            responses = hub.responses.get(request.day) or hub.responses.get("")
            send = responses.pop(0) if responses else serve
        try:
            send(self, request)
        except (BrokenPipeError, ConnectionResetError):
            # The client closed the connection.
            self.close_connection = True

    def respond(self, data: bytes, status: int = 200, **headers: str) -> None:
        """Send a response; underscores in header names become hyphens."""
        all_headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(len(data)),
        }
        all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in all_headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


SendResponse = Callable[[Handler, HubRequest], None]


class Hub(LoopbackServer):
    """The server.

    Attributes:
        days: content to serve by day; other days are empty.
        responses: responses to send first, one for each request, by day (``""`` for any day).
        requests: all requests so far.
        etags: whether responses have ETags.
        certificate: a file with key and certificate for HTTPS; None for HTTP.
    """

    def __init__(
        self, *, days: dict[str, bytes] | None = None, certificate: Path | None = None
    ) -> None:
        super().__init__(Handler)
        self.days = days or {}
        self.responses: dict[str, list[SendResponse]] = {}
        self.requests: list[HubRequest] = []
        self.lock = threading.Lock()
        self.etags = True
        self.certificate = certificate
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        return super().url if self.certificate is None else f"https://127.0.0.1:{self.port}"

    @property
    def requested_days(self) -> list[str]:
        """The days of all requests, in order."""
        return [request.day for request in self.requests]


# Responses


def serve(handler: Handler, request: HubRequest) -> None:
    """Serve a day as the hub does: compressed, with an ETag."""
    hub = handler.server
    data = hub.days.get(request.day, EMPTY) if not request.page else EMPTY
    etag = f'W/"{hashlib.blake2b(data, digest_size=6).hexdigest()}"' if hub.etags else ""
    if etag and request.headers.get("if-none-match") == etag:
        handler.respond(b"", 304, ETag=etag, Content_Length="")
        return
    packed = gzip.compress(data)
    handler.respond(packed, Content_Encoding="gzip", ETag=etag)


def failing(status: int, data: bytes = b"{}", **headers: str) -> SendResponse:
    """Respond with a status."""
    return lambda handler, _request: handler.respond(data, status, **headers)


def sending(data: bytes, **headers: str) -> SendResponse:
    """Respond with the given bytes."""
    return failing(200, data, **headers)


def truncating(data: bytes) -> SendResponse:
    """Declare the full length, but send only half."""

    def send(handler: Handler, _request: HubRequest) -> None:
        handler.respond(data[: len(data) // 2], Content_Length=str(len(data)))
        handler.close_connection = True

    return send


def redirecting(url: str, status: int = 302) -> SendResponse:
    """Redirect to another URL."""
    return failing(status, b"", Location=url)


def dripping(handler: Handler, _request: HubRequest) -> None:
    """Send single bytes with pauses until the client disconnects."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"[")
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def silent(handler: Handler, _request: HubRequest) -> None:
    """Send nothing until the server stops."""
    handler.server.stopping.wait()
    handler.close_connection = True


def endless(handler: Handler, _request: HubRequest) -> None:
    """Send highly compressed spaces without end."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    packer = zlib.compressobj(wbits=31)
    while not handler.server.stopping.is_set():
        packed = packer.compress(b" " * 4_000_000) + packer.flush(zlib.Z_SYNC_FLUSH)
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(packed), packed))


# A proxy


class _ProxyHandler(QuietHandler):
    """Forwards HTTP requests and refuses tunnels for HTTPS."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_GET(self) -> None:
        self.server.requested_urls.append(self.path)
        url = urlsplit(self.path)
        with socket.create_connection((url.hostname or "", url.port or 80)) as upstream:
            target = f"{url.path}?{url.query}"
            lines = [f"GET {target} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers.items())]
            lines = [line for line in lines if not line.lower().startswith("connection:")]
            upstream.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
            while data := upstream.recv(65536):
                self.wfile.write(data)
        self.close_connection = True

    def do_CONNECT(self) -> None:
        self.server.requested_urls.append(self.path)
        self.send_error(403)


class Proxy(LoopbackServer):
    """A forward proxy that records the requested URLs."""

    def __init__(self) -> None:
        super().__init__(_ProxyHandler)
        self.requested_urls: list[str] = []


class _SocksHandler(socketserver.StreamRequestHandler):
    """Connects every SOCKS 5 client to the requested port of this machine."""

    server: SocksProxy

    def handle(self) -> None:
        _version, methods = self.rfile.read(2)
        self.rfile.read(methods)
        self.wfile.write(b"\x05\x00")
        *_command, kind = self.rfile.read(4)
        # 3 is a name, which is preceded by its length; 1 is an IPv4 address.
        host = self.rfile.read(self.rfile.read(1)[0] if kind == 3 else 4)
        port = int.from_bytes(self.rfile.read(2))
        self.server.requested_hosts.append(host.decode(errors="replace"))
        with socket.create_connection(("127.0.0.1", port)) as upstream:
            self.wfile.write(b"\x05\x00\x00\x01" + bytes(6))
            upstream.sendall(self.connection.recv(65536))
            upstream.shutdown(socket.SHUT_WR)
            while data := upstream.recv(65536):
                self.wfile.write(data)


class SocksProxy(LoopbackServer):
    """A SOCKS 5 proxy that records the requested hosts."""

    def __init__(self) -> None:
        super().__init__(_SocksHandler)
        self.requested_hosts: list[str] = []


def closed_port() -> int:
    """Return a port without a listener."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port
