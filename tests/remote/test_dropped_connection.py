"""After a dropped connection nothing is lost and no process is left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.pty.harness import PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.remote.conftest import Open, Serve
from tests.remote.remote_host import (
    NEWEST_SUMMARY,
    SECOND_SUMMARY,
    command,
    running_processes,
    wait_until_all_exit,
)
from tests.remote.slow_connection import SlowConnection
from tests.support.home import Home

KEEP_ALIVE = ("ClientAliveInterval 1", "ClientAliveCountMax 2")
DETECTION_SECONDS = 3.0
"""Time after which the server gives up on the client and closes the connection."""

BUSY_MACHINE_SECONDS = 12.0
"""Additional time for the processes to exit on a busy machine."""


def kill_the_client(client: PseudoTerminal, _line: SlowConnection) -> None:
    client.process.kill()


def cut_the_connection(_client: PseudoTerminal, line: SlowConnection) -> None:
    line.cut()


def cut_the_connection_while_a_key_is_held(client: PseudoTerminal, line: SlowConnection) -> None:
    started = time.monotonic()
    while time.monotonic() < started + 1:
        client.press("j", "k")
        client.wait_for(lambda _: True)
    line.cut()


@pytest.mark.parametrize(
    "drop",
    [
        kill_the_client,
        cut_the_connection,
        cut_the_connection_while_a_key_is_held,
    ],
)
def test_dropped_connection_ends_the_app(
    serve: Serve, terminal: Open, home: Home, drop: Callable[[PseudoTerminal, SlowConnection], None]
) -> None:
    sshd = serve(*KEEP_ALIVE)
    # Marking a paper as read redraws it, and that output restarts the timeout of sshd.
    home.configure("read_after = 0")
    with SlowConnection(sshd.port) as line:
        client = terminal(sshd.login(*command(home), port=line.port), sshd.environment)
        client.wait_for(NEWEST_SUMMARY)
        client.press("j")
        client.wait_for(SECOND_SUMMARY)
        client.press("*")
        client.wait_for("Starred.")
        drop(client, line)
        assert wait_until_all_exit(home) < DETECTION_SECONDS + BUSY_MACHINE_SECONDS
    assert len(home.run("list", "is:starred", "--format", "ids").lines) == 1
    doctor = home.run("doctor")
    assert doctor.code == 0, doctor.out
    again = terminal(sshd.login(*command(home)), sshd.environment)
    again.wait_for(lambda text: "Starred           1" in text)
    again.press("q")
    assert again.wait() == 0
    assert_restored(again)


def test_app_exits_while_output_is_blocked(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    with SlowConnection(sshd.port) as line:
        client = terminal(sshd.login(*command(home), port=line.port), sshd.environment)
        client.wait_for(NEWEST_SUMMARY)
        line.cut()
        [process_id] = running_processes(home)
        os.kill(process_id, signal.SIGTERM)
        wait_until_all_exit(home, BUSY_MACHINE_SECONDS)
