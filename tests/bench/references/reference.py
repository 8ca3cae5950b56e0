"""What a program must tell of itself to be measured beside Broadsheet."""

from __future__ import annotations

import os
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tests.bench.stage import Collection
from tests.bench.watched import Watched

PATIENCE = 300.0


class Reference(ABC):
    """A program that shows the same papers."""

    name: ClassVar[str]

    most: ClassVar[int]
    """The papers up to which it is measured: more would take minutes."""

    imports_slowly: ClassVar[bool] = False
    """Whether a first import is measured in one round alone."""

    @abstractmethod
    def missing(self) -> str:
        """Return why it cannot be measured; empty if it can."""

    @abstractmethod
    def version(self) -> str:
        """Return its version."""

    @abstractmethod
    def prepare(self, collection: Collection) -> None:
        """Give it the papers, once."""

    @abstractmethod
    def command(self, collection: Collection) -> list[str]:
        """Return how to start it on the papers."""

    @abstractmethod
    def is_first(self, text: str, collection: Collection) -> bool:
        """Tell whether its first useful screen is there."""

    def enter(self, terminal: Watched) -> None:  # noqa: B027
        """Go to the list of papers, where that is not the first screen."""

    def imports(self, collection: Collection) -> float | None:  # noqa: ARG002
        """Read all papers for the first time, and return the seconds; None if it has none."""
        return None

    def syncs(self, collection: Collection) -> tuple[float, float] | None:  # noqa: ARG002
        """Read what has not changed, and one new day; return the seconds of each."""
        return None

    def folder(self, collection: Collection) -> Path:
        """Return where it keeps its files."""
        return collection.folder / self.name

    def environment(self, collection: Collection) -> dict[str, str]:
        """Return an environment in which it finds nothing of anybody else's."""
        home = self.folder(collection) / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(Path.cwd()),
        }

    def run(self, collection: Collection, command: Sequence[str]) -> float:
        """Run a command to its end; return the seconds."""
        began = time.monotonic()
        subprocess.run(
            command, env=self.environment(collection), cwd=self.folder(collection),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
        return time.monotonic() - began
