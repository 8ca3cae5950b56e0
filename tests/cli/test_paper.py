"""``broadsheet paper`` and ``broadsheet fetch --text``, with a local server for hub and arXiv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.fulltext.server import PAGES, TextServer
from tests.support.home import Home

FIRST, SECOND, THIRD = "2505.00001", "2505.00002", "2505.00003"

DIGEST = "## Papers for 2025-05-05\n\n" + "\n\n".join(
    f"### Mill {number}\n\nhttps://arxiv.org/abs/{paper_id}\n\nIt counts."
    for number, paper_id in enumerate((FIRST, SECOND, THIRD))
)


@pytest.fixture
def server() -> Iterator[TextServer]:
    with TextServer() as server:
        for paper_id in (FIRST, SECOND):
            server.serve_page(paper_id)
        yield server


@pytest.fixture
def home(tmp_path: Path, server: TextServer) -> Home:
    digests = tmp_path / "digests"
    digests.mkdir()
    (digests / "2025-05-05.md").write_text(DIGEST)
    home = Home(tmp_path, {"HF_ENDPOINT": server.url, "ARXIV_ENDPOINT": server.url})
    home.config.parent.mkdir(parents=True)
    home.config.write_text(f'sources = ["{digests}"]\n')
    return home


def test_text_is_printed_and_kept(home: Home, server: TextServer) -> None:
    result = home.run("paper", f"https://arxiv.org/abs/{FIRST}v2")
    markdown = (PAGES / "counting-wind.md").read_text()
    picture = f"{server.url}/html/mill.png"
    assert (result.code, result.err) == (0, "")
    assert result.out == markdown.replace("https://arxiv.org/html/mill.png", picture)
    server.stop()
    offline = home.run("paper", FIRST, "--format", "text")
    assert (offline.code, offline.err) == (0, "")
    assert "2 Method\n\n| Definition 1 (Gust). A gust is a wind w with" in offline.out
    again = home.run("paper", FIRST, "--again")
    assert again.code == 2
    assert again.err.startswith(f"broadsheet: No text of {FIRST}: 127.0.0.1:")
    assert len(again.err.splitlines()) == 1


def test_texts_are_fetched_ahead(home: Home, server: TextServer) -> None:
    first = home.run("fetch", "--text", "title:mill")
    assert (first.code, first.lines) == (2, ["fetched 2, kept 0, failed 1"])
    assert f"No text of {THIRD}" in first.err
    del server.paths[:]
    server.serve_page(THIRD)
    assert home.run("fetch", "--text", "title:mill").lines == ["fetched 1, kept 2, failed 0"]
    assert server.paths == [f"/papers/{THIRD}.md", f"/html/{THIRD}"]
    server.stop()
    assert home.run("count", "has:text").lines == ["3"]
    assert home.run("count", "text:bloweth").lines == ["3"]
    assert home.run("count", "bloweth").lines == ["0"]
    with home.config.open("a") as file:
        file.write("search_texts = true\n")
    assert home.run("count", "bloweth").lines == ["3"]


def test_unreachable_server_is_asked_once(home: Home, server: TextServer) -> None:
    server.stop()
    result = home.run("fetch", "--text", "title:mill")
    assert (result.code, result.lines) == (2, ["fetched 0, kept 0, failed 1"])
    assert "1 of 3 done; run the same command to continue" in result.err


def test_restricted_mode_shows_only_kept_texts(home: Home) -> None:
    assert home.run("paper", FIRST).code == 0
    assert home.run("paper", FIRST, "--restricted").code == 0
    refused = home.run("paper", SECOND, "--restricted")
    assert (refused.code, refused.err) == (
        2, "broadsheet: No text can be fetched in restricted mode.\n",
    )  # fmt: skip


def test_other_papers_have_no_text(home: Home) -> None:
    assert home.run("paper", "nothing").err == "broadsheet: nothing: not the id of a paper\n"
    assert "Only papers on arXiv" in home.run("paper", "doi:10.1000/gust.7").err
