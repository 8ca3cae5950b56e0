"""What a terminal is like after a program has left it as it was."""

from __future__ import annotations

from tests.pty.harness import (
    ALTERNATE_SCREEN,
    BRACKETED_PASTE,
    CURSOR,
    DEFAULT_MODES,
    MOUSE_MODES,
    Terminal,
)


def assert_restored(terminal: Terminal) -> None:
    # All of it was in use, so that something had to be undone.
    assert terminal.modes_ever >= {ALTERNATE_SCREEN, BRACKETED_PASTE, 1006}
    assert terminal.kitty_ever
    assert ALTERNATE_SCREEN not in terminal.modes
    assert CURSOR in terminal.modes
    assert not terminal.modes & MOUSE_MODES
    assert BRACKETED_PASTE not in terminal.modes
    assert terminal.modes == DEFAULT_MODES
    assert terminal.kitty_flags == []
    assert terminal.attributes == terminal.attributes_before
