"""Changes by other processes while the app is open: digests, marks and caches."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.marks import MarkStore, set_starred
from tui.ui.screens.main import main_screen

pytestmark = pytest.mark.usefixtures("frequent_checks")


@pytest.fixture
def cached(source: DigestSource) -> DigestSource:
    """A cached source with a day of five papers."""
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    return source


async def wait_for_text(reader: AppDriver, text: str) -> None:
    """Wait until a text is on the screen."""
    await wait_until(lambda: text in reader.text)
    await reader.wait_until_idle()


async def test_a_new_digest_appears_without_moving_the_cursor(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        await reader.press("j", "j")
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(reader, "3 new papers.")
        assert "2 Fri" in reader.text
        assert (reader.period, reader.paper) == ("2025-05-01", "Paper 003")
        assert "This is about paper 003." in reader.text
        await reader.press("right_square_bracket")
        assert reader.titles == ["Paper 050", "Paper 051", "Paper 052"]
        assert "new paper" not in reader.status


async def test_a_new_digest_does_not_move_an_untouched_cursor(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        cached.add("2025-05-02", DigestPaper("2505.00050"))
        cached.sync()
        await wait_for_text(reader, "1 new paper.")
        assert (reader.period, reader.paper) == ("2025-05-01", "Paper 001")


async def test_the_first_digest_of_all_is_shown(source: DigestSource) -> None:
    async with open_app(source.options()) as reader:
        await reader.press("j")
        source.add("2025-05-01", *sample_papers(2))
        source.sync()
        await wait_for_text(reader, "This is about paper 001.")
        assert reader.titles == ["Paper 001", "Paper 002"]


async def test_changes_of_the_current_day_are_shown(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        await reader.press("j")
        cached.add("2025-05-01", *sample_papers(5), *sample_papers(2, first=70))
        cached.sync()
        await wait_for_text(reader, "Paper 071")
        assert reader.paper == "Paper 002"


async def test_news_wait_until_the_status_line_is_free(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        await reader.press("asterisk")
        assert reader.status == "Starred."
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(reader, "2 Fri")
        assert reader.status == "Starred."
        await reader.press("j")
        await wait_for_text(reader, "3 new papers.")
        await reader.press("k")
        assert "new papers" not in reader.status


async def test_a_list_that_depends_on_marks_does_not_change(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        await reader.answer_prompt("slash", "is:unread")
        await reader.press("space")
        before = reader.titles
        assert before == [f"Paper {number:03}" for number in range(1, 6)]
        cached.add("2025-05-01", *sample_papers(2, first=70), *sample_papers(5))
        cached.sync()
        await reader.press("j")
        await wait_for_text(reader, "2 new papers.")
        assert reader.titles == before
        # The papers were read again, and their summaries have other numbers.
        await reader.press("j")
        assert "This is about paper 003." in reader.text


async def test_marks_of_another_process_appear_at_once(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        MarkStore(cached.cache.parent / "marks").apply(set_starred(["2501.00002"], True))
        await wait_until(lambda: any("*" in line for line in reader.pane("table")))
        await reader.wait_until_idle()
        [starred] = [line for line in reader.pane("table") if "*" in line]
        assert "Paper 002" in starred
        assert "Starred 1" in " ".join(" ".join(reader.pane("sidebar")).split())


async def test_changes_are_not_checked_without_focus(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        reader.app.post_message(events.AppBlur())
        await wait_until(lambda: not reader.app.app_focus)
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        ticks = [0]

        def count_ticks() -> None:
            ticks[0] += 1
            if ticks[0] > 5:
                timer.stop()

        timer = reader.screen.set_interval(main_screen.CHECK_SECONDS, count_ticks)
        await wait_until(lambda: ticks[0] > 5)
        await reader.wait_until_idle()
        assert "2 Fri" not in reader.text
        reader.app.post_message(events.AppFocus())
        await wait_for_text(reader, "2 Fri")


async def test_a_requested_sync_is_not_news(cached: DigestSource) -> None:
    async with open_app(cached.options()) as reader:
        cached.add("2025-05-02", *sample_papers(3, first=50))
        await reader.press("ctrl+r")
        await wait_for_text(reader, "2 Fri")
        assert "new papers" not in reader.status


async def test_a_deleted_cache_leaves_the_list_unchanged(
    cached: DigestSource, tmp_path: Path
) -> None:
    async with open_app(cached.options()) as reader:
        cached.cache.rename(tmp_path / "elsewhere")
        await reader.press("j")
        assert reader.titles == [f"Paper {number:03}" for number in range(1, 6)]
        (tmp_path / "elsewhere").rename(cached.cache)
        cached.add("2025-05-02", *sample_papers(3, first=50))
        cached.sync()
        await wait_for_text(reader, "2 Fri")
        assert reader.paper == "Paper 002"
