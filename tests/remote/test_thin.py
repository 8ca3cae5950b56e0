"""Over a thin line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.corpus import write_corpus
from tests.pty.harness import MOUSE_MODES, SYNCHRONIZED_OUTPUT, Terminal
from tests.remote.conftest import Open, Serve
from tests.remote.line import Line
from tests.remote.remote_host import NEWEST_SUMMARY, command
from tests.support.home import Home

PAPERS = 5500
ONE_WAY = 0.1
"""Seconds; there and back it is twice that."""

RATE = 64_000 / 8

KEYS_A_SECOND, HELD = 30, 3.0
SOON = 0.5
TRIES = 4
"""A machine that does something else may stop us, but not so often."""


class Watched:
    """A terminal on which the time of what is seen is taken."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.changed_at = self.heard_at = time.monotonic()
        self._seen: list[str] = []

    @property
    def papers(self) -> list[str]:
        """The table, which begins beside the sidebar and ends above an empty line."""
        lines = [row[24:] for row in self.terminal.rows]
        return lines[: next(at for at, line in enumerate(lines) if not line.strip())]

    def read(self, until: float) -> None:
        """Look at the screen until a time."""
        while (left := until - time.monotonic()) > 0:
            before = len(self.terminal.raw)
            self.terminal.read_for(left)
            if len(self.terminal.raw) == before:
                continue
            self.heard_at = time.monotonic()
            if SYNCHRONIZED_OUTPUT not in self.terminal.modes and self.papers != self._seen:
                self._seen, self.changed_at = self.papers, self.heard_at

    def wait_until_quiet(self) -> None:
        while time.monotonic() < self.heard_at + 1:
            self.read(time.monotonic() + 0.1)


def hold_j(watched: Watched) -> tuple[float, float]:
    """Hold j down; return how long after its release the list, and then all, stood still."""
    begun = time.monotonic()
    for press in range(round(KEYS_A_SECOND * HELD)):
        watched.read(begun + press / KEYS_A_SECOND)
        watched.terminal.press("j")
    released = time.monotonic()
    watched.heard_at = released
    watched.wait_until_quiet()
    return watched.changed_at - released, watched.heard_at - released


def test_a_held_key_stops_when_it_is_released(
    serve: Serve, terminal: Open, home: Home, tmp_path: Path
) -> None:
    sshd = serve()
    corpus = tmp_path / "corpus"
    write_corpus(corpus, PAPERS)
    assert home.run("sync", "-p", corpus).code == 0
    # A paper that counts as read would be drawn anew seconds later.
    home.configure("read_after = 0")
    with Line(sshd.port, delay=ONE_WAY, rate=RATE) as line:
        far = terminal(
            sshd.login(*command(home, corpus), port=line.port),
            sshd.environment, columns=80, lines=24,
        )  # fmt: skip
        far.wait_for("What's New")
        far.press("0")
        far.wait_for(f"{PAPERS} papers")
        watched = Watched(far)
        took = []
        for _ in range(TRIES):
            watched.wait_until_quiet()
            took.append(hold_j(watched))
            if took[-1][0] <= SOON and took[-1][1] <= SOON + 0.25:
                break
        else:
            pytest.fail(f"seconds until the list, and all, stood still: {took}")
        # It is the 91st now, or as many further as it was tried.
        summary = far.text
        far.press("j", "k")
        watched.wait_until_quiet()
        assert far.text == summary
        assert not far.broken_wide_characters()


@pytest.mark.parametrize(("setting", "told"), [("", "none"), ('animations = "on"', "full")])
def test_nothing_moves_by_itself_over_ssh(
    serve: Serve, terminal: Open, home: Home, setting: str, told: str
) -> None:
    sshd = serve()
    home.configure(setting)
    # What Textual was told is seen by a program that it starts.
    editor = home.root / "editor"
    editor.write_text('#!/bin/sh\necho "$TEXTUAL_ANIMATIONS" >"$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    there = command(home.with_environment(EDITOR=str(editor)))
    far = terminal(sshd.login(*there), sshd.environment)
    far.wait_for(NEWEST_SUMMARY)
    far.press("e")
    far.wait_for("Ctrl+E")
    far.send("\x05")
    far.wait_for(lambda text: told in text.split())


def test_the_mouse_can_be_left_to_the_terminal(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    home.configure("mouse = false")
    far = terminal(sshd.login(*command(home)), sshd.environment)
    far.wait_for(NEWEST_SUMMARY)
    far.press("q")
    assert far.wait() == 0
    assert not far.modes_ever & MOUSE_MODES
