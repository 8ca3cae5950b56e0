"""What the file system of a folder can do; most of it cannot be known without trying."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Container
from pathlib import Path
from typing import NamedTuple

from tui.storage.atomic_write import NO_SYNC_ERRNOS
from tui.storage.locks import NO_LOCKS_ERRNOS
from tui.storage.permissions import PRIVATE, change_mode


class FileSystem(NamedTuple):
    """What works in a folder.

    Attributes:
        has_locks: files can be locked.
        syncs_folders: renamed files can be made to survive a power failure.
        has_modes: files have permissions.
    """

    has_locks: bool = True
    syncs_folders: bool = True
    has_modes: bool = True


def file_system_of(folder: Path) -> FileSystem:
    """Try what works in a folder, with a file that is deleted.

    Raises:
        OSError: the folder does not exist or cannot be written.
    """
    import fcntl
    import tempfile

    with tempfile.TemporaryFile(dir=folder) as file:
        has_locks = _works(lambda: fcntl.flock(file, fcntl.LOCK_EX), NO_LOCKS_ERRNOS)
        modes = set()
        for mode in (PRIVATE.file, stat.S_IRUSR):
            change_mode(file.fileno(), mode)
            modes.add(os.fstat(file.fileno()).st_mode)
    handle = os.open(folder, os.O_RDONLY)
    unsupported = (*NO_SYNC_ERRNOS, errno.EACCES, errno.EPERM)
    try:
        syncs_folders = _works(lambda: os.fsync(handle), unsupported)
    finally:
        os.close(handle)
    return FileSystem(has_locks, syncs_folders, has_modes=len(modes) > 1)


def _works(call: Callable[[], object], unsupported: Container[int | None]) -> bool:
    """Return whether a system call works; False for errors that mean that it is not supported."""
    try:
        call()
    except OSError as error:
        if error.errno not in unsupported:
            raise
        return False
    return True
