"""A local server in place of arXiv's API and feeds, Hugging Face, and a web feed."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.arxiv_answers import ArxivPaper, api_answer

_INTERVAL = re.compile(r"submittedDate:\[(\d+) TO (\d+)\]")

Respond = Callable[["ArxivHandler"], object]


class ArxivHandler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:  # the name that http.server calls
        arxiv = self.server.arxiv
        parts = urlsplit(self.path)
        arxiv.requests.append(unquote(self.path))
        try:
            for start, respond in arxiv.overrides.items():
                if parts.path.startswith(start):
                    respond(self)
                    return
            parameters = {name: each[0] for name, each in parse_qs(parts.query).items()}
            data = arxiv.answer(parts.path, parameters)
            if data is None:
                self.respond(b"{}", 404)
            else:
                self.respond(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def respond(self, data: bytes, status: int = 200, **headers: str) -> None:
        """Send a response, or that it has not changed."""
        etag = f'"{hashlib.blake2b(data, digest_size=6).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag:
            data, status = b"", 304
        self.send_response(status)
        for name, value in {"ETag": etag, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    arxiv: ArxivServer

    def handle_error(self, *_: Any) -> None:
        """Ignore closed connections."""


@dataclass
class ArxivServer:
    """The server.

    Attributes:
        papers: what the API knows.
        rss: the feed of each category.
        hub: papers of Hugging Face by id.
        feeds: other feeds by path.
        overrides: how to respond instead to paths that start like this.
        requests: the paths of all requests so far.
        stopping: set when the server stops, to end long responses.
    """

    papers: list[ArxivPaper] = field(default_factory=list)
    rss: dict[str, bytes] = field(default_factory=dict)
    hub: dict[str, dict[str, Any]] = field(default_factory=dict)
    feeds: dict[str, bytes] = field(default_factory=dict)
    overrides: dict[str, Respond] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), ArxivHandler)
        self._server.arxiv = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make the program use this server."""
        return {"ARXIV_ENDPOINT": self.url, "HF_ENDPOINT": self.url}

    def answer(self, path: str, parameters: dict[str, str]) -> bytes | None:
        """Return the content at a path, or None."""
        if path == "/api/query":
            return self._query(parameters)
        if path.startswith("/rss/"):
            return self.rss.get(path.removeprefix("/rss/"))
        if path.startswith("/api/papers/"):
            paper = self.hub.get(path.removeprefix("/api/papers/"))
            return None if paper is None else json.dumps(paper).encode()
        return b"[]" if path == "/api/daily_papers" else self.feeds.get(path)

    def _query(self, parameters: dict[str, str]) -> bytes:
        query = parameters.get("search_query", "")
        ids = parameters.get("id_list", "").split(",")
        found = [paper for paper in self.papers if paper.paper_id in ids]
        if interval := _INTERVAL.search(query):
            [category] = re.findall(r"cat:([\w.-]+)", query)
            start, end = interval.groups()
            found = [
                paper
                for paper in self.papers
                if category in paper.categories
                and start <= re.sub(r"\D", "", paper.published)[:12] < end
            ]
        first = int(parameters.get("start", "0"))
        page = found[first : first + int(parameters.get("max_results", "10"))]
        return api_answer(page, query, len(found))
