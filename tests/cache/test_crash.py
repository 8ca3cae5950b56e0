"""Interrupted syncs."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource, contents
from tests.cache.interrupted_sync import CrashError, sync_until_crash
from tests.corpus import write_corpus
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache import sync as sync_module
from tui.storage import tables

pytestmark = [pytest.mark.crash, pytest.mark.slow]

SYNC_SCRIPT = """
import os, signal, sys
from pathlib import Path
from tui.cache import sync
from tui.cache.source_cache import SourceCache
from tui.runtime.task import Task
sync.BATCH_ENTRIES = 60
moves = iter(range(1000))
def report(_):
    print(next(moves), flush=True)
sync.sync(SourceCache(Path(sys.argv[1]), Path(sys.argv[2])), task=Task(report))
"""


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    return CachedSource(tmp_path)


def kill_during_sync(source: CachedSource, reports: int) -> int:
    """Sync in another process, and kill the process after a number of progress reports."""
    command = [sys.executable, "-c", SYNC_SCRIPT, str(source.caches), str(source.digests)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(reports):
            process.stdout.readline()
        process.kill()
    return process.returncode


def test_cache_recovers_from_syncs_killed_at_random_moments(source: CachedSource) -> None:
    facts = write_corpus(source.digests, 400)
    rng = random.Random(1)
    killed = 0
    for _ in range(10):
        # Each round adds, changes and deletes digests.
        files = sorted(source.digests.rglob("*.md"))
        rng.choice(files).unlink()
        changed, report = rng.sample([file for file in files if file.exists()], 2)
        changed.write_text(changed.read_text().replace("Vote: ", "Vote: 1"))
        report.rename(report.with_name(f"{rng.random()}.md"))
        killed += kill_during_sync(source, rng.randint(1, facts.digests)) == -signal.SIGKILL
        source.library().papers()  # may be outdated, but must not fail
        if rng.random() < 0.5:
            continue  # kill the next sync as well
        assert source.sync().rebuilt is None
        assert contents(source.library()) == source.rebuilt_contents()
    assert killed, "every sync ended before it could be killed"
    source.sync()
    assert contents(source.library()) == source.rebuilt_contents()


def write_digests(source: CachedSource) -> None:
    source.write("1.md", ko_digest("2025-01-01", [SamplePaper("2505.00001", "One", 1)]))
    source.write("2.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 2)]))
    source.write("old.md", ko_digest("2025-05-05", [SamplePaper("cs/0112017", "Old", 2)]))


def change_digests(source: CachedSource) -> None:
    """Move one digest to another month, add another, and remove the only digest of a day."""
    source.write("1.md", ko_digest("2025-04-01", [SamplePaper("2505.00001", "One, report", 1)]))
    source.write("3.md", ko_digest("2025-05-03", [SamplePaper("2505.00003", "Three", 3)]))
    (source.digests / "2.md").unlink()
    # Papers of other years are in other parts of the index.
    source.write(
        "old.md", ko_digest("2025-04-05", [SamplePaper("2312.00005", "No longer so old", 2)])
    )


def change_digests_again(source: CachedSource) -> None:
    """Move and delete digests that the interrupted sync added."""
    source.write(
        "1.md", ko_digest("2025-03-01", [SamplePaper("2505.00001", "One, report again", 1)])
    )
    source.write("4.md", ko_digest("2025-05-04", [SamplePaper("2505.00004", "Four", 4)]))
    (source.digests / "3.md").unlink()
    source.write("old.md", ko_digest("2025-05-05", [SamplePaper("2401.00005", "Nearly new", 2)]))


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("changes", [True, False])
@pytest.mark.parametrize("batch", [1, 3000])
def test_cache_recovers_from_a_crash_before_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_first: bool, changes: bool, batch: int
) -> None:
    monkeypatch.setattr(sync_module, "BATCH_ENTRIES", batch)
    number = 0
    crashed = True
    while crashed:
        folder = tmp_path / str(number)
        folder.mkdir()
        source = CachedSource(folder)
        write_digests(source)
        if not is_first:
            source.sync()
        change_digests(source)
        crashed = sync_until_crash(source, monkeypatch, number)
        source.library().papers()
        if changes:
            change_digests_again(source)
        assert source.sync().rebuilt is None
        assert contents(source.library()) == source.rebuilt_contents(), (
            f"crashed before file {number}"
        )
        before = source.stamps()
        source.sync()
        assert source.stamps() == before
        number += 1
    assert number > 6


def test_cache_recovers_from_a_crash_in_a_rebuild(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_digests(source)
    source.sync()
    unlink = Path.unlink
    for survivors in range(5):
        left = iter(range(10))

        def unlink_or_crash(
            path: Path, *, missing_ok: bool = False, left: object = left, last: int = survivors
        ) -> None:
            if next(left) == last:  # type: ignore[call-overload]
                raise CrashError
            unlink(path, missing_ok=missing_ok)

        (source.digests / f"{survivors}.md").unlink(missing_ok=True)
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", unlink_or_crash)
            with pytest.raises(CrashError):
                source.sync(rebuild=True)
        assert source.sync().rebuilt is None
        assert contents(source.library()) == source.rebuilt_contents()
        source.write(
            f"{survivors}.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 2)])
        )
        source.sync()


def test_full_disk_leaves_the_cache_unchanged(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_digests(source)
    source.sync()
    before = contents(source.library())
    change_digests(source)

    def fail(path: Path, *_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(tables, "replace_file", fail)
        with pytest.raises(OSError, match="No space left"):
            source.sync()
    assert contents(source.library()) == before
    source.sync()
    assert contents(source.library()) == source.rebuilt_contents()
