from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.segment import Segment

from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.date_sidebar import DateSidebar
from tui.ui.widgets.paper_table import PaperTable

LINES = 60

# Keys, and the line they lead to, by the numbers of lines and of lines per page.
MOVES: list[tuple[list[str], Callable[[int], int]]] = [
    (["j"], lambda _: 1),
    (["down"], lambda _: 1),
    (["j", "j", "k"], lambda _: 1),
    (["j", "j", "up"], lambda _: 1),
    (["k"], lambda _: 0),
    (["G"], lambda _: LINES - 1),
    (["end", "j"], lambda _: LINES - 1),
    (["G", "g"], lambda _: 0),
    (["G", "home"], lambda _: 0),
    (["pagedown"], lambda page: page),
    (["ctrl+f"], lambda page: page),
    (["G", "pageup"], lambda page: LINES - 1 - page),
    (["G", "ctrl+b"], lambda page: LINES - 1 - page),
    (["ctrl+d"], lambda page: page // 2),
    (["G", "ctrl+u"], lambda page: LINES - 1 - page // 2),
]


async def test_moving_in_the_table(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(LINES))
    source.sync()
    async with open_app(source.options(), (80, 30)) as driver:
        for keys, row in MOVES:
            await driver.press("g", *keys)
            number = row(driver.screen.panes.table.window.page) + 1
            assert driver.paper == f"Paper {number:03}", keys
            assert f"  Paper {number:03}" in "\n".join(driver.pane("table")), keys
            assert f"This is about paper {number:03}." in driver.text, keys


async def test_moving_in_the_sidebar(source: DigestSource) -> None:
    for number in range(LINES - 6):
        source.add(f"{2058 - number}-05-30", DigestPaper(f"2501.{number:05}"))
    source.sync()
    # All days, unread and starred papers have no date; then comes a gap.
    rows = [
        "",
        "",
        "",
        "gap",
        "2058",
        "2058-05",
        "2058-05-30",
        *(str(2058 - n) for n in range(1, LINES - 6)),
    ]
    async with open_app(source.options(), (80, 24)) as driver:
        await driver.press("1")
        for keys, row in MOVES:
            await driver.press("g", *keys)
            expected = rows[row(driver.screen.panes.sidebar.window.page)]
            assert driver.period == driver.screen.panes.sidebar.scope.period == expected, keys
            assert expected[:4] in "\n".join(driver.pane("sidebar")), keys


async def test_moving_in_the_viewer(source: DigestSource) -> None:
    lines = "\n".join(f"- line {number:03}" for number in range(200))
    source.add("2025-05-01", DigestPaper("2505.00001", summary=lines), DigestPaper("2505.00002"))
    source.sync()
    async with open_app(source.options(), (80, 30)) as driver:
        viewer = driver.screen.panes.viewer
        await driver.press("3")
        for keys, row in MOVES:
            await driver.press("g", *keys)
            # A line of the previous page stays visible.
            line = row(viewer.window.page - 1)
            from_end = keys[0] in {"G", "end"} and keys[-1] not in {"g", "home"}
            end = viewer.line_count - viewer.window.page
            assert driver.top_line("viewer") == (end - LINES + 1 + line if from_end else line), keys
            assert driver.screen.panes.table.cursor == 0


async def test_end_of_a_summary_is_its_last_line(source: DigestSource) -> None:
    lines = "\n".join(f"- line {number:03}" for number in range(100))
    source.add("2025-05-01", DigestPaper("2505.00001", summary=lines))
    source.sync()
    async with open_app(source.options(), (80, 30)) as driver:
        await driver.press("3", "G")
        assert "line 099" in driver.text
        assert not driver.pane("viewer")[-1]
        end = driver.top_line("viewer")
        await driver.press("j", "j", "k")
        assert driver.top_line("viewer") == end - 1


async def test_summary_begins_at_its_top(samples: DigestSource) -> None:
    async with open_app(samples.options(), (80, 24)) as driver:
        await driver.press("3", "ctrl+d")
        assert driver.top_line("viewer") > 0
        await driver.press("J")
        assert driver.top_line("viewer") == 0


async def test_numbers_go_to_panes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        for key, name in (("1", "sidebar"), ("3", "viewer"), ("2", "table")):
            await driver.press(key)
            assert driver.focus == name


async def test_tab_cycles_through_the_panes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        focused = []
        for key in ("tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab"):
            await driver.press(key)
            focused.append(driver.focus)
        assert focused == ["viewer", "sidebar", "table", "sidebar", "viewer", "table"]


async def test_narrow_screen_shows_the_sidebar_only_while_it_has_the_focus(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(), (60, 20)) as driver:
        assert "All days" not in driver.text
        await driver.press("1")
        assert driver.focus == "sidebar"
        assert "All days" in driver.text
        await driver.press("j", "enter")
        assert driver.focus == "table"
        assert "All days" not in driver.text
        assert driver.period == "2025-05-29"


async def test_hidden_sidebar_is_shown_while_it_has_the_focus(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("backslash")
        assert "All days" not in driver.text
        await driver.press("tab", "tab")
        assert driver.focus == "table"
        await driver.press("1")
        assert "All days" in driver.text
        await driver.press("backslash")
        assert "All days" in driver.text
        await driver.press("backslash", "2")
        assert "All days" not in driver.text


async def test_table_and_the_summary_can_be_resized(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        table = driver.screen.panes.table
        before = table.size.height
        await driver.press("greater_than_sign", "greater_than_sign")
        larger = table.size.height
        await driver.press(*["less_than_sign"] * 4)
        assert table.size.height < before < larger
        await driver.press(*["greater_than_sign"] * 20)
        both = table.size.height + driver.screen.panes.viewer.outer_size.height
        assert table.size.height == both * 80 // 100
        assert driver.screen.panes.viewer.size.height > 3


async def test_h_and_l_collapse_and_expand(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("1", "h")
        assert driver.period == "2025-05"
        await driver.press("h")
        assert "30 Fri" not in driver.text
        assert "▸ May" in driver.text
        await driver.press("h", "h")
        assert driver.period == "2025"
        assert "▸ 2025" in driver.text
        await driver.press("h")
        assert driver.period == "2025"
        await driver.press("right", "right", "right", "right")
        assert driver.period == "2025-05-30"
        # There is nothing to expand: it leads to the pane on the right.
        await driver.press("right")
        assert (driver.focus, driver.period) == ("table", "2025-05-30")
        await driver.press("left", "left")
        assert (driver.focus, driver.period) == ("sidebar", "2025-05")


async def test_year_and_a_month_show_all_their_papers(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("1", "k")
        assert (driver.period, len(driver.titles)) == ("2025-05", 35)
        await driver.press("k")
        assert (driver.period, len(driver.titles)) == ("2025", 71)
        await driver.press("k")
        assert driver.status.startswith("Starred   0 papers")
        await driver.press("k")
        assert driver.status.startswith("Unread   71 papers")
        await driver.press("k")
        assert (driver.period, len(driver.titles)) == ("", 71)
        assert driver.status.startswith("All days   71 papers")


async def test_moving_the_focus_draws_each_row_once(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.pilot.pause()
        drawn: list[str] = []
        for kind in (DateSidebar, PaperTable):
            draw_now = kind.draw_row

            def note(
                self: CursorList,
                row: int,
                width: int,
                draw_now: Callable[[Any, int, int], list[Segment]] = draw_now,
            ) -> list[Segment]:
                drawn.append(self.id or "")
                return draw_now(self, row, width)

            monkeypatch.setattr(kind, "draw_row", note)
        for key, there, here in (("1", "sidebar", "table"), ("2", "table", "sidebar")):
            drawn.clear()
            await driver.press(key)
            await wait_until(lambda: len(drawn) >= 2)
            await driver.pilot.pause()
            assert driver.focus == there
            # All of them have a cell of the accent bar.
            panes = driver.screen.panes
            for pane in (panes.sidebar, panes.table):
                assert drawn.count(pane.id or "") == pane.line_count
            assert {there, here} == set(drawn)
