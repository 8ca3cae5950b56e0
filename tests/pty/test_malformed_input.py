"""Terminal input that is not a key."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.pty.conftest import Open
from tests.pty.harness import READY, TIMEOUT_SECONDS, PseudoTerminal
from tests.support.home import Home

PROMPT = "Search in"


def test_invalid_utf8_is_ignored(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.send(b"\xe9\xff")
    terminal.press("?")
    terminal.wait_for("Keys")
    terminal.press("q", "q")
    assert terminal.wait() == 0


def test_escape_sequences_in_a_paste_are_not_keys(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    # Once where nothing accepts a paste, and once in a prompt.
    paste = "\x1b[200~\x1b[" + "q" * 40 + "\x1b]52;c;eA==\x07\x1b[201~"
    terminal.send(paste)
    terminal.press("/")
    terminal.wait_for("Search in")
    terminal.send(paste)
    terminal.wait_for("q" * 30)
    terminal.press("escape")
    terminal.wait_until(lambda: "Search in" not in terminal.text)
    terminal.press("q")
    assert terminal.wait() == 0


@pytest.mark.parametrize("kind", "Mm")
def test_mouse_outside_the_screen_takes_the_focus_from_no_text(browser: Open, kind: str) -> None:
    terminal = browser()
    terminal.wait_for(READY)
    terminal.press("e")
    terminal.wait_for("Ctrl+S saves")
    terminal.send(f"\x1b[<0;3000;2000{kind}\x1b[<0;101;5{kind}\x1b[<0;0;0{kind}a note")
    terminal.wait_for("a note")
    terminal.press("\x13")
    terminal.wait_until(lambda: "Ctrl+S saves" not in terminal.text)
    terminal.press("q")
    assert terminal.wait() == 0


HOSTILE = (
    "\x1b[97;5:3u",
    "\x1b[1114112u",
    "\x1b[97;;1114112u",
    "\x1b[55296u\x1b[97;;55296u",
    "\x1b[48;0;0;0;0t\x1b[48;99999999;99999999;1;1t",
    f"\x1b[<0;{'9' * 400};1M\x1b[<64;99999;99999M\x1b[<99999;1;1m",
    "\x1b[I\x1b[O\x1b[2;2R\x1b[?2048;0$y",
    "\x1b[?62;22c\x1b[>41;380;0c\x1bP>|qqq(380)\x1b\\\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
)


UNFINISHED = ("\x1b[200~q", "\x1b]0;q", "\x1bPq", "\x1b[12;")


@pytest.mark.parametrize("environment", [{}, {"SSH_CONNECTION": "a 1 b 2"}], ids=["local", "ssh"])
def test_nothing_a_terminal_sends_ends_the_program(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    home = Home(tmp_path, environment)
    with PseudoTerminal([*home.program], environment=home.environment) as terminal:
        terminal.wait_for(READY)
        for sent in ("".join(HOSTILE), *UNFINISHED):
            terminal.send(sent)
            # Keys that follow at once may belong to an unfinished text. In the prompt, a slash that
            # was pressed once too often is only a character.
            until = time.monotonic() + TIMEOUT_SECONDS
            while PROMPT not in terminal.text:
                assert time.monotonic() < until, terminal.text
                terminal.press("/")
                terminal.read_for(0.2)
            terminal.press("escape")
            terminal.wait_until(lambda: READY in terminal.text and PROMPT not in terminal.text)
        terminal.press("ZZ")
        assert terminal.wait() == 0
