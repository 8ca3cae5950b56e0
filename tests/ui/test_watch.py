"""Digests that other processes write while the app is open."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.ui.blocking_reader import BlockingReader
from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.cache.source_cache import CacheLocator
from tui.cache.sync import sync
from tui.config.settings import Settings
from tui.library.library import Library

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("frequent_checks")]

WRITER = """
import os, sys
path, mode, text = sys.argv[1:]
if mode == "whole":
    with open(path + ".part", "w") as file:
        file.write(text)
    os.replace(path + ".part", path)
else:
    with open(path, mode) as file:
        file.write(text)
"""


def watched_inodes() -> set[int]:
    """Return the watches of this process."""
    found = set()
    for file in Path("/proc/self/fdinfo").iterdir():
        with suppress(OSError):
            inodes = re.findall(r"^inotify .*\bino:([0-9a-f]+)", file.read_text(), re.MULTILINE)
            found |= {int(inode, 16) for inode in inodes}
    return found


async def write(file: Path, text: str, mode: str = "whole") -> None:
    """Let another process write a file: atomically, in place (``w``) or appending (``a``)."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(file), mode, text
    )
    assert await process.wait() == 0


def digest(day: str, *papers: DigestPaper) -> str:
    return "\n\n".join([f"## Daily Papers ({day})", *map(str, papers)]) + "\n"


@pytest.fixture
def cached(source: DigestSource) -> DigestSource:
    """A cached source with a day of five papers."""
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    return source


@asynccontextmanager
async def watching(
    source: DigestSource, watch: bool | str = True, **kwargs: Any
) -> AsyncIterator[AppDriver]:
    """Open the app with a watched source."""
    settings = Settings(read_after=0, watch=watch)
    async with open_app(source.options(settings=settings, **kwargs)) as driver:
        yield driver
    # No watch is left after the app has ended.
    await wait_until(lambda: not any(thread.name == "watch" for thread in threading.enumerate()))
    # The system removes the watches a moment after the thread has ended.
    await wait_until(lambda: watched_inodes() == set())


async def wait_for(driver: AppDriver, is_there: str | Callable[[], bool]) -> None:
    """Wait until a text is on the screen."""
    await wait_until(is_there if callable(is_there) else lambda: is_there in driver.text)
    await driver.wait_until_idle()


@pytest.mark.parametrize("watch", [True, "poll"])
async def test_new_day_appears_without_moving_the_cursor(
    cached: DigestSource, watch: bool | str
) -> None:
    async with watching(cached, watch) as driver:
        await driver.press("j", "j")
        await write(
            cached.digests / "2025-05-02.md", digest("2025-05-02", *sample_papers(3, first=50))
        )
        await wait_for(driver, "1 new day: Fri 2 May 2025")
        assert "2 Fri" in driver.text
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 003")
        assert "This is about paper 003." in driver.text
        await driver.press("right_square_bracket")
        assert driver.titles == ["Paper 050", "Paper 051", "Paper 052"]
        assert "new day" not in driver.status


async def test_new_day_does_not_move_an_untouched_cursor(cached: DigestSource) -> None:
    async with watching(cached) as driver:
        for day in (2, 3):
            text = digest(f"2025-05-0{day}", *sample_papers(3, first=50 * day))
            await write(cached.digests / f"{day}.md", text)
        await wait_for(driver, lambda: "3 Sat" in driver.text and "2 Fri" in driver.text)
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 001")


async def test_list_that_is_scrolled_stays_where_it_is(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(80))
    source.sync()
    async with watching(source) as driver:
        await driver.press("G", "k", "k")
        before = driver.top_line("table")
        assert before
        text = digest("2025-05-01", *sample_papers(80), DigestPaper("2505.00099", "Late", votes=1))
        await write(source.digests / "2025-05-01.md", text)
        await wait_for(driver, "1 new paper.")
        assert (driver.paper, driver.top_line("table")) == ("Paper 078", before)


async def test_changes_of_the_current_day_are_shown(cached: DigestSource) -> None:
    async with watching(cached) as driver:
        await driver.press("j")
        text = digest("2025-05-01", *sample_papers(2, first=70), *sample_papers(5))
        await write(cached.digests / "2025-05-01.md", text, "w")
        await wait_for(driver, "Paper 071")
        assert driver.paper == "Paper 002"
        assert "2 new papers." in driver.status


async def test_partly_written_file_is_read_again(cached: DigestSource) -> None:
    whole = digest("2025-05-02", *sample_papers(4, first=50))
    cut = whole.index("Authors", whole.index("Paper 052"))
    async with watching(cached) as driver:
        file = cached.digests / "2025-05-02.md"
        await write(file, whole[:cut], "w")
        # The announcement of a new day replaces the problem.
        await wait_for(driver, lambda: bool(driver.screen.problems.all()))
        await write(file, whole[cut:], "a")
        await wait_for(
            driver, lambda: driver.screen.library.get().period_counts.counts["2025-05-02"] == 4
        )
        await driver.press("right_square_bracket")
        assert driver.titles == [f"Paper 0{number}" for number in range(50, 54)]
        assert driver.screen.problems.all() == []
        assert "problem" not in driver.status


async def test_changes_during_a_sync_are_read_after_it(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    gate = BlockingReader(0, monkeypatch)
    options = source.options(settings=Settings(read_after=0))
    async with open_app(options, wait=False) as driver:
        await wait_until(gate.is_blocked.is_set)
        await write(source.digests / "2.md", digest("2025-05-02", DigestPaper("2505.00050")))
        await wait_until(lambda: driver.screen.later.sync.pending is not None)
        gate.is_released.set()
        await wait_for(driver, "2 Fri")


async def test_change_does_not_restart_a_stopped_sync(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2, 3):
        source.add(f"2025-05-0{day}", *sample_papers(2, first=10 * day))
    gate = BlockingReader(1, monkeypatch)
    options = source.options(settings=Settings(read_after=0))
    async with open_app(options, wait=False) as driver:
        await wait_until(gate.is_blocked.is_set)
        await wait_until(lambda: driver.screen.later.sync.pending is not None)
        await driver.pilot.press("ctrl+x")
        await wait_for(driver, "Stopped. Ctrl+R reads the rest.")
        assert driver.screen.library.get().period_counts.total == 4


async def test_removed_digest_disappears(cached: DigestSource) -> None:
    removed_file = cached.add("2025-05-02", *sample_papers(3, first=50))
    cached.sync()
    async with watching(cached) as driver:
        await driver.press("left_square_bracket", "j")
        removed_file.unlink()
        await wait_for(driver, lambda: "2 Fri" not in driver.text)
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 002")


async def test_folders_created_later_are_watched(cached: DigestSource) -> None:
    async with watching(cached) as driver:
        folder = cached.digests / "2025" / "05"
        folder.mkdir(parents=True)
        await write(folder / "02.md", digest("2025-05-02", DigestPaper("2505.00050")))
        await wait_for(driver, "2 Fri")
        await write(folder / "03.md", digest("2025-05-03", DigestPaper("2505.00051")))
        await wait_for(driver, "3 Sat")
        (folder / "02.md").unlink()
        await wait_for(driver, lambda: "2 Fri" not in driver.text)


async def test_single_file_is_watched_and_its_neighbors_are_not(
    tmp_path: Path,
) -> None:
    one = DigestSource(tmp_path / "digests" / "one.md", tmp_path / "cache")
    one.digests.parent.mkdir()
    await write(one.digests, digest("2025-05-01", *sample_papers(2)))
    one.sync()
    async with watching(one) as driver:
        await write(tmp_path / "digests" / "two.md", digest("2025-05-09", *sample_papers(2)))
        await write(one.digests, digest("2025-05-01", *sample_papers(3)))
        await wait_for(driver, "Paper 003")
        await write(one.digests, digest("2025-05-01", *sample_papers(4)), "w")
        await wait_for(driver, "Paper 004")
        assert "9 Fri" not in driver.text


async def test_source_can_be_a_symbolic_link(cached: DigestSource, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(cached.digests)
    linked = DigestSource(link, tmp_path / "cache")
    async with watching(linked) as driver:
        await write(
            cached.digests / "2025-05-02.md", digest("2025-05-02", DigestPaper("2505.00050"))
        )
        await wait_for(driver, "2 Fri")


async def test_link_that_leads_elsewhere_is_noticed(cached: DigestSource, tmp_path: Path) -> None:
    other = DigestSource(tmp_path / "other", tmp_path / "cache")
    other.add("2025-06-09", DigestPaper("2506.00001", "Elsewhere"))
    link = tmp_path / "link"
    link.symlink_to(cached.digests)
    async with watching(DigestSource(link, cached.cache)) as driver:
        await wait_for(driver, "Paper 001")
        link.unlink()
        await driver.wait_until_idle()
        link.symlink_to(other.digests)
        await wait_for(driver, "9 Mon")
        other.add("2025-06-10", DigestPaper("2506.00002", "Newer"))
        await wait_for(driver, "10 Tue")


async def test_folder_can_disappear_and_return(cached: DigestSource, tmp_path: Path) -> None:
    away = tmp_path / "away"
    async with watching(cached) as driver:
        cached.digests.rename(away)
        await wait_for(driver, "1 problem")
        assert driver.titles == [f"Paper 00{number}" for number in range(1, 6)]
        await write(away / "2025-05-02.md", digest("2025-05-02", DigestPaper("2505.00050")))
        away.rename(cached.digests)
        await wait_for(driver, "2 Fri")
        await wait_for(driver, lambda: not driver.screen.problems.all())
        await write(
            cached.digests / "2025-05-03.md", digest("2025-05-03", DigestPaper("2505.00051"))
        )
        await wait_for(driver, "3 Sat")


async def test_source_that_does_not_exist_yet(source: DigestSource) -> None:
    source.digests.rmdir()
    async with watching(source) as driver:
        assert "There are no papers yet." in driver.text
        source.digests.mkdir()
        await write(source.digests / "a.md", digest("2025-05-01", *sample_papers(2)))
        await wait_for(driver, "This is about paper 001.")


async def test_cache_inside_a_source_is_not_watched(source: DigestSource) -> None:
    inside = source.digests / "cache"
    source.add("2025-05-01", *sample_papers(2))
    locator = CacheLocator(inside)
    cache = locator.cache_of(source.digests)
    sync(cache)
    library = Library([cache])
    async with watching(source, library=library, cache_locator=locator) as driver:
        assert driver.titles == ["Paper 001", "Paper 002"]
        await wait_until(lambda: watched_inodes() == {source.digests.stat().st_ino})


async def test_links_and_hidden_folders_are_not_followed(
    cached: DigestSource, tmp_path: Path
) -> None:
    for folder in (tmp_path / "outside", cached.digests / ".git", cached.digests / "deep"):
        folder.mkdir()
    (cached.digests / "out").symlink_to(tmp_path / "outside")
    (cached.digests / "round").symlink_to(cached.digests)
    async with watching(cached) as driver:
        folders = (cached.digests, cached.digests / "deep")
        await wait_until(lambda: watched_inodes() == {folder.stat().st_ino for folder in folders})
        assert driver.titles == [f"Paper 00{number}" for number in range(1, 6)]


async def test_watching_can_be_disabled(cached: DigestSource) -> None:
    async with open_app(cached.options(settings=Settings(read_after=0, watch=False))) as driver:
        assert watched_inodes() == set()
        await write(
            cached.digests / "2025-05-02.md", digest("2025-05-02", DigestPaper("2505.00050"))
        )
        await driver.press("ctrl+r")
        assert "2 Fri" in driver.text
