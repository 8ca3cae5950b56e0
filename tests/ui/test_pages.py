"""The manual in the program, and searching a page of text."""

from __future__ import annotations

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource
from tui.config.manual import TOPICS
from tui.config.settings import Settings


async def test_f3_lists_the_manual_and_opens_a_page(samples: DigestSource) -> None:
    async with open_app(samples.options(), (100, 40)) as reader:
        await reader.press("f3")
        for title in TOPICS.values():
            assert title in reader.text
        await reader.press("j", "enter")
        assert reader.lines[1].split() == ["Searching"]
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1
        assert reader.focus == "table"


@pytest.mark.parametrize("key", ["question_mark", "f2"])
async def test_help_leads_to_the_manual(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options(), (100, 40)) as reader:
        await reader.press(key, "G")
        assert "F3 opens the manual" in reader.text
        await reader.press("f3", "enter")
        assert reader.lines[1].split() == ["Reading"]
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("size", [(40, 12), (120, 40)], ids=str)
async def test_every_page_is_shown_at_every_size(
    samples: DigestSource, topic: str, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(), size) as reader:
        await reader.app.run_action(f"app.manual('{topic}')")
        await reader.wait_until_idle()
        assert " ".join(reader.lines[1].split()) == TOPICS[topic]
        await reader.press("G")
        assert "Escape closes this page" in reader.text


async def test_the_hint_names_the_keys_of_the_keymap(samples: DigestSource) -> None:
    settings = Settings(keymap={"list.search": "ctrl+f", "app.manual": "f4"})
    async with open_app(samples.options(settings=settings), (100, 40)) as reader:
        await reader.press("f2", "G")
        assert "Ctrl+F searches it, F4 opens the manual" in reader.text


async def test_a_page_is_searched(samples: DigestSource) -> None:
    async with open_app(samples.options(), (100, 24)) as reader:
        await reader.app.run_action("app.manual('ssh')")
        await reader.wait_until_idle()
        assert "0755" not in reader.text
        await reader.press("slash", *"0755", "enter")
        assert "0755" in reader.text
        await reader.press("g", "n")
        assert "0755" in reader.text
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


async def test_a_search_without_matches_is_reported_and_closed_with_escape(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(), (100, 24)) as reader:
        await reader.press("question_mark", "slash", *"qqq", "enter")
        assert "No matches." in reader.text
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 2
        assert "No matches." not in reader.text
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1
