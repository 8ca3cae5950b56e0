"""A loopback server that answers like the connector of Zotero 7."""

from __future__ import annotations

import json
from typing import Any

from tests.support.loopback_server import LoopbackServer, QuietHandler


class ZoteroConnector(LoopbackServer):
    """Keeps the items that it gets.

    Attributes:
        items: the items that were saved, in order.
        headers_seen: the headers of the last request.
        refusal: status and text with which ``saveItems`` answers, or None.
        name: what it calls itself; empty for another program.
    """

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.items: list[dict[str, Any]] = []
        self.sessions: list[str] = []
        self.headers_seen: dict[str, str] = {}
        self.refusal: tuple[int, bytes] | None = None
        self.name = "7.0.11"


class _Handler(QuietHandler):
    server: ZoteroConnector

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.headers_seen = dict(self.headers.items())
        if self.path == "/connector/ping":
            self._answer(200, b'{"prefs":{"automaticSnapshots":true}}')
        elif self.path != "/connector/saveItems":
            self._answer(404, b"No endpoint found\n")
        elif self.server.refusal:
            self._answer(*self.server.refusal)
        elif body["sessionID"] in self.server.sessions:
            self._answer(409, b'{"error":"SESSION_EXISTS"}')
        else:
            self.server.sessions.append(body["sessionID"])
            self.server.items += body["items"]
            self._answer(201, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if self.server.name:
            self.send_header("X-Zotero-Version", self.server.name)
            self.send_header("X-Zotero-Connector-API-Version", "3")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
