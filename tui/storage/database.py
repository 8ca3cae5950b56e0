"""TinyDB on atomic files: a file is read once, edited in memory and replaced at the end.

TinyDB's own JSON storage rewrites its file in place on every call. Its documentation offers
``Storage`` subclasses as the extension point for other behavior.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.storage.permissions import PRIVATE
from tui.storage.tables import Tables, read_tables, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class AtomicStorage(Storage):
    """Holds a file's tables in memory and replaces the file on ``close`` if they changed.

    Args:
        path: the file.
        schema: schema version of the documents.
        mode: permissions of the file.
        oldest_schema: the oldest version that can be read as well; it is upgraded to ``schema``.
    """

    def __init__(self, path: Path, schema: int, mode: int, oldest_schema: int | None) -> None:
        self._path = path
        self._schema = schema
        self._mode = mode
        self._tables: Tables = read_tables(path, schema, oldest_schema=oldest_schema)
        self._is_changed = False

    def read(self) -> Tables:
        """Return the tables in memory."""
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Hold new tables in memory until ``close``."""
        self._tables = data
        self._is_changed = True

    def close(self) -> None:
        """Replace the file if the tables changed.

        Raises:
            OSError: the file could not be written; the old one is unchanged.
        """
        if self._is_changed:
            write_tables(self._path, self._tables, self._schema, self._mode)
            self._is_changed = False


class KeyedTable(Table):
    """A table whose document ids are strings: dates, paths or paper ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int, but accepts any

    def put(self, documents: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Insert or replace documents in one update.

        Equal documents are left alone, so that a file without changes is not replaced.
        """
        existing = self.documents()
        changed = {
            key: dict(document) for key, document in documents if document != existing.get(key)
        }

        def updater(table: dict[Any, Mapping[str, Any]]) -> None:
            table.update(changed)

        if changed:
            self._update_table(updater)

    def create(self) -> None:
        """Create the table if it is missing; without documents, ``put`` does not."""
        if self.name not in (self._storage.read() or {}):
            self._update_table(lambda _table: None)

    def drop(self, keys: Iterable[str]) -> None:
        """Remove the documents with these keys; missing ones are ignored."""
        documents = self.documents()
        present = [key for key in dict.fromkeys(keys) if key in documents]
        if present:
            self.remove(doc_ids=present)  # type: ignore[arg-type]  # strings, see the class

    def documents(self) -> Mapping[str, Mapping[str, Any]]:
        """Return all documents by key. They must not be modified."""
        return self._read_table()


class Database(TinyDB):
    """TinyDB on one of the program's files.

    Args:
        path: the file.
        schema: schema version of the documents.
        mode: permissions of the file when it is written.
        oldest_schema: the oldest version that can be read as well; None for no other.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: the file cannot be read.
    """

    table_class = KeyedTable

    def __init__(
        self, path: Path, schema: int, mode: int = PRIVATE.file, *, oldest_schema: int | None = None
    ) -> None:
        super().__init__(path, schema, mode, oldest_schema, storage=AtomicStorage)

    def keyed(self, name: str) -> KeyedTable:
        """Return the table with this name."""
        return cast("KeyedTable", self.table(name))
