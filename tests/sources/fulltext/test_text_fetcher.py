"""Texts are fetched from the best source that has them, and kept within a limit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.fulltext.server import PAGES, TextServer
from tui.runtime.extras import install_command
from tui.sources.fulltext import FullText, TextOrigin, TextUnavailableError
from tui.sources.fulltext.text_fetcher import MIN_MARKDOWN_CHARS, TextEndpoints, fetch_text
from tui.sources.fulltext.text_store import TextStore
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.retry import RetryPolicy

PAPER = "2505.00001"
POLICY = RetryPolicy(attempts=1)


@pytest.fixture
def server() -> Iterator[TextServer]:
    with TextServer() as server:
        yield server


def fetch(server: TextServer, paper_id: str = PAPER) -> FullText:
    """Fetch a text as the browser does."""
    endpoints = TextEndpoints(Endpoint(server.url), Endpoint(server.url))
    return fetch_text(paper_id, endpoints, policy=POLICY)


def test_markdown_of_the_hub_comes_first(server: TextServer) -> None:
    markdown = "# A\n\n" + "Wind\x1b[2J. " * MIN_MARKDOWN_CHARS
    server.answers[f"/papers/{PAPER}.md"] = markdown.encode()
    text = fetch(server)
    assert text.origin is TextOrigin.HUB
    assert text.markdown.startswith("# A\n\nWind. Wind. ")
    assert server.paths == [f"/papers/{PAPER}.md"]


@pytest.mark.parametrize("hub", [None, b"<!doctype html><p>" + b"x" * 9000, b"# Only a summary"])
def test_page_of_arxiv_comes_second(server: TextServer, hub: bytes | None) -> None:
    if hub is not None:
        server.answers[f"/papers/{PAPER}.md"] = hub
    server.serve_page(PAPER)
    text = fetch(server)
    assert (text.origin, text.url) == (TextOrigin.ARXIV, f"{server.url}/html/{PAPER}")
    assert "## 2 Method" in text.markdown


def test_pdf_comes_last(server: TextServer) -> None:
    server.answers[f"/html/{PAPER}"] = b"<html>No HTML for this paper"
    server.answers[f"/pdf/{PAPER}"] = (PAGES / "wind.pdf").read_bytes()
    text = fetch(server)
    assert text.origin is TextOrigin.PDF
    assert text.markdown == (
        "## Page 1\n\nMills count wind in \\[2\\] steps.\n\n## Page 2\n\nThe end.\n"
    )


def test_paper_without_text_is_one_sentence(server: TextServer) -> None:
    server.answers[f"/pdf/{PAPER}"] = b"%PDF-1.7 damaged"
    host = server.url.removeprefix("http://")
    with pytest.raises(TextUnavailableError) as raised:
        fetch(server)
    assert str(raised.value) == (
        f"No text of {PAPER}: its PDF has no text; {host} answers 404 Not Found"
    )
    with pytest.raises(TextUnavailableError, match="Only papers on arXiv"):
        fetch(server, "doi:10.1/x")


def test_missing_extras_are_named(server: TextServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.serve_page(PAPER)
    monkeypatch.setattr("tui.runtime.extras.find_spec", lambda _name: None)
    with pytest.raises(TextUnavailableError) as raised:
        fetch(server)
    assert str(raised.value) == (
        f"No text of {PAPER}: Reading PDFs needs pypdfium2: {install_command('pdf')}; "
        f"reading arXiv's pages needs selectolax: {install_command('fetch')}"
    )


def test_hostile_page_is_refused(server: TextServer) -> None:
    server.answers[f"/html/{PAPER}"] = b'<article class="ltx_document">' + b"<div>" * 100_000
    with pytest.raises(TextUnavailableError, match="nested too deeply"):
        fetch(server)


# The store


def text_of(paper_id: str, content: str = "Wind.") -> FullText:
    return FullText(paper_id, content, TextOrigin.ARXIV, "https://arxiv.org/html/x")


def add(store: TextStore, text: FullText, max_bytes: int = 10**9, *protected: str) -> None:
    store.add(text, max_bytes, lambda paper_id: paper_id in protected)


def test_texts_are_kept(tmp_path: Path) -> None:
    store = TextStore(tmp_path / "texts")
    assert store.ids == set()
    assert store.get(PAPER) is None
    for paper_id in (PAPER, "hep-th/9901001"):
        add(store, text_of(paper_id))
        add(store, text_of(paper_id, "More wind."))
        assert TextStore(tmp_path / "texts").get(paper_id) == text_of(paper_id, "More wind.")
    assert store.ids == {PAPER, "hep-th/9901001"}


def test_text_read_least_recently_goes_first(tmp_path: Path) -> None:
    store = TextStore(tmp_path)
    names = ["2505.00001", "2505.00002", "2505.00003", "2505.00004"]
    for number, name in enumerate(names[:3]):
        add(store, text_of(name, "x" * 10_000))
        os.utime(tmp_path / f"{name}.json", (number, number))
    store.get(names[0])
    # The second is starred, and the first was read just now.
    add(store, text_of(names[3], "x" * 10_000), 35_000, names[1])
    assert store.ids == {names[0], names[1], names[3]}


def test_damaged_text_is_fetched_again(tmp_path: Path) -> None:
    store = TextStore(tmp_path)
    add(store, text_of(PAPER))
    file = tmp_path / f"{PAPER}.json"
    file.write_bytes(file.read_bytes()[:-20])
    assert store.get(PAPER) is None
    add(store, text_of(PAPER))
    assert store.get(PAPER) == text_of(PAPER)
