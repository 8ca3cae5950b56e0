"""A source with its cache, and the content of a library, for comparisons."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.sample_digests import write_digest
from tui.cache.manifest import shard_of
from tui.cache.source_cache import SourceCache
from tui.cache.sync import SyncReport, sync
from tui.cache.word_index import (
    END,
    FIRST_NAME,
    FIRST_SUMMARY,
    SPACE,
    read_word_index,
)
from tui.library.library import Library
from tui.runtime.task import Progress, Task


class CachedSource:
    """A source in ``folder/digests`` with its cache in ``folder/cache``.

    Args:
        folder: the parent folder.
        is_open: whether other users are allowed to read the cache.
    """

    def __init__(self, folder: Path, *, is_open: bool = False) -> None:
        self.digests = folder / "digests"
        self.caches = folder / "cache"
        self.digests.mkdir(exist_ok=True)
        self.cache = SourceCache(self.caches, self.digests, is_open=is_open)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a digest."""
        return write_digest(self.digests / name, text)

    def sync(
        self,
        *,
        rebuild: bool = False,
        progress: Callable[[Progress], object] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SyncReport:
        """Bring the cache up to date."""
        return sync(self.cache, rebuild=rebuild, task=Task(progress, cancelled))

    def library(self) -> Library:
        """Open a library of the source."""
        return Library([self.cache])

    def papers(self, period: str = "") -> dict[str, str]:
        """Return the titles of a period's papers by id."""
        return {paper.paper_id: paper.title for paper in self.library().papers(period)}

    def file(self, name: str) -> Path:
        """Return a file of the cache."""
        return self.cache.folder.file(name)

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return a value for each file of the cache that changes when the file is replaced."""
        return {
            path.stem: (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in self.cache.folder.path.glob("*.json")
        }

    def rebuilt_contents(self) -> dict[str, Any]:
        """Return the contents of a new cache of the same source, for comparisons."""
        with tempfile.TemporaryDirectory() as root:
            cache = SourceCache(Path(root), self.digests)
            sync(cache)
            return contents(Library([cache]))


def contents(library: Library) -> dict[str, Any]:
    """Return all contents of a library except entry numbers, which depend on the order of syncs."""
    result: dict[str, Any] = {
        "counts": dict(library.period_counts.counts),
        "recurring": {
            paper: sorted(m) for paper, m in library.period_counts.recurring_months.items()
        },
        "problems": library.problems(),
    }
    for period in ("", *library.period_counts.days()):
        result[f"papers {period}"] = [
            (
                *(paper.paper_id, paper.title, paper.votes, paper.author_lines, paper.dates),
                [
                    (entry.date, entry.dialect, entry.digest, entry.source)
                    for entry in paper.entries
                ],
            )
            for paper in library.papers(period)
        ]
    result["summaries"] = {
        paper.paper_id: [
            (s.entry.digest, s.markdown, s.sections, s.thumbnail) for s in library.summaries(paper)
        ]
        for paper in library.papers()
    }
    result["indexes"] = [
        {day: sorted(papers) for day, papers in cache.index().items()} for cache in library.caches
    ]
    for cache in library.caches:
        for month in cache.period_counts().months():
            texts = {entry for name in cache.volumes(month) for entry in cache.texts(name)}
            rows = cache.entry_papers(month, 0)
            assert texts == {str(paper.entries[0].number) for paper, _ in rows}
    result["words"] = list(map(indexed_words, library.caches))
    assert library.read_errors == []
    return result


def indexed_words(cache: SourceCache) -> dict[str, list[str]] | None:
    """Return the papers with each word, in a summary or a title; None if an index is not usable."""
    papers: dict[str, list[str]] = {}
    for volume in (
        name for month in cache.period_counts().months() for name in cache.volumes(month)
    ):
        if read_word_index(cache.folder, volume) is None:
            return None
        for block in cache.folder.read(f"{volume}.words")["blocks"].values():
            holders = {
                chr(first + number): f"{kind} of {paper_id}"
                for kind, first in (("summary", FIRST_SUMMARY), ("title", FIRST_NAME))
                for number, paper_id in enumerate(block["ids"])
            }
            for line in block["words"].split(END)[:-1]:
                word, _, entries = line.partition(SPACE)
                papers.setdefault(word, []).extend(map(holders.__getitem__, entries))
    return {word: sorted(found) for word, found in papers.items()}


FILE_RECORDS = shard_of("may.md")


FILES = [
    "catalogue", FILE_RECORDS, "calendar", "counts", "index-25q2", "2025-05.rows", "2025-05.texts"
]  # fmt: skip
