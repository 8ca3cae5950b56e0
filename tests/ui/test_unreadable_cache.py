"""A cache that becomes unreadable while the browser is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource


@pytest.fixture
def source(source: DigestSource) -> DigestSource:
    """Two days in different months, and digests that are out of reach, so nothing is rebuilt."""
    source.add("2025-05-01", DigestPaper("2505.00001", "Newer"))
    source.add("2025-04-01", DigestPaper("2504.00001", "Older"))
    source.sync()
    return source


def cache_folder(source: DigestSource) -> Path:
    return source.library().caches[0].folder.path


def block(file: Path) -> Callable[[], None]:
    """Make a file unreadable, even for root; return a function that restores it."""
    aside = file.with_suffix(".aside")
    file.rename(aside)
    file.mkdir()

    def restore() -> None:
        file.rmdir()
        aside.rename(file)

    return restore


async def wait_for_text(driver: AppDriver, text: str) -> None:
    await wait_until(lambda: any(text in line for line in driver.lines))


@pytest.mark.usefixtures("frequent_checks")
async def test_unreadable_day_says_why_and_comes_back(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        source.digests.rename(source.digests.with_name("away"))
        restore = block(cache_folder(source) / "2025-04.rows.json")
        await driver.press("[")
        await wait_for_text(driver, "The cache cannot be read: ")
        assert not any("0 papers" in line for line in driver.lines)
        restore()
        await wait_until(lambda: driver.titles == ["Older"])
        await driver.press("escape")
        assert "1 paper" in driver.status


async def test_list_stays_if_it_cannot_be_loaded_again(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        source.digests.rename(source.digests.with_name("away"))
        folder = cache_folder(source)
        for name in ("2025-05.rows", "calendar", "counts"):
            block(folder / f"{name}.json")
        driver.screen.updater.reload()
        await driver.wait_until_idle()
        driver.screen.library.get().clear_caches()
        driver.screen.papers.load()
        await driver.wait_until_idle()
        assert driver.titles == ["Newer"]
        assert not any("0 papers" in line for line in driver.lines)


async def test_deleted_cache_is_rebuilt(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        shutil.rmtree(cache_folder(source))
        await driver.press("[")
        await wait_until(lambda: driver.titles == ["Older"])


async def test_summary_is_read_again(source: DigestSource) -> None:
    async with open_app(source.options()) as driver:
        source.digests.rename(source.digests.with_name("away"))
        restore = block(cache_folder(source) / "2025-04.texts.json")
        await driver.press("[")
        assert not any("A mill that counts." in line for line in driver.pane("viewer"))
        restore()
        await driver.press("]")
        await driver.press("[")
        await wait_until(
            lambda: any("A mill that counts." in line for line in driver.pane("viewer"))
        )
