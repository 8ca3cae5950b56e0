"""HTTP cache validators of fetched days, to ask the hub only for what changed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError

SCHEMA = 1

_NAME = "answers"

_STORED_TYPES = {"url": str, "etag": str, "modified": str, "empty": float}
"""The fields of a stored document, in the order of ``DayRecord``."""


class DayRecord(NamedTuple):
    """What is stored about the response for one day.

    Attributes:
        url: the hub that sent it.
        etag: its ETag; empty if the hub sent none.
        last_modified: its Last-Modified header; empty if the hub sent none.
        empty_since: when the hub answered that the day has no papers, in seconds since the epoch;
            0 if it has papers.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    empty_since: float = 0.0


class DayRecords:
    """Records by the path of the day's file. Losing them costs one more download of each day.

    Args:
        folder: the folder of the file that stores them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = TinyDbFolder(folder, SCHEMA)
        self._changed: dict[str, dict[str, Any]] = {}
        try:
            self._documents = self._folder.read(_NAME).get(_NAME, {})
        except (StorageError, OSError):
            self._documents = {}

    def get(self, file: Path) -> DayRecord | None:
        """Return the record of a day's file, whether or not the file exists."""
        document = self._documents.get(str(file), {})
        values: list[Any] = [document.get(name) for name in _STORED_TYPES]
        if [type(value) for value in values] != list(_STORED_TYPES.values()):
            return None
        return DayRecord(*values)

    def set(self, file: Path, record: DayRecord) -> None:
        """Set the record of a day's file; ``save`` makes the change permanent."""
        document = dict(zip(_STORED_TYPES, record, strict=True))
        if self._documents.get(str(file)) != document:
            self._documents[str(file)] = self._changed[str(file)] = document

    def save(self) -> None:
        """Write the changed records. Errors are ignored: the days themselves have been saved."""
        if not self._changed:
            return
        with suppress(StorageError, OSError), self._folder.locked(timeout=2):
            try:
                self._folder.read(_NAME)
            except DamagedFileError:
                self._folder.file(_NAME).unlink()
            with self._folder.edit(_NAME) as database:
                database.keyed(_NAME).put(self._changed.items())
            self._changed = {}
