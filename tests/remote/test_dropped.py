"""A line that drops: nothing is lost, and nothing is left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.pty.harness import Terminal
from tests.pty.terminal_state import assert_restored
from tests.remote.conftest import Open, Serve
from tests.remote.line import Line
from tests.remote.remote_host import (
    NEWEST_SUMMARY,
    SECOND_SUMMARY,
    command,
    running,
    wait_until_nothing_runs,
)
from tests.support.home import Home

KEEP_ALIVE = ("ClientAliveInterval 1", "ClientAliveCountMax 2")
NOTICED = 3.0
"""Seconds after which the server has asked as often as it may, and then closes the line."""

A_BUSY_MACHINE = 12.0
"""Seconds that whoever has to end may take besides."""


def kill_the_client(far: Terminal, _line: Line) -> None:
    far.process.kill()


def cut_the_line(_far: Terminal, line: Line) -> None:
    line.cut()


def cut_the_line_while_a_key_is_held(far: Terminal, line: Line) -> None:
    begun = time.monotonic()
    while time.monotonic() < begun + 1:
        far.press("j", "k")
        far.wait_for(lambda _: True)
    line.cut()


@pytest.mark.parametrize(
    "drop",
    [
        kill_the_client,
        cut_the_line,
        cut_the_line_while_a_key_is_held,
    ],
)
def test_a_line_that_drops(
    serve: Serve, terminal: Open, home: Home, drop: Callable[[Terminal, Line], None]
) -> None:
    sshd = serve(*KEEP_ALIVE)
    # A paper that counts as read is drawn anew, and sshd begins to count anew with that.
    home.configure("read_after = 0")
    with Line(sshd.port) as line:
        far = terminal(sshd.login(*command(home), port=line.port), sshd.environment)
        far.wait_for(NEWEST_SUMMARY)
        far.press("j")
        far.wait_for(SECOND_SUMMARY)
        far.press("*")
        far.wait_for("Starred.")
        drop(far, line)
        assert wait_until_nothing_runs(home) < NOTICED + A_BUSY_MACHINE
    assert len(home.run("list", "is:starred", "--format", "ids").lines) == 1
    doctor = home.run("doctor")
    assert doctor.code == 0, doctor.out
    again = terminal(sshd.login(*command(home)), sshd.environment)
    again.wait_for(lambda text: "Starred           1" in text)
    again.press("q")
    assert again.wait() == 0
    assert_restored(again)


def test_a_stopped_line_is_no_reason_not_to_end(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    with Line(sshd.port) as line:
        far = terminal(sshd.login(*command(home), port=line.port), sshd.environment)
        far.wait_for(NEWEST_SUMMARY)
        line.cut()
        [there] = running(home)
        os.kill(there, signal.SIGTERM)
        wait_until_nothing_runs(home, A_BUSY_MACHINE)
