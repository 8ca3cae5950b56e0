"""A folder of TinyDB files with one lock. Each change reads, edits and replaces whole files."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING, TypeAlias

from tui.storage.atomic_write import remove_leftovers, sync_folder
from tui.storage.locks import folder_locked
from tui.storage.permissions import PRIVATE, SHARED, FileModes, change_mode, make_folder
from tui.storage.regular_file import read_regular_file
from tui.storage.tables import (
    MAX_FILE_BYTES,
    DamagedFileError,
    Tables,
    read_checksum,
    read_intact,
    read_tables,
    write_tables,
)

if TYPE_CHECKING:
    from tui.storage.database import Database


Stamp: TypeAlias = tuple[int, int, int] | None
"""A value that changes when a file is replaced; None if the file is missing or unreachable."""


MTIME_RESOLUTION_NS = 2_000_000_000
"""A file or folder changed less than this ago may change again with the same mtime."""


class TinyDbFolder:
    """TinyDB files with the same schema in one folder.

    Nothing is created before the first write. Reading takes no lock, so it works in a read-only
    folder.

    Args:
        path: the folder.
        schema: schema version of the documents.
        modes: permissions. For a shared folder, its parent folder is opened as well.
        oldest_schema: the oldest schema that can be read as well; None for no other.
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
        self._oldest_schema = oldest_schema
        self._modes = modes
        self._was_edited = False

    def file(self, name: str) -> Path:
        """Return the path of a file of tables, given its name without the suffix."""
        return self.path / f"{name}.json"

    def read(self, name: str) -> Tables:
        """Return the tables of a file; empty if the file is missing.

        Raises:
            StorageError: the file is damaged, or newer than this program.
            OSError: the file cannot be read.
        """
        return read_tables(self.file(name), self.schema, oldest_schema=self._oldest_schema)

    def read_intact(self, name: str) -> bytes | None:
        """Return a file for ``find_document``; None if it has to be read whole.

        Raises:
            OSError: the file cannot be read.
        """
        return read_intact(self.file(name), self.schema)

    def read_bytes(self, name: str) -> bytes:
        """Return a file as it is stored; empty if the file is missing.

        Raises:
            OSError: the file cannot be read.
        """
        try:
            return read_regular_file(self.file(name), MAX_FILE_BYTES)
        except FileNotFoundError:
            return b""

    @contextmanager
    def corrupt_if_malformed(self, name: str) -> Iterator[None]:
        """Treat malformed documents as file corruption.

        Raises:
            DamagedFileError: the block failed on a document of the file.
        """
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DamagedFileError.because(self.file(name), error) from error

    def size(self, name: str) -> int:
        """Return the size of a file in bytes; 0 if it is missing, or a link that leads nowhere.

        Raises:
            OSError: the file cannot be reached.
        """
        try:
            return self.file(name).stat().st_size
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                return 0
            raise

    def stamp(self, name: str) -> Stamp:
        """Return a value that changes when a file is replaced."""
        try:
            status = self.file(name).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def checksum(self, name: str) -> str | None:
        """Return the stored checksum and the size of a file; see ``read_checksum``."""
        return read_checksum(self.file(name))

    def stable_mtime(self) -> int | None:
        """Return the folder's mtime, which changes when a file is replaced.

        Returns:
            Nanoseconds; None if the folder is missing, or so new that a change may go unnoticed.
        """
        try:
            mtime = self.path.stat().st_mtime_ns
        except OSError:
            return None
        return mtime if mtime < time.time_ns() - MTIME_RESOLUTION_NS else None

    @contextmanager
    def locked(self, timeout: float = 10.0) -> Iterator[None]:
        """Hold the folder's lock, and sync the folder to disk at the end.

        Args:
            timeout: seconds to wait for the lock.

        Raises:
            BusyError: the lock was not released in time, or the lock file cannot be used.
            OSError: the folder cannot be created or written.
        """
        make_folder(self.path, self._modes.folder)
        with folder_locked(self.path, timeout):
            remove_leftovers(self.path, "*.json")
            yield
            # Once for all files, because each is complete by itself and syncing is slow.
            if self._was_edited:
                sync_folder(self.path)
                self._was_edited = False

    def has_expected_permissions(self) -> bool:
        """Return whether permissions match the settings; True if we do not own the folder."""
        return not list(self._folders_with_wrong_mode())

    def apply_permissions(self) -> None:
        """Set the permissions that the settings require. The caller has the lock.

        Raises:
            OSError: the permissions could not be changed.
        """
        for folder, mode in self._folders_with_wrong_mode():
            if folder == self.path:
                for file in folder.glob("*.json"):
                    change_mode(file, self._modes.file)
            # The folder goes last, so that a crash before it makes the next call repeat this.
            change_mode(folder, self._modes.applied_to(mode))

    def _folders_with_wrong_mode(self) -> Iterator[tuple[Path, int]]:
        """Yield the folders of ours whose mode does not match the settings, with their mode."""
        # A private folder says nothing about the privacy of its parent's other folders.
        folders = (self.path.parent, self.path) if self._modes == SHARED else (self.path,)
        for folder in folders:
            with suppress(OSError):
                status = folder.stat()
                mode = S_IMODE(status.st_mode)
                if status.st_uid == os.geteuid() and mode != self._modes.applied_to(mode):
                    yield folder, mode

    @contextmanager
    def edit(self, name: str) -> Iterator[Database]:
        """Edit a file. The caller has the lock.

        The file is read once, and replaced when the block ends without an exception and changed
        something.

        Raises:
            StorageError: the file is damaged, or newer than this program.
            OSError: the file could not be read or written; the old one is unchanged.
        """
        from tui.storage.database import Database

        file, mode = self.file(name), self._modes.file
        database = Database(file, self.schema, mode, oldest_schema=self._oldest_schema)
        yield database
        database.close()
        self._was_edited = True

    def replace(self, name: str, tables: Tables) -> None:
        """Replace a file, whatever it contains. The caller has the lock.

        Raises:
            StorageError: the file would be too large.
            OSError: the file could not be written; the old one is unchanged.
        """
        write_tables(self.file(name), tables, self.schema, self._modes.file)
        self._was_edited = True

    def other_owner(self) -> str | None:
        """Return the name of the folder's owner if it is another user and only they can write."""
        try:
            owner = self.path.stat().st_uid
        except OSError:
            return None
        if owner == os.geteuid() or self.is_writable():
            return None
        import pwd

        try:
            return pwd.getpwuid(owner).pw_name
        except KeyError:
            return str(owner)

    def is_writable(self) -> bool:
        """Return whether a file could be created here, if need be after creating the folder."""
        folder = self.path
        # A link to a missing folder exists, and no folder can be created in its place.
        while not os.path.lexists(folder) and folder != folder.parent:
            folder = folder.parent
        return os.access(f"{folder}/.", os.W_OK | os.X_OK)


@contextmanager
def file_locked(file: Path) -> Iterator[Path]:
    """Lock a single file, such as the settings, against other processes.

    Temporary files that a killed process left beside it are deleted.

    Args:
        file: the file. The lock is that of its folder, which is created if it is missing.

    Yields:
        The file to replace: the target of ``file`` if that is a symbolic link, which stays one.

    Raises:
        BusyError: another process holds the lock.
        OSError: the folder cannot be created or written.
    """
    import glob

    with TinyDbFolder(file.parent, 0).locked():
        # realpath tolerates symlink loops; Path.resolve raises.
        target = Path(os.path.realpath(file))
        remove_leftovers(target.parent, glob.escape(target.name))
        yield target
