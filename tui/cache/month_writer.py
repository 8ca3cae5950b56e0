"""Rewrite the volumes of a month: drop the entries of replaced digests, and add new ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Set
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.cache.entries import (
    VOLUME_STEP,
    entry_to_row,
    entry_to_text,
    memory_bytes,
    volume_name,
)
from tui.cache.index_writer import IndexChange
from tui.cache.validation import checked_columns
from tui.cache.volume_scan import may_list_days
from tui.cache.word_index import index_source
from tui.cache.word_index_writer import WordIndexWriter
from tui.models import UNLISTED, Entry
from tui.storage.folder import TinyDbFolder

if TYPE_CHECKING:
    from tui.storage.database import Database

VOLUME_BYTES = 4 << 20
"""A volume of this size gets no more entries. Each is read and rewritten as a whole."""

FULL_SHARE = 0.875
"""Share of these bytes from which on a volume counts as full."""


class NewEntry(NamedTuple):
    """An entry to write.

    Attributes:
        number: its number, to which ``VOLUME_STEP`` is added once for each earlier volume.
        digest: the path of its digest, relative to the source.
        entry: the entry.
    """

    number: int
    digest: str
    entry: Entry


def write_month(
    folder: TinyDbFolder,
    month: str,
    replaced: Set[str],
    new_entries: deque[NewEntry],
    words: WordIndexWriter,
    *,
    check_all: bool,
) -> IndexChange:
    """Rewrite the volumes of a month; return what changes in the index.

    If there is nothing to drop, only those volumes are parsed that get entries, or that list the
    days of these.

    Args:
        folder: the source's cache folder.
        month: such as ``2025-05``.
        replaced: the digests whose entries are dropped, among those that have any in the month.
        new_entries: the new entries, which are removed from the queue.
        words: indexes the words of the volumes, at the latest when it is finished.
        check_all: whether an interrupted write may have left texts without a row in any volume.
    """
    writer = _MonthWriter(folder, month, replaced, new_entries, words, check_all=check_all)
    return writer.write()


class _MonthWriter:
    """Rewrites the volumes of a month; see ``write_month``."""

    def __init__(
        self,
        folder: TinyDbFolder,
        month: str,
        replaced: Set[str],
        new_entries: deque[NewEntry],
        words: WordIndexWriter,
        *,
        check_all: bool,
    ) -> None:
        self._folder = folder
        self._month = month
        self._replaced = replaced
        self._new_entries = new_entries
        self._words = words
        self._check_all = check_all
        self._reads_all = check_all or bool(replaced)
        self._listed: dict[str, dict[tuple[str, str], None]] = {}
        """The days and ids that each volume lists afterwards."""
        self._change = IndexChange()

    def write(self) -> IndexChange:
        """Rewrite the volumes; return what changes in the index."""
        unread = []
        for number in count():
            volume = volume_name(self._month, number)
            if not self._new_entries and not self._folder.file(f"{volume}.rows").exists():
                break
            self._listed[volume] = {}
            size = self._folder.size(f"{volume}.rows") + self._folder.size(f"{volume}.texts")
            if self._reads_all or (self._new_entries and not _is_full(size)):
                self._rewrite(volume, size, first_number=number * VOLUME_STEP)
            else:
                unread.append(volume)
        for volume in unread:
            self._read_listed(volume)
        self._change.days = self._changed_days()
        if not (unread or self._change.voted):
            self._change.unvoted.add(self._month)
        return self._change

    def _rewrite(self, volume: str, size: int, first_number: int) -> None:
        """Drop entries of a volume and add new ones, if there are any.

        Args:
            volume: its name.
            size: bytes of its rows and texts.
            first_number: the number from which its entries are counted.
        """
        texts: Mapping[str, Any] | None = None
        indexed = index_source(self._folder, volume)
        with self._folder.edit(f"{volume}.rows") as rows:
            before = rows.keyed("entries").documents()
            with self._folder.corrupt_if_malformed(f"{volume}.rows"):
                checked_columns(before)
            gone = [entry for entry, row in before.items() if row["digest"] in self._replaced]
            room = 0 if _is_full(size) else VOLUME_BYTES - size
            if room and gone:
                room += size * len(gone) // len(before)
            new = _take(self._new_entries, room, first_number)
            if gone or new or self._check_all:
                with self._folder.edit(f"{volume}.texts") as database:
                    _replace_entries(rows, database, gone, new)
                    texts = database.keyed("entries").documents()
            after = rows.keyed("entries").documents()
            if any(row["votes"] is not None for row in after.values()):
                self._change.voted.add(self._month)
            listed = self._listed[volume] = _listed_days(after.values())
            if gone or new:
                for day, paper_id in listed.keys() ^ _listed_days(before.values()).keys():
                    self._change.changed.add(day)
                    self._change.moved.add(paper_id)
        if texts is not None:
            self._words.update(volume, after, texts, before=indexed, new=new)

    def _read_listed(self, volume: str) -> None:
        """Read what a volume lists that is not rewritten, if it may list a day that changes."""
        if may_list_days(self._folder.read_bytes(f"{volume}.rows"), self._change.changed):
            with self._folder.corrupt_if_malformed(f"{volume}.rows"):
                entries = self._folder.read(f"{volume}.rows")["entries"]
                checked_columns(entries)
            self._listed[volume] = _listed_days(entries.values())

    def _changed_days(self) -> dict[str, list[str]]:
        """Return the ids featured on the days that change, or on all that were read."""
        days: dict[str, dict[str, None]] = {}
        for day, paper_id in chain.from_iterable(self._listed.values()):
            if self._reads_all or day in self._change.changed:
                days.setdefault(day, {})[paper_id] = None
        return {day: list(papers) for day, papers in days.items()}


def _is_full(size: int) -> bool:
    """Return whether a volume of this size in bytes gets no more entries."""
    # Filling the last bytes of each would make a new digest rewrite several volumes.
    return size >= VOLUME_BYTES * FULL_SHARE


def _listed_days(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], None]:
    """Return the day and id of each paper that rows list, once and in order."""
    listed = (row for row in rows if UNLISTED not in row["labels"])
    return {(row["date"], row["id"]): None for row in listed}


def _take(new_entries: deque[NewEntry], room: int, first_number: int) -> dict[str, NewEntry]:
    """Remove the next entries from a queue, until they fill the room; return them by number."""
    taken: dict[str, NewEntry] = {}
    while new_entries and room > 0:
        new = new_entries.popleft()
        taken[str(first_number + new.number)] = new
        room -= memory_bytes(new.entry)
    return taken


def _replace_entries(
    rows: Database, texts: Database, gone: list[str], new: Mapping[str, NewEntry]
) -> None:
    """Drop entries of a volume, by their numbers, and add new ones."""
    row_table, text_table = rows.keyed("entries"), texts.keyed("entries")
    row_table.drop(gone)
    row_table.put((key, entry_to_row(each.entry, each.digest)) for key, each in new.items())
    text_table.put((key, entry_to_text(each.entry)) for key, each in new.items())
    # Also drops texts that an interrupted write left without a row.
    text_table.drop(text_table.documents().keys() - row_table.documents().keys())
