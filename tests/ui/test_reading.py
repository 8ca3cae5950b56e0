from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestSource, sample_papers
from tui.library.library import Library
from tui.library.scope import Scope as Period
from tui.models import Paper, Summary
from tui.query.query import Query
from tui.ui.messages import PapersLoaded, SummariesLoaded


async def test_enter_reads_full_width_and_escape_goes_back(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("enter")
        assert driver.focus == "viewer"
        assert "All days" not in driver.text
        assert "Fast-dLLM" not in driver.text
        # The text is centered.
        x, _ = driver.find("Darwin")
        assert x > 10
        await driver.press("escape")
        assert driver.focus == "table"
        assert "Fast-dLLM" in driver.text


async def test_z_zooms_and_back(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("z")
        assert "All days" not in driver.text
        await driver.press("tab", "shift+tab")
        assert driver.focus == "table"
        await driver.press("z")
        assert "All days" in driver.text
        assert driver.focus == "table"


async def test_going_to_a_pane_ends_the_zoom(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("z", "3")
        await wait_until(lambda: driver.focus == "viewer")
        assert not driver.screen.panes.is_zoomed
        await driver.press("z", "1")
        await wait_until(lambda: driver.focus == "sidebar")
        assert "All days" in driver.text


async def test_enter_in_the_sidebar_goes_to_the_papers(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("1", "enter")
        assert driver.focus == "table"
        assert not driver.screen.panes.is_zoomed


@pytest.mark.parametrize(("following", "before"), [("J", "K"), ("full_stop", "comma")])
async def test_next_and_previous_paper_while_reading(
    samples: DigestSource, following: str, before: str
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("enter", following, following)
        assert "Spatial-MLLM은 깊이 지도나" in driver.text
        await driver.press(before)
        assert "Fast-dLLM speeds up" in driver.text
        assert driver.screen.panes.is_zoomed
        await driver.press(before, before, before)
        assert driver.screen.panes.table.cursor == 0


async def test_o_copies_and_shows_the_url_without_a_browser(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("o")
        assert driver.status.startswith("Sent https://arxiv.org/abs/2505.22954")
        assert driver.app.clipboard == "https://arxiv.org/abs/2505.22954"
        await driver.press("O")
        assert driver.status.startswith("Sent https://arxiv.org/pdf/2505.22954")
        assert driver.app.clipboard == "https://arxiv.org/pdf/2505.22954"
        await driver.press("k")
        assert "9 papers" in driver.status


async def test_o_opens_the_readers_browser(
    samples: DigestSource, opened_urls: Callable[[], list[str]]
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("o")
        assert driver.status == "Opened https://arxiv.org/abs/2505.22954"
        await driver.press("O")
        assert driver.status == "Opened https://arxiv.org/pdf/2505.22954"
        assert opened_urls() == [
            "https://arxiv.org/abs/2505.22954",
            "https://arxiv.org/pdf/2505.22954",
        ]
        assert driver.app.clipboard == ""


async def test_if_the_browser_fails_the_url_is_copied(
    samples: DigestSource, opened_urls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "false")
    monkeypatch.setenv("PATH", "")
    async with open_app(samples.options()) as driver:
        await driver.press("o")
        assert driver.status.startswith("Sent https://arxiv.org/abs/2505.22954")
        assert opened_urls() == []


# Late results


async def test_held_key_ends_at_the_last_summary(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press(*["j"] * 50)
        assert driver.paper == "Paper 051"
        assert "This is about paper 051." in driver.text
        assert "This is about paper 050." not in driver.text


class BlockingSummaries:
    """Delays the summaries of one paper until they are released."""

    def __init__(self, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_blocked, self.is_released, self.is_done = (threading.Event() for _ in range(3))
        read: Callable[[Library, Paper], list[Summary]] = Library.summaries

        def summaries(library: Library, paper: Paper) -> list[Summary]:
            if paper.title != title:
                return read(library, paper)
            self.is_blocked.set()
            assert self.is_released.wait(20)
            found = read(library, paper)
            self.is_done.set()
            return found

        monkeypatch.setattr(Library, "summaries", summaries)


async def test_late_summary_does_not_replace_a_newer_one(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    blocking = BlockingSummaries("Paper 002", monkeypatch)
    async with open_app(source.options()) as driver:
        await driver.pilot.press("j")
        await wait_until(blocking.is_blocked.is_set)
        await driver.pilot.press("j")
        await wait_until(lambda: "This is about paper 003." in driver.text)
        blocking.is_released.set()
        await wait_until(blocking.is_done.is_set)
        await driver.wait_until_idle()
        assert "This is about paper 003." in driver.text
        assert "This is about paper 002." not in driver.text


async def test_messages_about_something_else_are_ignored(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        library, titles, text = driver.screen.library.get(), driver.titles, driver.text
        other = library.papers("2025-05-29")
        late: list[Any] = [
            PapersLoaded(Period("2025-05-29"), Query(), other, len(other)),
            PapersLoaded(Period("2025-05-30"), Query(), [], 9),
        ]
        driver.screen.post_message(late[0])
        await driver.wait_until_idle()
        assert driver.titles == titles
        driver.screen.post_message(SummariesLoaded(other[0], library.summaries(other[0])))
        await driver.wait_until_idle()
        assert driver.text == text
        # A result for the current period counts.
        driver.screen.post_message(late[1])
        await driver.wait_until_idle()
        assert driver.titles == []


async def test_late_results_of_another_query_are_ignored(samples: DigestSource) -> None:
    from tui.query.parser import parse

    async with open_app(samples.options(period="")) as driver:
        await driver.answer_prompt("slash", "diffusion")
        found = driver.titles
        everything = driver.screen.library.get().papers("")
        for query in (Query(), parse("transformer")):
            driver.screen.post_message(PapersLoaded(Period(), query, everything, 71))
            await driver.wait_until_idle()
            assert driver.titles == found


async def test_stepping_quickly_through_days_ends_at_the_last_one(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("1", *["j"] * 4)
        assert driver.period == "2025-05-22"
        assert len(driver.titles) == 4
        summary = "\n".join(driver.pane("viewer"))
        assert driver.paper is not None
        assert driver.paper[:20] in summary


async def test_failed_worker_is_reported_and_the_app_continues(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Library.papers

    def fail(library: Library, period: str = "") -> Any:
        if not period:
            raise ZeroDivisionError("an unexpected error")
        return read(library, period)

    monkeypatch.setattr(Library, "papers", fail)
    async with open_app(samples.options()) as driver:
        await driver.pilot.press("0")
        await wait_until(lambda: driver.status.startswith("Something went wrong; details are in "))
        # The list before it is still there.
        await driver.pilot.press("escape")
        await wait_until(lambda: "9 papers" in driver.status)


async def test_held_key_does_not_load_every_summary(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    read = Library.summaries
    loaded_titles: list[str] = []

    def summaries(library: Library, paper: Paper) -> list[Summary]:
        loaded_titles.append(paper.title)
        return read(library, paper)

    monkeypatch.setattr("tui.ui.screens.main.summary_controller.KEY_REPEAT_SECONDS", 0.5)
    async with open_app(source.options()) as driver:
        monkeypatch.setattr(Library, "summaries", summaries)
        for _ in range(50):
            await driver.pilot.press("j")
        await driver.wait_until_idle()
        assert loaded_titles[-1] == "Paper 051"
        assert len(loaded_titles) < 25


async def test_taller_screen_shows_more_of_the_text(samples: DigestSource) -> None:
    async with open_app(samples.options(), (70, 20)) as driver:
        await driver.press("enter")
        assert "100%" not in driver.status
        await driver.resize(70, 60)
        assert "100%" in driver.status
