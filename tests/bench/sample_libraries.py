"""Libraries of generated papers, with caches and marks, for Broadsheet and the reference programs.

They are kept in one folder, which ``--keep`` reuses.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from tests.arxiv_corpus import write_arxiv_corpus
from tests.corpus import DEFAULT_END, MAX_PAPERS, write_corpus
from tests.support.home import Home
from tui.cache.source_cache import SourceCache
from tui.digests.reader import read
from tui.library.library import Library
from tui.marks.edits import set_read
from tui.marks.store import MarkStore
from tui.models import Entry

LATER_END = date(2045, 5, 26)
"""The newest day of very large libraries, which would otherwise reach back before arXiv ids. Still
larger ones have a thousand papers a day."""

_CHECKOUT = Path(__file__).parents[2]
"""The checkout to measure."""

MAX_PAPERS_BEFORE_DEFAULT_END = 150_000

NEW_DAY_PAPERS = 30

IMPORT_TIMEOUT_SECONDS = 1800.0
"""A million papers take a few minutes."""


@dataclass(frozen=True)
class BenchOptions:
    """How to measure.

    Attributes:
        runs: number of rounds.
        times: key presses of each kind in a round.
        starts: starts of each program in a round.
        quiet_seconds: seconds without output after which a program counts as idle.
    """

    runs: int = 5
    times: int = 20
    starts: int = 3
    quiet_seconds: float = 0.25


@dataclass(frozen=True)
class SampleLibrary:
    """A generated library, and the homes of users who read it.

    Args:
        folder: contains its digests and homes.
        papers: the number of papers.
    """

    folder: Path
    papers: int

    @property
    def digests(self) -> Path:
        return self.folder / "digests"

    @property
    def newest(self) -> date:
        """The newest day."""
        is_dense = self.papers > MAX_PAPERS
        is_early = self.papers <= MAX_PAPERS_BEFORE_DEFAULT_END
        return DEFAULT_END if is_dense or is_early else LATER_END

    @cached_property
    def home(self) -> Home:
        """The user's home. Papers are never marked as read, which would redraw rows at any time."""
        # Start this checkout, even if another is installed, with compiled modules.
        variables = {"PYTHONPATH": str(_CHECKOUT), "PYTHONDONTWRITEBYTECODE": ""}
        home = Home(self.folder / "reader", variables)
        home.configure("read_after = 0\n")
        return home

    @property
    def marks_folder(self) -> Path:
        """The marks folder of ``marked_home``."""
        return self.folder / "marked" / "broadsheet" / "marks"

    @cached_property
    def marked_home(self) -> Home:
        """The home of a user with a mark on every paper."""
        if not self.marks_folder.exists():
            library = Library([SourceCache(self.home.cache, self.digests)])
            assert len(library.ids()) == self.papers
            MarkStore(self.marks_folder).apply(set_read(library.ids(), True))
        return self.home.with_environment(XDG_STATE_HOME=str(self.folder / "marked"))

    @contextmanager
    def new_digest(self, number: int) -> Iterator[Path]:
        """Add a digest of another day, and remove it at the end.

        Args:
            number: the number of the new day, from 0.
        """
        day = self.newest + timedelta(days=3 + 7 * number)
        corpus = self.folder / "new"
        shutil.rmtree(corpus, ignore_errors=True)
        write_corpus(corpus, NEW_DAY_PAPERS, end=day)
        file = max(corpus.rglob("*.md"))
        digest = self.digests / f"new-{number}.md"
        shutil.copy(file, digest)
        try:
            yield digest
        finally:
            digest.unlink()

    def entries(self) -> Iterator[Entry]:
        """Yield one entry of each paper, the newest first."""
        yielded: set[str] = set()
        entries = [
            entry
            for file in self.digests.rglob("*.md")
            for entry in read(file.read_bytes(), file.name).entries
        ]
        for entry in sorted(
            entries, key=lambda entry: (entry.date, entry.votes or 0), reverse=True
        ):
            if entry.paper_id not in yielded:
                yielded.add(entry.paper_id)
                yield entry

    def count_matches(self, query: str) -> int:
        """Return the number of papers that ``broadsheet list`` finds for a query."""
        return _count_matches(self, query)

    @property
    def cache_bytes(self) -> int:
        """The bytes of the cache."""
        return sum(file.stat().st_size for file in self.home.cache.rglob("*") if file.is_file())


class LibraryBuilder:
    """Builds each library once.

    Args:
        folder: contains a folder for each library.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._libraries: dict[int, SampleLibrary] = {}

    def build(self, papers: int) -> SampleLibrary:
        """Return a library with a number of papers, whose cache is up to date."""
        if papers not in self._libraries:
            folder = self.folder / str(papers)
            library = SampleLibrary(folder, papers)
            if not library.digests.exists():
                incomplete = folder / "part"
                shutil.rmtree(incomplete, ignore_errors=True)
                write = write_arxiv_corpus if papers > MAX_PAPERS else write_corpus
                write(incomplete, papers, end=library.newest)
                incomplete.rename(library.digests)
            # An interrupted run may have left new digests behind.
            for leftover in library.digests.glob("new-*.md"):
                leftover.unlink()
            command = ("sync", "-p", library.digests, "--format", "json")
            result = library.home.run(*command, timeout=IMPORT_TIMEOUT_SECONDS)
            assert result.json["papers"] == papers, result.err
            self._libraries[papers] = library
        return self._libraries[papers]


def entry_as_json(entry: Entry) -> dict[str, object]:
    """Return an entry in the form that the stock app reads."""
    return {
        "id": entry.paper_id,
        "date": entry.date,
        "title": entry.title or entry.paper_id,
        "votes": entry.votes,
        "authors": ", ".join(entry.authors),
        "summary": entry.summary,
    }


def write_json(file: Path, library: SampleLibrary) -> None:
    """Write all papers of a library to one file for the stock app."""
    papers = [entry_as_json(entry) for entry in library.entries()]
    file.write_text(json.dumps(papers, ensure_ascii=False), encoding="utf-8")


def status_date(day: date) -> str:
    """Return a day in the format of the status line."""
    return f"{day:%a} {day.day} {day:%B} {day:%Y}"


@cache
def _count_matches(library: SampleLibrary, query: str) -> int:
    result = library.home.run("list", query, "-p", library.digests, "--format", "ids")
    return len(result.lines)
