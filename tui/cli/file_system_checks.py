"""What the file systems of some folders do not guarantee, for ``broadsheet doctor``."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.storage.file_system import file_system_of


def has_modes(folder: Path) -> bool:
    """Return whether permissions mean something in a folder; True if that is unknown."""
    try:
        return file_system_of(folder).has_modes
    except OSError:
        return True


MIN_FREE_BYTES = 1 << 20
"""Less is too little for a file of the cache, which a change replaces as a whole."""


def free_bytes(folder: Path) -> int:
    """Return how much can be written to the disk of a folder, which may be missing.

    A large number if that is unknown, as on some network file systems.
    """
    existing = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    try:
        status = os.statvfs(existing)
    except OSError:
        return 1 << 62
    # Some file systems do not count blocks.
    return status.f_bavail * status.f_frsize if status.f_blocks else 1 << 62


def max_file_bytes() -> int:
    """Return how large a file may become (``ulimit -f``)."""
    limit, _hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    return 1 << 62 if limit == resource.RLIM_INFINITY else limit


def reduced_guarantees(folders: Iterable[Path]) -> Iterator[str]:
    """Yield a sentence for each guarantee that the file system of a folder does not allow.

    Args:
        folders: those that are missing or cannot be written are left out.
    """
    for folder in folders:
        try:
            system = file_system_of(folder)
        except OSError:
            continue
        if not system.has_locks:
            reduced = "has no locks; the lock files used instead may outlast a crash"
            yield f"{folder}: it {reduced} of another machine"
        if not system.syncs_folders:
            reduced = "cannot write folders to disk on request"
            yield f"{folder}: it {reduced}; a power failure may undo the last changes"
        if not system.has_modes:
            reduced = "has no permissions"
            yield f"{folder}: it {reduced}; other users of the machine may read these files"
