"""TinyDB's file format, read and replaced safely. Importing this does not import TinyDB.

A file is one JSON object: table name → document id → document, as TinyDB lays it out, with one
more table before them, which tells the schema and a checksum (CRC-32) of what follows it. Reading
needs no lock, because a file is only ever replaced by a complete one.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from tui.i18n import _
from tui.storage.atomic_write import replace_file
from tui.storage.permissions import PRIVATE

Document: TypeAlias = dict[str, Any]
Table: TypeAlias = dict[str, Document]
Tables: TypeAlias = dict[str, Table]

SCHEMA_TABLE = "schema"

_HEADER = re.compile(rb'\{"schema":\{"1":\{"version":([0-9]+),"crc":"([0-9a-f]{8})"\}\}')
"""How our files begin, in every version. What begins otherwise was written by another program, and
has no checksum that could still be true."""


class StorageError(Exception):
    """A file of ours that cannot be used; the text is a sentence for the reader.

    Attributes:
        path: the file.
        message: the sentence without it.
        can_rebuild: whether it may be set aside and made anew, where it is derived.
    """

    can_rebuild = False

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class DamagedFileError(StorageError):
    """The file is not what we wrote."""

    can_rebuild = True


class OlderSchemaError(DamagedFileError):
    """The file was written by an older Broadsheet."""


class NewerSchemaError(StorageError):
    """The file was written by a newer Broadsheet."""


def read_tables(path: Path, schema: int, *, oldest_schema: int | None = None) -> Tables:
    """Read a file of tables.

    Args:
        path: the file; one that is missing reads as no tables.
        schema: the version that the caller understands.
        oldest_schema: the oldest version that the caller understands as well; None for no other.

    Returns:
        The tables, without the schema's own.

    Raises:
        DamagedFileError: the content is not tables of ours.
        OlderSchemaError: the file tells a schema that is too old.
        NewerSchemaError: the file tells one above it.
        OSError: the file is there and cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        tables = orjson.loads(data)
    except ValueError as error:
        raise DamagedFileError(path, _("is damaged ({why})").format(why=error)) from error
    version = _schema_version(tables)
    if not _has_valid_checksum(data):
        raise DamagedFileError(path, _("is damaged ({why})").format(why=_("its checksum is wrong")))
    if version is None:
        raise DamagedFileError(path, _("is damaged ({why})").format(why=_("it tells no schema")))
    if version > schema:
        raise NewerSchemaError(path, _("was written by a newer Broadsheet; update this one"))
    if version < (schema if oldest_schema is None else oldest_schema):
        raise OlderSchemaError(path, _("was written by an older Broadsheet"))
    del tables[SCHEMA_TABLE]
    if not all(_is_table(table) for table in tables.values()):
        raise DamagedFileError(
            path, _("is damaged ({why})").format(why=_("a table holds no documents"))
        )
    found: Tables = tables
    return found


def _has_valid_checksum(data: bytes) -> bool:
    """Tell whether a file's checksum is right, if it has one: a flipped bit may leave it JSON."""
    head = _HEADER.match(data)
    return head is None or _checksum(head[1], memoryview(data)[head.end() :]) == head[2]


def _checksum(version: bytes, tables: bytes | memoryview) -> bytes:
    return b"%08x" % zlib.crc32(tables, zlib.crc32(version))


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(each, dict) for each in table.values())


def _schema_version(tables: object) -> int | None:
    """Return the schema's version, or None where there is none to be found."""
    try:
        version = tables[SCHEMA_TABLE]["1"]["version"]  # type: ignore[index]
    except (KeyError, TypeError, IndexError):
        return None
    return version if isinstance(version, int) else None


def write_tables(path: Path, tables: Tables, schema: int, mode: int = PRIVATE.file) -> None:
    """Replace a file of tables by a new one, wholly or not at all.

    Args:
        path: the file; its folder must exist.
        tables: what shall stand in it.
        schema: the version to note in it.
        mode: its permissions.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    body = orjson.dumps({name: table for name, table in tables.items() if name != SCHEMA_TABLE})
    # The head takes the place of the opening bracket.
    rest = b"}" if body == b"{}" else b"," + body[1:]
    version = b"%d" % schema
    head = b'{"schema":{"1":{"version":%b,"crc":"%b"}}' % (version, _checksum(version, rest))
    replace_file(path, head + rest, mode)
