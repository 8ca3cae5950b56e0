from __future__ import annotations

import pytest
from textual._compositor import Compositor, LayoutUpdate

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.config.policy import Policy
from tui.config.settings import Settings
from tui.models import Problem
from tui.query.parser import parse

NEWEST = "Darwin Godel Machine: Open-Ended Evolution of Self-Improving Agents"


async def test_opens_on_the_newest_day_with_its_first_paper(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        assert driver.period == "2025-05-30"
        assert driver.paper == NEWEST
        assert driver.focus == "table"
        assert driver.votes == [96, 58, 31, 18, 12, 9, 7, 4, 2]
        assert driver.status.split("   ")[:3] == [
            "Fri 30 May 2025",
            "9 papers ⋅ 9 unread",
            "votes ▾",
        ]
        assert "problem" not in driver.status


async def test_shows_the_first_papers_summary(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        summary = "\n".join(driver.pane("viewer"))
        assert NEWEST in summary
        assert "Jenny Zhang +4" in summary
        assert "96 votes" in summary
        assert "arxiv.org/abs/2505.22954" in summary
        assert "What's New: Darwin Gödel Machine(DGM)은 자기 코드를" in summary


async def test_opening_screen_is_painted_once(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    paints: list[Compositor] = []
    paint_everything = Compositor.render_full_update

    def record(compositor: Compositor, **options: bool) -> LayoutUpdate:
        paints.append(compositor)
        return paint_everything(compositor, **options)

    monkeypatch.setattr(Compositor, "render_full_update", record)
    async with open_app(samples.options()) as driver:
        assert len(paints) == 1
        await driver.press("ctrl+l")
        assert len(paints) == 2


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
            "▸ Apr 18",
            "▸ Mar 18",
        ]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (
            (120, 40),
            "Sample data. Press F to fetch this week's papers from Hugging Face, or add your own:"
            " broadsheet add FOLDER",
        ),
        ((80, 24), "Sample data. Press F to fetch this week's papers from Hugging Face."),
        ((60, 20), "Sample data. F fetches this week's papers."),
        ((40, 12), "Sample data. F fetches new papers."),
    ],
)
async def test_sample_data_offer_to_fetch_papers(
    samples: DigestSource, size: tuple[int, int], text: str
) -> None:
    async with open_app(samples.options(is_sample=True), size) as driver:
        assert driver.lines[0].strip() == text
    async with open_app(samples.options(), size) as driver:
        assert "Sample data" not in driver.text


async def test_key_of_the_notice_is_the_readers(samples: DigestSource) -> None:
    settings = Settings(read_after=0, watch=False, keymap={"digests.fetch": "ctrl+t"})
    async with open_app(samples.options(is_sample=True, settings=settings)) as driver:
        assert "Press Ctrl+T to fetch" in driver.lines[0]


async def test_notice_can_be_clicked(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = "tui.sources.http.missing_dependency_message"
    monkeypatch.setattr(missing, lambda: "Not installed.")
    async with open_app(samples.options(is_sample=True)) as driver:
        await driver.click("Sample data")
        assert driver.status == "Not installed."


async def test_notice_offers_only_what_is_possible(samples: DigestSource) -> None:
    options = samples.options(is_sample=True, policy=Policy(is_restricted=True))
    async with open_app(options) as driver:
        assert driver.lines[0].strip().startswith("Sample data: no digests have been set up")
        assert "fetch" not in driver.text


async def test_date_without_a_digest_opens_the_one_before(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-27")) as driver:
        assert driver.period == "2025-05-23"
        assert driver.status == "No digest for Tue 27 May 2025; showing Fri 23 May 2025."


async def test_opens_on_a_month(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-04")) as driver:
        assert driver.period == "2025-04"
        assert len(driver.titles) == 18
        assert driver.screen.panes.sidebar.scope.period == "2025-04"


async def test_opens_with_a_query_and_a_threshold(samples: DigestSource) -> None:
    options = samples.options(period="", query=parse("diffusion"), min_votes=30)
    async with open_app(options) as driver:
        assert driver.votes == [67, 58, 33]
        assert "3/71 ⋅ 3 unread   /diffusion   30+ votes (5 below, 2 unknown)" in driver.status


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_empty_library_offers_to_fetch_papers(
    source: DigestSource, size: tuple[int, int]
) -> None:
    async with open_app(source.options(), size) as driver:
        text = " ".join(driver.text.split())
        assert "There are no papers yet. Press F to fetch this week's papers from" in text
        assert "Hugging Face." in text
    # What is fetched does not appear among the sources of the command line.
    async with open_app(source.options(named_sources=True), size) as driver:
        assert "There are no papers yet." in driver.text
        assert "Press F" not in driver.text


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
