"""Writes what was read into a source's shards."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tui.cache.day_index import parts, write_index
from tui.cache.manifest import DialectVersions, Document, Documents, announce, settle, shard_of
from tui.cache.serialization import row_of, summary_of
from tui.cache.source_cache import SourceCache
from tui.models import Digest
from tui.runtime.cooperative import INPUT_PRIORITY
from tui.sources.scan import shown
from tui.storage.folder import TinyDbFolder


@dataclass(slots=True)
class WriteBatch:
    """Changes to be written together.

    Attributes:
        read: files that were read, with their catalogue documents and what stood in them.
        gone: files whose entries shall be forgotten.
        restamped: files whose content was found unchanged, with their new documents.
    """

    read: dict[str, tuple[Document, Digest]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    restamped: Documents = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.read or self.gone or self.restamped)


def write_batch(
    cache: SourceCache, known: Documents, batch: WriteBatch, readers: DialectVersions
) -> Documents:
    """Write a batch, with the folder's lock held.

    The catalogue is written first and last. At first it tells which digests are unread now, and in
    which months they may leave entries: after a crash they are read again and those entries
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
    folder = cache.folder
    added, read = _numbered(known, batch)
    changed = read | batch.restamped
    unread = {name: _unread(known.get(name), read.get(name)) for name in (*read, *batch.gone)}
    months = sorted({month for document in unread.values() for month in document["months"]})
    recount = bool(months) or not cache.exists()
    shards = {shard_of(name) for name in (*changed, *batch.gone)}
    files = _files(folder, months) if recount else []
    was_interrupted = announce(folder, unread, [*shards, *files])
    if recount:
        days: dict[str, list[str]] = {}
        moved: set[str] = set()
        for month in months:
            INPUT_PRIORITY.yield_to_input()
            written = _write_month(folder, month, unread.keys(), added.get(month, _NewRows()))
            days |= written.days
            moved |= written.moved
        write_index(folder, months, days, None if was_interrupted else moved)
        # There may be new parts of the index.
        files = _files(folder, months)
    source = shown(str(cache.source))
    settle(folder, changed, batch.gone, source=source, readers=readers, files=files)
    kept = {name: document for name, document in known.items() if name not in unread}
    return {**kept, **changed}


def _files(folder: TinyDbFolder, months: list[str]) -> list[str]:
    """Return what is replaced besides the catalogue when the entries of some months change."""
    shards = [f"{month}.{kind}" for month in months for kind in ("rows", "texts")]
    return [*shards, *parts(folder), "counts", "calendar"]


def _unread(known: Document | None, read: Document | None) -> Document:
    """Return where entries of a digest may stand while it is being replaced."""
    told = [document for document in (known, read) if document]
    return {
        "months": sorted({month for document in told for month in document["months"]}),
        "last_entry": max(document["last_entry"] for document in told),
    }


@dataclass(slots=True)
class _NewRows:
    """New entries of one month, by number."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)


def _numbered(known: Documents, batch: WriteBatch) -> tuple[dict[str, _NewRows], Documents]:
    """Return the batch's new entries, by month, and the documents of the files it read."""
    next_entry = 1 + max((document["last_entry"] for document in known.values()), default=0)
    added: dict[str, _NewRows] = {}
    read: Documents = {}
    for name, (document, digest) in batch.read.items():
        for entry in digest.entries:
            month = added.setdefault(entry.date[:7], _NewRows())
            month.rows[str(next_entry)] = row_of(entry, name)
            month.texts[str(next_entry)] = summary_of(entry)
            next_entry += 1
        read[name] = {
            **document,
            "dialect": digest.dialect,
            "months": sorted({entry.date[:7] for entry in digest.entries}),
            "entries": len(digest.entries),
            "last_entry": next_entry - 1,
            "problems": [[odd.line, odd.template, dict(odd.values)] for odd in digest.problems],
        }
    return added, read


class _MonthResult(NamedTuple):
    """What stands in a month's shards now.

    Attributes:
        days: the month's days with their papers.
        moved: papers that were featured on other days of the month before.
    """

    days: dict[str, list[str]]
    moved: set[str]


def _write_month(
    folder: TinyDbFolder, month: str, replaced: Container[str], added: _NewRows
) -> _MonthResult:
    """Rewrite a month's two shards: what replaced digests told goes, what was added comes."""
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
    moved = {(row["date"], row["id"]) for row in before.values()}
    moved ^= {(row["date"], row["id"]) for row in after.values()}
    return _MonthResult(
        {day: list(papers) for day, papers in days.items()}, {it for _, it in moved}
    )
