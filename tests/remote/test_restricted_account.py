"""An account with the manual's sshd settings has no way to a shell."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.remote.conftest import Open, Serve
from tests.remote.remote_host import NEWEST_SUMMARY, forced_command_settings, wait_until_all_exit
from tests.remote.sshd import Sshd
from tests.support.escapes import Escapes
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.requirements import SEARCH_PATH

ACCEPT_EVERYTHING = "AcceptEnv *"
"""What a careless administrator may have in the rest of the file."""


@pytest.fixture
def escapes(tmp_path: Path) -> Escapes:
    return Escapes(tmp_path / "escapes")


@pytest.fixture
def account(home: Home, escapes: Escapes) -> Home:
    """The home of the account, in which every start of a process leaves a trace."""
    return escapes.watch(home)


def sending(variables: dict[str, str]) -> tuple[str, ...]:
    """Return the client's options that send variables."""
    pairs = " ".join(f'"{name}={value}"' for name, value in variables.items())
    return ("-o", f"SetEnv={pairs}")


def run_ssh(
    sshd: Sshd, *words: str, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        sshd.login(*words, options=("-T", *options)), env=sshd.environment,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_SECONDS,
        check=False,
    )  # fmt: skip


def test_every_key_that_might_lead_out(
    serve: Serve, terminal: Open, account: Home, escapes: Escapes, tmp_path: Path
) -> None:
    sshd = serve(ACCEPT_EVERYTHING, *forced_command_settings(account))
    options = sending(escapes.variables())
    client = terminal(sshd.login(options=options), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    client.press("e")
    client.wait_for("Ctrl+S saves, Escape cancels.")
    client.send("\x05")
    client.wait_for("No other editor can be opened in restricted mode.")
    client.press(":", "!", "i", "d", "enter", "escape", "escape")
    client.wait_for("Enter read")
    client.press("o")
    client.wait_for("terminal's clipboard")
    client.send("\x1a")
    client.wait_for("Cannot suspend in restricted mode.")
    client.press("F")
    client.wait_for("Nothing can be fetched in restricted mode.")
    client.press("ctrl+r")
    client.wait_for("No digest has changed.")
    client.press("x", "enter")
    client.wait_for("Export to file:")
    client.send(f"\x15{tmp_path}/out.bib\r")
    client.wait_for("Enter a file name without a folder")
    client.send("\x15../../out.bib\r")
    client.wait_for("Enter a file name without a folder")
    client.send("\x15out.bib\r")
    client.wait_for("Wrote 1 paper")
    client.press("q")
    assert client.wait() == 0
    wait_until_all_exit(account)
    assert escapes.found == []
    folder = account.root / "data" / "broadsheet" / "exports"
    assert list(tmp_path.glob("**/out.bib")) == [folder / "out.bib"]


def test_command_of_the_client_is_ignored(serve: Serve, account: Home, escapes: Escapes) -> None:
    sshd = serve(*forced_command_settings(account))
    for words in (("sh", "-c", "id"), ("list", "--format", "ids")):
        result = run_ssh(sshd, *words)
        assert (result.returncode, result.stdout) == (2, "")
        assert "needs a terminal" in result.stderr
    assert escapes.found == []


def test_variables_of_the_client_do_not_get_in(
    serve: Serve, account: Home, escapes: Escapes
) -> None:
    sshd = serve(ACCEPT_EVERYTHING, *forced_command_settings(account))
    options = sending({**escapes.variables(), **escapes.early_variables()})
    assert run_ssh(sshd, options=options).returncode == 2
    assert escapes.found == []


def test_without_accept_env_variables_would_run_something(
    serve: Serve, account: Home, escapes: Escapes
) -> None:
    block = [line for line in forced_command_settings(account) if "AcceptEnv" not in line]
    sshd = serve(ACCEPT_EVERYTHING, *block)
    run_ssh(sshd, options=sending(escapes.early_variables()))
    assert "sitecustomize" in escapes.found


def test_terminal_variables_do_get_in(serve: Serve, terminal: Open, account: Home) -> None:
    sshd = serve(*forced_command_settings(account))
    options = sending({"LC_ALL": "ko_KR.UTF-8"})
    client = terminal(sshd.login(options=options), sshd.environment)
    client.wait_for("종료")


def test_settings_are_in_effect_as_the_manual_checks_them(serve: Serve, account: Home) -> None:
    sshd = serve(ACCEPT_EVERYTHING, *forced_command_settings(account))
    program = shutil.which("sshd", path=SEARCH_PATH)
    assert program is not None
    printed = subprocess.run(
        [program, "-T", "-f", str(sshd.folder / "sshd.conf"), "-C", "user=root"],
        env=sshd.environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True,
    ).stdout.splitlines()  # fmt: skip
    accepted = [line.partition(" ")[2] for line in printed if line.startswith("acceptenv ")]
    assert accepted == ["LANG", "LC_*", "COLORTERM"]
    assert {"disableforwarding yes", "permituserenvironment no", "permituserrc no"} <= set(printed)
