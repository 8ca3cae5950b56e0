"""The sidebar: what it counts, mutes and folds, and where its cursor can go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, sidebar_marks
from tests.ui.sources import DigestSource, open_marks, sample_papers
from tui.marks.edits import set_read

OLDER = "left_square_bracket"


@pytest.fixture
def months(source: DigestSource) -> DigestSource:
    """Return a source of four months with ten days each, and two papers a day."""
    for month in range(1, 5):
        for day in range(1, 11):
            first = 100 * month + 2 * day
            source.add(f"2025-{month:02}-{day:02}", *sample_papers(2, first=first))
    source.sync()
    return source


def rows(driver: AppDriver) -> list[str]:
    return [" ".join(line.split()) for line in driver.pane("sidebar")]


async def test_every_period_shows_unread_and_all_papers(months: DigestSource) -> None:
    open_marks(months).apply(set_read(["2501.00420", "2501.00418", "2501.00419"], read=True))
    async with open_app(months.options()) as driver:
        assert sidebar_marks(driver)[:2] == ["All days 77/80", "Unread 77"]
        assert [row for row in rows(driver) if row][3:8] == [
            "▾ 2025 77/80", "▾ Apr 17/20", "10 Thu 1/2", "9 Wed 2", "8 Tue 2",
        ]  # fmt: skip
        await driver.press("space")
        assert "10 Thu 2" in rows(driver)
        assert "▾ Apr 18/20" in rows(driver)


async def test_days_that_are_read_are_muted(months: DigestSource) -> None:
    open_marks(months).apply(set_read(["2501.00418", "2501.00419"], read=True))
    async with open_app(months.options()) as driver:
        sidebar = driver.screen.panes.sidebar

        def color(text: str) -> object:
            y = next(y for y, row in enumerate(rows(driver)) if row.startswith(text))
            style = driver.app.screen.get_style_at(sidebar.region.x + 9, sidebar.region.y + y)
            return style.color

        assert color("9 Wed") != color("8 Tue") == color("7 Mon")


async def test_month_folds_again_when_another_one_is_visited(months: DigestSource) -> None:
    async with open_app(months.options()) as driver:
        await driver.answer_prompt("d", "2025-03-01")
        await driver.answer_prompt("d", "2025-01-05")
        expanded = [row for row in rows(driver) if row.startswith("▾")]
        assert [row.split()[1] for row in expanded] == ["2025", "Jan"]


async def test_month_stays_open_in_lists_that_are_no_dates(months: DigestSource) -> None:
    async with open_app(months.options()) as driver:
        await driver.press("a", "enter")
        assert driver.status.startswith("Papers by ")
        assert "10 Thu 2" in rows(driver)


async def test_month_that_the_reader_has_unfolded_stays_open(months: DigestSource) -> None:
    async with open_app(months.options()) as driver:
        await driver.answer_prompt("d", "2025-03")
        await driver.press("1", "l", "2")
        await driver.answer_prompt("d", "2025-01-05")
        expanded = [row for row in rows(driver) if row.startswith("▾")]
        assert [row.split()[1] for row in expanded] == ["2025", "Mar", "Jan"]


async def test_selected_day_keeps_a_margin(months: DigestSource) -> None:
    async with open_app(months.options(), (80, 16)) as driver:
        for _ in range(25):
            await driver.press(OLDER)
            sidebar = driver.screen.panes.sidebar
            below = sidebar.window.top + sidebar.window.page - 1 - sidebar.cursor
            rest = sidebar.line_count - 1 - sidebar.cursor
            assert below >= min(3, rest)


async def test_cursor_skips_the_gap(months: DigestSource) -> None:
    async with open_app(months.options()) as driver:
        await driver.press("1", "g")
        assert "" in rows(driver)[:4]
        await driver.press("j", "j", "j")
        assert driver.period == "2025"
        await driver.press("k")
        assert driver.status.startswith("Starred")


async def test_low_sidebar_has_no_gap(months: DigestSource) -> None:
    async with open_app(months.options(), (80, 18)) as driver:
        assert "" not in rows(driver)
        await driver.resize(80, 30)
        assert "" in rows(driver)
        assert driver.screen.panes.sidebar.scope.period == "2025-04-10"


async def test_views_that_search_for_words_have_a_count(months: DigestSource) -> None:
    views: Path = months.options().views_file
    views.write_text('A = "about paper"\nB = "is:unread 401 OR 402 OR 403"\nC = "nothing"\n')
    async with open_app(months.options()) as driver:
        assert sidebar_marks(driver)[3:] == ["A 80", "B 2", "C 0"]
        assert not driver.screen.library.get().text_index.has_summaries
        await driver.press("G", "space")
        assert len(open_marks(months).all_marks()) == 1
        await driver.answer_prompt("d", "2025-04-01")
        await driver.press("space")
        assert sidebar_marks(driver)[3:] == ["A 80", "B 1", "C 0"]
