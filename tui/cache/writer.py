"""Write the changes of a sync to the files of a source's cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.cache.changes import CheckedFile
from tui.cache.entries import (
    VOLUME_FILES,
    VOLUME_STEP,
    entry_to_row,
    entry_to_text,
    memory_bytes,
    volume_name,
)
from tui.cache.manifest import (
    DialectVersions,
    FileRecord,
    FileRecords,
    PendingWrite,
    begin_write,
    commit_write,
    shard_of,
)
from tui.cache.period_counts import PeriodCounts
from tui.cache.source_cache import SourceCache, checked_days, index_part
from tui.cache.validation import checked_columns
from tui.cache.volume_scan import may_list_days
from tui.cache.word_index import update_word_index
from tui.models import UNLISTED, Digest, Entry
from tui.runtime.tuning import INPUT_PRIORITY
from tui.sources.scan import printable_path
from tui.storage.folder import TinyDbFolder

if TYPE_CHECKING:
    from tui.storage.database import Database

VOLUME_BYTES = 4 << 20
"""A volume of this size gets no more entries. Each is read and rewritten as a whole."""

FULL_SHARE = 0.875
"""Share of these bytes from which on a volume counts as full."""

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
    cache: SourceCache, files: FileRecords, batch: WriteBatch, dialects: DialectVersions
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
        index = _IndexChange()
        for month in months:
            INPUT_PRIORITY.yield_to_input()
            new = new_entries.pop(month, deque())
            before = {name for name in pending if name in files and month in files[name]["months"]}
            _write_month(folder, month, before, new, index, check_all=was_interrupted)
        _write_index(cache, index, months if was_interrupted else ())
        # The index may have new parts.
        replaced = _replaced_files(cache, months)
    source = printable_path(str(cache.source))
    commit_write(folder, changed, batch.gone, source=source, dialects=dialects, files=replaced)
    unchanged = {name: record for name, record in files.items() if name not in pending}
    return {**unchanged, **changed}


def _replaced_files(cache: SourceCache, months: list[str]) -> list[str]:
    """Return the cache files, except the manifest, that a change to some months replaces."""
    volumes = [volume for month in months for volume in cache.volumes(month) or [month]]
    files = [f"{volume}.{kind}" for volume in volumes for kind in VOLUME_FILES]
    return [*files, *cache.index_parts(), "counts", "calendar"]


def _pending_write(records: list[FileRecord]) -> PendingWrite:
    """Return where a digest may have entries while its old record is replaced by its new one."""
    return {
        "months": sorted({month for record in records for month in record["months"]}),
        "last_entry": max(record["last_entry"] for record in records),
    }


class _NewEntry(NamedTuple):
    """An entry to write.

    Attributes:
        number: its number, to which ``VOLUME_STEP`` is added once for each earlier volume.
        digest: the path of its digest, relative to the source.
        entry: the entry.
    """

    number: int
    digest: str
    entry: Entry


def _number_entries(
    files: Mapping[str, FileRecord], batch: WriteBatch
) -> tuple[dict[str, deque[_NewEntry]], FileRecords]:
    """Number the new entries; return them by month, and the records of the files that were read."""
    next_entry = 1 + max((record["last_entry"] for record in files.values()), default=0)
    new_entries: dict[str, deque[_NewEntry]] = {}
    records: FileRecords = {}
    for name, (record, digest) in batch.read.items():
        for entry in digest.entries:
            month = new_entries.setdefault(entry.date[:7], deque())
            month.append(_NewEntry(next_entry, name, entry))
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


@dataclass(slots=True)
class _IndexChange:
    """What a write changes in the index.

    Attributes:
        days: the ids featured on each day that changes, in the order of the volumes.
        changed: days on which other papers are featured than before, which may have none now.
        moved: the ids whose days change.
    """

    days: dict[str, list[str]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)


def _write_month(
    folder: TinyDbFolder,
    month: str,
    replaced: Set[str],
    new_entries: deque[_NewEntry],
    index: _IndexChange,
    *,
    check_all: bool,
) -> None:
    """Rewrite a month's volumes: drop the entries of replaced digests and add the new ones.

    If there is nothing to drop, only those volumes are parsed that get entries, or that list the
    days of these.

    Args:
        folder: the source's cache folder.
        month: such as ``2025-05``.
        replaced: the digests whose entries are dropped, among those that have any in the month.
        new_entries: the new entries, which are removed from the queue.
        index: gets what changes in the index.
        check_all: whether an interrupted write may have left texts without a row in any volume.
    """
    reads_all = check_all or bool(replaced)
    listings: dict[str, dict[tuple[str, str], None]] = {}
    unread: list[str] = []
    changed: set[str] = set()
    for number in count():
        volume = volume_name(month, number)
        if not new_entries and not folder.file(f"{volume}.rows").exists():
            break
        listings[volume] = {}
        size = folder.size(f"{volume}.rows") + folder.size(f"{volume}.texts")
        # Filling the last bytes of each would make a new digest rewrite several volumes.
        has_room = size < VOLUME_BYTES * FULL_SHARE
        if not reads_all and not (new_entries and has_room):
            unread.append(volume)
            continue
        with folder.edit(f"{volume}.rows") as rows:
            before = rows.keyed("entries").documents()
            with folder.corrupt_if_malformed(f"{volume}.rows"):
                checked_columns(before)
            gone = [entry for entry, row in before.items() if row["digest"] in replaced]
            if gone:
                size -= size * len(gone) // len(before)
            room = VOLUME_BYTES - size if has_room else 0
            new = _take(new_entries, room, first_number=number * VOLUME_STEP)
            if gone or new or check_all:
                with folder.edit(f"{volume}.texts") as texts:
                    checksum_before = folder.checksum(f"{volume}.texts")
                    _replace_entries(rows, texts, gone, new)
                    documents = texts.keyed("entries").documents()
                update_word_index(folder, volume, documents, before=checksum_before, new=new)
            listings[volume] = _listed_days(rows.keyed("entries").documents().values())
            if gone or new:
                for day, paper_id in listings[volume].keys() ^ _listed_days(before.values()).keys():
                    changed.add(day)
                    index.moved.add(paper_id)
    for volume in unread:
        if may_list_days(folder.read_bytes(f"{volume}.rows"), changed):
            with folder.corrupt_if_malformed(f"{volume}.rows"):
                entries = folder.read(f"{volume}.rows")["entries"]
                checked_columns(entries)
            listings[volume] = _listed_days(entries.values())
    index.changed |= changed
    days: dict[str, dict[str, None]] = {}
    for day, paper_id in chain.from_iterable(listings.values()):
        if reads_all or day in changed:
            days.setdefault(day, {})[paper_id] = None
    index.days |= {day: list(papers) for day, papers in days.items()}


def _listed_days(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], None]:
    """Return the day and id of each paper that rows list, once and in order."""
    listed = (row for row in rows if UNLISTED not in row["labels"])
    return {(row["date"], row["id"]): None for row in listed}


def _take(new_entries: deque[_NewEntry], room: int, first_number: int) -> dict[str, _NewEntry]:
    """Remove the next entries from a queue, until they fill the room; return them by number."""
    taken: dict[str, _NewEntry] = {}
    while new_entries and room > 0:
        new = new_entries.popleft()
        taken[str(first_number + new.number)] = new
        room -= memory_bytes(new.entry)
    return taken


def _replace_entries(
    rows: Database, texts: Database, gone: list[str], new: Mapping[str, _NewEntry]
) -> None:
    """Drop entries of a volume, by their numbers, and add new ones."""
    row_table, text_table = rows.keyed("entries"), texts.keyed("entries")
    row_table.drop(gone)
    row_table.put((key, entry_to_row(each.entry, each.digest)) for key, each in new.items())
    text_table.put((key, entry_to_text(each.entry)) for key, each in new.items())
    # Also drops texts that an interrupted write left without a row.
    text_table.drop(text_table.documents().keys() - row_table.documents().keys())


def _write_index(cache: SourceCache, change: _IndexChange, all_months: Sequence[str]) -> None:
    """Replace some days of the index and update the counts. The caller has the folder's lock.

    Args:
        cache: the source's cache.
        change: what changes.
        all_months: months whose days are replaced in all parts, because an interrupted write may
            have left others there.
    """
    by_part: dict[str, dict[str, list[str]]] = {}
    for day, papers in change.days.items():
        for paper in papers:
            by_part.setdefault(index_part(paper), {}).setdefault(day, []).append(paper)
    changed_parts = {index_part(paper) for paper in change.moved}
    if all_months:
        changed_parts |= {*cache.index_parts(), *by_part}
    counts = []
    for part in sorted(changed_parts):
        new = by_part.get(part, {})
        with cache.folder.edit(part) as database:
            table = database.keyed("days")
            with cache.folder.corrupt_if_malformed(part):
                checked_days(table.documents())
            replaced = (d for d in table.documents() if d in change.changed or d[:7] in all_months)
            table.drop([day for day in replaced if day not in new])
            table.put((day, {"papers": papers}) for day, papers in new.items())
            index = {day: document["papers"] for day, document in table.documents().items()}
        counts.append((part, PeriodCounts.from_index(index).to_document()))
    with cache.folder.edit("counts") as database:
        table = database.keyed("parts")
        table.put(counts)
        with cache.folder.corrupt_if_malformed("counts"):
            total = PeriodCounts.sum(map(PeriodCounts.from_document, table.documents().values()))
    with cache.folder.edit("calendar") as database:
        database.keyed("calendar").put([("", total.to_document())])
