"""Writes what was read into a source's shards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.cache.calendar import Calendar
from tui.cache.codec import row_of, summary_of
from tui.cache.source_cache import Readers, SourceCache
from tui.model import Digest
from tui.sources.scan import shown

Documents = dict[str, dict[str, Any]]
"""A document a file, by the file's name; see ``file_document``."""


def file_document(size: int, mtime: int, *, settled: bool, digest_hash: str) -> dict[str, Any]:
    """Return the catalogue's document of a file that holds no digest (yet).

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


@dataclass(slots=True)
class Batch:
    """Changes to be written together.

    Attributes:
        read: files that were read, with their catalogue documents and what stood in them.
        gone: files whose entries shall be forgotten.
        restamped: files whose content was found unchanged, with their new documents.
    """

    read: dict[str, tuple[dict[str, Any], Digest]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    restamped: Documents = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.read or self.gone or self.restamped)


def write_batch(cache: SourceCache, known: Documents, batch: Batch, readers: Readers) -> Documents:
    """Write a batch, with the folder's lock held.

    The catalogue is written first and last. At first it calls the batch's files unread and tells
    in which months they may have left entries: after a crash they are read again and those entries
    removed, whatever became of the files in between.

    Args:
        cache: where to.
        known: the catalogue as it stands.
        batch: the changes.
        readers: what every file of the new catalogue was read with.

    Returns:
        The new catalogue.

    Raises:
        StorageError: a file of the cache cannot be used.
        OSError: one cannot be written.
    """
    added, changed = _numbered(known, batch)
    replaced = {*batch.read, *batch.gone}
    old = {month for name in replaced & known.keys() for month in known[name]["months"]}
    months = sorted(old | added.keys())
    files = [f"{month}.{kind}" for month in months for kind in ("rows", "texts")]
    if months or not cache.exists():
        files += ["index", "calendar"]
        _announce(cache, known, changed, replaced, files)
        days: dict[str, list[str]] = {}
        for month in months:
            days.update(_write_month(cache, month, replaced, added.get(month, _Added())))
        _write_index(cache, months, days)
    changed |= batch.restamped
    with cache.folder.edit("catalogue") as database:
        source = {
            "path": shown(str(cache.source)),
            "readers": readers.fingerprint,
            "failures": [[*odd[:3], dict(odd.values)] for odd in readers.failures],
        }
        database.keyed("source").put([("", source)])
        database.keyed("files").put((name, {"size": cache.size(name)}) for name in files)
        digests = database.keyed("digests")
        digests.drop(batch.gone)
        digests.put(changed.items())
    kept = {name: document for name, document in known.items() if name not in batch.gone}
    return {**kept, **changed}


@dataclass(slots=True)
class _Added:
    """New entries of one month, by number."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)


def _numbered(known: Documents, batch: Batch) -> tuple[dict[str, _Added], Documents]:
    """Return the batch's new entries, by month, and the documents of the files it read."""
    next_entry = 1 + max((document["last_entry"] for document in known.values()), default=0)
    added: dict[str, _Added] = {}
    read: Documents = {}
    for name, (document, digest) in batch.read.items():
        for entry in digest.entries:
            month = added.setdefault(entry.date[:7], _Added())
            month.rows[str(next_entry)] = row_of(entry, name)
            month.texts[str(next_entry)] = summary_of(entry)
            next_entry += 1
        read[name] = {
            **document,
            "dialect": digest.dialect,
            "months": sorted({entry.date[:7] for entry in digest.entries}),
            "entries": len(digest.entries),
            "last_entry": next_entry - 1,
            "problems": [[odd.line, odd.words, dict(odd.values)] for odd in digest.problems],
        }
    return added, read


def _announce(
    cache: SourceCache, known: Documents, read: Documents, replaced: Iterable[str], files: list[str]
) -> None:
    """Call digests unread, in the old months and the new; their shards may have any size."""
    unread: Documents = {}
    for name in replaced:
        told = [documents[name] for documents in (read, known) if name in documents]
        months = sorted({month for document in told for month in document["months"]})
        unread[name] = {**told[0], "settled": False, "hash": "", "months": months}
    with cache.folder.edit("catalogue") as database:
        database.keyed("digests").put(unread.items())
        database.keyed("files").drop(files)


def _write_month(
    cache: SourceCache, month: str, replaced: Iterable[str], added: _Added
) -> dict[str, list[str]]:
    """Rewrite a month's two shards.

    Returns:
        The month's days with their papers.
    """
    folder = cache.folder
    with folder.edit(f"{month}.rows") as rows, folder.edit(f"{month}.texts") as texts:
        row_table, text_table = rows.keyed("entries"), texts.keyed("entries")
        before = row_table.documents()
        row_table.drop([entry for entry, row in before.items() if row["digest"] in replaced])
        row_table.put(added.rows.items())
        text_table.put(added.texts.items())
        after = row_table.documents()
        # Also drops what an interrupted write left without a row.
        text_table.drop(text_table.documents().keys() - after.keys())
    days: dict[str, dict[str, None]] = {}
    for row in after.values():
        days.setdefault(row["date"], {})[row["id"]] = None
    return {day: list(papers) for day, papers in days.items()}


def _write_index(cache: SourceCache, months: list[str], days: Mapping[str, list[str]]) -> None:
    """Note which papers stand on the days of months that were rewritten, and count all anew."""
    with cache.folder.edit("index") as database:
        table = database.keyed("days")
        table.drop([day for day in table.documents() if day[:7] in months and day not in days])
        table.put((day, {"papers": papers}) for day, papers in days.items())
        index = {day: document["papers"] for day, document in table.documents().items()}
    with cache.folder.edit("calendar") as database:
        database.keyed("calendar").put([("", Calendar.of(index).to_document())])
