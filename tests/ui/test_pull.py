"""Ctrl+R pulls clones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tests.ui.driver import open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.config.paths import clones_folder
from tui.config.policy import Policy
from tui.sources.git.clones import Clones

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _git_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def digest(day: str, *papers: DigestPaper) -> dict[str, str]:
    return {f"{day}.md": "\n\n".join([f"## Daily Papers ({day})", *map(str, papers)]) + "\n"}


@pytest.fixture
def published(tmp_path: Path) -> PublishedRepository:
    published = PublishedRepository(tmp_path / "published")
    published.push(digest("2025-05-01", *sample_papers(2)))
    return published


@pytest.fixture
def cloned(published: PublishedRepository, tmp_path: Path) -> DigestSource:
    """A cached source that is a clone."""
    clone = Clones(clones_folder()).clone(published.url)
    source = DigestSource(clone, tmp_path / "cache")
    source.sync()
    return source


async def test_ctrl_r_pulls_a_new_day(published: PublishedRepository, cloned: DigestSource) -> None:
    published.push(digest("2025-05-02", *sample_papers(3, first=50)))
    async with open_app(cloned.options()) as driver:
        # Not automatically: that would contact a server at every start.
        assert driver.period == "2025-05-01"
        assert "2 Fri" not in driver.text
        await driver.press("j", "ctrl+r")
        assert "2 Fri" in driver.text
        assert driver.status == "1 new day: Fri 2 May 2025"
        assert driver.paper == "Paper 002"
        await driver.press("right_square_bracket")
        assert driver.titles == ["Paper 050", "Paper 051", "Paper 052"]
        await driver.press("ctrl+r")
        assert driver.status == "No digest has changed."


async def test_ctrl_r_pulls_nothing_in_restricted_mode(
    published: PublishedRepository, cloned: DigestSource
) -> None:
    published.push(digest("2025-05-02", *sample_papers(3, first=50)))
    async with open_app(cloned.options(policy=Policy(is_restricted=True))) as driver:
        await driver.press("ctrl+r")
        assert driver.status == "No digest has changed."


async def test_failed_pull_is_reported_and_the_clone_is_read(
    published: PublishedRepository, cloned: DigestSource
) -> None:
    published.bare.rename(published.bare.with_name("away"))
    async with open_app(cloned.options(), size=(160, 40)) as driver:
        await driver.press("ctrl+r")
        assert driver.status.startswith(f"{cloned.digests.name} cannot be pulled (")
        await driver.press("j")
        assert driver.titles == ["Paper 001", "Paper 002"]
        assert driver.status.endswith("1 problem")
        await driver.press("exclamation_mark")
        assert "its files are read as they are" in " ".join(driver.text.split())


async def test_ctrl_r_does_not_pull_checkouts(
    published: PublishedRepository, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "-b", "main", published.url, "mine")
    source = DigestSource(tmp_path / "mine", tmp_path / "cache")
    source.sync()
    published.push(digest("2025-05-02", *sample_papers(3, first=50)))
    async with open_app(source.options()) as driver:
        await driver.press("ctrl+r")
        assert driver.status == "No digest has changed."
    assert not (tmp_path / "mine" / "2025-05-02.md").exists()


async def test_long_pull_shows_progress_and_can_be_stopped(
    cloned: DigestSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ >>'{tmp_path}/pids'\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    async with open_app(cloned.options()) as driver:
        await driver.pilot.press("ctrl+r")
        await wait_until(lambda: f"Pulling {cloned.digests.name}" in driver.status)
        assert "Ctrl+X stops" in driver.status
        await wait_until((tmp_path / "pids").exists)
        await driver.pilot.press("j")
        await wait_until(lambda: "This is about paper 002." in driver.text)
        await driver.pilot.press("ctrl+x")
        await wait_until(lambda: driver.status == "Stopped. Ctrl+R reads the rest.")
        [pid] = (tmp_path / "pids").read_text().split()
        await wait_until(lambda: not Path("/proc", pid).exists())
