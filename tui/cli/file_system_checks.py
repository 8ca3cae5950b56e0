"""What the file systems of some folders do not guarantee, for ``broadsheet doctor``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.storage.file_system import file_system_of


def has_modes(folder: Path) -> bool:
    """Return whether permissions mean something in a folder; True if that is unknown."""
    try:
        return file_system_of(folder).has_modes
    except OSError:
        return True


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
