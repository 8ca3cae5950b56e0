"""Interrupt syncs that repair a cache, and compare the next one with a cache built from scratch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from tests.cache.cached_source import CachedSource, contents
from tests.crash.system_calls import Interruption, run_interrupted
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache.manifest import shard_of
from tui.cache.source_cache import SCHEMA, SourceCache
from tui.cache.sync import sync
from tui.library.library import Library
from tui.storage.tables import read_tables, write_tables

DIGESTS = 6
"""They are in one month and in one file of the manifest, so that a change affects every file of the
cache while most digests are unchanged."""

ALLOWED_CODES = {
    Interruption.KILL: {-9},
    Interruption.CTRL_C: {130},
    Interruption.DISK_FAILS: {0, 2},
    Interruption.DISK_IS_FULL: {0, 2},
}


def flip_a_bit(cache: SourceCache) -> None:
    """Flip a bit in a file that the sync finds damaged after it has begun to write."""
    month = cache.period_counts().months()[0]
    read_late = {f"{month}.rows", f"{month}.texts", "counts", *cache.index_parts()}
    # The one that is listed first may be moved first.
    file = next(file for file in cache.folder.path.glob("*.json") if file.stem in read_late)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def truncate_the_manifest(cache: SourceCache) -> None:
    file = cache.folder.file("catalogue")
    file.write_bytes(file.read_bytes()[:-20])


def make_older(cache: SourceCache) -> None:
    for file in cache.folder.path.glob("*.json"):
        write_tables(file, read_tables(file, SCHEMA), SCHEMA - 1)


def leave_intact(_cache: SourceCache) -> None:
    pass


class Repair(NamedTuple):
    """A state of the cache, and the command that repairs it."""

    damage: Callable[[SourceCache], None]
    words: tuple[str, ...] = ("sync",)


REPAIRS = {
    "flipped bit": Repair(flip_a_bit),
    "damaged manifest": Repair(truncate_the_manifest),
    "older cache": Repair(make_older),
    "rebuild": Repair(leave_intact, ("sync", "--rebuild")),
    "changed digests": Repair(leave_intact),
}


def _names_in_one_shard() -> Iterator[str]:
    names = (f"{number}.md" for number in count())
    return (name for name in names if shard_of(name) == shard_of("0.md"))


class RepairRounds:
    """A source with a changed, a new and a deleted digest, and a cache in need of repair.

    Args:
        folder: where to create the home.
        repair: the state of the cache.
    """

    def __init__(self, folder: Path, repair: Repair) -> None:
        self._home = Home(folder)
        self._source = CachedSource(folder)
        self._words = [*repair.words, "-p", str(self._source.digests)]
        for number, name in enumerate(islice(_names_in_one_shard(), DIGESTS), start=1):
            papers = [SamplePaper(f"250{n}.0000{number}", f"Title {n}", 2 * n) for n in (3, 4)]
            self._source.write(name, ko_digest(f"2025-05-0{number}", papers))
        self._cache = SourceCache(self._home.cache, self._source.digests)
        sync(self._cache)
        gone, changed, *_others, copied = sorted(self._source.digests.iterdir())
        gone.unlink()
        changed.write_text(changed.read_text().replace("Vote: ", "Vote: 1", 1))
        shutil.copy(copied, copied.with_name("copy.md"))
        repair.damage(self._cache)
        self._pristine = folder / "pristine"
        shutil.copytree(self._home.cache, self._pristine)
        self._expected = self._source.rebuilt_contents()
        self.calls = self._run(Interruption.KILL, 0)

    def play(self, interruption: Interruption, number: int) -> None:
        """Interrupt the command at a system call, then sync.

        Raises:
            AssertionError: the cache differs from one built from scratch.
        """
        self._run(interruption, number)
        library = Library([self._cache])
        for paper in library.papers():  # may be outdated but must not fail
            library.summaries(paper)
        sync(self._cache)
        where = f"{interruption.value} at call {number} of {self.calls}"
        assert contents(Library([self._cache])) == self._expected, where
        assert not sync(self._cache).changed, where
        assert not list(self._cache.folder.path.glob(".*.tmp")), where

    def _run(self, interruption: Interruption, number: int) -> int:
        shutil.rmtree(self._home.cache)
        shutil.copytree(self._pristine, self._home.cache)
        done = run_interrupted(self._home, self._words, interruption, number)
        allowed = ALLOWED_CODES[interruption] if number else {0}
        assert done.code in allowed, (interruption, number, done)
        assert all(line.startswith("broadsheet: ") for line in done.err.splitlines()), done.err
        return done.calls
