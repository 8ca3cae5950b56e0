"""The timed terminal records each frame."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.timed_terminal import END_OF_FRAME, TimedTerminal

ECHO_SCRIPT = r"""
import sys, time, tty
tty.setraw(0)
print("ready", end="", flush=True)
for each in iter(lambda: sys.stdin.read(1), "q"):
    time.sleep(0.1)
    for word in ("first", "second"):
        sys.stdout.write(f"\x1b[?2026h\x1b[H\x1b[2K{word} {each}\x1b[?2026l")
        sys.stdout.flush()
        time.sleep(0.1)
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[TimedTerminal]:
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    with TimedTerminal(
        [sys.executable, "-c", ECHO_SCRIPT], environment=environment, at=tmp_path
    ) as terminal:
        terminal.wait_for("ready")
        yield terminal


def test_key_is_timed_to_the_frame_that_shows_its_effect(terminal: TimedTerminal) -> None:
    timing = terminal.time_keys("a", lambda: "first a" in terminal.text)
    assert timing.seconds >= 0.1
    assert terminal.raw.endswith(b"first a" + END_OF_FRAME)
    assert timing.bytes_sent == len(b"\x1b[?2026h\x1b[H\x1b[2Kfirst a" + END_OF_FRAME)


def test_key_settles_with_the_last_frame_that_changes_the_screen(terminal: TimedTerminal) -> None:
    timing = terminal.time_keys_until_settled(
        "a", lambda: "first a" in terminal.text, quiet_seconds=0.5
    )
    assert "second a" in terminal.text
    assert timing.settled_seconds > timing.seconds
    assert timing.settled_bytes > timing.bytes_sent


BURST_SCRIPT = r"""
import sys, tty
tty.setraw(0)
print("ready", end="", flush=True)
sys.stdin.read(1)
words = ("first", "second", "third")
frames = [f"\x1b[?2026h\x1b[H\x1b[2K{word}\x1b[?2026l" for word in words]
sys.stdout.write("".join(frames))
sys.stdout.flush()
sys.stdin.read(1)
"""


def test_frames_that_arrive_together_are_processed_one_by_one(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    with TimedTerminal(
        [sys.executable, "-c", BURST_SCRIPT], environment=environment, at=tmp_path
    ) as terminal:
        terminal.wait_for("ready")
        texts: list[str] = []

        def is_over() -> bool:
            texts.append(terminal.text.strip())
            return "third" in terminal.text

        terminal.send("a")
        terminal.wait_until(is_over)
        assert [word for word in texts if word != "ready"] == ["first", "second", "third"]
