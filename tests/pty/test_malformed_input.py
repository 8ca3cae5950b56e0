"""Terminal input that is not a key."""

from __future__ import annotations

from tests.pty.conftest import Open
from tests.pty.harness import READY


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
