"""The status line: what it says, what it leaves out first, and what it keeps."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.ui.blocking_reader import BlockingReader
from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestSource, sample_papers
from tui.models import Problem
from tui.ui.widgets.status_line import JobProgress
from tui.ui.workers.jobs import JobGroup

pytestmark = pytest.mark.slow

PROBLEMS = (Problem("config.toml", 3, "is not valid TOML"),)


async def test_it_counts_papers_and_unread_ones(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        assert driver.status.startswith("Fri 30 May 2025   9 papers ⋅ 9 unread   votes ▾")
        await driver.press("space")
        await driver.press("j")
        assert "9 papers ⋅ 8 unread" in driver.status
        await driver.answer_prompt("slash", "model votes:>=5")
        await driver.press("j")
        shown = len(driver.titles)
        assert f"{shown}/9" in driver.status
        assert "/model votes:>=5" in driver.status


@pytest.mark.parametrize("width", [40, 50, 60, 80, 100, 120])
@pytest.mark.parametrize("query", ["diffusion", "강화학습", "diffusion model votes:>=2 -survey"])
async def test_number_of_hits_is_never_left_out(
    samples: DigestSource, width: int, query: str
) -> None:
    options = samples.options(period="", min_votes=5, problems=PROBLEMS)
    async with open_app(options, (width, 20)) as driver:
        await driver.answer_prompt("slash", query)
        await driver.press("j")
        assert f"{len(driver.titles)}/71" in driver.status
        assert "! 1" in driver.status
        [line] = driver.pane("status")
        assert cell_len(line) <= width


async def test_order_of_what_is_left_out(samples: DigestSource) -> None:
    seen = []
    options = samples.options(period="2025-05-23", min_votes=20, problems=PROBLEMS)
    async with open_app(options, (120, 20)) as driver:
        for width in range(120, 39, -1):
            await driver.resize(width, 20)
            status = driver.status
            assert "3/6" in status
            assert "! 1" in status
            parts = ("below", "1 problem", "votes ▾", "3 unread")
            seen.append(tuple(part for part in parts if part in status))
    lengths = [len(parts) for parts in dict.fromkeys(seen)]
    assert lengths == sorted(lengths, reverse=True)
    assert list(dict.fromkeys(seen))[:4] == [
        ("below", "1 problem", "votes ▾", "3 unread"),
        ("1 problem", "votes ▾", "3 unread"),
        ("votes ▾", "3 unread"),
        ("3 unread",),
    ]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=str)
async def test_status_stays_beside_the_progress(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    source.add("2025-05-01", *sample_papers(12))
    source.sync()
    for day in range(2, 9):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    gate = BlockingReader(4, monkeypatch)
    async with open_app(source.options(period="2025-05-01"), size, wait=False) as driver:
        await wait_until(gate.is_blocked.is_set)
        await wait_until(lambda: "4 of 7" in driver.status)
        assert driver.status.startswith("Thu")
        assert "12 papers" in driver.status
        assert "Ctrl+X stops" in driver.status
        driver.screen.papers.set_votes(95)
        await driver.pilot.pause()
        assert "5/12" in driver.status
        assert size[0] == 40 or "95+ votes" in driver.status
        progress = JobProgress(1143, 2000, "Ctrl+X stops")
        driver.screen.panes.status.show_progress(JobGroup.SYNC, progress)
        assert "1,143 of 2,000" in driver.status
        gate.is_released.set()
        await driver.wait_until_idle()


async def test_click_on_the_problems_shows_them(samples: DigestSource) -> None:
    async with open_app(samples.options(problems=PROBLEMS)) as driver:
        await driver.click("! 1 problem", dx=3)
        assert len(driver.app.screen_stack) == 2
        assert "is not valid TOML" in driver.text


async def test_position_in_the_list_is_shown_while_reading(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "enter")
        assert "2 of 9   " in driver.status
        await driver.press("J")
        assert "3 of 9   " in driver.status
        await driver.press("escape")
        assert "of 9" not in driver.status


async def test_query_is_echoed_as_typed(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.answer_prompt("slash", "GPT-4o OR Diffusion")
        assert "/GPT-4o OR Diffusion" in driver.status
