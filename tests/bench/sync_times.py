"""Rows of syncs, each in a new process."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from tests.bench.sample_libraries import SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND
from tests.support.home import Home

IMPORT_PAPERS = 5500
"""Papers for which a first import has a budget; larger libraries are imported in one round."""

SYNC_REPEATS = 3
"""Syncs of each kind in a round."""


def measure_import(samples: Samples, round_number: int, library: SampleLibrary) -> None:
    """Measure a first import."""
    root = library.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, library.home.extra_environment)
    root.mkdir()
    samples.add("import", library.papers, round_number, _time_sync(home, library.digests))
    shutil.rmtree(root)


def measure_sync(samples: Samples, round_number: int, library: SampleLibrary) -> None:
    """Measure a sync without changes, and one with a new digest."""
    papers = library.papers
    for number in range(SYNC_REPEATS):
        duration = _time_sync(library.home, library.digests)
        samples.add("sync-same", papers, round_number, duration)
        samples.add("sync-one", papers, round_number, _time_sync_of_new_digest(library, number))


def measure_sync_growth(
    samples: Samples, round_number: int, small: SampleLibrary, large: SampleLibrary
) -> None:
    """Compare a sync of one new digest in a large library with one in a small library."""
    for number in range(SYNC_REPEATS):
        small_duration, large_duration = (
            _time_sync_of_new_digest(library, number) for library in (small, large)
        )
        samples.add("sync-flat", large.papers, round_number, large_duration / small_duration)


def _time_sync_of_new_digest(library: SampleLibrary, number: int) -> float:
    """Return the milliseconds of a sync of one new digest, and remove it again."""
    with library.new_digest(number):
        duration = _time_sync(library.home, library.digests)
    _time_sync(library.home, library.digests)
    return duration


def _time_sync(home: Home, digests: Path) -> float:
    started = time.monotonic()
    result = home.run("sync", "-p", digests)
    duration = (time.monotonic() - started) * MILLISECONDS_PER_SECOND
    assert result.code == 0, result.err
    return duration
