"""The common part of the servers that stand in for services on the internet."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any, Self


class QuietHandler(BaseHTTPRequestHandler):
    """A handler of requests that logs nothing."""

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


class LoopbackServer(ThreadingTCPServer):
    """A server on a free port of the loopback interface, for a ``with`` statement.

    Attributes:
        stopping: set when the server stops, to end long responses.
    """

    daemon_threads = True

    def __init__(self, handler: type[BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server, so that connections are refused; more than once is fine."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, *_: Any) -> None:
        """Ignore closed connections."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"
