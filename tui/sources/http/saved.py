"""Responses that are kept as files, and what is remembered about them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.storage.atomic_write import replace_bytes
from tui.storage.folder import TinyDbFolder
from tui.storage.permissions import make_folder
from tui.storage.regular_file import read_regular_file
from tui.storage.tables import DamagedFileError, StorageError

_SCHEMA = 1

_RECORDS = "answers"

_RECORD_TYPES = {"url": str, "etag": str, "modified": str, "empty": float}
"""The fields of a stored document, in the order of ``ResponseRecord``."""


def save_response(file: Path, data: bytes) -> bool:
    """Save a response unless the file has it already; return whether the file was written.

    The file's modification time records when its content was last verified.

    Raises:
        OSError: it cannot be written.
    """
    if saved_response(file, len(data)) == data:
        os.utime(file)
        return False
    make_folder(file.parent, 0o700)
    replace_bytes(file, [data])
    return True


def saved_response(file: Path, max_bytes: int) -> bytes | None:
    """Return the content of a file; None if it is missing, unreadable or too large."""
    try:
        return read_regular_file(file, max_bytes) if file.stat().st_size <= max_bytes else None
    except OSError:
        return None


def details_file_name(day: str, suffix: str) -> str:
    """Return the name of the file with details of a day's papers; the day may be empty."""
    return f"{day or 'undated'}.details.{suffix}"


class ResponseRecord(NamedTuple):
    """What is stored about a response.

    Attributes:
        url: the server or the URL that sent it.
        etag: its ETag; empty if the server sent none.
        last_modified: its Last-Modified header; empty if the server sent none.
        empty_since: when the server answered that it has nothing, in seconds since the epoch; 0 if
            it has something.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    empty_since: float = 0.0


class ResponseRecords:
    """Records by the path of the saved file, or another name. Losing them costs one more download.

    Args:
        folder: the folder of the file that stores them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = TinyDbFolder(folder, _SCHEMA)
        self._changed: dict[str, dict[str, Any]] = {}
        try:
            self._documents = self._folder.read(_RECORDS).get(_RECORDS, {})
        except (StorageError, OSError):
            self._documents = {}

    def get(self, file: Path | str) -> ResponseRecord | None:
        """Return the record of a file, whether or not the file exists."""
        document = self._documents.get(str(file), {})
        values: list[Any] = [document.get(name) for name in _RECORD_TYPES]
        if [type(value) for value in values] != list(_RECORD_TYPES.values()):
            return None
        return ResponseRecord(*values)

    def set(self, file: Path | str, record: ResponseRecord) -> None:
        """Set the record of a file; ``save`` makes the change permanent."""
        document = dict(zip(_RECORD_TYPES, record, strict=True))
        if self._documents.get(str(file)) != document:
            self._documents[str(file)] = self._changed[str(file)] = document

    def save(self) -> None:
        """Write the changed records. Errors are ignored: the responses have been saved."""
        if not self._changed:
            return
        with suppress(StorageError, OSError), self._folder.locked(timeout=2):
            try:
                self._folder.read(_RECORDS)
            except DamagedFileError:
                self._folder.file(_RECORDS).unlink()
            with self._folder.edit(_RECORDS) as database:
                database.keyed(_RECORDS).put(self._changed.items())
            self._changed = {}
