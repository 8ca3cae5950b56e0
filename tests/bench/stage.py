"""What the benchmark needs before it can begin: libraries, caches, marks, and the same for others.

All of it is kept in one folder, and used again by whoever names that folder.
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

from tests.corpus import DEFAULT_END, write_corpus
from tests.support.home import Home
from tui.digests.reader import read
from tui.library.library import Library
from tui.marks import MarkStore, set_read
from tui.models import Entry

LATER_END = date(2045, 5, 26)
"""The newest day of a library that would else go back to years that no digest has."""

_TREE = Path(__file__).parents[2]
"""The checkout that is measured."""

LARGE = 150_000

NEW_DAY_PAPERS = 30


@dataclass(frozen=True)
class Ways:
    """How to measure.

    Attributes:
        runs: how many rounds.
        times: how often a key is pressed in each.
        starts: how often a program is started in each.
        quiet: after how many seconds without a byte nothing more is coming.
    """

    runs: int = 5
    times: int = 20
    starts: int = 3
    quiet: float = 0.25


@dataclass(frozen=True)
class Collection:
    """A made-up library, and a reader of it.

    Args:
        folder: where it is kept.
        papers: how many.
    """

    folder: Path
    papers: int

    @property
    def digests(self) -> Path:
        return self.folder / "digests"

    @property
    def newest(self) -> date:
        """The newest day."""
        return LATER_END if self.papers > LARGE else DEFAULT_END

    @cached_property
    def home(self) -> Home:
        """The reader's home; what is read is marked so at once, so that it disturbs nothing."""
        # Programs of a wheel are compiled when they are installed.
        # What is installed may be another checkout's.
        more = {"PYTHONPATH": str(_TREE), "PYTHONDONTWRITEBYTECODE": ""}
        home = Home(self.folder / "reader", more)
        home.configure("read_after = 0\n")
        return home

    @property
    def marks(self) -> Path:
        """Where the marks are of one who marked every paper."""
        return self.folder / "marked" / "broadsheet" / "marks"

    @cached_property
    def marked(self) -> Home:
        """The home of one who marked every paper."""
        if not self.marks.exists():
            library = Library.open(self.home.cache, [self.digests])
            assert len(library.ids()) == self.papers
            MarkStore(self.marks).apply(set_read(library.ids(), True))
        return self.home.with_environment(XDG_STATE_HOME=str(self.folder / "marked"))

    @contextmanager
    def new_digest(self, number: int) -> Iterator[Path]:
        """Have a digest of one more day lie among the others, until the end.

        Args:
            number: of the day, from 0; each is another one.
        """
        day = self.newest + timedelta(days=3 + 7 * number)
        made = self.folder / "new"
        shutil.rmtree(made, ignore_errors=True)
        write_corpus(made, NEW_DAY_PAPERS, end=day)
        file = max(made.rglob("*.md"))
        placed = self.digests / f"new-{number}.md"
        shutil.copy(file, placed)
        try:
            yield placed
        finally:
            placed.unlink()

    def entries(self) -> Iterator[Entry]:
        """Return what all digests tell, paper by paper, the newest first; each paper once."""
        seen: set[str] = set()
        found = [
            entry
            for file in self.digests.rglob("*.md")
            for entry in read(file.read_bytes(), file.name).entries
        ]
        for entry in sorted(found, key=lambda entry: (entry.date, entry.votes or 0), reverse=True):
            if entry.arxiv_id not in seen:
                seen.add(entry.arxiv_id)
                yield entry

    def found(self, query: str) -> int:
        """Return how many papers a query finds, as the command line tells."""
        return _found(self, query)

    @property
    def on_disk(self) -> int:
        """The bytes of the cache."""
        return sum(file.stat().st_size for file in self.home.cache.rglob("*") if file.is_file())


class Stage:
    """Makes collections, each once.

    Args:
        folder: where all is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[int, Collection] = {}

    def collection(self, papers: int) -> Collection:
        """Return a library of so many papers, made and cached."""
        if papers not in self._made:
            folder = self.folder / str(papers)
            made = Collection(folder, papers)
            if not made.digests.exists():
                part = folder / "part"
                shutil.rmtree(part, ignore_errors=True)
                write_corpus(part, papers, end=made.newest)
                part.rename(made.digests)
            # A run that was ended may have left some.
            for left in made.digests.glob("new-*.md"):
                left.unlink()
            ran = made.home.run("sync", "-p", made.digests, "--format", "json")
            assert ran.json["papers"] == papers, ran.err
            self._made[papers] = made
        return self._made[papers]


def telling(entry: Entry) -> dict[str, object]:
    """Return an entry as the stock app reads it."""
    return {
        "id": entry.arxiv_id,
        "date": entry.date,
        "title": entry.title or entry.arxiv_id,
        "votes": entry.votes,
        "authors": ", ".join(entry.authors),
        "summary": entry.summary,
    }


def write_json(file: Path, collection: Collection) -> None:
    """Write all papers of a collection in one file, for the stock app."""
    told = [telling(entry) for entry in collection.entries()]
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def in_words(day: date) -> str:
    """Return a day as the status line tells it."""
    return f"{day:%a} {day.day} {day:%B} {day:%Y}"


@cache
def _found(collection: Collection, query: str) -> int:
    ran = collection.home.run("list", query, "-p", collection.digests, "--format", "ids")
    return len(ran.lines)
