"""Only differences are sent, and the screen is as Textual paints it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.pty.conftest import Open
from tests.pty.harness import READY, PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.support.home import Home

SECOND_SUMMARY = "Fast-dLLM speeds up"

FOCUS_CHANGES = 10
"""How often the terminal gets the focus."""

PAUSE_SECONDS = 0.1
"""Pause after each of them, in which the program would paint."""

SCREEN_BYTES = 10_000
"""More than a whole screen takes."""

REPAINTING = """
import sys

from tui.cli.main import main
from tui.ui.drivers.terminal_driver import LinuxDriver, TerminalDriver

TerminalDriver.write = LinuxDriver.write
sys.exit(main(sys.argv[1:]))
"""
"""The program without the screen buffer: it sends all that Textual paints."""

Step = Callable[[PseudoTerminal], object]


def press(*keys: str, until: str) -> Step:
    def visit(terminal: PseudoTerminal) -> None:
        terminal.press(*keys)
        terminal.wait_for(until)

    return visit


def resize(columns: int, lines: int) -> Step:
    def visit(terminal: PseudoTerminal) -> None:
        terminal.resize(columns, lines)
        terminal.wait_for(lambda _: "quit" in terminal.rows[-1])

    return visit


STEPS: list[Step] = [
    press(until="Darwin Gödel Machine(DGM)은"),
    press("j", until=SECOND_SUMMARY),
    press("*", until="Starred."),
    press("[", until="29 May"),
    press("]", "0", until="71 papers"),
    press("/", *"agent", until="agent"),
    press("enter", until="Enter read"),
    resize(70, 24),
    press("\x10", until="Search commands"),
    press("escape", until="Enter read"),
    press("enter", until="Escape back"),
    press("?", until="repeats it"),
    press("escape", until="Escape back"),
    press("escape", until="Enter read"),
    resize(120, 36),
    press("\x0c", until="quit"),
]
"""Steps of a session; Ctrl+L redraws the screen."""


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "xterm-256color"},
        {"TERM": "xterm", "SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2"},
        {"TERM": "vt220", "SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2"},
    ],
    ids=["local", "over SSH", "over SSH, without colors"],
)
def test_differences_show_the_same_screens(tmp_path: Path, variables: dict[str, str]) -> None:
    with ExitStack() as opened:

        def start(home: Home) -> PseudoTerminal:
            # Papers would be marked as read, and change their style, after a while.
            home.configure("read_after = 0")
            terminal = PseudoTerminal(home.program, environment=home.environment, at=home.root)
            return opened.enter_context(terminal)

        sent = start(Home(tmp_path / "differences", variables))
        painted = start(Home(tmp_path / "frames", variables, (sys.executable, "-c", REPAINTING)))
        for visit in STEPS:
            visit(painted)
            visit(sent)
            # Either one may still be drawing.
            sent.wait_until(partial(_show_the_same, painted, sent))
            assert not sent.broken_wide_characters()
        for terminal in (painted, sent):
            terminal.send("\x11")
            assert terminal.wait() == 0
        assert_restored(sent)
        assert len(sent.raw) < len(painted.raw) / 2


def _show_the_same(one: PseudoTerminal, other: PseudoTerminal) -> bool:
    one.read_for(0)
    return (other.styled_cells, other.cursor) == (one.styled_cells, one.cursor)


def test_page_above_the_list_is_not_repainted(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.press("?")
    terminal.wait_for("repeats it")
    sent = len(terminal.raw)
    for _ in range(FOCUS_CHANGES):
        # The list below the page reacts, and Textual paints both.
        terminal.send("\x1b[O\x1b[I")
        terminal.read_for(PAUSE_SECONDS)
    terminal.press("escape")
    terminal.wait_for(READY)
    assert len(terminal.raw) - sent < 2 * SCREEN_BYTES
