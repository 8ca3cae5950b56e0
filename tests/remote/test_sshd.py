"""Broadsheet through a real sshd, as a command and as the forced command of an account."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess

import pytest

from tests.pty.terminal_state import assert_restored
from tests.remote.conftest import Open, Serve
from tests.remote.remote_host import (
    NEWEST,
    NEWEST_SUMMARY,
    SECOND_SUMMARY,
    command,
    forced_command_settings,
    running_processes,
    wait_until_all_exit,
)
from tests.remote.sshd import Sshd
from tests.support.home import TIMEOUT_SECONDS, Home


@pytest.fixture(params=["as a command", "as the only command"])
def login(request: pytest.FixtureRequest, serve: Serve, home: Home) -> tuple[Sshd, list[str]]:
    """A server and the command that logs in and opens Broadsheet."""
    if request.param == "as a command":
        sshd = serve()
        return sshd, sshd.login(*command(home))
    sshd = serve(*forced_command_settings(home))
    return sshd, sshd.login()


def test_session_over_ssh(login: tuple[Sshd, list[str]], terminal: Open, home: Home) -> None:
    sshd, command_line = login
    client = terminal(command_line, sshd.environment)
    client.wait_for(lambda text: NEWEST in text and NEWEST_SUMMARY in text)
    client.press("j")
    client.wait_for(SECOND_SUMMARY)
    client.resize(70, 20)
    client.wait_for(lambda text: len(text.splitlines()) == 20 and "quit" in client.rows[-1])
    client.wait_until(lambda: not client.broken_wide_characters())
    client.resize(120, 40)
    client.wait_for(lambda text: SECOND_SUMMARY in text and "quit" in client.rows[-1])
    client.press("*")
    client.wait_until(lambda: "*" in "".join(client.rows[3]))
    client.press("q")
    assert client.wait() == 0
    assert_restored(client)
    wait_until_all_exit(home)
    starred = home.run("list", "is:starred", "--format", "ids")
    assert len(starred.lines) == 1


def test_forced_command_allows_nothing_else(serve: Serve, home: Home) -> None:
    sshd = serve("Subsystem sftp internal-sftp", *forced_command_settings(home))

    def run_ssh(
        *arguments: str, options: tuple[str, ...] = ("-T",)
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            sshd.login(*arguments, options=options), env=sshd.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False,
        )  # fmt: skip

    shell = run_ssh("echo", "a shell")
    assert "a shell" not in shell.stdout
    assert shell.returncode == 2
    assert "needs a terminal" in shell.stderr
    files = run_ssh("sftp", options=("-T", "-s"))  # the SFTP subsystem
    assert (files.returncode, files.stdout) == (2, "")
    tunnel = run_ssh(options=("-T", "-W", f"127.0.0.1:{sshd.port}"))
    assert tunnel.returncode != 0
    assert "SSH-2.0" not in tunnel.stdout


def test_suspend_is_refused_without_a_shell(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve(*forced_command_settings(home))
    client = terminal(sshd.login(), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    client.send("\x1a")
    client.wait_for("Cannot suspend")
    client.press("j")
    client.wait_for(SECOND_SUMMARY)


def test_suspend_and_resume(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    client = terminal(sshd.login("env", "PS1=% ", "bash", "--norc", "-i"), sshd.environment)
    client.wait_for("%")
    client.send(shlex.join(command(home)) + "\r")
    client.wait_for(NEWEST_SUMMARY)
    for _ in range(2):
        client.send("\x1a")
        client.wait_for("Stopped")
        # The shell's line editor enables bracketed paste.
        assert client.modes - {2004} == {7, 25}
        assert client.kitty_flags == []
        client.send("fg\r")
        client.wait_for(lambda text: NEWEST_SUMMARY in text and "Stopped" not in text)
        client.wait_until(lambda: "quit" in client.rows[-1] and NEWEST in client.text)
    client.press("j")
    client.wait_for(SECOND_SUMMARY)
    client.press("q")
    # Wait for the shell's line editor; keys typed before it starts may be lost.
    client.wait_until(lambda: client.modes == {7, 25, 2004})
    client.send("exit\r")
    assert client.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_terminated_by_a_signal(
    serve: Serve, terminal: Open, home: Home, number: signal.Signals
) -> None:
    sshd = serve()
    client = terminal(sshd.login(*command(home)), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    [process_id] = running_processes(home)
    os.kill(process_id, number)
    client.wait()
    assert_restored(client)
    wait_until_all_exit(home)
