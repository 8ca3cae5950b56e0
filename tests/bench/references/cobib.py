"""coBib, a Textual app for bibliographies, with the same ids and titles.

It is measured where it is installed: ``python3 -m venv DIR/cobib && DIR/cobib/bin/pip install
cobib``, and ``--keep DIR``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

from tests.bench.references.reference import Reference
from tests.bench.rows import COBIB
from tests.bench.stage import Collection

_LABEL = re.compile(r"\bp\d{4}\.\d{5}\b")
_LATEX = re.compile(r"[\\{}$%#&_~^]")


class Cobib(Reference):
    """Keeps all papers in one YAML file.

    Args:
        keep: the folder with its virtual environment.
    """

    name: ClassVar[str] = COBIB
    most: ClassVar[int] = 5500
    imports_slowly: ClassVar[bool] = True

    def __init__(self, keep: Path) -> None:
        self._program = keep / "cobib" / "bin" / "cobib"

    def missing(self) -> str:
        """Tell whether it is installed."""
        there = self._program.exists()
        return "" if there else "cobib is not installed in DIR/cobib, with --keep DIR"

    def version(self) -> str:
        """Return what it says."""
        words = [str(self._program), "--version"]
        ran = subprocess.run(words, capture_output=True, text=True, check=True)
        return ran.stdout.split()[-1].lstrip("v")

    def prepare(self, collection: Collection) -> None:
        """Write BibTeX, and have it read."""
        folder = self.folder(collection)
        if (folder / "ready").exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        written = [
            f"@article{{p{entry.arxiv_id},\n title = {{{_LATEX.sub('', entry.title or '')}}},\n"
            f" eprint = {{{entry.arxiv_id}}},\n}}\n"
            for entry in collection.entries()
        ]
        (folder / "papers.bib").write_text("\n".join(written), encoding="utf-8")
        self.imports(collection)
        (folder / "ready").touch()

    def command(self, collection: Collection) -> list[str]:  # noqa: ARG002
        """Return how to start it."""
        return [str(self._program)]

    def is_first(self, text: str, collection: Collection) -> bool:  # noqa: ARG002
        """Tell whether papers are listed and one of them is shown; the last added is the first."""
        return len(_LABEL.findall(text)) > 1 and "@article" in text

    def imports(self, collection: Collection) -> float:
        """Add all papers to an empty file."""
        shutil.rmtree(self.folder(collection) / "home", ignore_errors=True)
        self.run(collection, [str(self._program), "init"])
        words = ["add", "--skip-download", "-b", str(self.folder(collection) / "papers.bib")]
        return self.run(collection, [str(self._program), *words])
