"""A local server in place of arXiv's API and feeds, Hugging Face, and a web feed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.arxiv_answers import ArxivPaper, api_answer
from tests.support.loopback_server import LoopbackServer, QuietHandler

_INTERVAL = re.compile(r"submittedDate:\[(\d+) TO (\d+)\]")

Respond = Callable[["ArxivHandler"], object]


class ArxivHandler(QuietHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: ArxivServer

    def do_GET(self) -> None:
        arxiv = self.server
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


class ArxivServer(LoopbackServer):
    """The server.

    Attributes:
        papers: what the API knows.
        rss: the feed of each category.
        hub: papers of Hugging Face by id.
        feeds: other feeds by path.
        overrides: how to respond instead to paths that start like this.
        requests: the paths of all requests so far.
    """

    def __init__(self) -> None:
        super().__init__(ArxivHandler)
        self.papers: list[ArxivPaper] = []
        self.rss: dict[str, bytes] = {}
        self.hub: dict[str, dict[str, Any]] = {}
        self.feeds: dict[str, bytes] = {}
        self.overrides: dict[str, Respond] = {}
        self.requests: list[str] = []

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
