from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home

Open = Callable[..., PseudoTerminal]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which Broadsheet has never run."""
    return Home(tmp_path)


@pytest.fixture
def browser(home: Home) -> Iterator[Open]:
    """Return a function that starts the app in ``home``; close what is left at the end."""
    with ExitStack() as opened:

        def start(*arguments: str | Path, columns: int = 100, lines: int = 30) -> PseudoTerminal:
            terminal = PseudoTerminal(
                [*home.program, *map(str, arguments)],
                environment=home.environment,
                columns=columns,
                lines=lines,
                at=home.root,
            )
            return opened.enter_context(terminal)

        yield start
