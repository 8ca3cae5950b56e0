"""Rows of syncs, each a process of its own."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from tests.bench.samples import Samples
from tests.bench.stage import Collection
from tests.bench.starts import MS
from tests.support.home import Home

IMPORTED = 5500
"""The papers for which a first import is budgeted; the most that is imported in every round."""

TIMES = 3
"""How often a sync is run in a round."""


def measure_import(samples: Samples, turn: int, collection: Collection) -> None:
    """Read all digests for the first time."""
    root = collection.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, collection.home.extra_environment)
    root.mkdir()
    samples.note("import", collection.papers, turn, _sync(home, collection.digests))
    shutil.rmtree(root)


def measure_sync(samples: Samples, turn: int, collection: Collection) -> None:
    """Read digests again of which none has changed, and with one more."""
    papers = collection.papers
    for number in range(TIMES):
        same = _sync(collection.home, collection.digests)
        samples.note("sync-same", papers, turn, same)
        samples.note("sync-one", papers, turn, _sync_one(collection, number))


def measure_flatness(samples: Samples, turn: int, few: Collection, many: Collection) -> None:
    """Compare one new digest among many papers with one among few, the two in turns."""
    for number in range(TIMES):
        of_few, of_many = (_sync_one(collection, number) for collection in (few, many))
        samples.note("sync-flat", many.papers, turn, of_many / of_few)


def _sync_one(collection: Collection, number: int) -> float:
    """Return how long a sync of one new digest takes; it is gone again after that."""
    with collection.new_digest(number):
        took = _sync(collection.home, collection.digests)
    _sync(collection.home, collection.digests)
    return took


def _sync(home: Home, digests: Path) -> float:
    began = time.monotonic()
    ran = home.run("sync", "-p", digests)
    took = (time.monotonic() - began) * MS
    assert ran.code == 0, ran.err
    return took
