"""What is known of a source's files, and of the cache's own.

The documents of a source's files lie in ``SHARDS`` files of the cache, by a checksum of the path,
so that one that is new rewrites one of them. ``catalogue`` tells the rest. It is written before
anything else, to say what is going to be written, and after all of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from tui.models import Problem
from tui.storage.folder import TinyDbFolder

SHARDS = 8

Document: TypeAlias = dict[str, Any]

Documents: TypeAlias = dict[str, Document]
"""A document a file, by the file's name; see ``file_document``."""


class DialectVersions(NamedTuple):
    """The dialects that a source's files were read with.

    Attributes:
        fingerprint: changes with them; empty for those of a program that kept none.
        failures: what is wrong with dialects of other packages.
    """

    fingerprint: str = ""
    failures: Sequence[Problem] = ()


class Manifest(NamedTuple):
    """What is known of a source's files.

    Attributes:
        digests: a document for each, by path; see ``file_document``. One that was being written
            when the writer died is told to be unread, in all months where it may have entries.
        readers: what read them.
        sizes: how many bytes were written to which file of the cache.
    """

    digests: Documents
    readers: DialectVersions
    sizes: dict[str, int]


def file_document(size: int, mtime: int, *, settled: bool, digest_hash: str) -> Document:
    """Return the document of a file that holds no digest (yet).

    Args:
        size: in bytes.
        mtime: time of the last change, in nanoseconds.
        settled: whether an equal size and time will mean an equal content.
        digest_hash: of the content; empty if it was not read.
    """
    return {
        "size": size,
        "mtime": mtime,
        "settled": settled,
        "hash": digest_hash,
        "dialect": None,
        "months": [],
        "entries": 0,
        "last_entry": 0,
        "problems": [],
    }


_UNREAD = file_document(0, 0, settled=False, digest_hash="")

_ALL = itemgetter(*_UNREAD)
"""Raises a ``KeyError`` if a document lacks one of its fields."""


def shard_of(name: str) -> str:
    """Return in which file of the cache the document of a source's file lies."""
    return f"files-{zlib.crc32(name.encode()) % SHARDS}"


def read_catalogue(folder: TinyDbFolder) -> Manifest:
    """Return what is known of a source's files.

    Args:
        folder: the source's part of the cache.

    Raises:
        StorageError: a file of it cannot be used.
        OSError: one cannot be read.
    """
    with folder.as_written("catalogue"):
        tables = folder.read("catalogue")
        source = tables.get("source", {}).get("", {})
        failures = [Problem(*told) for told in source.get("failures", [])]
        readers = DialectVersions(source.get("readers", ""), failures)
        files = tables.get("files", {})
        sizes = {name: document["size"] for name, document in files.items()}
        writing: Documents = {
            name: {"months": list(document["months"]), "last_entry": int(document["last_entry"])}
            for name, document in tables.get("writing", {}).items()
        }
    digests: Documents = {}
    for number in range(SHARDS):
        shard = f"files-{number}"
        with folder.as_written(shard):
            found = folder.read(shard).get("digests", {})
            for document in found.values():
                _ALL(document)
            digests |= found
    for name, left in writing.items():
        before = digests.get(name, _UNREAD)
        digests[name] = {
            **before,
            "settled": False,
            "hash": "",
            "months": sorted({*before["months"], *left["months"]}),
            "last_entry": max(before["last_entry"], left["last_entry"]),
        }
    return Manifest(digests, readers, sizes)


def announce(folder: TinyDbFolder, changing: Documents, files: Iterable[str]) -> bool:
    """Say what is going to be written, with the folder's lock held.

    A crash before ``settle`` leaves these digests unread, and the files of any size.

    Args:
        folder: the source's part of the cache.
        changing: a document for each digest whose entries are going to change: it tells months
            where entries of it may stand then.
        files: names of the cache's files that may be replaced.

    Returns:
        Whether whoever announced something before did not come to its end: their files may not
        agree with each other.

    Raises:
        StorageError: the catalogue cannot be used.
        OSError: it cannot be written.
    """
    with folder.edit("catalogue") as database:
        writing = database.keyed("writing")
        was_interrupted = bool(writing.documents())
        writing.put(
            (name, {"months": document["months"], "last_entry": document["last_entry"]})
            for name, document in changing.items()
        )
        database.keyed("files").drop(files)
    return was_interrupted


def settle(
    folder: TinyDbFolder,
    changed: Documents,
    gone: Sequence[str],
    *,
    source: str,
    readers: DialectVersions,
    files: Iterable[str],
) -> None:
    """Say what has been written, with the folder's lock held; raises as ``announce`` does.

    Args:
        folder: the source's part of the cache.
        changed: new documents of the source's files.
        gone: files that are there no more.
        source: where the source lies, fit to be shown.
        readers: what its files were read with, those that were read earlier as well.
        files: names of the cache's files that may have been replaced, besides those written here.
    """
    shards = {shard_of(name) for name in (*changed, *gone)}
    for shard in sorted(shards):
        with folder.edit(shard) as database:
            digests = database.keyed("digests")
            digests.drop(gone)
            digests.put(each for each in changed.items() if shard_of(each[0]) == shard)
    with folder.edit("catalogue") as database:
        failures = [[*odd[:3], dict(odd.values)] for odd in readers.failures]
        told = {"path": source, "readers": readers.fingerprint, "failures": failures}
        database.keyed("source").put([("", told)])
        sizes = ((name, {"size": folder.size(name)}) for name in (*files, *shards))
        database.keyed("files").put(sizes)
        database.keyed("writing").drop((*changed, *gone))
