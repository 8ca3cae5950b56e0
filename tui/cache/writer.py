"""Write the changes of a sync to the files of a source's cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.cache.changes import CheckedFile
from tui.cache.entries import VOLUME_FILE_KINDS, memory_bytes
from tui.cache.index_writer import IndexChange, write_index
from tui.cache.manifest import (
    DialectVersions,
    FileRecord,
    FileRecords,
    PendingWrite,
    begin_write,
    commit_write,
    shard_of,
)
from tui.cache.month_writer import NewEntry, write_month
from tui.cache.source_cache import SourceCache
from tui.cache.word_index_writer import WordIndexWriter
from tui.models import Digest
from tui.runtime.tuning import INPUT_PRIORITY
from tui.sources.scan import printable_path

if TYPE_CHECKING:
    from tui.runtime.helper_pool import HelperPool

_PROBLEM_BYTES = 400
"""Memory that a problem takes, as a record and as a document."""


@dataclass(slots=True)
class WriteBatch:
    """Changes to be written together.

    Attributes:
        read: records and content of the files that were read.
        gone: files whose entries are to be deleted.
        restamped: new records of files whose content was found unchanged.
        entry_count: number of entries to write.
        byte_count: about how much memory the entries and problems to write take.
    """

    read: dict[str, tuple[FileRecord, Digest]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    restamped: FileRecords = field(default_factory=dict)
    entry_count: int = 0
    byte_count: int = 0

    def __bool__(self) -> bool:
        """Return whether there is anything to write."""
        return bool(self.read or self.gone or self.restamped)

    def add(self, name: str, checked: CheckedFile) -> None:
        """Add the result of checking a file."""
        if checked.record is None:
            return
        if checked.digest is None:
            self.restamped[name] = checked.record
        else:
            self.read[name] = checked.record, checked.digest
            self.entry_count += len(checked.digest.entries)
            self.byte_count += sum(map(memory_bytes, checked.digest.entries))
            self.byte_count += _PROBLEM_BYTES * len(checked.digest.problems)


def write_batch(
    cache: SourceCache,
    files: FileRecords,
    batch: WriteBatch,
    dialects: DialectVersions,
    pool: HelperPool | None = None,
) -> FileRecords:
    """Write a batch. The caller has the folder's lock.

    The manifest is written first and last. The first write lists the digests that are unread
    now, and the months that may contain their entries: after a crash they are read again and those
    entries are deleted, whichever files were written in between.

    Args:
        cache: the source's cache.
        files: the current records.
        batch: the changes.
        dialects: the dialects that all files of the new manifest were read with.
        pool: the processes that help.

    Returns:
        The new records.

    Raises:
        StorageError: a file of the cache is damaged, or newer than this program.
        OSError: a file cannot be written.
    """
    folder = cache.folder
    new_entries, read = _number_entries(files, batch)
    changed = read | batch.restamped
    pending = {
        name: _pending_write([records[name] for records in (files, read) if name in records])
        for name in (*read, *batch.gone)
    }
    months = sorted({month for write in pending.values() for month in write["months"]})
    recount = bool(months) or not cache.exists()
    shards = {shard_of(name) for name in (*changed, *batch.gone)}
    replaced = _replaced_files(cache, months) if recount else []
    was_interrupted = begin_write(folder, pending, [*shards, *replaced])
    if recount:
        index, words = IndexChange(), WordIndexWriter(folder, pool)
        for month in months:
            INPUT_PRIORITY.yield_to_input()
            new = new_entries.pop(month, deque())
            before = {name for name in pending if name in files and month in files[name]["months"]}
            index.add(write_month(folder, month, before, new, words, check_all=was_interrupted))
        words.finish()
        write_index(cache, index, months if was_interrupted else ())
        # The index may have new parts.
        replaced = _replaced_files(cache, months)
    source = printable_path(str(cache.source))
    commit_write(folder, changed, batch.gone, source=source, dialects=dialects, files=replaced)
    unchanged = {name: record for name, record in files.items() if name not in pending}
    return {**unchanged, **changed}


def _replaced_files(cache: SourceCache, months: list[str]) -> list[str]:
    """Return the cache files, except the manifest, that a change to some months replaces."""
    volumes = [volume for month in months for volume in cache.volumes(month) or [month]]
    files = [f"{volume}.{kind}" for volume in volumes for kind in VOLUME_FILE_KINDS]
    return [*files, *cache.index_parts(), "counts", "calendar"]


def _pending_write(records: list[FileRecord]) -> PendingWrite:
    """Return where a digest may have entries while its old record is replaced by its new one."""
    return {
        "months": sorted({month for record in records for month in record["months"]}),
        "last_entry": max(record["last_entry"] for record in records),
    }


def _number_entries(
    files: Mapping[str, FileRecord], batch: WriteBatch
) -> tuple[dict[str, deque[NewEntry]], FileRecords]:
    """Number the new entries; return them by month, and the records of the files that were read."""
    next_entry = 1 + max((record["last_entry"] for record in files.values()), default=0)
    new_entries: dict[str, deque[NewEntry]] = {}
    records: FileRecords = {}
    for name, (record, digest) in batch.read.items():
        for entry in digest.entries:
            month = new_entries.setdefault(entry.date[:7], deque())
            month.append(NewEntry(next_entry, name, entry))
            next_entry += 1
        records[name] = {
            **record,
            "dialect": digest.dialect,
            "months": sorted({entry.date[:7] for entry in digest.entries}),
            "entries": len(digest.entries),
            "last_entry": next_entry - 1,
            "problems": [
                [line, template, dict(values), is_note]
                for _file, line, template, values, is_note in digest.problems
            ],
        }
    return new_entries, records
