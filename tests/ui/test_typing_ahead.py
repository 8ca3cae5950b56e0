"""Bursts of keys, as over a slow line: each key waits for the effect of the previous one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import FIRST_ID, SECOND_ID, DigestSource, open_marks
from tui.ui.workers.library_jobs import PaperLoader

pytestmark = pytest.mark.slow


async def burst(driver: AppDriver, *keys: str) -> None:
    driver.type_ahead(*keys)
    await driver.wait_until_idle()


async def test_keys_after_enter_are_not_typed_into_the_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await burst(driver, "t", *"rl", "enter", "j", "t", *"todo", "enter", "j", "j")
        assert open_marks(samples).get(FIRST_ID).tags == ("rl",)
        assert open_marks(samples).get(SECOND_ID).tags == ("todo",)
        assert driver.screen.panes.table.cursor == 3
        await burst(driver, "g", "slash", *"agent", "enter", "asterisk")
        assert "/agent" in driver.screen.model.view.filter_text
        assert driver.screen.model.view.filter_text == "/agent"
        assert open_marks(samples).get(FIRST_ID).starred


@pytest.mark.parametrize("moments", range(0, 24, 2))
async def test_letter_that_arrives_slightly_later_is_not_lost(
    samples: DigestSource, moments: int
) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("slash")
        for _ in range(moments):
            await asyncio.sleep(0)
        await burst(driver, *"agent")
        assert driver.prompt.value == "agent"


async def test_text_typed_after_clearing_the_line_stays(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "agent")
        await burst(driver, "slash", "ctrl+u", *"model", "enter")
        assert driver.screen.model.view.filter_text == "/model"
        await burst(driver, "slash", "ctrl+u", *"abc", *["backspace"] * 3, *"diff")
        assert driver.prompt.value == "diff"


async def test_marks_apply_to_the_list_that_was_requested(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("0")
        await driver.press("g", "j")
        paper = driver.screen.panes.table.paper
        assert paper is not None
        await driver.press("ctrl+o")
        await burst(driver, "0", "g", "j", "asterisk")
        assert list(open_marks(samples).all_marks()) == [paper.arxiv_id]
        await burst(driver, "R")
        assert driver.status.startswith("Marked 71 papers")


async def test_keys_after_1_go_to_the_sidebar(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await burst(driver, "1", "g", "j", "j", "j", "j", "enter", "asterisk")
        assert not driver.screen.panes.is_zoomed
        assert driver.status == "Starred."
        assert driver.period == "2025-05"


@pytest.mark.parametrize("keys", [("e", *"Run it", "ctrl+s"), ("e", "R", "u", "n", "ctrl+s")])
async def test_note_has_all_its_letters(samples: DigestSource, keys: tuple[str, ...]) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead(*("space" if key == " " else key for key in keys))
        await driver.wait_until_idle()
        text = "".join(key for key in keys[1:-1])
        assert open_marks(samples).get(FIRST_ID).note.replace(" ", "") == text.replace(" ", "")


async def test_dialog_gets_the_key_that_chooses(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await burst(driver, "a", "2")
        assert driver.status.startswith("Papers by Shengran Hu")
        await burst(driver, "escape", "enter", "c", "3")
        assert driver.screen.panes.viewer.section == 2


async def test_prompt_without_focus_takes_no_answer_of_another(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.click("29 Thu")
        await driver.press("t")
        await driver.type("rl", "enter")
        assert "/rl" not in driver.status
        assert [each.tags for each in open_marks(samples).all_marks().values()] == [("rl",)]


async def test_many_cursor_moves_are_not_delayed(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await burst(driver, *["j"] * 60, *["k"] * 20)
        assert driver.screen.panes.table.cursor == 40


async def test_word_that_arrives_at_once_is_searched_once(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries: list[str] = []
    find = PaperLoader.load_papers

    def noted(self: PaperLoader, *arguments: Any) -> None:
        queries.append(str(arguments[0].query))
        find(self, *arguments)

    monkeypatch.setattr(PaperLoader, "load_papers", noted)
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await burst(driver, *"agent")
        assert queries == ["agent"]
        assert driver.screen.model.view.filter_text == "/agent"
