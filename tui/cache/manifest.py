"""The manifest: one record for each file of a source, and the sizes of the cache's own files.

The records are split over ``SHARD_COUNT`` files by a checksum of the path, so that a new digest
rewrites one of them. The file ``catalogue`` holds the rest. It is written before all other files,
to record what is about to change, and again after them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import NoneType
from typing import Any, NamedTuple, TypeAlias, TypedDict

from tui.cache.period_counts import check_period
from tui.cache.validation import check_fields, check_problems
from tui.models import Problem
from tui.sources.scan import UNKNOWN, FileStamp
from tui.storage.folder import TinyDbFolder

SHARD_COUNT = 8


class FileRecord(FileStamp):
    """What the manifest stores about one file of a source.

    Attributes:
        hash: hash of the content; empty if the file was not read.
        dialect: the dialect the file was read with; None if it is not a digest.
        months: the months of its entries.
        entries: number of entries.
        last_entry: the highest number given to one of its entries.
        problems: line, message, message values and `is_note` of each problem.
    """

    hash: str
    dialect: str | None
    months: list[str]
    entries: int
    last_entry: int
    problems: list[list[Any]]


class PendingWrite(TypedDict):
    """What a file of the source may leave in the cache if the current write is interrupted.

    Attributes:
        months: the months that may contain entries of it.
        last_entry: the highest number that may have been given to one of its entries.
    """

    months: list[str]
    last_entry: int


FileRecords: TypeAlias = dict[str, FileRecord]
"""Records by the file's name."""


class DialectVersions(NamedTuple):
    """The dialects that a source's files were read with.

    Attributes:
        fingerprint: changes with them; empty in a cache that was written without one.
        failures: plug-in dialects that could not be used.
    """

    fingerprint: str = ""
    failures: Sequence[Problem] = ()


class Manifest(NamedTuple):
    """The cache's records of a source's files.

    Attributes:
        files: a record for each. After an interrupted write, the affected files count as unread,
            with all months that may contain entries of them.
        dialects: the dialects they were read with.
        sizes: number of bytes written to each file of the cache.
    """

    files: FileRecords
    dialects: DialectVersions
    sizes: Mapping[str, int]

    def problems(self) -> list[Problem]:
        """Return the problems of dialects that failed, then those of the files in order."""
        with_problems = sorted(name for name, record in self.files.items() if record["problems"])
        return [
            *self.dialects.failures,
            *(
                Problem(name, *problem)
                for name in with_problems
                for problem in self.files[name]["problems"]
            ),
        ]


UNREAD: FileRecord = {
    "size": 0,
    "mtime": 0,
    "settled": False,
    "inode": UNKNOWN,
    "ctime": UNKNOWN,
    "hash": "",
    "dialect": None,
    "months": [],
    "entries": 0,
    "last_entry": 0,
    "problems": [],
}
"""The record of a file that has not been read."""

_TYPES = {name: (type(value),) for name, value in UNREAD.items()} | {"dialect": (str, NoneType)}

_ADDED_FIELDS = ("inode", "ctime")
"""Fields that earlier versions did not store. They make the next sync read the file once, and write
nothing but its record if its content is unchanged."""


def shard_of(name: str) -> str:
    """Return the cache file that holds the record of a source's file."""
    return f"files-{zlib.crc32(name.encode()) % SHARD_COUNT}"


def read_manifest(folder: TinyDbFolder) -> Manifest:
    """Read the manifest.

    Args:
        folder: the source's cache folder.

    Raises:
        StorageError: a file is damaged, or newer than this program.
        OSError: a file cannot be read.
    """
    with folder.corrupt_if_malformed("catalogue"):
        tables = folder.read("catalogue")
        source = tables.get("source", {}).get("", {})
        failures = source.get("failures", [])
        check_problems([failure[1:] for failure in failures])
        dialects = DialectVersions(
            str(source.get("readers", "")),
            tuple(Problem(str(name), *problem) for name, *problem in failures),
        )
        sizes = {name: int(file["size"]) for name, file in tables.get("files", {}).items()}
        pending: dict[str, PendingWrite] = {
            name: {"months": list(write["months"]), "last_entry": int(write["last_entry"])}
            for name, write in tables.get("writing", {}).items()
        }
    files: FileRecords = {}
    valid_months: set[str] = set()
    for number in range(SHARD_COUNT):
        shard = f"files-{number}"
        with folder.corrupt_if_malformed(shard):
            records: dict[str, Any] = folder.read(shard).get("digests", {})
            for record in records.values():
                for field in _ADDED_FIELDS:
                    record.setdefault(field, UNKNOWN)
            _check_records(records, valid_months)
            files |= records
    for name, write in pending.items():
        files[name] = _interrupted(files.get(name, UNREAD), write)
    return Manifest(files, dialects, sizes)


def read_fingerprint(folder: TinyDbFolder) -> str:
    """Return the fingerprint of the dialects that all files of a source were last read with.

    Empty before a sync has read them all. Raises as ``read_manifest`` does.
    """
    with folder.corrupt_if_malformed("catalogue"):
        source = folder.read("catalogue").get("source", {}).get("", {})
        return str(source.get("readers", ""))


def _check_records(records: Mapping[str, FileRecord], valid_months: set[str]) -> None:
    """Check records that were read from a file, which another user may have written.

    Args:
        records: the records.
        valid_months: months that need no check; those of the records are added.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: a record is malformed.
    """
    columns = check_fields(records.values(), _TYPES)
    for month in set(chain.from_iterable(columns["months"])) - valid_months:
        check_period(month, length=7)
        valid_months.add(month)
    check_problems(list(chain.from_iterable(columns["problems"])))


def _interrupted(before: FileRecord, write: PendingWrite) -> FileRecord:
    """Return the record of a file whose entries were being replaced when the writer died."""
    return {
        **before,
        "settled": False,
        "hash": "",
        "months": sorted({*before["months"], *write["months"]}),
        "last_entry": max(before["last_entry"], write["last_entry"]),
    }


def begin_write(
    folder: TinyDbFolder, pending: Mapping[str, PendingWrite], files: Iterable[str]
) -> bool:
    """Record that a write begins. The caller has the folder's lock.

    A crash before ``commit_write`` leaves the pending files unread, and the listed files of the
    cache with unknown sizes.

    Args:
        folder: the source's cache folder.
        pending: the source's files whose entries are about to change.
        files: names of the cache's files that may be replaced.

    Returns:
        Whether an earlier write was interrupted, so that the cache's files may be inconsistent.

    Raises:
        StorageError: the manifest is damaged, or newer than this program.
        OSError: the manifest cannot be written.
    """
    with folder.edit("catalogue") as database:
        writing = database.keyed("writing")
        was_interrupted = bool(writing.documents())
        writing.put(pending.items())
        database.keyed("files").drop(files)
    return was_interrupted


def commit_write(
    folder: TinyDbFolder,
    changed: FileRecords,
    gone: Sequence[str],
    *,
    source: str,
    dialects: DialectVersions,
    files: Iterable[str],
) -> None:
    """Record a finished write. The caller has the folder's lock. Raises as ``begin_write`` does.

    Args:
        folder: the source's cache folder.
        changed: new records of the source's files.
        gone: files that no longer exist.
        source: printable path of the source.
        dialects: the dialects that all files of the manifest were read with.
        files: names of the cache's files that may have been replaced, except those written here.
    """
    shards = {shard_of(name) for name in (*changed, *gone)}
    for shard in sorted(shards):
        with folder.edit(shard) as database:
            records = database.keyed("digests")
            records.drop(gone)
            records.put(item for item in changed.items() if shard_of(item[0]) == shard)
    with folder.edit("catalogue") as database:
        failures = [
            [*failure[:3], dict(failure.values), failure.is_note] for failure in dialects.failures
        ]
        document = {"path": source, "readers": dialects.fingerprint, "failures": failures}
        database.keyed("source").put([("", document)])
        sizes = ((name, {"size": folder.size(name)}) for name in (*files, *shards))
        database.keyed("files").put(sizes)
        database.keyed("writing").drop((*changed, *gone))
