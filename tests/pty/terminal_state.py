"""Checks that a program restored the terminal."""

from __future__ import annotations

from tests.pty.harness import (
    ALTERNATE_SCREEN,
    BRACKETED_PASTE,
    CURSOR,
    DEFAULT_MODES,
    MOUSE_MODES,
    PseudoTerminal,
)


def assert_restored(terminal: PseudoTerminal) -> None:
    # Everything was in use before, so the checks below are meaningful.
    assert terminal.modes_ever >= {ALTERNATE_SCREEN, BRACKETED_PASTE, 1006}
    assert terminal.kitty_ever
    assert ALTERNATE_SCREEN not in terminal.modes
    assert CURSOR in terminal.modes
    assert not terminal.modes & MOUSE_MODES
    assert BRACKETED_PASTE not in terminal.modes
    assert terminal.modes == DEFAULT_MODES
    assert terminal.kitty_flags == []
    assert terminal.attributes == terminal.attributes_before
