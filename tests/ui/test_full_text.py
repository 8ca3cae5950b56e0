"""``p`` and ``Enter`` open the full text of a paper, online and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.fulltext.server import TextServer
from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.policy import Policy

pytestmark = pytest.mark.slow

PAPER, CITED = "2505.00001", "1706.03762"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TextServer]:
    """Return a server that stands in for the hub and for arXiv."""
    with TextServer() as server:
        server.serve_page(PAPER)
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        monkeypatch.setenv("ARXIV_ENDPOINT", server.url)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own-cache"))
        yield server


@pytest.fixture
def papers(source: DigestSource) -> DigestSource:
    """Return a source with two papers, one of which cites the other one, on another day."""
    source.add("2025-05-05", DigestPaper(PAPER, "Counting Wind with Small Mills"))
    source.add("2025-05-04", DigestPaper(CITED, "Mills that Count", votes=3))
    source.sync()
    return source


def text(driver: AppDriver) -> str:
    return "\n".join(driver.pane("viewer"))


async def open_text(driver: AppDriver, *keys: str) -> None:
    """Press keys that open the text, and wait until it is complete."""
    await driver.press(*keys)
    viewer = driver.screen.panes.viewer
    await wait_until(lambda: viewer.text is not None and viewer.text.is_complete)
    await driver.wait_until_idle()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_text_is_read_and_left(
    papers: DigestSource, server: TextServer, size: tuple[int, int]
) -> None:
    async with open_app(papers.options(), size) as driver:
        await open_text(driver, "enter", "enter")
        assert "Abstract" in text(driver)
        assert "100%" not in driver.status
        # The outline, sections, and what is remembered of the position.
        await driver.press("}", "}", "}", "}")
        assert "2 Method" in driver.pane("viewer")[0]
        await driver.press("p")
        assert "A mill that counts." in text(driver)
        await open_text(driver, "p")
        assert "2 Method" in driver.pane("viewer")[0]
        await driver.press("/")
        await driver.type("bloweth", "enter")
        assert "The wind bloweth" in text(driver)
        assert driver.status == "Match 1 of 1"
        # The first one clears the match.
        await driver.press("escape", "escape")
        assert driver.screen.panes.viewer.text is None
        assert driver.screen.panes.is_zoomed
        await driver.press("escape")
        assert not driver.screen.panes.is_zoomed
        server.stop()
    async with open_app(papers.options(), size) as driver:
        await open_text(driver, "p")
        assert "Abstract" in text(driver)
        await driver.resize(size[0] + 20, size[1])
        viewer = driver.screen.panes.viewer
        await wait_until(lambda: viewer.text is not None and viewer.text.width > 55)
        await driver.press("q")
        assert "A mill that counts." in text(driver)


@pytest.mark.usefixtures("server")
async def test_citation_leads_to_a_paper_of_the_library(papers: DigestSource) -> None:
    async with open_app(papers.options()) as driver:
        await open_text(driver, "p")
        await driver.press("f")
        await driver.press("down", "down", "enter")
        await wait_until(lambda: driver.paper == "Mills that Count")
        assert driver.period == "2025-05-04"
        await driver.press("ctrl+o")
        assert driver.paper == "Counting Wind with Small Mills"


async def test_loading_is_cancelled(papers: DigestSource, server: TextServer) -> None:
    server.is_held = True
    async with open_app(papers.options()) as driver:
        await driver.pilot.press("p")
        await wait_until(lambda: bool(server.paths))
        assert "Fetching the text" in driver.pane("status")[0]
        await driver.press("escape")
        assert driver.screen.panes.viewer.text is None
        assert "Fetching" not in driver.pane("status")[0]


async def test_missing_text_is_one_sentence(papers: DigestSource, server: TextServer) -> None:
    server.answers.clear()
    async with open_app(papers.options()) as driver:
        await driver.press("p")
        await wait_until(lambda: bool(driver.status))
        assert driver.status.startswith(f"No text of {PAPER}: 127.0.0.1:")


async def test_nothing_is_fetched_in_restricted_mode(
    papers: DigestSource, server: TextServer
) -> None:
    async with open_app(papers.options(policy=Policy(is_restricted=True))) as driver:
        await driver.press("p")
        await wait_until(lambda: bool(driver.status))
        assert driver.status == "No text can be fetched in restricted mode."
        assert server.paths == []
