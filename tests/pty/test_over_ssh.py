"""Over SSH less is sent, and what is seen is the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.pty.harness import Terminal
from tests.pty.leaving import assert_left_as_it_was
from tests.support.home import Home

SECOND_SUMMARY = "Fast-dLLM speeds up"

Visit = Callable[[Terminal], object]


def do(*keys: str, until: str) -> Visit:
    def visit(terminal: Terminal) -> None:
        terminal.press(*keys)
        terminal.wait_for(until)

    return visit


def resize(columns: int, lines: int) -> Visit:
    def visit(terminal: Terminal) -> None:
        terminal.resize(columns, lines)
        terminal.wait_for(lambda _: "quit" in terminal.rows[-1])

    return visit


VISITS: list[Visit] = [
    do(until="Darwin Gödel Machine(DGM)은"),
    do("j", until=SECOND_SUMMARY),
    do("*", until="Starred."),
    do("[", until="29 May"),
    do("]", "0", until="71 papers"),
    do("/", *"agent", until="agent"),
    do("enter", until="Enter read"),
    resize(70, 24),
    do("\x10", until="What do you want to do?"),
    do("escape", until="Enter read"),
    do("enter", until="Escape back"),
    do("?", until="Moving"),
    do("escape", until="Escape back"),
    do("escape", until="Enter read"),
    resize(120, 36),
    do("\x0c", until="quit"),
]
"""What one does, in order; ``Ctrl+L`` draws everything anew."""


@pytest.fixture(params=["xterm-256color", "xterm", "vt220"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_same_is_seen(tmp_path: Path, name: str) -> None:
    with ExitStack() as opened:

        def start(**more: str) -> Terminal:
            home = Home(tmp_path / f"reader{len(more)}", {"TERM": name, **more})
            # What counts as read looks otherwise after a time.
            home.configure("read_after = 0")
            terminal = Terminal(home.program, environment=home.environment, at=home.root)
            return opened.enter_context(terminal)

        here, far = start(), start(SSH_CONNECTION="127.0.0.1 1 127.0.0.1 2")
        for visit in VISITS:
            visit(here)
            visit(far)
            # Either may not have drawn all of it yet.
            far.wait_until(partial(_is_same, here, far))
            assert not far.torn()
        for terminal in (here, far):
            terminal.press("q")
            assert terminal.wait() == 0
        assert_left_as_it_was(far)
        assert len(far.raw) < len(here.raw) / 2


def _is_same(here: Terminal, far: Terminal) -> bool:
    here.look(0)
    return (far.painted, far.cursor) == (here.painted, here.cursor)
