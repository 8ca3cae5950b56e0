"""The SSH driver sends less and shows the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.support.home import Home

SECOND_SUMMARY = "Fast-dLLM speeds up"

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


@pytest.fixture(params=["xterm-256color", "xterm", "vt220"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_ssh_driver_shows_the_same_screens(tmp_path: Path, name: str) -> None:
    with ExitStack() as opened:

        def start(**variables: str) -> PseudoTerminal:
            home = Home(tmp_path / f"reader{len(variables)}", {"TERM": name, **variables})
            # Papers would be marked as read, and change their style, after a while.
            home.configure("read_after = 0")
            terminal = PseudoTerminal(home.program, environment=home.environment, at=home.root)
            return opened.enter_context(terminal)

        local, remote = start(), start(SSH_CONNECTION="127.0.0.1 1 127.0.0.1 2")
        for visit in STEPS:
            visit(local)
            visit(remote)
            # Either one may still be drawing.
            remote.wait_until(partial(_show_the_same, local, remote))
            assert not remote.broken_wide_characters()
        for terminal in (local, remote):
            terminal.send("\x11")
            assert terminal.wait() == 0
        assert_restored(remote)
        assert len(remote.raw) < len(local.raw) / 2


def _show_the_same(local: PseudoTerminal, remote: PseudoTerminal) -> bool:
    local.read_for(0)
    return (remote.styled_cells, remote.cursor) == (local.styled_cells, local.cursor)
