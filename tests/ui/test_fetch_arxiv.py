"""Lists of arXiv, feeds and details in the app, from a local server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.arxiv_answers import CATEGORIES, ArxivPaper, day_of_lists, rss_feed
from tests.support.arxiv_server import ArxivServer
from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, open_marks
from tui.config.policy import Policy
from tui.config.settings import Settings
from tui.marks.edits import set_read
from tui.sources.arxiv.announcements import current_day

pytestmark = pytest.mark.slow


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    with ArxivServer() as arxiv:
        for name, value in arxiv.environment.items():
            monkeypatch.setenv(name, value)
        yield arxiv


@pytest.fixture
def cached(source: DigestSource) -> DigestSource:
    source.add("2025-05-22", DigestPaper("2505.00001", "2505.00001", None, authors=""))
    source.sync()
    return source


async def test_a_day_of_three_categories_is_fetched_browsed_and_filtered(
    cached: DigestSource, arxiv: ArxivServer
) -> None:
    lists = day_of_lists()
    arxiv.rss = {category: rss_feed(papers, current_day()) for category, papers in lists.items()}
    settings = Settings(read_after=0, watch=False, arxiv=CATEGORIES)
    async with open_app(cached.options(settings=settings), size=(160, 40)) as driver:
        await driver.press("F")
        assert "Fetched 400 papers." in driver.status
        await wait_until(
            lambda: str(current_day()) in driver.screen.library.get().period_counts.counts
        )
        await driver.wait_until_idle()
        await driver.press("right_square_bracket")
        assert driver.period == str(current_day())
        # Replaced papers are in no list and in no count.
        counts = driver.screen.library.get().period_counts.counts
        assert len(driver.titles) == counts[str(current_day())] == 243
        assert "Category" in driver.text
        assert "stat.ML" in driver.text
        await driver.answer_prompt("slash", "cat:stat.ML -is:cross")
        expected = [paper.title for paper in lists["stat.ML"] if paper.announced == "new"]
        assert sorted(driver.titles) == sorted(expected)
        await driver.answer_prompt("slash", "is:replaced cat:cs")
        replaced = [
            paper.title
            for category in ("cs.CL", "cs.LG")
            for paper in lists[category]
            if paper.announced.startswith("replace")
        ]
        assert sorted(driver.titles) == sorted(replaced)
        await driver.press("escape")
        assert len(driver.titles) == 243


async def test_papers_of_the_list_are_completed(cached: DigestSource, arxiv: ArxivServer) -> None:
    arxiv.papers = [ArxivPaper("2505.00001", "Wind", version=2, updated="2025-08-01T10:00:00Z")]
    arxiv.hub["2505.00001"] = {"id": "2505.00001", "title": "Wind", "upvotes": 7}
    async with open_app(cached.options()) as driver:
        assert driver.titles == ["2505.00001"]
        await driver.press("D")
        assert driver.status == "Fetched 2 papers."
        await wait_until(lambda: driver.titles == ["Wind"])
        await driver.wait_until_idle()
        assert driver.votes == [7]
        assert "Wind  v2" in driver.text
        await driver.press("enter")
        assert "Version 2 has been on arXiv since 2025-08-01." in driver.text
        await driver.press("escape", "D")
        assert driver.status == "Nothing new was found."


@pytest.mark.parametrize("keys", [("enter", "escape"), ("space",)], ids=["opened", "marked"])
async def test_new_version_is_news_until_the_paper_is_read(
    cached: DigestSource, arxiv: ArxivServer, keys: tuple[str, ...]
) -> None:
    paper = ArxivPaper("2505.00001", "Wind", version=2, updated="2025-08-01T10:00:00Z")
    arxiv.papers = [paper]
    open_marks(cached).apply(set_read(["2505.00001"], read=keys[0] == "enter"))
    async with open_app(cached.options(settings=Settings(read_after=60, watch=False))) as driver:
        await driver.press("D")
        await wait_until(lambda: driver.titles == ["Wind"])
        await driver.wait_until_idle()
        assert "Wind  v2" in driver.text
        await driver.answer_prompt("slash", "is:revised")
        assert driver.titles == ["Wind"]
        await driver.press(*keys)
        assert "Wind  v2" not in driver.text
        assert "Version 2 has been on arXiv" in driver.text
        await driver.answer_prompt("slash", "is:revised wind")
        assert driver.titles == []


async def test_waiting_for_details_can_be_stopped(cached: DigestSource, arxiv: ArxivServer) -> None:
    arxiv.overrides["/api/query"] = lambda handler: handler.server.stopping.wait()
    async with open_app(cached.options()) as driver:
        driver.type_ahead("D")
        await wait_until(lambda: bool(arxiv.requests))
        await driver.press("ctrl+x")
        await wait_until(lambda: driver.status == "Stopped.")


async def test_sample_data_is_replaced_by_everything_that_is_fetched(
    samples: DigestSource, arxiv: ArxivServer
) -> None:
    arxiv.rss = {"cs.CL": rss_feed(day_of_lists(30)["cs.CL"], current_day())}
    arxiv.feeds["/feed.xml"] = rss_feed([ArxivPaper("2505.77777", "Mills")], current_day())
    feeds = (f"{arxiv.url}/feed.xml",)
    settings = Settings(read_after=0, watch=False, arxiv=("cs.CL",), feeds=feeds)
    async with open_app(samples.options(is_sample=True, settings=settings)) as driver:
        await driver.press("D")
        assert "no papers of your own" in driver.status
        assert arxiv.requests == []
        await driver.press("F")
        await wait_until(lambda: "2505.77777" in driver.screen.library.get().ids())
        await driver.wait_until_idle()
        assert len(driver.screen.library.get().ids()) == 7


async def test_sync_key_fetches_feeds(cached: DigestSource, arxiv: ArxivServer) -> None:
    item = "<item><title>Mills</title><link>https://arxiv.org/abs/2505.00007</link></item>"
    feed = f'<rss version="2.0"><channel><title>Blog</title>{item}</channel></rss>'
    arxiv.feeds["/feed.xml"] = feed.encode()
    settings = Settings(read_after=0, watch=False, feeds=(f"{arxiv.url}/feed.xml",))
    async with open_app(cached.options(settings=settings)) as driver:
        assert arxiv.requests == []
        await driver.press("ctrl+r")
        await wait_until(lambda: "2505.00007" in driver.screen.library.get().ids())
        await driver.wait_until_idle()
        await driver.press("0")
        assert "Mills" in driver.titles
        await driver.press("ctrl+r")
        assert arxiv.requests == ["/feed.xml", "/feed.xml"]


async def test_restricted_mode_fetches_nothing(cached: DigestSource, arxiv: ArxivServer) -> None:
    settings = Settings(read_after=0, watch=False, feeds=(f"{arxiv.url}/feed.xml",))
    options = cached.options(settings=settings, policy=Policy(is_restricted=True))
    async with open_app(options) as driver:
        await driver.press("D", "ctrl+r", "F")
        assert arxiv.requests == []
