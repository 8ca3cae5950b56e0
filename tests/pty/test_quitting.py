"""Quitting restores the terminal."""

from __future__ import annotations

import re
import signal

import pytest

from tests.pty.conftest import Open
from tests.pty.harness import DEFAULT_MODES, READY
from tests.pty.terminal_state import assert_restored


@pytest.mark.parametrize(
    "keys", [["q"], ["\x11"], ["enter", "q", "q"], ["enter", "ZZ"], ["ctrl+c", "q"]]
)
def test_quit_by_keys(browser: Open, keys: list[str]) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    assert terminal.attributes != terminal.attributes_before
    terminal.press(*keys)
    assert terminal.wait() == 0
    assert_restored(terminal)


def test_ctrl_c_names_the_key_to_quit(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.press("ctrl+c")
    terminal.wait_for(lambda text: "quit" in "\n".join(text.splitlines()[:-1]).lower())
    assert terminal.process.poll() is None


def test_quit_immediately(browser: Open) -> None:
    terminal = browser()
    terminal.press("q")
    assert terminal.wait() == 0
    assert terminal.modes == DEFAULT_MODES
    assert terminal.attributes == terminal.attributes_before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_terminated_by_a_signal(browser: Open, number: signal.Signals) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.signal(number)
    terminal.wait()
    assert_restored(terminal)


def test_main_screen_buffer_is_unchanged(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    before = terminal.raw
    terminal.press("q")
    assert terminal.wait() == 0
    last = terminal.raw[len(before) :]
    after = last.rpartition(b"\x1b[?1049l")[2]
    assert not any(chr(byte).isalpha() for byte in _without_sequences(after))


def _without_sequences(data: bytes) -> bytes:
    return re.sub(rb"\x1b\[[<-?]?[\d;]*[a-zA-Z]|\x1b\][^\x07]*\x07", b"", data)


def test_hang_up_ends_the_program(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.hang_up()
    terminal.process.wait(60)
