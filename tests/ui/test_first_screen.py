from __future__ import annotations

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.models import Problem
from tui.query.parser import parse

NEWEST = "Darwin Godel Machine: Open-Ended Evolution of Self-Improving Agents"


async def test_opens_on_the_newest_day_with_its_first_paper(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        assert driver.period == "2025-05-30"
        assert driver.paper == NEWEST
        assert driver.focus == "table"
        assert driver.votes == [96, 58, 31, 18, 12, 9, 7, 4, 2]
        assert driver.status.split("   ")[:3] == ["Fri 30 May 2025", "9 papers", "votes ▾"]
        assert "problem" not in driver.status


async def test_shows_the_first_papers_summary(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        summary = "\n".join(driver.pane("viewer"))
        assert NEWEST in summary
        assert "Jenny Zhang, Shengran Hu, Cong Lu, Robert Lange, Jeff Clune" in summary
        assert "96 votes" in summary
        assert "arxiv.org/abs/2505.22954" in summary
        assert "What's New: Darwin Gödel Machine(DGM)은 자기 코드를" in summary


async def test_sidebar_counts_years_months_and_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        rows = [" ".join(line.split()) for line in driver.pane("sidebar") if line]
        assert rows == [
            "All days 71",
            "Unread 71",
            "Starred 0",
            "▾ 2025 71",
            "▾ May 35",
            "30 Fri 9",
            "29 Thu 7",
            "28 Wed 3",
            "23 Fri 6",
            "22 Thu 4",
            "13 Tue 3",
            "2 Fri 4",
            "▸ April 18",
            "▸ March 18",
        ]


async def test_sample_data_are_announced(samples: DigestSource) -> None:
    async with open_app(samples.options(is_sample=True)) as driver:
        assert "Sample data" in driver.lines[0]
        assert "broadsheet add PATH" in driver.lines[0]
    async with open_app(samples.options()) as driver:
        assert "Sample data" not in driver.text


async def test_date_without_a_digest_opens_the_one_before(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-27")) as driver:
        assert driver.period == "2025-05-23"
        assert driver.status == "No digest of Tue 27 May 2025; showing Fri 23 May 2025."


async def test_opens_on_a_month(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-04")) as driver:
        assert driver.period == "2025-04"
        assert len(driver.titles) == 18
        assert driver.screen.panes.sidebar.scope.period == "2025-04"


async def test_opens_with_a_query_and_a_threshold(samples: DigestSource) -> None:
    options = samples.options(period="", query=parse("diffusion"), min_votes=30)
    async with open_app(options) as driver:
        assert driver.votes == [67, 58, 33]
        assert "3 of 71 papers   /diffusion   30+ votes, 7 hidden (2 unknown)" in driver.status


async def test_empty_library_shows_how_to_add_sources(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        assert "There are no papers yet." in driver.text
        assert "broadsheet add PATH" in driver.text
        assert driver.paper is None


async def test_every_key_is_harmless_in_an_empty_library(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        keys = ("j", "k", "G", "g", "ctrl+d", "pagedown")
        await driver.press(*keys, "1", *keys, "l", "h", "enter", "3", *keys, "escape")
        await driver.press("left_square_bracket", "right_square_bracket", "0", "enter", "J", "o")
        await driver.press("plus", "minus", "s", "S", "z", "escape", "ctrl+o", "ctrl+n", "ctrl+r")
        assert "There are no papers yet." in driver.text
        await driver.answer_prompt("d", "22")
        assert "Enter a date, such as 2025-05-22" in driver.text


async def test_invalid_settings_are_reported_before_the_sample_data(samples: DigestSource) -> None:
    problem = Problem("config.toml", 3, "is not valid TOML")
    async with open_app(samples.options(is_sample=True, problems=(problem,))) as driver:
        assert driver.text.splitlines()[0].strip() == "config.toml:3: is not valid TOML"
        assert driver.status.endswith("1 problem")
