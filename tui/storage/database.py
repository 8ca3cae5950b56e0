"""TinyDB on our storage: what is read once is edited in memory and replaced at the end.

TinyDB's own JSON storage rewrites its file in place for every single call. A ``Storage`` subclass
is the extension point that its documentation offers for doing otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.storage.permissions import PRIVATE
from tui.storage.tables import Tables, read_tables, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class AtomicStorage(Storage):
    """Holds a file's tables and replaces the file on ``close``, if they were changed.

    Args:
        path: the file.
        schema: version of the documents in it.
        mode: its permissions.
        oldest: the oldest version that can be edited as it is; it becomes ``schema``.
    """

    def __init__(self, path: Path, schema: int, mode: int, oldest_schema: int | None) -> None:
        self._path = path
        self._schema = schema
        self._mode = mode
        self._tables: Tables = read_tables(path, schema, oldest_schema=oldest_schema)
        self._changed = False

    def read(self) -> Tables:
        """Return the tables as they stand in memory."""
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Keep the tables until ``close``."""
        self._tables = data
        self._changed = True

    def close(self) -> None:
        """Replace the file.

        Raises:
            OSError: it could not be written; the old file is as it was.
        """
        if self._changed:
            write_tables(self._path, self._tables, self._schema, self._mode)
            self._changed = False


class KeyedTable(Table):
    """A table whose documents are called by name: a date, a path, an arXiv id."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int, and asks for any

    def put(self, documents: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Set documents by their names, in one update, whether they were there or not.

        What is there and equal is left alone: a file in which nothing changed is not replaced.
        """
        there = self.documents()
        changed = {
            name: dict(document) for name, document in documents if document != there.get(name)
        }

        def updater(table: dict[Any, Mapping[str, Any]]) -> None:
            table.update(changed)

        if changed:
            self._update_table(updater)

    def drop(self, names: Iterable[str]) -> None:
        """Remove the documents of these names, as far as they are there."""
        documents = self.documents()
        present = [name for name in dict.fromkeys(names) if name in documents]
        if present:
            self.remove(doc_ids=present)  # type: ignore[arg-type]  # names, see the class

    def documents(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the documents by their names, as they stand; not to be changed."""
        return self._read_table()


class Database(TinyDB):
    """TinyDB on one of our files.

    Args:
        path: the file.
        schema: version of the documents in it.
        mode: its permissions, where it is written.
        oldest: the oldest version that can be edited as it is; None for no other.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: it cannot be read.
    """

    table_class = KeyedTable

    def __init__(
        self, path: Path, schema: int, mode: int = PRIVATE.file, *, oldest_schema: int | None = None
    ) -> None:
        super().__init__(path, schema, mode, oldest_schema, storage=AtomicStorage)

    def keyed(self, name: str) -> KeyedTable:
        """Return the table of this name."""
        table = self.table(name)
        if not isinstance(table, KeyedTable):
            raise TypeError(f"unexpected table class: {type(table).__name__}")
        return table
