"""A server on the loopback interface that stands in for the hub and for arXiv."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

PAGES = Path(__file__).parent / "pages"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:  # the name that http.server calls
        texts = self.server.texts
        texts.paths.append(self.path)
        if texts.is_held:
            texts.released.wait()
        data = texts.answers.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    texts: TextServer

    def handle_error(self, *_: Any) -> None:
        """Ignore closed connections."""


@dataclass
class TextServer:
    """The server; other paths do not exist.

    Attributes:
        answers: the content by path.
        paths: the requested paths so far.
        is_held: whether answers wait until ``released`` is set.
    """

    answers: dict[str, bytes] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    is_held: bool = False
    released: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.texts = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server, so that connections are refused; more than once is fine."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve_page(self, arxiv_id: str, name: str = "counting-wind") -> None:
        """Serve a page of LaTeXML as the text of a paper."""
        self.answers[f"/html/{arxiv_id}"] = (PAGES / f"{name}.html").read_bytes()
