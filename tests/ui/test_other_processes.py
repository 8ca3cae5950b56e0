"""Changes by other processes while the app is open: digests, marks and caches."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.marks.edits import set_starred
from tui.marks.store import MarkStore
from tui.sources import watcher

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("frequent_checks")]


@pytest.fixture
def cached(source: DigestSource) -> DigestSource:
    """A cached source with a day of five papers."""
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    return source


async def wait_for_text(driver: AppDriver, text: str) -> None:
    """Wait until a text is on the screen."""
    await wait_until(lambda: text in driver.text)
    await driver.wait_until_idle()


async def test_new_digest_appears_without_moving_the_cursor(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("j", "j")
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(driver, "3 new papers.")
        assert "2 Fri" in driver.text
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 003")
        assert "This is about paper 003." in driver.text
        await driver.press("right_square_bracket")
        assert driver.titles == ["Paper 050", "Paper 051", "Paper 052"]
        assert "new paper" not in driver.status


async def test_new_digest_does_not_move_an_untouched_cursor(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        cached.add("2025-05-02", DigestPaper("2505.00050"))
        cached.sync()
        await wait_for_text(driver, "1 new paper.")
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 001")


async def test_first_digest_of_all_is_shown(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        await driver.press("j")
        source.add("2025-05-01", *sample_papers(2))
        source.sync()
        await wait_for_text(driver, "This is about paper 001.")
        assert driver.titles == ["Paper 001", "Paper 002"]


async def test_changes_of_the_current_day_are_shown(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("j")
        cached.add("2025-05-01", *sample_papers(5), *sample_papers(2, first=70))
        cached.sync()
        await wait_for_text(driver, "Paper 071")
        assert driver.paper == "Paper 002"


async def test_news_wait_until_the_status_line_is_free(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("asterisk")
        assert driver.status == "Starred."
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(driver, "2 Fri")
        assert driver.status == "Starred."
        await driver.press("j")
        await wait_for_text(driver, "3 new papers.")
        await driver.press("k")
        assert "new papers" not in driver.status


async def test_list_that_depends_on_marks_does_not_change(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        await driver.answer_prompt("slash", "is:unread")
        await driver.press("space")
        before = driver.titles
        assert before == [f"Paper {number:03}" for number in range(1, 6)]
        cached.add("2025-05-01", *sample_papers(2, first=70), *sample_papers(5))
        cached.sync()
        await driver.press("j")
        await wait_for_text(driver, "2 new papers.")
        assert driver.titles == before
        # The papers were read again, and their summaries have other numbers.
        await driver.press("j")
        assert "This is about paper 003." in driver.text


async def test_marks_of_another_process_appear_at_once(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        MarkStore(cached.cache.parent / "marks").apply(set_starred(["2501.00002"], True))
        await wait_until(lambda: any("*" in line for line in driver.pane("table")))
        await driver.wait_until_idle()
        [starred] = [line for line in driver.pane("table") if "*" in line]
        assert "Paper 002" in starred
        assert "Starred 1" in " ".join(" ".join(driver.pane("sidebar")).split())


async def test_changes_are_not_checked_without_focus(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        driver.app.post_message(events.AppBlur())
        await wait_until(lambda: not driver.app.app_focus)
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        ticks = [0]

        def count_ticks() -> None:
            ticks[0] += 1
            if ticks[0] > 5:
                timer.stop()

        timer = driver.screen.set_interval(watcher.CHECK_SECONDS, count_ticks)
        await wait_until(lambda: ticks[0] > 5)
        await driver.wait_until_idle()
        assert "2 Fri" not in driver.text
        driver.app.post_message(events.AppFocus())
        await wait_for_text(driver, "2 Fri")


async def test_requested_sync_is_not_news(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        cached.add("2025-05-02", *sample_papers(3, first=50))
        await driver.press("ctrl+r")
        await wait_for_text(driver, "2 Fri")
        assert "new papers" not in driver.status


async def test_deleted_cache_leaves_the_list_unchanged(
    cached: DigestSource, tmp_path: Path
) -> None:
    async with open_app(cached.options()) as driver:
        cached.cache.rename(tmp_path / "elsewhere")
        await driver.press("j")
        assert driver.titles == [f"Paper {number:03}" for number in range(1, 6)]
        (tmp_path / "elsewhere").rename(cached.cache)
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(driver, "2 Fri")
        assert driver.paper == "Paper 002"
