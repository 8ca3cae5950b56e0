from __future__ import annotations

import pytest
from textual.events import Click

from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers

pytestmark = pytest.mark.slow


async def test_click_puts_the_cursor_on_a_row(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("Table-R1")
        assert driver.screen.panes.table.cursor == 3
        assert driver.focus == "table"
        assert "Table-R1은 표 추론" in driver.text
        assert not driver.screen.panes.is_zoomed


async def test_double_click_reads(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("Table-R1", times=2)
        assert driver.screen.panes.is_zoomed
        assert driver.screen.panes.table.cursor == 3
        assert "Table-R1은 표 추론" in driver.text


async def test_click_below_the_rows_does_nothing(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-28")) as driver:
        x, y = driver.find("BitNet v2")
        await driver.click_at(x, y + 2)
        assert driver.screen.panes.table.cursor == 0


async def test_click_on_a_date_shows_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("22 Thu")
        assert driver.period == "2025-05-22"
        assert len(driver.titles) == 4
        await driver.click("Mar")
        assert driver.period == "2025-03"
        assert "▸ Mar" in driver.text


async def test_click_on_a_symbol_collapses_and_expands(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("▸ Apr")
        assert "25 Fri" in driver.text
        assert driver.period == "2025-05-30"
        await driver.click("▾ Apr")
        assert "25 Fri" not in driver.text


async def test_collapsing_the_current_month_shows_the_month(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("▾ May")
        assert "30 Fri" not in driver.text
        assert driver.period == driver.screen.panes.sidebar.scope.period == "2025-05"
        assert len(driver.titles) == 35


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("arxiv.org/abs/2505.22954", "https://arxiv.org/abs/2505.22954"),
        ("PDF", "https://arxiv.org/pdf/2505.22954"),
        (
            "picture",
            "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2505.22954.png",
        ),
    ],
)
async def test_click_on_a_link_shows_its_url(samples: DigestSource, link: str, url: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click(link, dx=1)
        assert driver.status.startswith(f"Sent {url} ")
        assert driver.app.clipboard == url


async def test_click_beside_a_link_does_nothing(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.click("PDF", dx=-2)
        assert "9 papers" in driver.status
        await driver.click("Jenny Zhang")
        assert "9 papers" in driver.status


async def test_wrapped_link_has_its_whole_url(source: DigestSource) -> None:
    url = "https://example.org/" + "a-long-way/" * 12 + "end"
    source.add(
        "2025-05-01", DigestPaper("2505.00001", summary=f"- ***What's New***: see {url} for it.")
    )
    source.sync()
    async with open_app(source.options(), (80, 40)) as driver:
        await driver.click("end for it")
        assert driver.app.clipboard == url


async def test_click_on_a_key_presses_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        bar = driver.screen.query_one("#keys").region.y
        line = driver.lines[bar]
        await driver.click_at(line.index("search"), bar)
        assert driver.prompt.has_focus
        await driver.press("escape")
        await driver.click_at(line.index("+"), bar)
        assert len(driver.titles) == 7
        await driver.click_at(line.index("- "), bar)
        assert len(driver.titles) == 9
        await driver.click_at(line.index("help"), bar)
        assert "Toggle star" in driver.text


async def test_click_on_quit_quits(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        bar = driver.screen.query_one("#keys").region.y
        await driver.pilot.click(offset=(driver.lines[bar].index("quit"), bar))
        await wait_until(lambda: driver.app._exit)


async def test_wheel_scrolls_the_table_without_the_cursor(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options(), (80, 24)) as driver:
        await driver.turn_wheel("Paper 002")
        top = driver.top_line("table")
        assert top > 0
        assert driver.paper == "Paper 001"
        await driver.turn_wheel("Paper 006", down=False)
        assert driver.top_line("table") == 0
        await driver.turn_wheel("Paper 006", down=False)
        assert driver.top_line("table") == 0


async def test_wheel_scrolls_the_viewer_up_to_its_end(source: DigestSource) -> None:
    lines = "\n".join(f"- line {number:03}" for number in range(40))
    source.add("2025-05-01", DigestPaper("2505.00001", summary=lines))
    source.sync()
    async with open_app(source.options(), (80, 30)) as driver:
        before = 0
        await driver.turn_wheel("line 000")
        assert driver.top_line("viewer") > before
        for _ in range(30):
            await driver.turn_wheel("line 0")
        assert "line 039" in driver.text
        assert driver.focus == "table"


async def test_scroll_bar_can_be_dragged(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options(), (80, 24)) as driver:
        region = driver.screen.panes.table.region
        await driver.drag((region.right - 1, region.y + 1), (region.right - 1, region.bottom - 1))
        assert driver.top_line("table") == 60 - driver.screen.panes.table.window.page
        assert driver.paper == "Paper 001"
        await driver.press("j")
        assert driver.paper == "Paper 002"
        assert "  Paper 002" in "\n".join(driver.pane("table"))


async def test_click_on_the_number_of_problems_lists_them(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001"), "### No link\n\nVote: 3\n")
    async with open_app(source.options()) as driver:
        assert driver.status.endswith("   ! 1 problem")
        await driver.click("! 1 problem", dx=3)
        assert "the paper has no link to arXiv; skipped" in driver.text
        await driver.press("escape")
        await driver.click_at(1, driver.find("! 1 problem")[1])
        assert "the paper has no link to arXiv" not in driver.text


async def test_clicks_that_close_the_palette_close_nothing_else(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ctrl+p")
        palette = driver.app.screen
        x, y = 0, driver.app.size.height - 1
        for _click in range(2):
            palette.post_message(Click(palette, x, y, 0, 0, 1, False, False, False, x, y))
        await wait_until(lambda: not palette.is_attached)
        await driver.wait_until_idle()
        assert len(driver.app.screen_stack) == 1
