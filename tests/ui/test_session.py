from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.config.session import Session, load_session, save_session
from tui.config.settings import Settings


async def test_choices_are_in_the_session_after_quitting(samples: DigestSource) -> None:
    session = Session()
    async with open_app(samples.options(session=session)) as driver:
        await driver.press("plus", "plus", "s", "S", "greater_than_sign", "backslash")
        await driver.press("left_square_bracket", "j", "j")
        paper = driver.screen.panes.table.paper
        share = driver.screen.panes.table_share
        await driver.press("q")
    assert paper is not None
    assert session.min_votes == 10
    assert session.sort == "-title"
    assert session.table_share == share
    assert session.sidebar is False
    assert session.period == "2025-05-29"
    assert session.cursors["2025-05-29"] == paper.arxiv_id


async def test_next_visit_uses_the_session(samples: DigestSource, tmp_path: Path) -> None:
    session = Session()
    async with open_app(samples.options(session=session)) as driver:
        await driver.press("plus", "s", *["greater_than_sign"] * 4, "backslash", "j", "j")
        paper, height = driver.paper, driver.screen.panes.table.size.height
        driver.app.action_choose_theme("sepia")
    save_session(tmp_path / "state", session)
    again = load_session(tmp_path / "state")
    assert again == session
    async with open_app(samples.options(session=again)) as driver:
        assert "5+ votes (2 below)" in driver.status
        assert "title ▴" in driver.status
        assert driver.app.theme == "sepia"
        assert driver.screen.panes.table.size.height == height
        assert "All days" not in driver.text
        assert driver.paper == paper
        assert driver.screen.panes.viewer.paper == driver.screen.panes.table.paper


async def test_visit_without_choices_remembers_none(samples: DigestSource) -> None:
    session = Session()
    async with open_app(samples.options(session=session)):
        pass
    assert (session.theme, session.min_votes, session.sort) == (None, None, None)


async def test_session_takes_precedence_over_the_settings(samples: DigestSource) -> None:
    settings = Settings(min_votes=5, sort="title", theme="paper")
    async with open_app(samples.options(settings=settings)) as driver:
        assert "5+ votes" in driver.status
        assert "title ▴" in driver.status
        assert driver.app.theme == "paper"
    session = Session(min_votes=0, sort="-date", theme="forest")
    async with open_app(samples.options(settings=settings, session=session)) as driver:
        assert "5+ votes" not in driver.status
        assert driver.app.theme == "forest"
        await driver.press("0")
        assert "date ▾" in driver.status


async def test_threshold_of_the_command_line_takes_precedence(samples: DigestSource) -> None:
    options = samples.options(session=Session(min_votes=5), min_votes=50)
    async with open_app(options) as driver:
        assert driver.votes == [96, 58]


async def test_new_papers_are_announced_and_marked(samples: DigestSource) -> None:
    session = Session(
        newest="2025-05-28", period="2025-05-23", cursors={"2025-05-23": "2505.15146"}
    )
    async with open_app(samples.options(session=session)) as driver:
        assert driver.status == (
            "15 new papers since Wed 28 May 2025; W lists them. Ctrl+O goes back to where you were."
        )
        assert driver.period == "2025-05-30"
        sidebar = driver.screen.panes.sidebar
        colors = {}
        for y, line in enumerate(driver.pane("sidebar")):
            if "2" in line and line.split()[-2] in {"Wed", "Thu", "Fri"}:
                style = driver.app.screen.get_style_at(sidebar.region.x + 8, sidebar.region.y + y)
                colors[line.split()[-3]] = style.color
        assert colors["29"] != colors["28"] == colors["23"]
        marked = [line.split()[1] for line in driver.pane("sidebar") if line.split()[:1] == ["∙"]]
        assert marked == ["30", "29"]
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-23"
        assert driver.screen.panes.table.cursor == 3
        assert "new papers" not in driver.status


async def test_without_new_papers_nothing_is_announced(samples: DigestSource) -> None:
    session = Session(newest="2025-05-30", period="2025-05-30")
    async with open_app(samples.options(session=session)) as driver:
        assert driver.status.startswith("Fri 30 May 2025")


async def test_on_the_first_visit_nothing_is_announced(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        assert driver.status.startswith("Fri 30 May 2025")
        await driver.press("ctrl+o")
        assert driver.status == "Nothing to go back to."


async def test_announcement_ends_with_the_next_key(
    samples: DigestSource,
) -> None:
    session = Session(newest="2025-05-29", min_votes=10)
    async with open_app(samples.options(session=session)) as driver:
        assert driver.status == "9 new papers since Thu 29 May 2025; W lists them."
        await driver.press("escape")
        assert "10+ votes" in driver.status


async def test_scope_that_no_longer_exists_is_forgotten(samples: DigestSource) -> None:
    session = Session(
        newest="2025-05-29", period="2024-01-01", cursors={"2025-05-30": "9999.99999"}
    )
    async with open_app(samples.options(session=session)) as driver:
        assert driver.screen.panes.table.cursor == 0
        await driver.press("escape", "ctrl+o")
        assert driver.status == "Nothing to go back to."


@pytest.fixture
def remembered() -> Session:
    return Session(
        min_votes=50, sort="title", newest="2025-05-22", period="2025-05-22",
        cursors={"2025-05-30": "2505.23621"}, sources=["/elsewhere"],
    )  # fmt: skip


async def test_with_named_sources_the_session_is_not_used(
    samples: DigestSource, remembered: Session
) -> None:
    settings = Settings(min_votes=20, sort="date")
    options = samples.options(session=remembered, settings=settings, named_sources=True)
    async with open_app(options) as driver:
        assert driver.votes == [96, 58, 31, 18, 12, 9, 7, 4, 2]
        assert driver.status.split("   ")[:3] == [
            "Fri 30 May 2025",
            "9 papers ⋅ 9 unread",
            "votes ▾",
        ]
        assert driver.screen.panes.table.cursor == 0


async def test_with_named_sources_thresholds_and_orders_are_not_remembered(
    samples: DigestSource, remembered: Session
) -> None:
    async with open_app(samples.options(session=remembered, named_sources=True)) as driver:
        await driver.press("plus", "s", "S")
        assert len(driver.titles) == 7
    assert (remembered.min_votes, remembered.sort) == (50, "title")
