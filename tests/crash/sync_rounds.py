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
from tests.crash.file_operations import FileOperationCounter, killed_after
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
        self._steps = FileOperationCounter(folder)
        self._new = 0
        self._whole = self._measured()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._steps.close()

    def play(self, rng: random.Random) -> RoundResult:
        """Change some digests, kill the sync, and compare with a cache built from scratch."""
        self._change(rng)
        rebuilds = rng.random() < 0.15
        if rng.random() < 0.1:
            shutil.rmtree(self._cache.folder.path, ignore_errors=True)
        seconds, steps = self._whole
        self._steps.reset()
        with self._started(*["--rebuild"] * rebuilds) as process:
            if rng.random() < 0.25:
                killed = killed_after(process, rng.uniform(0, seconds))
            else:
                self._steps.wait(rng.randint(1, steps), process)
                killed = killed_after(process, rng.uniform(0, 0.003))
        was_writing = killed and (bool(self._left()) or not self._cache.is_write_complete())
        library = Library([self._cache])
        for paper in library.papers():  # may be outdated but must not fail
            library.summaries(paper)
        if rng.random() >= SECOND_KILL_PROBABILITY:
            self._check()
        return RoundResult(killed, was_writing)

    def _measured(self) -> tuple[float, int]:
        """Return the seconds and the number of file operations of a sync with many changes."""
        with self._started() as process:
            process.wait(TIMEOUT_SECONDS)
        self._change(random.Random(0))
        self._steps.reset()
        started = time.monotonic()
        with self._started() as process:
            self._steps.wait(1_000_000, process)
        assert process.returncode == 0
        return time.monotonic() - started, self._steps.taken

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        command = [*self._steps.program(), "sync", *words, "-p", str(self._digests.digests)]
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(
            command, cwd=self._home.root, env=self._home.environment, stdout=nowhere, stderr=nowhere
        )

    def _change(self, rng: random.Random) -> None:
        """Add, remove, change and rename one digest each."""
        self._new += 1
        day = date(2025, rng.randint(1, MONTHS), rng.randint(1, 28))
        paper = SamplePaper(f"2412.{self._new:05}", f"Paper {self._new}", self._new % 90)
        self._digests.write(f"new/{self._new}.md", ko_digest(day.isoformat(), [paper]))
        files = sorted(self._digests.digests.rglob("*.md"))
        removed, changed, moved = rng.sample(files, 3)
        if len(files) > 2 * MONTHS:
            removed.unlink()
        changed.write_text(changed.read_text().replace("Vote: ", "Vote: 1", 1))
        moved.rename(moved.with_name(f"moved-{self._new}.md"))

    def _left(self) -> list[Path]:
        return list(self._home.cache.rglob("*.tmp"))

    def _check(self) -> None:
        report = sync(self._cache)
        assert report.rebuilt is None, report.rebuilt
        found, expected = contents(Library([self._cache])), self._digests.rebuilt_contents()
        different = [name for name in expected if found[name] != expected[name]]
        assert found == expected, f"differs from a freshly built cache: {', '.join(different)}"
        assert not self._left(), f"never cleared away: {self._left()}"
