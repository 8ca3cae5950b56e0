"""Interests are highlighted, counted and a scope; muted papers are left out of days."""

from __future__ import annotations

import pytest

from tests.ui.driver import AppDriver, open_app, sidebar_marks, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.settings import Settings
from tui.config.validators import Interest

MILL, SAND, SURVEY = "2505.00001", "2505.00002", "2505.00003"


@pytest.fixture
def papers(source: DigestSource) -> DigestSource:
    source.add(
        "2025-05-30",
        DigestPaper(MILL, "Counting Wind", summary="- ***What's New***: Flow matching for mills."),
        DigestPaper(SAND, "Sand Clocks", authors="Eve Finch", summary="- ***A***: Sand."),
        DigestPaper(SURVEY, "A Survey of Mills", summary="- ***A***: Much was read."),
    )
    source.add("2025-05-29", DigestPaper("2505.00004", "Old Wind", summary="- ***A***: Air."))
    source.sync()
    return source


def colors_of(driver: AppDriver, pane: str, text: str) -> set[str]:
    """Return the colors in which a text is drawn in bold in a pane."""
    widget = driver.screen.query_one(f"#{pane}")
    return {
        segment.style.color.name
        for y in range(widget.size.height)
        for segment in widget.render_line(y)
        if text in segment.text and segment.style and segment.style.bold and segment.style.color
    }


async def test_interests_are_highlighted_counted_and_a_scope(papers: DigestSource) -> None:
    interests = (Interest("wind", "green"), Interest('"flow matching"'), Interest("author:finch"))
    settings = Settings(interests=interests)
    async with open_app(papers.options(settings=settings)) as driver:
        assert colors_of(driver, "table", "Finch") == {"magenta"}
        await driver.press("j")
        assert colors_of(driver, "table", "Wind") == {"green"}
        await driver.press("k")
        await driver.wait_until_idle()
        assert colors_of(driver, "viewer", "Flow matching") == {"magenta"}
        await wait_until(lambda: "Interests 3" in sidebar_marks(driver))
        assert any("(2) 3" in line for line in driver.pane("sidebar"))
        await driver.press("Q")
        await driver.wait_until_idle()
        assert driver.status.startswith("Interests   3 papers")
        assert set(driver.titles) == {"Counting Wind", "Sand Clocks", "Old Wind"}


async def test_muted_papers_are_left_out_of_days_until_a_key_shows_them(
    papers: DigestSource,
) -> None:
    settings = Settings(mute=("title:survey", "author:finch -wind"))
    async with open_app(papers.options(settings=settings)) as driver:
        await driver.wait_until_idle()
        assert driver.titles == ["Counting Wind"]
        assert "2 left out" in driver.status
        await driver.press("A")
        await driver.wait_until_idle()
        assert len(driver.titles) == 3
        await driver.press("A", "0")
        await driver.wait_until_idle()
        # All days have all papers.
        assert len(driver.titles) == 4


async def test_key_without_interests_says_how_to_set_them(papers: DigestSource) -> None:
    async with open_app(papers.options()) as driver:
        await driver.press("Q")
        assert 'interests = ["diffusion"]' in driver.status
