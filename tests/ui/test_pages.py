"""The manual in the program, and searching a page of text."""

from __future__ import annotations

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.config.manual import TOPICS
from tui.config.settings import Settings

pytestmark = pytest.mark.slow


async def test_f3_lists_the_manual_and_opens_a_page(samples: DigestSource) -> None:
    async with open_app(samples.options(), (100, 40)) as driver:
        await driver.press("f3")
        for title in TOPICS.values():
            assert title in driver.text
        await driver.press("j", "enter")
        assert driver.lines[1].split() == ["Searching"]
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1
        assert driver.focus == "table"


@pytest.mark.parametrize("key", ["question_mark", "f2"])
async def test_help_leads_to_the_manual(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options(), (100, 40)) as driver:
        await driver.press(key, "G")
        assert "F3 opens the manual" in driver.text
        await driver.press("f3", "enter")
        assert driver.lines[1].split() == ["Reading"]
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("size", [(40, 12), (120, 40)], ids=str)
async def test_every_page_is_shown_at_every_size(
    samples: DigestSource, topic: str, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(), size) as driver:
        await driver.app.run_action(f"app.manual('{topic}')")
        await driver.wait_until_idle()
        assert " ".join(driver.lines[1].split()) == TOPICS[topic]
        await driver.press("G")
        assert "Escape closes" in driver.text


async def test_hint_names_the_keys_of_the_keymap(samples: DigestSource) -> None:
    settings = Settings(keymap={"list.search": "ctrl+f", "app.manual": "f4"})
    async with open_app(samples.options(settings=settings), (100, 50)) as driver:
        await driver.press("f2", "G")
        assert "Ctrl+F searches, F4 opens the manual" in driver.text


async def test_page_is_searched(samples: DigestSource) -> None:
    async with open_app(samples.options(), (100, 24)) as driver:
        await driver.app.run_action("app.manual('ssh')")
        await driver.wait_until_idle()
        assert "0755" not in driver.text
        await driver.press("slash", *"0755", "enter")
        assert "0755" in driver.text
        await driver.press("g", "n")
        assert "0755" in driver.text
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1


async def test_search_without_matches_is_reported_and_closed_with_escape(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(), (100, 24)) as driver:
        await driver.press("question_mark", "slash", *"qqq", "enter")
        assert "No matches." in driver.text
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 2
        assert "No matches." not in driver.text
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("key", ["question_mark", "f2", "exclamation_mark"])
async def test_way_out_of_a_page_is_always_visible(
    samples: DigestSource, key: str, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(), size) as driver:
        await driver.press(key)
        assert "Escape closes" in driver.lines[-1]
        await driver.press("ctrl+d")
        assert "Escape closes" in driver.lines[-1]


@pytest.mark.parametrize(("width", "columns"), [(80, 1), (120, 2), (200, 3)])
async def test_list_of_keys_fills_its_columns(
    samples: DigestSource, width: int, columns: int
) -> None:
    async with open_app(samples.options(), (width, 40)) as driver:
        await driver.press("question_mark", "G")
        *rows, _blank, _hint = driver.lines
        column_width = (width - 8) // columns
        # Sections continue in the next column, so that none ends much earlier.
        for number in range(columns):
            start = 4 + number * column_width
            last_rows = [line[start : start + column_width] for line in rows[-10:]]
            assert any(text.strip() for text in last_rows)
