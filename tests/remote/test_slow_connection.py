"""Broadsheet over a slow connection."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.corpus import write_corpus
from tests.pty.harness import MOUSE_MODES, SYNCHRONIZED_OUTPUT, PseudoTerminal
from tests.remote.conftest import Open, Serve
from tests.remote.remote_host import NEWEST_SUMMARY, command
from tests.remote.slow_connection import SlowConnection
from tests.support.home import Home

PAPERS = 5500
LATENCY_SECONDS = 0.1
"""One way; the round trip takes twice as long."""

BYTES_PER_SECOND = 64_000 / 8

KEYS_PER_SECOND, HOLD_SECONDS = 30, 3.0
SETTLE_SECONDS = 0.5
MAX_ATTEMPTS = 4
"""A busy machine may disturb one attempt, but not all."""


class TimedTerminal:
    """A terminal that records when its content changes."""

    def __init__(self, terminal: PseudoTerminal) -> None:
        self.terminal = terminal
        self.changed_at = self.heard_at = time.monotonic()
        self._seen: list[str] = []

    @property
    def papers(self) -> list[str]:
        """The rows of the table, from beside the sidebar to the first empty line."""
        lines = [row[24:] for row in self.terminal.rows]
        return lines[: next(at for at, line in enumerate(lines) if not line.strip())]

    def read(self, until: float) -> None:
        """Read output until a point in time."""
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


def hold_j(watched: TimedTerminal) -> tuple[float, float]:
    """Hold j; return the seconds from its release until the list, and the whole screen, settled."""
    started = time.monotonic()
    for press in range(round(KEYS_PER_SECOND * HOLD_SECONDS)):
        watched.read(started + press / KEYS_PER_SECOND)
        watched.terminal.press("j")
    released = time.monotonic()
    watched.heard_at = released
    watched.wait_until_quiet()
    return watched.changed_at - released, watched.heard_at - released


def test_held_key_stops_on_release(
    serve: Serve, terminal: Open, home: Home, tmp_path: Path
) -> None:
    sshd = serve()
    corpus = tmp_path / "corpus"
    write_corpus(corpus, PAPERS)
    assert home.run("sync", "-p", corpus).code == 0
    # A paper that is marked as read would be redrawn seconds later.
    home.configure("read_after = 0")
    with SlowConnection(sshd.port, delay=LATENCY_SECONDS, rate=BYTES_PER_SECOND) as line:
        client = terminal(
            sshd.login(*command(home, corpus), port=line.port),
            sshd.environment, columns=80, lines=24,
        )  # fmt: skip
        client.wait_for("What's New")
        client.press("0")
        client.wait_for(f"{PAPERS:,} papers")
        watched = TimedTerminal(client)
        took = []
        for _ in range(MAX_ATTEMPTS):
            watched.wait_until_quiet()
            took.append(hold_j(watched))
            if took[-1][0] <= SETTLE_SECONDS and took[-1][1] <= SETTLE_SECONDS + 0.25:
                break
        else:
            pytest.fail(f"seconds until the list, and all, stood still: {took}")
        # The cursor is on paper 91, or further after several attempts.
        summary = client.text
        client.press("j", "k")
        watched.wait_until_quiet()
        assert client.text == summary
        assert not client.broken_wide_characters()


@pytest.mark.parametrize(("setting", "animations"), [("", "none"), ('animations = "on"', "full")])
def test_animations_are_off_over_ssh(
    serve: Serve, terminal: Open, home: Home, setting: str, animations: str
) -> None:
    sshd = serve()
    home.configure(setting)
    # The environment set for Textual is visible to a program that the app starts.
    editor = home.root / "editor"
    editor.write_text('#!/bin/sh\necho "$TEXTUAL_ANIMATIONS" >"$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    remote_command = command(home.with_environment(EDITOR=str(editor)))
    client = terminal(sshd.login(*remote_command), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    client.press("e")
    client.wait_for("Ctrl+E")
    client.send("\x05")
    client.wait_for(lambda text: animations in text.split())


def test_mouse_can_be_disabled(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    home.configure("mouse = false")
    client = terminal(sshd.login(*command(home)), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    client.press("q")
    assert client.wait() == 0
    assert not client.modes_ever & MOUSE_MODES
