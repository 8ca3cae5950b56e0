"""Commands of the reader: keys, pages, summaries, and pipes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, open_palette, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.own_commands import OwnCommand
from tui.config.paths import summaries_folder
from tui.config.policy import Policy
from tui.config.settings import Settings
from tui.ui.screens.main.startup_options import StartupOptions

pytestmark = pytest.mark.slow

TITLE = "$(touch x) `touch x`; 'quoted' \"title\""


def options(source: DigestSource, *commands: OwnCommand, **others: object) -> StartupOptions:
    settings = Settings(read_after=0, watch=False, commands=commands)
    return source.options(settings=settings, **others)


@pytest.fixture
def source(source: DigestSource) -> DigestSource:
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", TITLE, votes=9, summary="- **A**: First summary."),
        DigestPaper("2505.00002", "Second", votes=8),
    )
    source.sync()
    return source


@pytest.mark.parametrize("shell", [False, True])
async def test_output_is_shown_on_a_page(
    source: DigestSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    command = OwnCommand("Shout", "printf '# Big\n\n%s' {title}", "ctrl+t", shell=shell)
    async with open_app(options(source, command)) as driver:
        await driver.press("ctrl+t")
        assert "Shout" in driver.lines[0] + driver.lines[1]
        assert "$(touch x) `touch x`" in driver.text or "touch x" in driver.text
        await driver.press("escape", "ctrl+e")
        assert "Show the last output" in driver.text
        await driver.press("escape", "?")
        assert "Your commands" in driver.text
        await driver.press("escape")
        await open_palette(driver, "shout")
        assert "Command: Shout" in driver.text
    assert not (tmp_path / "x").exists()


async def test_summary_is_kept_and_reached_by_a_key(source: DigestSource) -> None:
    command = OwnCommand("Translate!", "cat", "ctrl+t", "summary", input="markdown")
    again = OwnCommand("Empty", "true", "ctrl+g", "summary")
    async with open_app(options(source, command, again)) as driver:
        await driver.press("ctrl+t")
        await driver.wait_until_idle()
        assert f"Kept as a summary of '{TITLE}'; ; shows it." in driver.status
        [file] = summaries_folder().rglob("*.details.md")
        assert file.relative_to(summaries_folder()) == Path(
            "Translate/2025-05-01.2505.00001.details.md"
        )
        await wait_until(lambda: len(driver.screen.library.get().caches) == 2)
        await driver.wait_until_idle()
        paper = driver.screen.panes.table.paper
        assert paper is not None
        assert paper.dates == ("2025-05-01",)
        kept = [each.markdown for each in driver.screen.library.get().summaries(paper)]
        assert any(text.startswith("*Translate!, ") and "First summary." in text for text in kept)
        await driver.press(";")
        assert driver.status == "Summary 2 of 2"
        # The list and its counts are as before.
        assert [each.paper_id for each in driver.screen.library.get().papers()] == [
            "2505.00001", "2505.00002",
        ]  # fmt: skip
        await driver.press("ctrl+g")
        assert driver.status == "Empty printed nothing."


async def test_papers_are_piped_to_a_typed_command(source: DigestSource, tmp_path: Path) -> None:
    async with open_app(options(source)) as driver:
        await driver.press("vertical_line", "j", "enter")
        driver.prompt.value = f"grep -c '^# ' | tee {tmp_path}/count"
        await driver.press("enter")
        assert (tmp_path / "count").read_text() == "2\n"
        await driver.press("escape", "vertical_line", "enter", "enter")
        assert "Enter a command." in driver.text


async def test_selection_is_passed_on(source: DigestSource, tmp_path: Path) -> None:
    script = f"cat > {tmp_path}/ids"
    command = OwnCommand("Ids", script, "f5", "background", "selection", "ids", shell=True)
    async with open_app(options(source, command)) as driver:
        await driver.press("f5")
        assert (tmp_path / "ids").read_text() == "2505.00001\n"
        await driver.press("V", "j", "f5")
        assert (tmp_path / "ids").read_text() == "2505.00001\n2505.00002\n"
        await driver.press("vertical_line")
        assert "The selection" in driver.text
        await driver.press("escape", "x")
        assert "The selection" in driver.text


async def test_failures_and_confirmation(source: DigestSource, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    commands = (
        OwnCommand("Fail", "echo 'no model' >&2; exit 4", "f5", shell=True),
        OwnCommand("Missing", "/nowhere/at-all", "f6"),
        OwnCommand("Typo", "echo {titel}", "f7"),
        OwnCommand("Careful", f"touch {marker}", "f8", "background", confirm=True),
    )
    async with open_app(options(source, *commands)) as driver:
        await driver.press("f5")
        assert driver.status == "Fail failed with exit code 4: no model"
        await driver.press("f6")
        assert driver.status.startswith("Cannot run Missing: No such file")
        await driver.press("f7")
        assert "did you mean {title}?" in driver.status
        await driver.press("f8", "j", "enter")
        assert not marker.exists()
        await driver.press("f8", "enter")
        assert driver.status == "Careful is done."
        assert marker.exists()


async def test_running_command_is_shown_and_stopped(source: DigestSource, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = OwnCommand("Slow", f"cat {pipe}", "f5")
    async with open_app(options(source, command)) as driver:
        await driver.pilot.press("f5")
        await wait_until(lambda: "Running Slow" in driver.text)
        await driver.pilot.press("ctrl+x")
        await driver.wait_until_idle()
        assert driver.status == "Stopped Slow."
        assert "Running" not in driver.text


async def test_quitting_ends_a_running_command(source: DigestSource, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    async with open_app(options(source, OwnCommand("Slow", f"cat {pipe}", "f5"))) as driver:
        await driver.pilot.press("f5")
        await wait_until(lambda: "Running Slow" in driver.text)


async def test_nothing_runs_in_restricted_mode(source: DigestSource, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    command = OwnCommand("Touch", f"touch {marker}", "f5")
    async with open_app(options(source, command, policy=Policy(is_restricted=True))) as driver:
        await driver.press("f5")
        for key in ("ctrl+e", "vertical_line"):
            await driver.press(key)
            assert driver.status == "No programs can be run in restricted mode."
        await driver.press("?")
        assert "Your commands" not in driver.text
        await driver.press("escape")
        await _run(driver)
    assert not marker.exists()


async def _run(driver: AppDriver) -> None:
    driver.screen.later.on_demand.programs.run(0)
    await driver.wait_until_idle()
