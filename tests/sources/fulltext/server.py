"""A server on the loopback interface that stands in for the hub and for arXiv."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.support.loopback_server import LoopbackServer, QuietHandler

PAGES = Path(__file__).parent / "pages"


class _Handler(QuietHandler):
    server: TextServer

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        if self.server.is_held:
            self.server.released.wait()
        data = self.server.answers.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")


class TextServer(LoopbackServer):
    """The server; other paths do not exist.

    Attributes:
        answers: the content by path.
        paths: the requested paths so far.
        is_held: whether answers wait until ``released`` is set.
    """

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.answers: dict[str, bytes] = {}
        self.paths: list[str] = []
        self.is_held = False
        self.released = threading.Event()

    def stop(self) -> None:
        """Stop the server, and answer what waits."""
        self.released.set()
        super().stop()

    def serve_page(self, arxiv_id: str, name: str = "counting-wind") -> None:
        """Serve a page of LaTeXML as the text of a paper."""
        self.answers[f"/html/{arxiv_id}"] = (PAGES / f"{name}.html").read_bytes()
