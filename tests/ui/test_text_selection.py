from __future__ import annotations

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource

KOREAN = "- ***What's New***: 바람을 세는 모델이며 mill이라고 합니다. 끝."


def with_digest(source: DigestSource) -> DigestSource:
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", summary=KOREAN),
        DigestPaper("2505.00002", "Other", 1),
    )
    source.sync()
    return source


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("What's New", "New"),
        ("바람을", "을"),
        ("세는", "mill"),
        ("mill", "합니다"),
        ("Ada Bell", "Bell"),
        (":", "람"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
async def test_dragging_selects_the_text_between(
    source: DigestSource, first: str, last: str, backwards: bool
) -> None:
    async with open_app(with_digest(source).options()) as driver:
        [line] = [line for line in driver.pane("viewer") if first in line and last in line]
        expected = line[line.index(first) : line.index(last, line.index(first)) + len(last)]
        y = driver.screen.panes.viewer.content_region.y + driver.pane("viewer").index(line)
        x = driver.cell_width(driver.lines[y].partition(expected)[0])
        start, end = (x, y), (x + driver.cell_width(expected) - 1, y)
        await driver.drag(*((end, start) if backwards else (start, end)))
        assert driver.app.screen.get_selected_text() == expected


async def test_dragging_over_lines_selects_them(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        x, y = driver.find("확인하는 경험적")
        above = driver.lines[y - 1].strip(" ")
        top = driver.find("실제 벤치마크를")
        assert top[1] == y - 1
        await driver.drag(top, (x + driver.cell_width("확인하는") - 1, y))
        between = above[above.index("실제") :].split("  ")[0]
        text = driver.app.screen.get_selected_text()
        assert text is not None
        assert [line.strip() for line in text.split("\n")] == [between, "확인하는"]


async def test_dragging_from_the_margin_starts_at_the_line(source: DigestSource) -> None:
    async with open_app(with_digest(source).options()) as driver:
        region = driver.screen.panes.viewer.content_region
        x, y = driver.find("What's New")
        await driver.drag((region.x, y), (x + 5, y))
        assert driver.app.screen.get_selected_text() == "∙ What's"


async def test_non_breaking_spaces_are_copied_as_spaces(source: DigestSource) -> None:
    async with open_app(with_digest(source).options()) as driver:
        x, y = driver.find("10 votes")
        await driver.drag((x, y), (x + 7, y))
        assert driver.app.screen.get_selected_text() == "10 votes"


async def test_lists_and_bars_are_not_selected(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        for pane in ("table", "sidebar", "status", "keys"):
            region = driver.screen.query_one(f"#{pane}").content_region
            await driver.drag((region.x + 1, region.y), (region.x + 9, region.bottom - 1))
            assert not driver.app.screen.get_selected_text(), pane
        await driver.click("Table-R1", times=2)
        assert not driver.app.screen.get_selected_text()


async def test_click_selects_nothing_and_ends_a_selection(source: DigestSource) -> None:
    async with open_app(with_digest(source).options()) as driver:
        x, y = driver.find("What's New")
        await driver.drag((x, y), (x + 5, y))
        assert driver.app.screen.get_selected_text() == "What's"
        await driver.click("Ada Bell, Cy Dorn", dx=2)
        assert not driver.app.screen.get_selected_text()


async def test_selection_ends_with_the_paper_it_was_in(source: DigestSource) -> None:
    async with open_app(with_digest(source).options()) as driver:
        x, y = driver.find("What's New")
        await driver.drag((x, y), (x + 5, y))
        await driver.press("J")
        assert driver.screen.panes.viewer.text_selection is None
