"""coBib, a Textual app for bibliographies, with the same ids and titles.

It is measured if it is installed: ``python3 -m venv DIR/cobib && DIR/cobib/bin/pip install
cobib``, and ``--keep DIR``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

from tests.bench.references.reference import ReferenceProgram
from tests.bench.rows import COBIB
from tests.bench.sample_libraries import SampleLibrary

_LABEL = re.compile(r"\bp\d{4}\.\d{5}\b")
_LATEX = re.compile(r"[\\{}$%#&_~^]")


class Cobib(ReferenceProgram):
    """coBib, which stores all papers in one YAML file.

    Args:
        keep: the folder with its virtual environment.
    """

    name: ClassVar[str] = COBIB
    max_papers: ClassVar[int] = 5500
    imports_slowly: ClassVar[bool] = True

    def __init__(self, keep: Path) -> None:
        self._program = keep / "cobib" / "bin" / "cobib"

    def why_unavailable(self) -> str:
        """Return how to install it, or an empty string if it is installed."""
        return (
            "" if self._program.exists() else "cobib is not installed in DIR/cobib, with --keep DIR"
        )

    def version(self) -> str:
        """Return the version that it prints."""
        arguments = [str(self._program), "--version"]
        result = subprocess.run(arguments, capture_output=True, text=True, check=True)
        return result.stdout.split()[-1].lstrip("v")

    def prepare(self, library: SampleLibrary) -> None:
        """Write BibTeX, and import it."""
        folder = self.folder(library)
        if (folder / "ready").exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        records = [
            f"@article{{p{entry.arxiv_id},\n title = {{{_LATEX.sub('', entry.title or '')}}},\n"
            f" eprint = {{{entry.arxiv_id}}},\n}}\n"
            for entry in library.entries()
        ]
        (folder / "papers.bib").write_text("\n".join(records), encoding="utf-8")
        self.time_import(library)
        (folder / "ready").touch()

    def command(self, library: SampleLibrary) -> list[str]:  # noqa: ARG002
        """Return the command."""
        return [str(self._program)]

    def shows_first_screen(self, text: str, library: SampleLibrary) -> bool:  # noqa: ARG002
        """Return whether papers are listed and one of them is open."""
        return len(_LABEL.findall(text)) > 1 and "@article" in text

    def time_import(self, library: SampleLibrary) -> float:
        """Add all papers to an empty file."""
        shutil.rmtree(self.folder(library) / "home", ignore_errors=True)
        self.time_command(library, [str(self._program), "init"])
        arguments = ["add", "--skip-download", "-b", str(self.folder(library) / "papers.bib")]
        return self.time_command(library, [str(self._program), *arguments])
