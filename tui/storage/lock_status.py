"""Looking at a folder's lock, without waiting for it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui.storage.folder import LOCK


class LockStatus(NamedTuple):
    """How a lock is.

    Attributes:
        file: the lock file.
        is_held: whether a process has it now.
        broken: why nobody can have it; empty if that is not so.
    """

    file: Path
    is_held: bool = False
    broken: str = ""


def state_of_lock(folder: Path) -> LockStatus:
    """Return how the lock of a folder is; it is had for a moment, and never made."""
    from filelock import FileLock, Timeout

    file = folder / LOCK
    if not file.exists():
        return LockStatus(file)
    try:
        with FileLock(file, timeout=0, mode=0o600):
            return LockStatus(file)
    except Timeout:
        return LockStatus(file, is_held=True)
    except OSError as error:
        return LockStatus(file, broken=error.strerror or type(error).__name__)
