"""Fetching papers from the app."""

from __future__ import annotations

import os
import sys
import threading
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import (
    Handler,
    Hub,
    HubRequest,
    failing,
    sending,
    serve,
    silent,
)
from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestSource, sample_papers
from tui.config.paths import config_file, download_folder
from tui.config.settings import Settings
from tui.library.library import Library
from tui.library.periods import format_period
from tui.runtime.extras import install_command
from tui.sources.huggingface import today
from tui.ui.messages import LibraryReloaded
from tui.ui.task_messages import SyncFinished

pytestmark = pytest.mark.slow


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A server with papers of today and yesterday."""
    days = {str(today()): range(3), str(today() - timedelta(days=1)): range(10, 14)}
    with Hub(days={day: day_response(day, numbers) for day, numbers in days.items()}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub


@pytest.fixture
def cached(source: DigestSource) -> DigestSource:
    """A cached source with a day of five papers."""
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    return source


def downloaded_files() -> list[str]:
    return (
        sorted(file.name for file in download_folder().iterdir())
        if download_folder().exists()
        else []
    )


def expected_files(hub: Hub) -> list[str]:
    return sorted(f"{day}.json" for day in hub.days)


async def test_recent_days_are_fetched_and_their_folder_becomes_a_source(
    cached: DigestSource, hub: Hub
) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("j")
        await driver.press("F")
        assert driver.status == "Fetched 2 days: 7 papers."
        assert hub.requested_days == [str(today() - timedelta(days=ago)) for ago in range(7)]
        assert downloaded_files() == expected_files(hub)
        assert tomllib.loads(config_file().read_text())["sources"] == [str(download_folder())]
        assert [str(cache.source) for cache in driver.screen.library.get().caches] == [
            str(cached.digests),
            str(download_folder()),
        ]
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 002")
        await driver.press("F")
        assert driver.status == "The hub has nothing new."


async def test_fetched_papers_appear(cached: DigestSource, hub: Hub) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("F")
        day = str(today())
        await wait_until(lambda: day in driver.screen.library.get().period_counts.counts)
        await driver.wait_until_idle()
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 001")
        await driver.press("right_square_bracket", "right_square_bracket")
        assert driver.period == day
        assert driver.titles == [f"Counting Wind, Part {number}" for number in range(3)]
        # Requested papers are not announced as news.
        assert "new day" not in driver.status
        hub.days[day] = day_response(day, range(5))
        await driver.press("F")
        assert driver.status == f"Fetched {format_period(day)}: 5 papers."
        assert len(driver.titles) == 5


async def test_fetched_papers_replace_the_sample_data(samples: DigestSource, hub: Hub) -> None:
    async with open_app(samples.options(is_sample=True)) as driver:
        assert "Sample data." in driver.text
        await driver.press("F")
        assert downloaded_files() == expected_files(hub)
        assert "Sample data." not in driver.text
        assert [str(cache.source) for cache in driver.screen.library.get().caches] == [
            str(download_folder())
        ]


@pytest.mark.usefixtures("hub")
async def test_new_source_among_others_is_read(cached: DigestSource) -> None:
    settings = Settings(read_after=0, watch=False, fetch_folder=cached.digests / "hub")
    async with open_app(cached.options(settings=settings)) as driver:
        await driver.press("F")
        assert driver.status == "Fetched 2 days: 7 papers."
        assert len(list((cached.digests / "hub").iterdir())) == 2
        assert len(driver.screen.library.get().caches) == 1
        assert not config_file().exists()


async def test_library_that_is_being_opened_does_not_lose_the_new_source(
    cached: DigestSource, hub: Hub
) -> None:
    async with open_app(cached.options()) as driver:
        late = LibraryReloaded(Library(driver.screen.library.get().caches), is_automatic=False)
        await driver.press("F")
        driver.screen.post_message(late)
        await driver.wait_until_idle()
        assert [cache.source for cache in driver.screen.library.get().caches] == [
            cached.digests,
            download_folder(),
        ]
        assert set(hub.days) <= set(driver.screen.library.get().period_counts.counts)


async def test_named_sources_stay_the_only_ones(cached: DigestSource, hub: Hub) -> None:
    async with open_app(cached.options(named_sources=True), size=(240, 40)) as driver:
        await driver.press("F")
        assert driver.status == (
            "Fetched 2 days: 7 papers. "
            f"Saved in {download_folder()}, which is not one of the sources shown."
        )
        assert downloaded_files() == expected_files(hub)
        assert len(driver.screen.library.get().caches) == 1
        assert not config_file().exists()


async def test_unreachable_server_is_reported_in_one_sentence(cached: DigestSource) -> None:
    async with open_app(cached.options()) as driver:
        await driver.press("F")
        message = "127.0.0.1:9 cannot be reached (Connection refused); are you online?"
        assert driver.status == message
        assert not driver.screen.panes.status.is_busy
        assert downloaded_files() == []
        await driver.press("j")
        assert driver.status.startswith("Thu 1 May 2025")


async def test_successes_and_failures_are_reported_together(cached: DigestSource, hub: Hub) -> None:
    yesterday = str(today() - timedelta(days=1))
    hub.responses[yesterday] = [sending(b"<html>")]
    async with open_app(cached.options()) as driver:
        await driver.press("F")
        host = hub.url.partition("//")[2]
        assert driver.status == (
            f"Fetched {format_period(str(today()))}: 3 papers. "
            f"{host} sent a web page instead of papers"
        )
        assert downloaded_files() == [f"{today()}.json"]


async def test_fetching_shows_progress_and_can_be_stopped(cached: DigestSource, hub: Hub) -> None:
    yesterday = str(today() - timedelta(days=1))
    hub.responses[yesterday] = [silent]
    async with open_app(cached.options()) as driver:
        await driver.pilot.press("F")
        await wait_until(lambda: "Fetching days" in driver.status and "1 of 7" in driver.status)
        assert "Ctrl+X stops" in driver.status
        # Only once.
        await driver.pilot.press("F")
        await driver.pilot.press("j")
        await wait_until(lambda: "This is about paper 002." in driver.text)
        await wait_until(lambda: len(hub.requested_days) > 1)
        assert hub.requested_days == [str(today()), yesterday]
        # A sync that ends does not hide the progress of the download.
        driver.screen.post_message(SyncFinished([], changed=False, cancelled=False, notice=None))
        await driver.pilot.pause()
        assert "1 of 7" in driver.status
        await driver.pilot.press("ctrl+x")
        message = f"Fetched {format_period(str(today()))}: 3 papers. Stopped."
        await wait_until(lambda: driver.status == message)
        await driver.wait_until_idle()
        assert not driver.screen.panes.status.is_busy
        assert downloaded_files() == [f"{today()}.json"]
        await driver.press("F")
        assert downloaded_files() == expected_files(hub)


async def test_fetching_waits_when_the_server_asks_for_it(cached: DigestSource, hub: Hub) -> None:
    is_noticed = threading.Event()

    def serve_once_noticed(handler: Handler, request: HubRequest) -> None:
        is_noticed.wait()
        serve(handler, request)

    hub.responses[str(today())] = [failing(429, Retry_After="1"), serve_once_noticed]
    async with open_app(cached.options()) as driver:
        await driver.pilot.press("F")
        await wait_until(lambda: "Waiting for the hub" in driver.status)
        is_noticed.set()
        await driver.wait_until_idle()
        assert driver.status == "Fetched 2 days: 7 papers."


async def test_app_can_quit_while_fetching(cached: DigestSource, hub: Hub) -> None:
    hub.responses[""] = [silent]
    async with open_app(cached.options()) as driver:
        await driver.pilot.press("F")
        await wait_until(lambda: bool(hub.requests))
        await driver.pilot.press("q")
        await wait_until(lambda: not driver.app.is_running)


async def test_settings_that_cannot_be_written_are_reported(cached: DigestSource, hub: Hub) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text("sources = 3\n")
    async with open_app(cached.options(), size=(240, 40)) as driver:
        await driver.press("F")
        assert driver.status.startswith(
            f"Fetched 2 days: 7 papers. The settings cannot be written: {config_file()}: sources: "
        )
        assert config_file().read_text() == "sources = 3\n"
        # Fetched papers are shown nevertheless.
        assert len(driver.screen.library.get().caches) == 2
        assert downloaded_files() == expected_files(hub)


async def test_without_httpx_the_message_names_the_command_that_installs_it(
    cached: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    async with open_app(cached.options()) as driver:
        await driver.press("F")
        assert driver.status == f"Fetching needs httpx: {install_command('fetch')}"


async def test_read_only_disk_is_reported(cached: DigestSource, hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    settings = Settings(read_after=0, watch=False, fetch_folder=tmp_path / "taken" / "hub")
    async with open_app(cached.options(settings=settings), size=(200, 40)) as driver:
        await driver.press("F")
        assert f"{tmp_path / 'taken'}" in driver.status
        assert os.strerror(20) in driver.status
        assert len(hub.requests) == 1
