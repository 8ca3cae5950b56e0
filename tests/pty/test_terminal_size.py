"""The size of the screen, and where it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.harness import READY, PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.support.home import Home


@pytest.mark.parametrize("remote", [{}, {"SSH_CONNECTION": "a 1 b 2"}], ids=["local", "ssh"])
def test_exported_size_does_not_fix_the_size(tmp_path: Path, remote: dict[str, str]) -> None:
    home = Home(tmp_path, {"COLUMNS": "132", "LINES": "50", **remote})
    command = [*home.program]
    with PseudoTerminal(command, environment=home.environment, columns=90, lines=24) as terminal:
        terminal.wait_for(READY)
        terminal.wait_for(lambda _: "q quit" in terminal.rows[-1])
        terminal.resize(100, 20)
        terminal.wait_for(lambda _: "q quit" in terminal.rows[-1])
        terminal.press("q")
        assert terminal.wait() == 0


def test_exported_size_is_used_if_the_terminal_knows_none(tmp_path: Path) -> None:
    home = Home(tmp_path, {"COLUMNS": "100", "LINES": "20"})
    sized = f"stty rows 0 columns 0; exec '{home.program[0]}' -m tui"
    with PseudoTerminal(
        ["/bin/sh", "-c", sized], environment=home.environment, columns=100, lines=30
    ) as terminal:
        terminal.wait_for(READY)
        terminal.wait_for(lambda _: "q quit" in terminal.rows[19])
        terminal.press("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("size", ["100000", "9999", "-1", "many"])
def test_absurd_exported_size_is_ignored(tmp_path: Path, size: str) -> None:
    home = Home(tmp_path, {"COLUMNS": size, "LINES": size})
    unsized = f"stty rows 0 columns 0; exec '{home.program[0]}' -m tui"
    with PseudoTerminal(
        ["/bin/sh", "-c", unsized], environment=home.environment, columns=100, lines=30
    ) as terminal:
        terminal.wait_for(READY)
        terminal.press("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("remote", [{}, {"SSH_CONNECTION": "a 1 b 2"}], ids=["local", "ssh"])
def test_screen_is_shown_although_errors_are_redirected(
    tmp_path: Path, remote: dict[str, str]
) -> None:
    home = Home(tmp_path, remote)
    script = f"'{home.program[0]}' -m tui 2>errors"
    with PseudoTerminal(
        ["/bin/sh", "-c", script], environment=home.environment, at=tmp_path
    ) as terminal:
        terminal.wait_for(READY)
        terminal.press("q")
        assert terminal.wait() == 0
        assert_restored(terminal)
    assert (tmp_path / "errors").read_text() == ""
