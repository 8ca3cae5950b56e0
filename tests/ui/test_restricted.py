"""The browser in restricted mode: no key starts a program, and none is offered that would."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.escapes import Escapes
from tests.ui.driver import AppDriver, open_app, open_palette
from tests.ui.sources import DigestSource
from tui.config.key_bars import BAR_LAST, BARS
from tui.config.keybindings import KEYS, HelpSection
from tui.config.paths import export_folder
from tui.config.policy import Policy

pytestmark = pytest.mark.slow

RESTRICTED = Policy(is_restricted=True)


class _ProcessLog:
    """Notes the processes that this process starts, while it is enabled."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.is_enabled = False
        # It cannot be removed.
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        starting = ("os.exec", "os.fork", "os.posix", "os.spawn", "os.system", "pty.", "subprocess")
        if self.is_enabled and event.startswith(starting):
            self.events.append(f"{event} {arguments!r}")


@pytest.fixture(scope="session")
def _process_log() -> _ProcessLog:
    return _ProcessLog()


@pytest.fixture
def started(_process_log: _ProcessLog) -> Iterator[list[str]]:
    """The processes that were started, and attempts to start one."""
    _process_log.events.clear()
    _process_log.is_enabled = True
    yield _process_log.events
    _process_log.is_enabled = False


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Escapes:
    """Variables that name programs, and a desktop on which they would be used."""
    escapes = Escapes(tmp_path / "escapes")
    for name, value in escapes.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tui.ui.screens.main.share_controller.has_browser", lambda: True)
    return escapes


async def leave_everything(driver: AppDriver) -> None:
    while len(driver.app.screen_stack) > 1 or driver.screen.panes.is_prompting:
        await driver.press("escape")


async def test_no_key_starts_a_program(
    samples: DigestSource, hostile: Escapes, started: list[str]
) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        for key in KEYS:
            if key.id == "app.quit" or key.section is HelpSection.MOVE:
                continue
            # Enter answers the dialog of the key, or opens what is under the cursor.
            await driver.press(key.keys.partition(",")[0], "enter")
            await leave_everything(driver)
        await driver.press("e", "x", "ctrl+e", "ctrl+s")
        await driver.press("f", "enter")
    assert started == []
    assert hostile.found == []


@pytest.mark.usefixtures("hostile")
async def test_the_same_keys_start_programs_otherwise(
    samples: DigestSource, started: list[str]
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("y", "y", "o")
    assert started


async def test_keys_that_start_programs_are_not_offered(samples: DigestSource) -> None:
    for ids in (*BARS.values(), BAR_LAST):
        assert all(map(RESTRICTED.has_key, ids))
    async with open_app(samples.options(policy=RESTRICTED), (120, 80)) as driver:
        await driver.press("f1", "G")
        assert "Quit" in driver.text
        assert "Suspend" not in driver.text
        assert "Fetch" not in driver.text
        await driver.press("escape")
        for word in ("suspend", "fetch recent"):
            await open_palette(driver, word)
            assert "No matching command." in driver.text
            await driver.press("escape")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("ctrl+z", "Cannot suspend in restricted mode."),
        ("F", "Nothing can be fetched in restricted mode."),
    ],
)
async def test_such_a_key_says_why_it_does_nothing(
    samples: DigestSource, key: str, message: str
) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        await driver.press(key)
        assert driver.status == message


@pytest.mark.usefixtures("hostile")
async def test_note_is_written_without_another_editor(samples: DigestSource) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        await driver.press("e")
        assert "Ctrl+S saves, Escape cancels." in driver.text
        assert "Ctrl+E" not in driver.text
        await driver.press("a", "ctrl+e")
        assert "No other editor can be opened in restricted mode." in driver.text
        await driver.press("ctrl+s")
        assert driver.status == "Note saved."


@pytest.mark.usefixtures("hostile")
async def test_links_are_copied_by_the_terminal(samples: DigestSource) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        await driver.press("o")
        assert driver.app.clipboard == "https://arxiv.org/abs/2505.22954"
        assert "terminal's clipboard" in driver.status


async def test_exports_stay_in_their_folder(samples: DigestSource, tmp_path: Path) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        await driver.press("x", "enter")
        for name in ("~/out.bib", "../out.bib", str(tmp_path / "out.bib"), "sub/out.bib"):
            driver.prompt.value = name
            await driver.press("enter")
            assert "Enter a file name without a folder" in driver.text
        driver.prompt.value = "out.bib"
        await driver.press("enter")
        assert driver.status.startswith("Wrote 1 paper to ")
    assert list(tmp_path.glob("**/out.bib")) == [export_folder() / "out.bib"]


async def test_first_suggestion_is_a_file_of_that_folder(samples: DigestSource) -> None:
    async with open_app(samples.options(policy=RESTRICTED)) as driver:
        await driver.press("x", "j", "enter")
        assert driver.prompt.value == "papers.bib"


async def test_reader_is_not_asked_to_add_digests(source: DigestSource) -> None:
    async with open_app(source.options(policy=RESTRICTED, is_sample=True)) as driver:
        assert "broadsheet add" not in driver.text
        assert "No digests have been set up on this machine yet." in driver.text
        await driver.press("i")
        assert "broadsheet add" not in driver.text
