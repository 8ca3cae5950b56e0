"""Delete a cache, or set it aside for inspection, so that a crash in between is harmless."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tui.cache.source_cache import SourceCache
from tui.storage.atomic_write import sync_folder

MAX_QUARANTINED = 3
"""Damaged caches kept for each source; the oldest are deleted."""


def clear(cache: SourceCache) -> None:
    """Delete the files of a cache."""
    for file in _files_in_order_of_removal(cache):
        file.unlink()


def quarantine(cache: SourceCache) -> None:
    """Move the files of a damaged cache to a new folder, for inspection."""
    seconds, nanoseconds = divmod(time.time_ns(), 10**9)
    timestamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(seconds))
    folder = cache.folder.path / f"damaged-{timestamp}-{nanoseconds:09}"
    folder.mkdir(mode=0o700)
    for file in _files_in_order_of_removal(cache):
        file.rename(folder / file.name)
    import shutil

    for old in sorted(cache.folder.path.glob("damaged-*"))[:-MAX_QUARANTINED]:
        shutil.rmtree(old, ignore_errors=True)


def _files_in_order_of_removal(cache: SourceCache) -> Iterator[Path]:
    """Yield the files of a cache, the manifest first.

    Without a manifest the next sync deletes the rest and reads every digest, so it does not matter
    which of the others remain after a crash.
    """
    manifest = cache.folder.file("catalogue")
    others = [file for file in cache.folder.path.glob("*.json") if file != manifest]
    if os.path.lexists(manifest):
        yield manifest
        # After a power failure, too, no other file may be missing while the manifest is there.
        sync_folder(cache.folder.path)
    yield from others
