"""The app continues without a writable disk; edits wait in memory until they can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.failing_disks import (
    TINY_DISK_BYTES,
    FileSizeLimit,
    FullDisk,
    ReadOnlyDisk,
    WriteFault,
    disk,
)
from tests.pty.harness import PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.remote.remote_host import NEWEST_SUMMARY, SECOND_SUMMARY
from tests.support.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose marks and session are on a separate disk."""
    with disk(tmp_path / "state"):
        yield Home(tmp_path)


def limited(_disk: Path) -> WriteFault:
    return FileSizeLimit()


@pytest.fixture(params=[FullDisk, ReadOnlyDisk, limited], ids=["full", "read-only", "limited"])
def fault(request: pytest.FixtureRequest, home: Home) -> WriteFault:
    make: Callable[[Path], WriteFault] = request.param
    return make(home.root / "state")


def start(home: Home) -> PseudoTerminal:
    terminal = PseudoTerminal(home.program, environment=home.environment, at=home.root)
    terminal.wait_for(NEWEST_SUMMARY)
    return terminal


def starred(home: Home) -> int:
    return len(home.run("list", "is:starred", "--format", "ids").lines)


def test_digests_are_shown_although_their_first_cache_cannot_be_written(tmp_path: Path) -> None:
    with disk(tmp_path / "cache"):
        full = FullDisk(tmp_path / "cache")
        full.begin()
        with start(Home(tmp_path)) as terminal:
            terminal.press("!")
            terminal.wait_for(FullDisk.message.split(";")[0])


def test_digests_are_shown_although_their_cache_does_not_fit_on_the_disk(tmp_path: Path) -> None:
    with disk(tmp_path / "cache", TINY_DISK_BYTES), start(Home(tmp_path)) as terminal:
        terminal.press("!")
        terminal.wait_for(FullDisk.message.split(";")[0])


@pytest.mark.parametrize("has_marks", [False, True])
def test_marks_are_retried_until_they_can_be_written(
    home: Home, fault: WriteFault, has_marks: bool
) -> None:
    # Automatic read marks would add messages.
    home.configure("read_after = 0")
    with start(home) as terminal:
        if has_marks:
            terminal.press(" ")
            terminal.wait_for("Marked as read.")
        fault.begin(terminal.process.pid)
        terminal.press("*")
        terminal.wait_for("Starred. Not on disk yet; ! shows why.")
        terminal.press("j", "*")
        terminal.wait_for(SECOND_SUMMARY)
        terminal.wait_until(lambda: all("*" in row[24:32] for row in terminal.rows[2:4]))
        terminal.press("j")
        terminal.wait_for("1 problem")
        terminal.press("!")
        terminal.wait_for(fault.message.split(";")[0])
        shown = " ".join(terminal.text.split())
        assert f"{fault.message}; papers whose marks wait in memory until then: 2" in shown
        assert str(home.state) in shown.replace(" ", "")
        terminal.press("escape")
        assert starred(home) == 0
        fault.end(terminal.process.pid)
        terminal.wait_for("The marks of 2 papers are on disk now.")
        assert starred(home) == 2
        terminal.press("k")
        terminal.wait_for(lambda text: "1 problem" not in text)
        terminal.press("u")
        terminal.wait_for("Undone: starred ")
        terminal.press("q")
        assert terminal.wait() == 0
        assert_restored(terminal)
    assert starred(home) == 1


def test_quitting_while_nothing_can_be_written(home: Home, fault: WriteFault) -> None:
    with start(home) as terminal:
        fault.begin(terminal.process.pid)
        terminal.press("*")
        terminal.wait_for("Not on disk yet")
        terminal.press("q")
        assert terminal.wait() == 2
        assert_restored(terminal)
        # The terminal wraps lines anywhere.
        text = "".join(terminal.text.split())
        assert "broadsheet:amarkcouldnotbesaved:" in text
        assert "".join(fault.message.split()) in text
        assert "Traceback" not in text
        if not isinstance(fault, FileSizeLimit):
            fault.end(0)
    with start(home) as terminal:
        terminal.press("q")
        assert terminal.wait() == 0


def test_cache_views_and_exports(home: Home, fault: WriteFault) -> None:
    """The cache, saved views and exports, on the same disk."""
    home = home.with_environment(
        XDG_CACHE_HOME=str(home.root / "state"), XDG_CONFIG_HOME=str(home.root / "state")
    )
    digests = home.root / "digests"
    digests.mkdir()
    with start(home) as terminal:
        fault.begin(terminal.process.pid)
        terminal.press("w")
        terminal.wait_for("Save view as")
        terminal.send("mine\r")
        terminal.wait_for(fault.message.split(";")[0][:20])
        terminal.press("x")
        terminal.wait_for("All starred papers")
        terminal.press("enter")
        terminal.wait_for(".bib")
        terminal.send("\x15" + str(home.root / "state" / "out.bib") + "\r")
        terminal.wait_for(fault.message.split(";")[0][:20])
        terminal.press("j")
        terminal.wait_for(SECOND_SUMMARY)
        fault.end(terminal.process.pid)
        terminal.press("q")
        assert terminal.wait() == 0
