"""What Textual's own widgets take for the same papers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

import textual

from tests.bench.references.reference import Reference
from tests.bench.rows import STOCK
from tests.bench.stage import Collection, write_json


class Stock(Reference):
    """An app of a DataTable, a Tree and a Markdown."""

    name: ClassVar[str] = STOCK
    most: ClassVar[int] = 55_000

    def missing(self) -> str:
        """It is always there."""
        return ""

    def version(self) -> str:
        """Return Textual's."""
        return textual.__version__

    def prepare(self, collection: Collection) -> None:
        """Write the file that it reads."""
        file = self._file(collection)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_json(file, collection)

    def command(self, collection: Collection) -> list[str]:
        """Return how to start it."""
        program = [sys.executable, "-m", "tests.bench.references.stock_app"]
        return [*program, str(self._file(collection))]

    def is_first(self, text: str, collection: Collection) -> bool:
        """Tell whether the dates and the newest papers are there."""
        return f"{collection.newest:%Y-%m}" in text and "Votes" in text

    def _file(self, collection: Collection) -> Path:
        return self.folder(collection) / "papers.json"
