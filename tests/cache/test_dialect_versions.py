"""Skipped files are read again by a version of the program with more dialects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource
from tests.support.home import TIMEOUT_SECONDS
from tests.support.sample_digests import SamplePaper, hub_digest, ko_digest, page_digest
from tui.cache.sync import SyncReport

_OLDER_VERSION_SCRIPT = """
import sys
from pathlib import Path
from tui.digests import registry

# Runs before other modules import the values.
registry.VERSION = 1
registry.JSON_DIALECTS = ()
registry.FALLBACK = registry.FALLBACK._replace(pattern="(?!)")
registry.GENERAL = registry.GENERAL._replace(pattern="(?!)")

from tests.cache.cached_source import CachedSource

CachedSource(Path(sys.argv[1])).sync()
"""


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    """A source that was synced by a version without JSON dialects and without the fallback."""
    source = CachedSource(tmp_path)
    source.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", votes=3)]))
    source.write(
        "2.json", hub_digest("2025-05-02", [SamplePaper("2505.00002", votes=3, authors=("A",))])
    )
    source.write("3.md", page_digest("2025-05-03", [SamplePaper("2505.00003")]))
    source.write("LICENSE", "Free as air.")
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", _OLDER_VERSION_SCRIPT, tmp_path],
        cwd=root,
        timeout=TIMEOUT_SECONDS,
        check=True,
    )
    return source


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.read, report.unchanged, report.skipped, report.entries


def test_skipped_files_are_read_again_once(source: CachedSource) -> None:
    assert {name: record["dialect"] for name, record in source.cache.manifest().files.items()} == {
        "1.md": "daily_papers_ko",
        "2.json": None,
        "3.md": None,
        "LICENSE": None,
    }
    assert counts(source.sync()) == (2, 1, 1, 3)
    assert counts(source.sync()) == (0, 3, 1, 3)


@pytest.mark.parametrize("checked_files", [0, 1, 2])
def test_cancelled_sync_leaves_the_remaining_files_to_the_next(
    source: CachedSource, checked_files: int
) -> None:
    answers = iter([False] * checked_files + [True])
    assert source.sync(cancelled=lambda: next(answers)).cancelled
    assert source.sync().entries == 3
    assert counts(source.sync()) == (0, 3, 1, 3)


def test_cache_without_a_dialect_fingerprint_is_updated(source: CachedSource) -> None:
    source.sync()
    with source.cache.folder.locked(), source.cache.folder.edit("catalogue") as database:
        database.keyed("source").put([("", {"path": "digests"})])
    report = source.sync()
    assert (report.skipped, report.entries, report.rebuilt) == (1, 3, None)
