"""The lock of a folder: one writer at a time, also on file systems without locks."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import _
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_FILE = ".lock"
"""The file that is locked. It is never deleted: the lock itself ends with the process."""

OWNER_FILE = ".lock-owner"
"""Used where files cannot be locked. It exists while the lock is held, and names the process that
holds it: if that has died, the next one on the same machine takes over."""

LOCK_POLL_SECONDS = 0.01
"""Short, so that no process waits long if many compete for the lock."""

_UNUSABLE_LOCK_ERRNOS = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.ELOOP)
"""Errors of opening a lock file that belongs to another user, is a folder, or is a link."""

NO_LOCKS_ERRNOS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
"""Errors of locking a file on a file system without locks, such as NFS without a lock server."""


class BusyError(StorageError):
    """The folder's lock is held by another process, or the lock file cannot be used."""


@contextmanager
def folder_locked(folder: Path, timeout: float) -> Iterator[None]:
    """Hold a folder's lock.

    Args:
        folder: the folder, which must exist.
        timeout: seconds to wait for the lock.

    Raises:
        BusyError: the lock was not released in time, or the lock file cannot be used.
        OSError: the lock file cannot be created.
    """
    lock = _acquire(folder, timeout)
    try:
        yield
    finally:
        lock.release()


def _acquire(folder: Path, timeout: float) -> BaseFileLock:
    from filelock import Timeout

    try:
        lock = _flock(folder, timeout)
        lock.acquire()
        return lock
    except Timeout as error:
        raise BusyError(folder, _("another Broadsheet is writing here")) from error
    except OSError as error:
        if error.errno not in NO_LOCKS_ERRNOS:
            raise _lock_error(folder, error) from error
    lock = _soft_lock(folder, timeout)
    try:
        lock.acquire()
        return lock
    except Timeout as error:
        message = _("another Broadsheet is writing here; if none is running, delete this file")
        raise BusyError(folder / OWNER_FILE, message) from error


def _flock(folder: Path, timeout: float) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(
        folder / LOCK_FILE,
        timeout=timeout,
        mode=0o600,
        poll_interval=LOCK_POLL_SECONDS,
        # It would take our lock file, which is never deleted, for a lock that is held.
        fallback_to_soft=False,
    )


def _soft_lock(folder: Path, timeout: float) -> BaseFileLock:
    from filelock import SoftFileLock

    file = folder / OWNER_FILE
    return SoftFileLock(file, timeout=timeout, mode=0o600, poll_interval=LOCK_POLL_SECONDS)


def _lock_error(folder: Path, error: OSError) -> OSError | BusyError:
    """Return what to raise if the lock file could not be opened."""
    file = folder / LOCK_FILE
    is_lock_unusable = error.errno in _UNUSABLE_LOCK_ERRNOS and os.path.lexists(file)
    if not is_lock_unusable or not os.access(folder, os.W_OK | os.X_OK):
        # Errors of locking, and not of opening, have no path.
        return error if error.filename else OSError(error.errno, error.strerror, str(file))
    if file.lstat().st_uid != os.geteuid():
        # Other files belong to that user, too; the error's remedy is for all of them.
        return OSError(error.errno, error.strerror, str(file))
    message = _("this lock cannot be used ({why}); delete it and try again")
    return BusyError(file, message.format(why=error.strerror))


class LockStatus(NamedTuple):
    """The state of a folder's lock.

    Attributes:
        file: the lock file.
        is_held: whether a process holds the lock.
        error: why nobody can acquire it; empty if it can be acquired.
        is_unusable: whether the lock file has to be deleted first.
    """

    file: Path
    is_held: bool = False
    error: str = ""
    is_unusable: bool = False


def lock_status(folder: Path) -> LockStatus:
    """Check a folder's lock by acquiring it for a moment. A missing lock file is not created."""
    from filelock import Timeout

    file = folder / LOCK_FILE
    try:
        if file.exists():
            with _flock(folder, 0):
                pass
    except Timeout:
        return LockStatus(file, is_held=True)
    except OSError as error:
        if error.errno not in NO_LOCKS_ERRNOS:
            return _status_of_error(file, error)
        file = folder / OWNER_FILE
        try:
            if file.exists():
                with _soft_lock(folder, 0):
                    pass
        except Timeout:
            return LockStatus(file, is_held=True)
        except OSError as failure:
            return _status_of_error(file, failure)
    return LockStatus(file)


def _status_of_error(file: Path, error: OSError) -> LockStatus:
    from tui.storage.disk_errors import reason, reason_and_remedy

    is_unusable = error.errno in _UNUSABLE_LOCK_ERRNOS
    text = reason(error) if is_unusable else reason_and_remedy(error)
    return LockStatus(file, error=text, is_unusable=is_unusable)
