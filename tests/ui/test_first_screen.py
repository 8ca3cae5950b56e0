from __future__ import annotations

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.models import Problem
from tui.query import parse

NEWEST = "Darwin Godel Machine: Open-Ended Evolution of Self-Improving Agents"


async def test_opens_on_the_newest_day_with_its_first_paper(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        assert reader.period == "2025-05-30"
        assert reader.paper == NEWEST
        assert reader.focus == "table"
        assert reader.votes == [96, 58, 31, 18, 12, 9, 7, 4, 2]
        assert reader.status.split("   ")[:3] == ["Fri 30 May 2025", "9 papers", "votes ▾"]
        assert reader.status.endswith("   1 problem")


async def test_shows_the_first_papers_summary(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        summary = "\n".join(reader.pane("viewer"))
        assert NEWEST in summary
        assert "Jenny Zhang, Shengran Hu, Cong Lu, Robert Lange, Jeff Clune" in summary
        assert "96 votes" in summary
        assert "arxiv.org/abs/2505.22954" in summary
        assert "What's New: Darwin Gödel Machine(DGM)은 자기 코드를" in summary


async def test_the_sidebar_counts_years_months_and_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        rows = [" ".join(line.split()) for line in reader.pane("sidebar") if line]
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
    async with open_app(samples.options(is_sample=True)) as reader:
        assert "Sample data" in reader.lines[0]
        assert "broadsheet add PATH" in reader.lines[0]
    async with open_app(samples.options()) as reader:
        assert "Sample data" not in reader.text


async def test_a_date_without_a_digest_opens_the_one_before(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-27")) as reader:
        assert reader.period == "2025-05-23"
        assert reader.status == "No digest of Tue 27 May 2025; showing Fri 23 May 2025."


async def test_opens_on_a_month(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-04")) as reader:
        assert reader.period == "2025-04"
        assert len(reader.titles) == 18
        assert reader.screen.panes.sidebar.scope.period == "2025-04"


async def test_opens_with_a_query_and_a_threshold(samples: DigestSource) -> None:
    options = samples.options(period="", query=parse("diffusion"), min_votes=30)
    async with open_app(options) as reader:
        assert reader.votes == [67, 58, 33]
        assert "3 of 71 papers   /diffusion   30+ votes, 7 hidden (2 unknown)" in reader.status


async def test_an_empty_library_shows_how_to_add_sources(source: DigestSource) -> None:
    async with open_app(source.options()) as reader:
        assert "There are no papers yet." in reader.text
        assert "broadsheet add PATH" in reader.text
        assert reader.paper is None


async def test_every_key_is_harmless_in_an_empty_library(source: DigestSource) -> None:
    async with open_app(source.options()) as reader:
        keys = ("j", "k", "G", "g", "ctrl+d", "pagedown")
        await reader.press(*keys, "1", *keys, "l", "h", "enter", "3", *keys, "escape")
        await reader.press("left_square_bracket", "right_square_bracket", "0", "enter", "J", "o")
        await reader.press("plus", "minus", "s", "S", "z", "escape", "ctrl+o", "ctrl+n", "ctrl+r")
        assert "There are no papers yet." in reader.text
        await reader.answer_prompt("d", "22")
        assert "a year, month or day in numbers" in reader.text


async def test_invalid_settings_are_reported_before_the_sample_data(samples: DigestSource) -> None:
    problem = Problem("config.toml", 3, "is not valid TOML")
    async with open_app(samples.options(is_sample=True, problems=(problem,))) as reader:
        assert reader.text.splitlines()[0].strip() == "config.toml:3: is not valid TOML"
        assert reader.status.endswith("2 problems")
