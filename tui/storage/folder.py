"""A folder of TinyDB files with one lock: every change is one read, one edit, one replacement."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.storage.tables import TEMPORARY, StorageError, Tables, read_tables, sync_folder

if TYPE_CHECKING:
    from tui.storage.database import Database


class BusyError(StorageError):
    """Another process keeps the folder's lock."""


class StoreFolder:
    """Files of one schema in one folder.

    Nothing is created until something is written, and whoever only reads takes no lock, so a
    folder that the reader may not write serves as well.

    Args:
        path: the folder.
        schema: version of the documents in its files.
    """

    def __init__(self, path: Path, schema: int) -> None:
        self.path = path
        self.schema = schema
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
        return read_tables(self.file(name), self.schema)

    @contextmanager
    def locked(self, timeout: float = 10.0) -> Iterator[None]:
        """Keep every other process from changing the folder; make the changes last at the end.

        Args:
            timeout: seconds to wait for the one that has the lock.

        Raises:
            BusyError: it was not released in time.
            OSError: the folder cannot be made or written.
        """
        # filelock brings asyncio along: only who writes pays for it.
        from filelock import FileLock, Timeout

        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with FileLock(self.path / ".lock", timeout=timeout, mode=0o600):
                self._sweep()
                yield
                # Once for all files: each is whole by itself, and the disk takes its time.
                if self._edited:
                    sync_folder(self.path)
                    self._edited = False
        except Timeout as error:
            raise BusyError(self.path, _("another Broadsheet is writing here")) from error

    def _sweep(self) -> None:
        """Remove what writers left that were killed before they could."""
        for temporary in self.path.glob(f".*.json.*{TEMPORARY}"):
            temporary.unlink(missing_ok=True)

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

        database = Database(self.file(name), self.schema)
        yield database
        database.close()
        self._edited = True

    def is_writable(self) -> bool:
        """Tell whether a file could be made here, now or after making the folder."""
        place = self.path
        while not os.access(place, os.F_OK) and place != place.parent:
            place = place.parent
        return os.access(place, os.W_OK | os.X_OK)
