"""The dialog to choose from a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.cells import cell_len

from tests.support.contrast import MIN_READABLE_CONTRAST, contrast
from tests.ui.widget_host import NO_ANSWER, WidgetDriver, host_widget
from tui.terminal.themes import THEME_NAMES
from tui.ui.screens.chooser import Chooser
from tui.ui.widgets.prompt import Choice

pytestmark = pytest.mark.slow

COLORS = [Choice("red"), Choice("green", "the second"), Choice("blue")]
GROUPED = [
    Choice("Ada Bell", "3 papers", "Authors"),
    Choice("Cy Dorn", "", "Authors"),
    Choice("rl", "", "Tags"),
    Choice("강화학습", "12 papers", "Tags"),
]
MANY = [Choice(f"Row {number}", f"detail {number}") for number in range(60)]


@asynccontextmanager
async def choosing(
    rows: Sequence[Choice], chosen: int = 0, size: tuple[int, int] = (80, 24), **kwargs: Any
) -> AsyncIterator[WidgetDriver]:
    chooser = Chooser("Which one?", rows, chosen)
    async with host_widget(size=size, screen=lambda: chooser, **kwargs) as driver:
        yield driver


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], 0),
        (["j", "enter"], 1),
        (["down", "down", "down", "enter"], 2),
        (["G", "k", "enter"], 1),
        (["G", "g", "enter"], 0),
        (["2"], 1),
        (["3"], 2),
        (["escape"], None),
        (["q"], None),
        (["4"], NO_ANSWER),
        (["a", "x"], NO_ANSWER),
    ],
)
async def test_keys(keys: list[str], answer: object) -> None:
    async with choosing(COLORS) as driver:
        await driver.press(*keys)
        assert driver.app.answer is answer or driver.app.answer == answer


async def test_click_chooses() -> None:
    async with choosing(COLORS) as driver:
        await driver.click("Which one?")
        assert driver.app.answer is NO_ANSWER
        await driver.click("green")
        assert driver.app.answer == 1


async def test_cursor_starts_on_the_current_choice() -> None:
    async with choosing(MANY, 45, (60, 16)) as driver:
        assert "Row 45" in driver.text
        await driver.press("enter")
        assert driver.app.answer == 45


async def test_choice_keys_precede_the_rows_and_none_of_them_moves_the_cursor() -> None:
    async with choosing(MANY[:29], size=(80, 70)) as driver:
        signs = [line.split()[0] for line in driver.lines if "Row" in line]
        assert signs == list("123456789abcdefimnoprstuvwxyz")
        await driver.press("z")
        assert driver.app.answer == signs.index("z")


async def test_keys_that_the_keymap_binds_to_moves_do_not_choose() -> None:
    async with choosing(MANY[:20], keymap={"move.down": "b,1"}) as driver:
        x, y = driver.find("Row 0")
        assert driver.lines[y][:x].strip() == "2"
        await driver.press("b", "1", "enter")
        assert driver.app.answer == 2


async def test_group_names_are_shown_and_skipped() -> None:
    async with choosing(GROUPED) as driver:
        assert [line.split()[0] for line in driver.lines if line.strip()] == [
            "Which", "Authors", "1", "2", "Tags", "3", "4",
        ]  # fmt: skip
        await driver.click("Tags")
        assert driver.app.answer is NO_ANSWER
        for key, row in (("j", 1), ("j", 2), ("k", 1), ("j", 2), ("g", 0), ("k", 0), ("G", 3)):
            await driver.press(key)
            assert driver.app.screen.query_one("ChoiceList").selected == row  # type: ignore[attr-defined]
        await driver.press("enter")
        assert driver.app.answer == 3


async def test_more_rows_than_keys_are_filtered_while_typing() -> None:
    async with choosing(MANY) as driver:
        assert "Type to filter." in driver.text
        assert not any(line.split()[:2] == ["1", "Row"] for line in driver.lines)
        await driver.press(*"ROW 3")
        assert "> ROW 3" in driver.text
        assert [line.split()[1] for line in driver.lines if "detail" in line] == [
            "3", *map(str, range(30, 40)),
        ]  # fmt: skip
        await driver.press("down", "down")
        await driver.press("backspace", "5", "6", "enter")
        assert driver.app.answer == 56


async def test_filter_of_a_short_list_begins_with_the_key_that_searches() -> None:
    async with choosing(GROUPED) as driver:
        await driver.press("slash", *"강화")
        rows = [line.split() for line in driver.lines if line.strip()]
        assert rows == [["Which", "one?"], [">", "강화"], ["Tags"], ["강화학습", "12", "papers"]]
        await driver.press("enter")
        assert driver.app.answer == 3


async def test_escape_clears_the_filter_before_it_closes() -> None:
    async with choosing(MANY) as driver:
        await driver.press(*"nothing", "enter")
        assert "No matches." in driver.text
        assert driver.app.answer is NO_ANSWER
        await driver.press("escape")
        assert "Row 0" in driver.text
        await driver.press("escape")
        assert driver.app.answer is None


async def test_group_name_is_visible_with_its_first_row() -> None:
    rows = [row._replace(group=f"Group {number // 20}") for number, row in enumerate(MANY)]
    async with choosing(rows, size=(60, 14)) as driver:
        await driver.press("end", "home")
        assert "Group 0" in driver.text
        for _ in range(59):
            await driver.press("down")
        for number in range(58, -1, -1):
            await driver.press("up")
            if number % 20 == 0:
                assert f"Group {number // 20}" in driver.text


@pytest.mark.parametrize("size", [(40, 12), (60, 16), (80, 24), (200, 50)])
async def test_dialog_is_centered_and_fits(size: tuple[int, int]) -> None:
    long = [Choice("긴 제목을 가진 논문의 " * 5, "https://example.org/a/long/address " * 3)]
    async with choosing([*long, *MANY], size=size) as driver:
        width, height = size
        box = driver.app.screen.query_one("Chooser > Vertical").region
        assert box.width <= min(76, width - 2)
        assert box.height <= height - 4
        assert abs(width - box.right - box.x) <= 1
        assert abs(height - box.bottom - box.y) <= 1
        assert all(cell_len(line) == width for line in driver.lines)
        _, y = driver.find("긴 제목")
        assert driver.lines[y].count("⋯") == 2
        await driver.press("end", "enter")
        assert driver.app.answer == 60


async def test_dialog_is_no_larger_than_necessary_and_grows_with_the_screen() -> None:
    async with choosing(MANY, size=(60, 14)) as driver:
        await driver.resize(100, 80)
        assert "Row 59" in driver.text
        box = driver.app.screen.query_one("Chooser > Vertical").region
        assert box.height == 60 + 2 + 2
        assert box.width < 40


async def test_details_are_aligned_to_the_right() -> None:
    async with choosing(GROUPED) as driver:
        ends = {
            cell_len(line.rstrip()) for line in driver.lines if line.rstrip().endswith("papers")
        }
        assert len(ends) == 1


async def test_markup_is_shown_as_it_is() -> None:
    rows = [Choice("[@click=app.quit]x[/]", "[bold]y[/]", "[red]z[/]")]
    chooser = Chooser("[@click=app.quit]w[/]", rows)
    async with host_widget(screen=lambda: chooser) as driver:
        for text in ("[@click=app.quit]w[/]", "[@click=app.quit]x[/]", "[bold]y[/]", "[red]z[/]"):
            assert text in driver.text


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_text_is_readable_in_every_theme(theme: str) -> None:
    async with choosing(GROUPED, 1, theme=theme) as driver:
        for text in ("Which", "Authors", "3 papers", "Ada", "Cy", "강화학습"):
            style = driver.style_of(text)
            assert style.color is not None
            assert style.bgcolor is not None
            foreground, background = (
                each.get_truecolor().hex for each in (style.color, style.bgcolor)
            )
            assert contrast(foreground, background) >= MIN_READABLE_CONTRAST, text
