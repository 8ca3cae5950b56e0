from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import Terminal
from tests.remote.sshd import Sshd
from tests.support.home import Home
from tests.support.requirements import require_programs

Serve = Callable[..., Sshd]
Open = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A reader on the far machine who has never started Broadsheet."""
    return Home(tmp_path / "reader")


@pytest.fixture
def serve(tmp_path: Path, home: Home) -> Iterator[Serve]:
    """Start an sshd with these lines in its settings; it ends with the test."""
    require_programs("sshd", "ssh", "ssh-keygen")
    home.root.mkdir()
    with ExitStack() as started:
        yield lambda *settings: started.enter_context(Sshd(tmp_path / "sshd", *settings))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Run a command on a terminal; what is still running at the end is ended."""
    with ExitStack() as opened:

        def start(
            command: list[str], environment: dict[str, str], *, columns: int = 100, lines: int = 30
        ) -> Terminal:
            return opened.enter_context(
                Terminal(
                    command, environment=environment, columns=columns, lines=lines, at=tmp_path
                )
            )

        yield start
