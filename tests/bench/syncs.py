"""Rows of syncs, each a process of its own."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from tests.bench.rows import OURS
from tests.bench.samples import Samples
from tests.bench.stage import Collection
from tests.bench.starts import MS
from tests.cli.home import Home

IMPORTED = 5500
"""The papers for which a first import is budgeted; the most that is imported in every round."""


def measure_import(samples: Samples, turn: int, collection: Collection) -> None:
    """Read all digests for the first time."""
    root = collection.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, collection.home.more)
    root.mkdir()
    samples.note("import", collection.papers, turn, _sync(home, collection.digests))
    shutil.rmtree(root)


def measure_sync(samples: Samples, turn: int, collection: Collection) -> None:
    """Read digests again of which none has changed, and with one more."""
    papers, home = collection.papers, collection.home
    samples.note("sync-same", papers, turn, _sync(home, collection.digests))
    with collection.new_digest(turn):
        samples.note("sync-one", papers, turn, _sync(home, collection.digests))
    _sync(home, collection.digests)


def measure_flatness(samples: Samples, turn: int, few: int, many: int) -> None:
    """Compare one new digest among many papers with one among few, of the same round."""
    taken = {
        one.papers: one.value
        for one in samples.all
        if (one.who, one.row, one.turn) == (OURS, "sync-one", turn)
    }
    if few < many and {few, many} <= taken.keys():
        samples.note("sync-flat", many, turn, taken[many] / taken[few])


def _sync(home: Home, digests: Path) -> float:
    began = time.monotonic()
    ran = home.run("sync", "-p", digests)
    took = (time.monotonic() - began) * MS
    assert ran.code == 0, ran.err
    return took
