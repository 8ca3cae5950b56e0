"""An app built from Textual's own widgets, with the same papers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

import textual

from tests.bench.references.reference import ReferenceProgram
from tests.bench.rows import STOCK
from tests.bench.sample_libraries import SampleLibrary, write_json


class Stock(ReferenceProgram):
    """An app built from a DataTable, a Tree and a Markdown widget."""

    name: ClassVar[str] = STOCK
    max_papers: ClassVar[int] = 55_000

    def why_unavailable(self) -> str:
        """Return an empty string: Textual is installed."""
        return ""

    def version(self) -> str:
        """Return the version of Textual."""
        return textual.__version__

    def prepare(self, library: SampleLibrary) -> None:
        """Write the file that the app reads."""
        file = self._file(library)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_json(file, library)

    def command(self, library: SampleLibrary) -> list[str]:
        """Return the command."""
        program = [sys.executable, "-m", "tests.bench.references.stock_app"]
        return [*program, str(self._file(library))]

    def shows_first_screen(self, text: str, library: SampleLibrary) -> bool:
        """Return whether the dates and the newest papers are on the screen."""
        return f"{library.newest:%Y-%m}" in text and "Votes" in text

    def _file(self, library: SampleLibrary) -> Path:
        return self.folder(library) / "papers.json"
