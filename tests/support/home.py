"""A reader of the tests' own: folders that are nobody else's, and Broadsheet run in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "tui")

NOBODY = "http://127.0.0.1:9"
"""An address where nobody answers."""

PATIENCE = 120.0
"""Seconds; only a program that hangs takes as long, on however busy a machine."""


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

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
    """A reader's home below ``root``, with nothing in it at first."""

    root: Path
    more: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = PROGRAM

    def with_environment(self, **more: str) -> Home:
        return Home(self.root, {**self.more, **more}, self.program)

    @property
    def config(self) -> Path:
        return self.root / "config" / "broadsheet" / "config.toml"

    @property
    def site_config(self) -> Path:
        """The settings for all readers of the machine."""
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
            # No test is to ask the real hub.
            "HF_ENDPOINT": NOBODY,
            **self.more,
        }

    def configure(self, text: str) -> None:
        self.config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.config.write_text(text, encoding="utf-8")

    def run(self, *words: str | Path, at: Path | None = None) -> Ran:
        """Run the program with pipes for its streams, in the folder ``at``."""
        done = subprocess.run(
            [*self.program, *map(str, words)],
            cwd=at or self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(
            done.returncode,
            done.stdout.decode(errors="surrogateescape"),
            done.stderr.decode(errors="surrogateescape"),
        )

    def shell(self, script: str) -> Ran:
        """Run a line of shell, in which ``broadsheet`` is the program."""
        program = " ".join(f"'{word}'" for word in self.program)
        return Home(self.root, self.more, ("/bin/bash", "-c")).run(
            f'set -o pipefail; broadsheet() {{ {program} "$@"; }}; {script}'
        )
