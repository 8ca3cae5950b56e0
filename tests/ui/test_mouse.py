from __future__ import annotations

import pytest

from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers


async def test_a_click_puts_the_cursor_on_a_row(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("Table-R1")
        assert reader.screen.panes.table.cursor == 3
        assert reader.focus == "table"
        assert "Table-R1은 표 추론" in reader.text
        assert not reader.screen.panes.is_zoomed


async def test_a_double_click_reads(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("Table-R1", times=2)
        assert reader.screen.panes.is_zoomed
        assert reader.screen.panes.table.cursor == 3
        assert "Table-R1은 표 추론" in reader.text


async def test_a_click_below_the_rows_does_nothing(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-28")) as reader:
        x, y = reader.find("BitNet v2")
        await reader.click_at(x, y + 2)
        assert reader.screen.panes.table.cursor == 0


async def test_a_click_on_a_date_shows_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("22 Thu")
        assert reader.period == "2025-05-22"
        assert len(reader.titles) == 4
        await reader.click("March")
        assert reader.period == "2025-03"
        assert "▸ March" in reader.text


async def test_a_click_on_a_symbol_collapses_and_expands(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("▸ April")
        assert "25 Fri" in reader.text
        assert reader.period == "2025-05-30"
        await reader.click("▾ April")
        assert "25 Fri" not in reader.text


async def test_collapsing_the_current_month_shows_the_month(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("▾ May")
        assert "30 Fri" not in reader.text
        assert reader.period == reader.screen.panes.sidebar.scope.period == "2025-05"
        assert len(reader.titles) == 35


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
async def test_a_click_on_a_link_shows_its_url(samples: DigestSource, link: str, url: str) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click(link, dx=1)
        assert reader.status.startswith(f"Sent {url} ")
        assert reader.app.clipboard == url


async def test_a_click_beside_a_link_does_nothing(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.click("PDF", dx=-2)
        assert "9 papers" in reader.status
        await reader.click("Jenny Zhang, Shengran Hu, Cong Lu")
        assert "9 papers" in reader.status


async def test_a_wrapped_link_has_its_whole_url(source: DigestSource) -> None:
    url = "https://example.org/" + "a-long-way/" * 12 + "end"
    source.add(
        "2025-05-01", DigestPaper("2505.00001", summary=f"- ***What's New***: see {url} for it.")
    )
    source.sync()
    async with open_app(source.options(), (80, 40)) as reader:
        await reader.click("end for it")
        assert reader.app.clipboard == url


async def test_a_click_on_a_key_presses_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        bar = reader.screen.query_one("#keys").region.y
        line = reader.lines[bar]
        await reader.click_at(line.index("search"), bar)
        assert reader.prompt.has_focus
        await reader.press("escape")
        await reader.click_at(line.index("+"), bar)
        assert len(reader.titles) == 7
        await reader.click_at(line.index("- "), bar)
        assert len(reader.titles) == 9
        await reader.click_at(line.index("help"), bar)
        assert "Down one line" in reader.text


async def test_a_click_on_quit_quits(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        bar = reader.screen.query_one("#keys").region.y
        await reader.pilot.click(offset=(reader.lines[bar].index("quit"), bar))
        await wait_until(lambda: reader.app._exit)


async def test_the_wheel_scrolls_the_table_without_the_cursor(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options(), (80, 24)) as reader:
        await reader.turn_wheel("Paper 002")
        top = reader.top_line("table")
        assert top > 0
        assert reader.paper == "Paper 001"
        await reader.turn_wheel("Paper 006", down=False)
        assert reader.top_line("table") == 0
        await reader.turn_wheel("Paper 006", down=False)
        assert reader.top_line("table") == 0


async def test_the_wheel_scrolls_the_viewer_up_to_its_end(source: DigestSource) -> None:
    lines = "\n".join(f"- line {number:03}" for number in range(40))
    source.add("2025-05-01", DigestPaper("2505.00001", summary=lines))
    source.sync()
    async with open_app(source.options(), (80, 30)) as reader:
        before = 0
        await reader.turn_wheel("line 000")
        assert reader.top_line("viewer") > before
        for _ in range(30):
            await reader.turn_wheel("line 0")
        assert "line 039" in reader.text
        assert reader.focus == "table"


async def test_the_scroll_bar_can_be_dragged(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options(), (80, 24)) as reader:
        region = reader.screen.panes.table.region
        await reader.drag((region.right - 1, region.y + 1), (region.right - 1, region.bottom - 1))
        assert reader.top_line("table") == 60 - reader.screen.panes.table.window.page
        assert reader.paper == "Paper 001"
        await reader.press("j")
        assert reader.paper == "Paper 002"
        assert "  Paper 002" in "\n".join(reader.pane("table"))
