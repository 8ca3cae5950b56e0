"""The interface of the programs with which Broadsheet is compared."""

from __future__ import annotations

import os
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tests.bench.sample_libraries import SampleLibrary
from tests.bench.timed_terminal import TimedTerminal

TIMEOUT_SECONDS = 300.0


class ReferenceProgram(ABC):
    """A program that shows the same papers."""

    name: ClassVar[str]

    max_papers: ClassVar[int]
    """The number of papers up to which it is measured; larger libraries would take minutes."""

    imports_slowly: ClassVar[bool] = False
    """Whether its first import is so slow that it is measured in one round only."""

    @abstractmethod
    def why_unavailable(self) -> str:
        """Return the reason why it cannot be measured, or an empty string."""

    @abstractmethod
    def version(self) -> str:
        """Return its version."""

    @abstractmethod
    def prepare(self, library: SampleLibrary) -> None:
        """Convert the papers to its format, unless that has been done."""

    @abstractmethod
    def command(self, library: SampleLibrary) -> list[str]:
        """Return the command that opens the papers."""

    @abstractmethod
    def shows_first_screen(self, text: str, library: SampleLibrary) -> bool:
        """Return whether a screen shows papers for the first time."""

    def open_list(self, terminal: TimedTerminal) -> None:  # noqa: B027
        """Go to the list of papers, if that is not the first screen."""

    def time_import(self, library: SampleLibrary) -> float | None:  # noqa: ARG002
        """Import all papers for the first time; return the seconds, or None if it has no import."""
        return None

    def time_syncs(self, library: SampleLibrary) -> tuple[float, float] | None:  # noqa: ARG002
        """Sync without changes and with a new day; return the seconds of each, or None."""
        return None

    def folder(self, library: SampleLibrary) -> Path:
        """Return the folder of its files."""
        return library.folder / self.name

    def environment(self, library: SampleLibrary) -> dict[str, str]:
        """Return an environment with a separate home."""
        home = self.folder(library) / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(Path.cwd()),
        }

    def time_command(self, library: SampleLibrary, command: Sequence[str]) -> float:
        """Run a command; return the seconds."""
        began = time.monotonic()
        subprocess.run(
            command, env=self.environment(library), cwd=self.folder(library),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_SECONDS, check=True,
        )  # fmt: skip
        return time.monotonic() - began
