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
    async with open_app(samples.options(period=TWICE), (100, 30)) as reader:
        await reader.press("j", "enter", "c")
        assert "Contents" in reader.text
        for label in SECTIONS:
            assert label in reader.text
        await reader.press("3")
        assert SECTIONS[2] in top(reader.pane("viewer"))
        # The cursor starts at the current section.
        await reader.press("c", "j", "enter")
        assert "무엇을 풀려고 하는가" in top(reader.pane("viewer"))


async def test_braces_go_from_section_to_section(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (100, 30)) as reader:
        await reader.press("j", "enter")
        for label in SECTIONS:
            await reader.press("right_curly_bracket")
            assert label in top(reader.pane("viewer"))
        await reader.press("left_curly_bracket")
        assert SECTIONS[1] in top(reader.pane("viewer"))
        await reader.press(*["right_curly_bracket"] * 9)
        assert reader.status == "No more sections."


async def test_a_semicolon_switches_between_summaries(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (100, 30)) as reader:
        await reader.press("j", "semicolon")
        assert reader.status == "Summary 2 of 2"
        assert top(reader.pane("viewer")) == f"{TWICE}, daily_papers/{TWICE}.md"
        await reader.press("semicolon")
        assert reader.status == "Summary 1 of 2"
    async with open_app(samples.options()) as reader:
        await reader.press("semicolon")
        assert reader.status == "This paper has no other summary."


async def test_f_lists_the_links_and_follows_one(
    samples: DigestSource, opened_urls: Callable[[], list[str]]
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("f")
        assert "PDF" in reader.text
        await reader.press("2")
        assert opened_urls() == ["https://arxiv.org/pdf/2505.22954"]
        assert reader.status == "Opened https://arxiv.org/pdf/2505.22954"


async def test_a_paper_keeps_its_scroll_position(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (80, 24)) as reader:
        await reader.press("j", "enter", "ctrl+d")
        lines_before = reader.pane("viewer")
        await reader.press("J")
        assert reader.top_line("viewer") == 0
        await reader.press("K")
        assert reader.pane("viewer") == lines_before
        await reader.press("escape", "0")
        await reader.press("ctrl+o", "enter")
        assert reader.pane("viewer") == lines_before


async def test_the_status_line_shows_the_reading_progress(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (80, 24)) as reader:
        await reader.press("j")
        assert "%" not in reader.status
        await reader.press("enter")
        assert "%" in reader.status
        assert "100%" not in reader.status
        await reader.press("G")
        assert "100%" in reader.status
        await reader.press("escape")
        assert "%" not in reader.status


async def test_a_click_in_the_outline_goes_to_the_section(samples: DigestSource) -> None:
    async with open_app(samples.options(period=TWICE), (160, 30)) as reader:
        await reader.press("j", "enter")
        await reader.click("2. 통합된 사전 학습")
        assert "2. 통합된 사전 학습" in top(reader.pane("viewer"))


async def test_a_summary_without_sections_is_reported(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary="Just a sentence."))
    source.sync()
    async with open_app(source.options()) as reader:
        await reader.press("c")
        assert reader.status == "This summary has no sections."
        await reader.press("right_curly_bracket")
        assert reader.status == "No more sections."
