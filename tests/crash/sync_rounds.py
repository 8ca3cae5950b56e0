"""Rounds in which ``broadsheet sync`` is killed while digests keep changing."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Self

from tests.cache.cached_source import CachedSource, contents
from tests.corpus import write_corpus
from tests.crash.file_operations import FileOperationCounter, kill_after
from tests.crash.round_result import RoundResult
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.library import Library

MONTHS = 6
PAPERS = 40
"""Papers in each month."""

SECOND_KILL_PROBABILITY = 0.3
"""Probability that the next sync is killed as well."""


class SyncRounds:
    """Digests of several months and their cache.

    Args:
        folder: where to create the home.
    """

    def __init__(self, folder: Path) -> None:
        self._home = Home(folder)
        self._digests = CachedSource(folder)
        for month in range(1, MONTHS + 1):
            day = date(2025, month, 27)
            write_corpus(self._digests.digests / str(month), PAPERS, seed=month, end=day)
        self._cache = SourceCache(self._home.cache, self._digests.digests)
        self._counter = FileOperationCounter(folder)
        self._added_count = 0
        self._uninterrupted = self._measure_sync()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._counter.close()

    def play(self, rng: random.Random) -> RoundResult:
        """Change some digests, kill the sync, and compare with a cache built from scratch."""
        self._change(rng)
        rebuilds = rng.random() < 0.15
        if rng.random() < 0.1:
            shutil.rmtree(self._cache.folder.path, ignore_errors=True)
        seconds, operations = self._uninterrupted
        self._counter.reset()
        with self._start_sync(*["--rebuild"] * rebuilds) as process:
            if rng.random() < 0.25:
                killed = kill_after(process, rng.uniform(0, seconds))
            else:
                self._counter.wait(rng.randint(1, operations), process)
                killed = kill_after(process, rng.uniform(0, 0.003))
        was_writing = killed and (bool(self._leftovers()) or not self._cache.is_write_complete())
        library = Library([self._cache])
        for paper in library.papers():  # may be outdated but must not fail
            library.summaries(paper)
        if rng.random() >= SECOND_KILL_PROBABILITY:
            self._check()
        return RoundResult(killed, was_writing)

    def _measure_sync(self) -> tuple[float, int]:
        """Return the seconds and the number of file operations of a sync with many changes."""
        with self._start_sync() as process:
            process.wait(TIMEOUT_SECONDS)
        self._change(random.Random(0))
        self._counter.reset()
        started = time.monotonic()
        with self._start_sync() as process:
            self._counter.wait(1_000_000, process)
        assert process.returncode == 0
        return time.monotonic() - started, self._counter.count

    def _start_sync(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [*self._counter.program(), "sync", *arguments, "-p", str(self._digests.digests)]
        return subprocess.Popen(
            command,
            cwd=self._home.root,
            env=self._home.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _change(self, rng: random.Random) -> None:
        """Add, remove, change and rename one digest each."""
        self._added_count += 1
        number = self._added_count
        day = date(2025, rng.randint(1, MONTHS), rng.randint(1, 28))
        paper = SamplePaper(f"2412.{number:05}", f"Paper {number}", number % 90)
        self._digests.write(f"new/{number}.md", ko_digest(day.isoformat(), [paper]))
        files = sorted(self._digests.digests.rglob("*.md"))
        removed, changed, moved = rng.sample(files, 3)
        if len(files) > 2 * MONTHS:
            removed.unlink()
        changed.write_text(changed.read_text().replace("Vote: ", "Vote: 1", 1))
        moved.rename(moved.with_name(f"moved-{number}.md"))

    def _leftovers(self) -> list[Path]:
        return list(self._home.cache.rglob("*.tmp"))

    def _check(self) -> None:
        report = sync(self._cache)
        assert report.rebuilt is None, report.rebuilt
        found, expected = contents(Library([self._cache])), self._digests.rebuilt_contents()
        different = [name for name in expected if found[name] != expected[name]]
        assert found == expected, f"differs from a freshly built cache: {', '.join(different)}"
        assert not self._leftovers(), f"leftover files: {self._leftovers()}"
