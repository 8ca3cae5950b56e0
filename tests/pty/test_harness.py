"""The harness reports what a terminal shows and the state a program leaves it in."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.pty.harness import ALTERNATE_SCREEN, DEFAULT_MODES, PseudoTerminal


def python(script: str, tmp_path: Path, columns: int = 20) -> PseudoTerminal:
    return PseudoTerminal(
        [sys.executable, "-c", script],
        environment={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        columns=columns,
        lines=6,
        at=tmp_path,
    )


def test_korean_takes_two_cells(tmp_path: Path) -> None:
    with python("print('a가나b ▾─ é')", tmp_path) as terminal:
        assert terminal.wait() == 0
        assert terminal.cells(0)[:11] == ["a", "가", "", "나", "", "b", " ", "▾", "─", " ", "é"]
        assert terminal.find("나b") == (3, 0)
        assert terminal.find("b ▾") == (5, 0)
        assert terminal.broken_wide_characters() == []


@pytest.mark.parametrize(
    "script",
    [
        r"print('가나\x1b[2Dx')",  # overwrites the first half
        r"print('가나\x1b[1Dx')",  # overwrites the second half
    ],
)
def test_broken_wide_characters_are_detected(tmp_path: Path, script: str) -> None:
    with python(script, tmp_path) as terminal:
        assert terminal.wait() == 0
        assert len(terminal.broken_wide_characters()) == 1


def test_modes_left_on_are_detected(tmp_path: Path) -> None:
    script = r"print('\x1b[?1049h\x1b[?25l\x1b[?1000;1006h\x1b[>1u\x1b[?2048$pdone')"
    with python(script, tmp_path) as terminal:
        assert terminal.wait() == 0
        assert terminal.modes == (DEFAULT_MODES | {ALTERNATE_SCREEN, 1000, 1006}) - {25}
        assert terminal.kitty_flags == [1]
        assert terminal.text.strip() == "done"


def test_sequences_may_arrive_in_chunks(tmp_path: Path) -> None:
    script = r"""
import os, sys, time
for byte in 'a\x1b[>4;1m\x1b[31m가\x1b]0;title\x07\x1b[<ub'.encode():
    os.write(1, bytes([byte]))
    time.sleep(0.005)
"""
    with python(script, tmp_path) as terminal:
        assert terminal.wait() == 0
        assert terminal.text.strip() == "a가b"


def test_changed_attributes_are_detected(tmp_path: Path) -> None:
    with python("import tty; tty.setraw(0)", tmp_path) as terminal:
        assert terminal.wait() == 0
        assert terminal.attributes != terminal.attributes_before


def test_resize_sends_sigwinch(tmp_path: Path) -> None:
    script = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
print("ready", flush=True)
signal.sigwait({signal.SIGWINCH})
print(os.get_terminal_size(), flush=True)
input()
"""
    with python(script, tmp_path, columns=60) as terminal:
        terminal.wait_for("ready")
        terminal.resize(70, 8)
        terminal.wait_for("columns=70, lines=8")
        terminal.press("enter")
        assert terminal.wait() == 0


def test_hang_up_sends_sighup(tmp_path: Path) -> None:
    script = "import signal\nprint('ready', flush=True)\nsignal.pause()"
    with python(script, tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.hang_up()
        assert terminal.process.wait(60) == -signal.SIGHUP


def test_timeout_message_shows_the_screen(tmp_path: Path) -> None:
    with (
        python("print('something else')", tmp_path) as terminal,
        pytest.raises(AssertionError, match="no 'papers'; the program exited with 0:\nsomething"),
    ):
        terminal.wait_for("papers")
