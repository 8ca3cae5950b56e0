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
    rows: Sequence[Choice], chosen: int = 0, size: tuple[int, int] = (80, 24), **more: Any
) -> AsyncIterator[WidgetDriver]:
    asked = Chooser("Which one?", rows, chosen)
    async with host_widget(size=size, screen=lambda: asked, **more) as spectator:
        yield spectator


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
        (["a", "x", "slash"], NO_ANSWER),
    ],
)
async def test_keys(keys: list[str], answer: object) -> None:
    async with choosing(COLORS) as spectator:
        await spectator.press(*keys)
        assert spectator.app.answer is answer or spectator.app.answer == answer


async def test_a_click_chooses() -> None:
    async with choosing(COLORS) as spectator:
        await spectator.click("Which one?")
        assert spectator.app.answer is NO_ANSWER
        await spectator.click("green")
        assert spectator.app.answer == 1


async def test_the_cursor_starts_on_the_current_choice() -> None:
    async with choosing(MANY, 45, (60, 16)) as spectator:
        assert "Row 45" in spectator.text
        await spectator.press("enter")
        assert spectator.app.answer == 45


async def test_choice_keys_precede_the_rows_and_none_of_them_moves_the_cursor() -> None:
    async with choosing(MANY, size=(80, 70)) as spectator:
        signs = [
            line.split()[0]
            for line in spectator.lines
            if "Row" in line and line.split()[0] != "Row"
        ]
        assert signs == list("123456789abcdefimnoprstuvwxyz")
        await spectator.press("z")
        assert spectator.app.answer == signs.index("z")


async def test_keys_that_the_keymap_binds_to_moves_do_not_choose() -> None:
    async with choosing(MANY, keymap={"move.down": "b,1"}) as spectator:
        x, y = spectator.find("Row 0")
        assert spectator.lines[y][:x].strip() == "2"
        await spectator.press("b", "1", "enter")
        assert spectator.app.answer == 2


async def test_group_names_are_shown_and_skipped() -> None:
    async with choosing(GROUPED) as spectator:
        assert [line.split()[0] for line in spectator.lines if line.strip()] == [
            "Which", "Authors", "1", "2", "Tags", "3", "4",
        ]  # fmt: skip
        await spectator.click("Tags")
        assert spectator.app.answer is NO_ANSWER
        for key, row in (("j", 1), ("j", 2), ("k", 1), ("j", 2), ("g", 0), ("k", 0), ("G", 3)):
            await spectator.press(key)
            assert spectator.app.screen.query_one("ChoiceList").selected == row  # type: ignore[attr-defined]
        await spectator.press("enter")
        assert spectator.app.answer == 3


async def test_a_group_name_is_visible_with_its_first_row() -> None:
    rows = [row._replace(group=f"Group {number // 20}") for number, row in enumerate(MANY)]
    async with choosing(rows, size=(60, 14)) as spectator:
        await spectator.press("G", "g")
        assert "Group 0" in spectator.text
        for _ in range(59):
            await spectator.press("j")
        for number in range(58, -1, -1):
            await spectator.press("k")
            if number % 20 == 0:
                assert f"Group {number // 20}" in spectator.text


@pytest.mark.parametrize("size", [(40, 12), (60, 16), (80, 24), (200, 50)])
async def test_the_dialog_is_centred_and_fits(size: tuple[int, int]) -> None:
    long = [Choice("긴 제목을 가진 논문의 " * 5, "https://example.org/a/long/address " * 3)]
    async with choosing([*long, *MANY], size=size) as spectator:
        width, height = size
        box = spectator.app.screen.query_one("Chooser > Vertical").region
        assert box.width <= min(76, width - 2)
        assert box.height <= height - 4
        assert abs(width - box.right - box.x) <= 1
        assert abs(height - box.bottom - box.y) <= 1
        assert all(cell_len(line) == width for line in spectator.lines)
        _, y = spectator.find("긴 제목")
        assert spectator.lines[y].count("⋯") == 2
        await spectator.press("G", "enter")
        assert spectator.app.answer == 60


async def test_the_dialog_is_no_larger_than_necessary_and_grows_with_the_screen() -> None:
    async with choosing(MANY, size=(60, 14)) as spectator:
        await spectator.resize(100, 80)
        assert "Row 59" in spectator.text
        box = spectator.app.screen.query_one("Chooser > Vertical").region
        assert box.height == 60 + 2 + 2
        assert box.width < 40


async def test_details_are_aligned_to_the_right() -> None:
    async with choosing(GROUPED) as spectator:
        ends = {
            cell_len(line.rstrip()) for line in spectator.lines if line.rstrip().endswith("papers")
        }
        assert len(ends) == 1


async def test_markup_is_shown_as_it_is() -> None:
    rows = [Choice("[@click=app.quit]x[/]", "[bold]y[/]", "[red]z[/]")]
    asked = Chooser("[@click=app.quit]w[/]", rows)
    async with host_widget(screen=lambda: asked) as spectator:
        for text in ("[@click=app.quit]w[/]", "[@click=app.quit]x[/]", "[bold]y[/]", "[red]z[/]"):
            assert text in spectator.text


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_text_is_readable_in_every_theme(theme: str) -> None:
    async with choosing(GROUPED, 1, theme=theme) as spectator:
        for text in ("Which", "Authors", "3 papers", "Ada", "Cy", "강화학습"):
            style = spectator.style_of(text)
            assert style.color is not None
            assert style.bgcolor is not None
            ink, on = (each.get_truecolor().hex for each in (style.color, style.bgcolor))
            assert contrast(ink, on) >= MIN_READABLE_CONTRAST, text
