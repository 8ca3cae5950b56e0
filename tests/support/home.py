"""A separate set of user folders in which a test runs the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "tui")

UNREACHABLE_URL = "http://127.0.0.1:9"
"""A URL on which no server listens."""

TIMEOUT_SECONDS = 120.0
"""Long enough even on a busy machine, so only a hanging program exceeds it."""


@dataclass(frozen=True)
class CommandResult:
    """Exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Home:
    """A user's folders below ``root``, which is empty at first.

    Attributes:
        root: contains the home, config, cache, data and state folders.
        extra_environment: variables added to the environment.
        program: the command that starts Broadsheet.
    """

    root: Path
    extra_environment: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = PROGRAM

    def with_environment(self, **variables: str) -> Home:
        return Home(self.root, {**self.extra_environment, **variables}, self.program)

    @property
    def config(self) -> Path:
        return self.root / "config" / "broadsheet" / "config.toml"

    @property
    def site_config(self) -> Path:
        """The settings for all users of the machine."""
        return self.root / "etc" / "broadsheet" / "config.toml"

    @property
    def cache(self) -> Path:
        return self.root / "cache" / "broadsheet"

    @property
    def state(self) -> Path:
        return self.root / "state" / "broadsheet"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root / "home"),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "XDG_DATA_HOME": str(self.root / "data"),
            "XDG_STATE_HOME": str(self.root / "state"),
            "XDG_CONFIG_HOME": str(self.root / "config"),
            "XDG_CONFIG_DIRS": str(self.root / "etc"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONDONTWRITEBYTECODE": "1",
            # Tests never contact the real servers.
            "HF_ENDPOINT": UNREACHABLE_URL,
            "ARXIV_ENDPOINT": UNREACHABLE_URL,
            **self.extra_environment,
        }

    def configure(self, text: str) -> None:
        """Write the user's settings file."""
        self.config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.config.write_text(text, encoding="utf-8")

    def run(
        self,
        *arguments: str | Path,
        folder: Path | None = None,
        timeout: float = TIMEOUT_SECONDS,
    ) -> CommandResult:
        """Run the program with pipes as standard streams, in a folder (default: ``root``)."""
        finished = subprocess.run(
            [*self.program, *map(str, arguments)],
            cwd=folder or self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return CommandResult(
            finished.returncode,
            finished.stdout.decode(errors="surrogateescape"),
            finished.stderr.decode(errors="surrogateescape"),
        )

    def shell(self, script: str) -> CommandResult:
        """Run a line of bash in which ``broadsheet`` is the program."""
        program = " ".join(f"'{word}'" for word in self.program)
        return Home(self.root, self.extra_environment, ("/bin/bash", "-c")).run(
            f'set -o pipefail; broadsheet() {{ {program} "$@"; }}; {script}'
        )
