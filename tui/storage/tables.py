"""TinyDB's file format, with a schema version and a checksum. Does not import TinyDB.

A file is one JSON object, as TinyDB writes it: table name → document id → document. A first table
holds the schema version and a checksum (CRC-32) of everything after it. Reading needs no lock,
because files are only ever replaced by complete ones.
"""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from tui.i18n import _
from tui.storage.atomic_write import replace_file
from tui.storage.permissions import PRIVATE
from tui.storage.regular_file import UnusableFileError, open_regular_file, read_regular_file

Document: TypeAlias = dict[str, Any]
Table: TypeAlias = dict[str, Document]
Tables: TypeAlias = dict[str, Table]

SCHEMA_TABLE = "schema"

MAX_FILE_BYTES = 512 << 20
"""Larger than any file we write."""

_HEADER = re.compile(rb'\{"schema":\{"1":\{"version":([0-9]+),"crc":"([0-9a-f]{8})"\}\}')
"""The beginning of our files, in every version. A file that begins differently was written by
another program, so a checksum in it means nothing."""

_MAX_HEADER_BYTES = 100

_NEXT_DOCUMENT = re.compile(rb'\},"[0-9]+":\{')


class StorageError(Exception):
    """One of the program's files cannot be used; the message is a sentence for the reader.

    Attributes:
        path: the file.
        message: the sentence, without the path.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class DamagedFileError(StorageError):
    """The file was changed by something other than this program, or by an older version of it.

    It may be moved aside and rebuilt, if its content is derived.
    """

    @classmethod
    def because(cls, path: Path, why: object) -> DamagedFileError:
        """Return an error whose message gives the reason."""
        return cls(path, _("is damaged ({why})").format(why=why))


class OlderSchemaError(DamagedFileError):
    """The file was written by an older Broadsheet."""


class NewerSchemaError(StorageError):
    """The file was written by a newer Broadsheet."""


def read_tables(path: Path, schema: int, *, oldest_schema: int | None = None) -> Tables:
    """Read a file of tables.

    Args:
        path: the file. A missing file has no tables.
        schema: the schema version that the caller expects.
        oldest_schema: the oldest version that the caller accepts as well; None for no other.

    Returns:
        The tables, without the one for the schema.

    Raises:
        DamagedFileError: the file does not contain valid tables.
        OlderSchemaError: the schema version is too old.
        NewerSchemaError: the schema version is too new.
        OSError: the file exists but cannot be read.
    """
    try:
        data = read_regular_file(path, MAX_FILE_BYTES)
    except FileNotFoundError:
        return {}
    except UnusableFileError as error:
        raise DamagedFileError.because(path, error.strerror) from error
    try:
        tables = orjson.loads(data)
    except ValueError as error:
        raise DamagedFileError.because(path, error) from error
    version = _schema_version(tables)
    if not _has_valid_checksum(data):
        raise DamagedFileError.because(path, _("its checksum is wrong"))
    if version is None:
        raise DamagedFileError.because(path, _("its schema version is missing"))
    if version > schema:
        raise NewerSchemaError(path, _("was written by a newer Broadsheet; update this one"))
    if version < (schema if oldest_schema is None else oldest_schema):
        raise OlderSchemaError(path, _("was written by an older Broadsheet"))
    del tables[SCHEMA_TABLE]
    if not all(_is_table(table) for table in tables.values()):
        raise DamagedFileError.because(path, _("a table is not a set of documents"))
    valid_tables: Tables = tables
    return valid_tables


def read_checksum(path: Path) -> str | None:
    """Return the stored checksum and the size of a file of tables, without reading the rest.

    None if it is missing, or was not written by this program.

    Raises:
        OSError: the file exists but cannot be read.
    """
    try:
        with open_regular_file(path) as file:
            header = _HEADER.match(file.read(_MAX_HEADER_BYTES))
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return None
    return f"{header[2].decode()}-{size}" if header else None


def _has_valid_checksum(data: bytes) -> bool:
    """Return whether the checksum, if any, matches: a flipped bit may leave the JSON valid."""
    header = _HEADER.match(data)
    return header is None or _checksum(header[1], memoryview(data)[header.end() :]) == header[2]


def is_intact(data: bytes) -> bool:
    """Return whether a file is certainly as this program wrote it, without parsing it."""
    return _HEADER.match(data) is not None and _has_valid_checksum(data)


def read_intact(path: Path, schema: int) -> bytes | None:
    """Return a file that is certainly as this program wrote it, with a schema version, or None.

    Raises:
        OSError: the file exists but cannot be read.
    """
    try:
        data = read_regular_file(path, MAX_FILE_BYTES)
    except (FileNotFoundError, UnusableFileError):
        return None
    header = _HEADER.match(data)
    is_wanted = header is not None and int(header[1]) == schema
    return data if is_wanted and _has_valid_checksum(data) else None


def find_document(data: bytes, document_id: str, first_field: str) -> Document | None:
    """Return a document of a file without parsing the others; None if it is missing.

    A text cannot look like the beginning of a document, because its quotation marks are escaped.

    Args:
        data: what ``read_intact`` returned, of a file with one table besides that of the schema.
            Its documents contain no other documents.
        document_id: the id.
        first_field: the first field of each document of the table.

    Raises:
        ValueError: there is something else.
    """
    beginning = f'{{"{first_field}":'.encode()
    key = f'"{document_id}":'.encode()
    start = data.find(key + beginning)
    if start < 0:
        return None
    start += len(key)
    following = _NEXT_DOCUMENT.search(data, start)
    # The last one is followed by the ends of the table and of the file.
    end = following.start() + 1 if following else len(data) - len(b"}}")
    document = orjson.loads(data[start:end])
    if not isinstance(document, dict):
        raise ValueError("not a document")
    return document


def parse_part(data: bytes) -> Any:
    """Return a JSON value that is part of a file of tables.

    Raises:
        ValueError: it is not JSON.
    """
    return orjson.loads(data)


def _checksum(version: bytes, tables: bytes | memoryview) -> bytes:
    return b"%08x" % zlib.crc32(tables, zlib.crc32(version))


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and set(map(type, table.values())) <= {dict}


def _schema_version(tables: object) -> int | None:
    """Return the schema version, or None if it is missing."""
    try:
        version = tables[SCHEMA_TABLE]["1"]["version"]  # type: ignore[index]
    except (KeyError, TypeError, IndexError):
        return None
    return version if isinstance(version, int) else None


def write_tables(path: Path, tables: Tables, schema: int, mode: int = PRIVATE.file) -> None:
    """Replace a file of tables atomically.

    Args:
        path: the file; its folder must exist.
        tables: the new content.
        schema: the schema version of the documents.
        mode: the permissions of the new file.

    Raises:
        StorageError: the file would be too large.
        OSError: the file could not be written; the old one is unchanged.
    """
    body = orjson.dumps({name: table for name, table in tables.items() if name != SCHEMA_TABLE})
    # The header replaces the opening brace.
    rest = b"}" if body == b"{}" else b"," + body[1:]
    version = b"%d" % schema
    header = b'{"schema":{"1":{"version":%b,"crc":"%b"}}' % (version, _checksum(version, rest))
    if len(header) + len(rest) > MAX_FILE_BYTES:
        # It could not be read again.
        message = _("would be larger than {size} MB").format(size=MAX_FILE_BYTES >> 20)
        raise StorageError(path, message)
    replace_file(path, header + rest, mode)
