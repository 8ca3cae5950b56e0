"""A folder of TinyDB files with one lock: every change is one read, one edit, one replacement."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.i18n import _
from tui.storage.atomic_write import remove_leftovers, sync_folder
from tui.storage.permissions import PRIVATE, SHARED, FileModes, make_folder
from tui.storage.tables import DamagedFileError, StorageError, Tables, read_tables

if TYPE_CHECKING:
    from tui.storage.database import Database


Stamp: TypeAlias = tuple[int, int, int] | None
"""What changes when a file is replaced; None if there is none that can be reached."""


LOCK_FILE = ".lock"
"""The file that is locked. It stays: a lock ends with the process that has it, in any case."""

LOCK_POLL_SECONDS = 0.01
"""Seconds until a lock is asked for again: where many write, the unlucky wait for less long."""

_UNUSABLE_LOCK_ERRNOS = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.ELOOP)
"""What opening a file for a lock fails with that is another user's, a folder or a link."""

MTIME_RESOLUTION_NS = 2_000_000_000
"""Nanoseconds. A folder changed so shortly ago may change again at the same time."""


class BusyError(StorageError):
    """The folder's lock cannot be had: another process keeps it, or its file cannot be used."""


class TinyDbFolder:
    """Files of one schema in one folder.

    Nothing is created until something is written, and whoever only reads takes no lock, so a
    folder that the reader may not write serves as well.

    Args:
        path: the folder.
        schema: version of the documents in its files.
        access: who may read it. What is shared can be reached: the folder that it lies in is
            opened to the same people.
        oldest: the oldest schema whose files are read as they are; None for no other.
    """

    def __init__(
        self,
        path: Path,
        schema: int,
        modes: FileModes = PRIVATE,
        *,
        oldest_schema: int | None = None,
    ) -> None:
        self.path = path
        self.schema = schema
        self._oldest = oldest_schema
        self._access = modes
        self._edited = False

    def file(self, name: str) -> Path:
        """Return where the tables called ``name`` lie."""
        return self.path / f"{name}.json"

    def read(self, name: str) -> Tables:
        """Return the tables called ``name``; none if there is no such file.

        Raises:
            StorageError: the file is damaged, or newer than this program.
            OSError: it cannot be read.
        """
        return read_tables(self.file(name), self.schema, oldest_schema=self._oldest)

    @contextmanager
    def corrupt_if_malformed(self, name: str) -> Iterator[None]:
        """Take documents of the tables called ``name`` that are not as we write them for damage.

        Raises:
            DamagedFileError: the block met such a one.
        """
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            why = _("is damaged ({why})").format(why=error)
            raise DamagedFileError(self.file(name), why) from error

    def size(self, name: str) -> int:
        """Return how many bytes the file of these tables has; 0 if it is not there.

        Raises:
            OSError: it cannot be reached.
        """
        try:
            return self.file(name).stat().st_size
        except FileNotFoundError:
            return 0

    def stamp(self, name: str) -> Stamp:
        """Return what changes when the tables called ``name`` are replaced."""
        try:
            found = self.file(name).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def stable_mtime(self) -> int | None:
        """Return what changes when any file is replaced; None if it may change unnoticed."""
        try:
            changed = self.path.stat().st_mtime_ns
        except OSError:
            return None
        return changed if changed < time.time_ns() - MTIME_RESOLUTION_NS else None

    @contextmanager
    def locked(self, timeout: float = 10.0) -> Iterator[None]:
        """Keep every other process from changing the folder; make the changes last at the end.

        Args:
            timeout: seconds to wait for the one that has the lock.

        Raises:
            BusyError: it was not released in time, or its file is not one that can be locked.
            OSError: the folder cannot be made or written.
        """
        # filelock brings asyncio along: only who writes pays for it.
        from filelock import FileLock, Timeout

        make_folder(self.path, self._access.folder)
        lock = FileLock(
            self.path / LOCK_FILE, timeout=timeout, mode=0o600, poll_interval=LOCK_POLL_SECONDS
        )
        try:
            lock.acquire()
        except Timeout as error:
            raise BusyError(self.path, _("another Broadsheet is writing here")) from error
        except OSError as error:
            raise self._lock_error(error) from error
        try:
            remove_leftovers(self.path, "*.json")
            yield
            # Once for all files: each is whole by itself, and the disk takes its time.
            if self._edited:
                sync_folder(self.path)
                self._edited = False
        finally:
            lock.release()

    def _lock_error(self, error: OSError) -> OSError | BusyError:
        """Return what to raise; what somebody left in the lock's place is named."""
        file = self.path / LOCK_FILE
        if (
            error.errno not in _UNUSABLE_LOCK_ERRNOS
            or not os.path.lexists(file)
            or not self.is_writable()
        ):
            return error
        told = _("this lock cannot be used ({why}); remove it, and try again")
        return BusyError(file, told.format(why=error.strerror))

    def has_expected_permissions(self) -> bool:
        """Tell whether those may read the folder who shall; also if it is not ours to say."""
        return not list(self._folders_with_wrong_mode())

    def apply_permissions(self) -> None:
        """Let those read the folder who shall, whatever umask or settings it was made with.

        The caller has the lock.

        Raises:
            OSError: it could not be changed.
        """
        for folder, mode in self._folders_with_wrong_mode():
            if folder == self.path:
                for file in folder.glob("*.json"):
                    file.chmod(self._access.file)
            # Last: after a crash before that it is done anew.
            folder.chmod(self._access.applied_to(mode))

    def _folders_with_wrong_mode(self) -> Iterator[tuple[Path, int]]:
        """Yield folders of ours that are not open to the people they shall be, and their modes."""
        # A private folder says nothing of what lies beside it.
        folders = (self.path.parent, self.path) if self._access == SHARED else (self.path,)
        for folder in folders:
            with suppress(OSError):
                status = folder.stat()
                mode = S_IMODE(status.st_mode)
                if status.st_uid == os.geteuid() and not self._access.is_satisfied_by(mode):
                    yield folder, mode

    @contextmanager
    def edit(self, name: str) -> Iterator[Database]:
        """Change the tables called ``name``; the caller has the lock.

        The file is read once and replaced once, when the block ends without an exception and
        something did change.

        Raises:
            StorageError: the file cannot be used.
            OSError: it could not be read or written; the old one is as it was.
        """
        # TinyDB is for those who write: reading its files needs only tables.py.
        from tui.storage.database import Database

        file, mode = self.file(name), self._access.file
        database = Database(file, self.schema, mode, oldest_schema=self._oldest)
        yield database
        database.close()
        self._edited = True

    def other_owner(self) -> str | None:
        """Return the name of the other user whose folder this is, if only they can write to it."""
        try:
            owner = self.path.stat().st_uid
        except OSError:
            return None
        if owner == os.geteuid() or self.is_writable():
            return None
        # Only who reads what somebody else keeps wants to know.
        import pwd

        try:
            return pwd.getpwuid(owner).pw_name
        except KeyError:
            return str(owner)

    def is_writable(self) -> bool:
        """Tell whether a file could be made here, now or after making the folder."""
        place = self.path
        while not os.access(place, os.F_OK) and place != place.parent:
            place = place.parent
        return os.access(place, os.W_OK | os.X_OK)


@contextmanager
def file_locked(file: Path) -> Iterator[Path]:
    """Keep other processes from changing a file of the reader's, which lies in no store.

    Args:
        file: the file. The lock is its folder's, which is made if it is missing.

    Yields:
        What to replace: a link to a file elsewhere, as among dotfiles, stays one.

    Raises:
        BusyError: another process has the lock, and does not release it.
        OSError: the folder cannot be made or written.
    """
    # Only who writes needs it.
    import glob

    with TinyDbFolder(file.parent, 0).locked():
        target = file.resolve()
        remove_leftovers(target.parent, glob.escape(target.name))
        yield target


class LockStatus(NamedTuple):
    """The state of a folder's lock.

    Attributes:
        file: the lock file.
        is_held: whether a process holds it.
        error: why it cannot be locked by anyone; empty if it can.
    """

    file: Path
    is_held: bool = False
    error: str = ""


def lock_status(folder: Path) -> LockStatus:
    """Check the lock of a folder by acquiring it for a moment. A missing lock is not created."""
    from filelock import FileLock, Timeout

    file = folder / LOCK_FILE
    if not file.exists():
        return LockStatus(file)
    try:
        with FileLock(file, timeout=0, mode=0o600):
            return LockStatus(file)
    except Timeout:
        return LockStatus(file, is_held=True)
    except OSError as error:
        from tui.storage.disk_errors import reason

        return LockStatus(file, error=reason(error))
