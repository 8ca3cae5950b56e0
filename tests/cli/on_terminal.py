"""Commands that run on a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home


def terminal(home: Home, *args: str | Path, columns: int = 80) -> PseudoTerminal:
    command = [*home.program, *map(str, args)]
    return PseudoTerminal(
        command, environment=home.environment, columns=columns, lines=24, at=home.root
    )
