"""Back, forward and cancel: what was there before is there again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from textual.timer import Timer
from textual.worker import get_current_worker

from tests.ui.driver import AppDriver, open_app, sidebar_marks, wait_until
from tests.ui.sources import DigestSource
from tui.library.search import similar
from tui.models import Paper
from tui.ui.screens.main import list_controller

pytestmark = pytest.mark.slow


def shown(driver: AppDriver) -> tuple[list[str], str | None, str]:
    """Return the papers of the list, the one under the cursor, and the status line."""
    return driver.titles, driver.paper, driver.status


@pytest.mark.parametrize(
    "keys",
    [
        ("m",),
        ("a", "enter"),
        ("0",),
        ("left_square_bracket",),
        ("1", "g", "j", "2"),
        ("i", "G", "enter"),
    ],
)
async def test_back_restores_search_threshold_sort_and_cursor(
    samples: DigestSource, keys: tuple[str, ...]
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "model")
        await driver.press("plus", "s", "S", "j", "j")
        before = shown(driver)
        assert "/model" in driver.status
        await driver.press(*keys)
        elsewhere = shown(driver)
        assert elsewhere[0] != before[0]
        await driver.press("ctrl+o")
        assert shown(driver) == before
        await driver.press("ctrl+n")
        assert shown(driver) == elsewhere


async def test_search_is_a_step_of_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j")
        before = shown(driver)
        await driver.answer_prompt("slash", "model")
        found = shown(driver)
        await driver.press("ctrl+o")
        assert shown(driver) == before
        await driver.press("ctrl+n")
        assert shown(driver) == found
        await driver.press("escape")
        assert "/model" not in driver.status
        await driver.press("ctrl+o")
        assert shown(driver) == found


async def test_cancelled_search_is_no_step_of_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("model", "shift+tab", "escape", "ctrl+o")
        assert driver.status == "Nothing to go back to."


class BlockedComparison:
    """Lets the search for similar papers wait until it is released or cancelled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_running, self.is_released = threading.Event(), threading.Event()
        original = similar.similar_papers

        def similar_papers(*arguments: Any, **options: Any) -> Sequence[Paper]:
            self.is_running.set()
            while not self.is_released.wait(0.005) and not get_current_worker().is_cancelled:
                pass
            return original(*arguments, **options)

        monkeypatch.setattr(similar, "similar_papers", similar_papers)
        monkeypatch.setattr(list_controller, "PENDING_SECONDS", 0.001)

    async def start(self, driver: AppDriver) -> None:
        """Press the key for similar papers, and wait until they are being searched for."""
        driver.type_ahead("m")
        await wait_until(self.is_running.is_set)


@pytest.fixture
def comparison(monkeypatch: pytest.MonkeyPatch) -> BlockedComparison:
    return BlockedComparison(monkeypatch)


async def test_list_is_not_called_similar_before_it_is(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        before, sidebar = shown(driver), driver.pane("sidebar")
        driver.type_ahead("m")
        await wait_until(lambda: driver.status == "Comparing with all papers; Escape cancels.")
        assert driver.pane("sidebar") == sidebar
        assert driver.titles == before[0]
        comparison.is_released.set()
        await driver.wait_until_idle()
        assert driver.status.startswith("Similar to ")
        assert any("Similar to" in row for row in sidebar_marks(driver))


async def test_status_line_says_nothing_about_loading_that_has_ended(
    samples: DigestSource, comparison: BlockedComparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_controller, "PENDING_SECONDS", 3600.0)
    calls: list[Callable[[], Any]] = []
    async with open_app(samples.options()) as driver:
        set_timer = driver.screen.set_timer

        def note_call(seconds: float, callback: Callable[[], Any]) -> Timer:
            calls.extend([callback] if seconds == list_controller.PENDING_SECONDS else [])
            return set_timer(seconds, callback)

        monkeypatch.setattr(driver.screen, "set_timer", note_call)
        await comparison.start(driver)
        driver.type_ahead("escape")
        await driver.wait_until_idle()
        # Textual may have queued the call before the timer was stopped.
        calls[0]()
        assert driver.status.startswith("Fri 30 May 2025")


async def test_escape_cancels_a_comparison(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "plus")
        before = shown(driver)
        await comparison.start(driver)
        driver.type_ahead("escape")
        await driver.wait_until_idle()
        assert shown(driver) == before
        comparison.is_released.set()
        await driver.wait_until_idle()
        assert shown(driver) == before
        await driver.press("ctrl+o")
        assert driver.status == "Nothing to go back to."


async def test_cancelled_comparison_keeps_the_places_before_and_after(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("0", "ctrl+o")
        await comparison.start(driver)
        driver.type_ahead("escape")
        await driver.press("ctrl+n")
        assert driver.status.startswith("All days")


@pytest.mark.usefixtures("impatient_keys")
async def test_back_and_forward_while_a_list_is_loading(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        before = shown(driver)
        await comparison.start(driver)
        driver.type_ahead("ctrl+o")
        await driver.wait_until_idle()
        assert shown(driver) == before
        comparison.is_released.set()
        await driver.press("ctrl+n")
        assert driver.status.startswith("Similar to ")


@pytest.mark.usefixtures("comparison")
async def test_escape_in_one_burst_with_the_key_cancels_too(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        before = shown(driver)
        driver.type_ahead("m", "escape")
        await driver.wait_until_idle()
        assert shown(driver) == before


@pytest.mark.usefixtures("impatient_keys")
@pytest.mark.parametrize("typed", ["wind", "x"])
async def test_escape_from_a_query_returns_to_the_list_that_was_loading(
    samples: DigestSource, comparison: BlockedComparison, typed: str
) -> None:
    async with open_app(samples.options()) as driver:
        before = shown(driver)
        await comparison.start(driver)
        driver.type_ahead("slash", *typed, "escape")
        await wait_until(lambda: not driver.screen.panes.is_prompting)
        comparison.is_released.set()
        await driver.wait_until_idle()
        assert driver.status.startswith("Similar to ")
        assert driver.titles != before[0]
        await driver.press("ctrl+o")
        assert shown(driver) == before


@pytest.mark.usefixtures("impatient_keys")
async def test_list_that_arrives_during_a_query_is_the_one_to_return_to(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        await comparison.start(driver)
        driver.type_ahead("slash")
        comparison.is_released.set()
        await driver.wait_until_idle()
        similar_papers = driver.titles
        await driver.type("wind")
        assert driver.titles != similar_papers
        await driver.press("escape")
        assert driver.titles == similar_papers
        assert driver.status.startswith("Similar to ")


@pytest.mark.usefixtures("impatient_keys")
async def test_second_escape_cancels_the_list_that_was_loading(
    samples: DigestSource, comparison: BlockedComparison
) -> None:
    async with open_app(samples.options()) as driver:
        before = shown(driver)
        await comparison.start(driver)
        driver.type_ahead("slash", *"wind", "escape", "escape")
        await wait_until(lambda: shown(driver) == before)
        comparison.is_released.set()
        await driver.wait_until_idle()
        assert shown(driver) == before
