"""Keys in a summary: sections, other summaries, links, and the remembered position."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource

TWICE = "2025-05-23"
"""A day of the sample data on which two digests have the first paper."""

SECTIONS = ["What's New", "Technical Details", "Performance Highlights"]


def top(lines: list[str]) -> str:
    return next(line.strip() for line in lines if line.strip())


async def test_c_lists_the_sections_and_goes_to_one(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (100, 30)) as driver:
        await driver.press("j", "enter", "c")
        assert "Contents" in driver.text
        for label in SECTIONS:
            assert label in driver.text
        await driver.press("3")
        assert SECTIONS[2] in top(driver.pane("viewer"))
        # The cursor starts at the current section.
        await driver.press("c", "j", "enter")
        assert "무엇을 풀려고 하는가" in top(driver.pane("viewer"))


async def test_braces_go_from_section_to_section(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (100, 30)) as driver:
        await driver.press("j", "enter")
        for label in SECTIONS:
            await driver.press("right_curly_bracket")
            assert label in top(driver.pane("viewer"))
        await driver.press("left_curly_bracket")
        assert SECTIONS[1] in top(driver.pane("viewer"))
        await driver.press(*["right_curly_bracket"] * 9)
        assert driver.status == "No more sections."


async def test_semicolon_switches_between_summaries(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (100, 30)) as driver:
        await driver.press("j", "semicolon")
        assert driver.status == "Summary 2 of 2"
        assert top(driver.pane("viewer")) == f"{TWICE}, daily_papers/{TWICE}.md"
        await driver.press("semicolon")
        assert driver.status == "Summary 1 of 2"
    async with open_app(samples.options()) as driver:
        await driver.press("semicolon")
        assert driver.status == "This paper has no other summary."


async def test_f_lists_the_links_and_follows_one(
    samples: DigestSource, opened_urls: Callable[[], list[str]]
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("f")
        assert "PDF" in driver.text
        await driver.press("2")
        assert opened_urls() == ["https://arxiv.org/pdf/2505.22954"]
        assert driver.status == "Opened https://arxiv.org/pdf/2505.22954"


async def test_paper_keeps_its_scroll_position(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (80, 24)) as driver:
        await driver.press("j", "enter", "ctrl+d")
        lines_before = driver.pane("viewer")
        await driver.press("J")
        assert driver.top_line("viewer") == 0
        await driver.press("K")
        assert driver.pane("viewer") == lines_before
        await driver.press("escape", "0")
        await driver.press("ctrl+o", "enter")
        assert driver.pane("viewer") == lines_before


async def test_status_line_shows_the_reading_progress(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (80, 24)) as driver:
        await driver.press("j")
        assert "%" not in driver.status
        await driver.press("enter")
        assert "%" in driver.status
        assert "100%" not in driver.status
        await driver.press("G")
        assert "100%" in driver.status
        await driver.press("escape")
        assert "%" not in driver.status


async def test_click_in_the_outline_goes_to_the_section(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (160, 30)) as driver:
        await driver.press("j", "enter")
        await driver.click("2. 통합된 사전 학습")
        assert "2. 통합된 사전 학습" in top(driver.pane("viewer"))


async def test_summary_without_sections_is_reported(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary="Just a sentence."))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("c")
        assert driver.status == "This summary has no sections."
        await driver.press("right_curly_bracket")
        assert driver.status == "No more sections."
