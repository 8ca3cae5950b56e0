from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.remote.sshd import Sshd
from tests.support.home import Home
from tests.support.requirements import require_programs

Serve = Callable[..., Sshd]
Open = Callable[..., PseudoTerminal]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home on the remote machine in which Broadsheet has never run."""
    return Home(tmp_path / "reader")


@pytest.fixture
def serve(tmp_path: Path, home: Home) -> Iterator[Serve]:
    """Return a function that starts an sshd with additional settings; stop it after the test."""
    require_programs("sshd", "ssh", "ssh-keygen")
    home.root.mkdir()
    with ExitStack() as started:
        yield lambda *settings: started.enter_context(Sshd(tmp_path / "sshd", *settings))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Return a function that runs a command on a terminal; close what is left at the end."""
    with ExitStack() as opened:

        def start(
            command: list[str], environment: dict[str, str], *, columns: int = 100, lines: int = 30
        ) -> PseudoTerminal:
            return opened.enter_context(
                PseudoTerminal(
                    command, environment=environment, columns=columns, lines=lines, at=tmp_path
                )
            )

        yield start
