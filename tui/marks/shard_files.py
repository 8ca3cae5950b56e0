"""The files that store marks: one TinyDB file, a shard, per month of paper ids; daily backups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.i18n import _
from tui.marks.edits import MarkEdit, apply_edits
from tui.marks.timestamped_marks import (
    OLDEST_SCHEMA,
    SCHEMA,
    TimestampedMarks,
    add_times,
    check_tables,
    read_marks,
    read_marks_with_times,
    stored_marks,
    stored_times,
    update,
    write_marks,
)
from tui.models import NO_MARKS, Marks
from tui.storage.atomic_write import remove_leftovers, replace_file, sync_folder
from tui.storage.folder import Stamp, TinyDbFolder
from tui.storage.regular_file import UnusableFileError, read_regular_file
from tui.storage.tables import MAX_FILE_BYTES, DamagedFileError, NewerSchemaError, StorageError

if TYPE_CHECKING:
    from tui.storage.database import Database

OTHER_SHARD = "other"
"""The shard of ids that contain no month."""

QUARANTINE_PREFIX = "damaged-"
"""File name prefix of damaged shards that were replaced."""

_MONTH = re.compile(r"([0-9]{4})\.[0-9]{4,5}|[A-Za-z.-]+/([0-9]{4})[0-9]{3}")
_SHARD_NAME = re.compile(rf"[0-9]{{4}}|{OTHER_SHARD}")

_Papers = TypeVar("_Papers", Mapping[str, Marks], Mapping[str, TimestampedMarks])


def shard_of(paper_id: str) -> str:
    """Return the name of the shard that stores a paper's marks."""
    match = _MONTH.fullmatch(paper_id)
    return (match[1] or match[2]) if match else OTHER_SHARD


class Shard(NamedTuple):
    """The content of a shard.

    Attributes:
        stamp: the stamp of the file that was read.
        marks: marks by paper id; never modified.
        error: a message to the reader if the file is damaged or cannot be read, else empty.
    """

    stamp: Stamp
    marks: Mapping[str, Marks]
    error: str = ""


class StoreFullError(StorageError):
    """A change would make all marks files together larger than ``limits.MAX_STORE_BYTES``."""


class ShardFiles:
    """Reads and writes the shards in a folder.

    Args:
        path: the folder; created with the first change.

    Attributes:
        folder: the folder of TinyDB files.
    """

    def __init__(self, path: Path) -> None:
        self.folder = TinyDbFolder(path, SCHEMA, oldest_schema=OLDEST_SCHEMA)
        self._backups = path / "backups"
        self._listed_names: frozenset[str] = frozenset()
        self._listed_mtime: int | None = None
        self._replaced: dict[Path, bytes | None] = {}
        self._room: int | None = None

    def shard_names(self) -> list[str]:
        """Return the names of all shards, including those of which only a backup is left.

        Raises:
            OSError: the folder cannot be listed.
        """
        try:
            found = [path.stem for path in self.folder.path.iterdir() if path.suffix == ".json"]
        except FileNotFoundError:
            return []
        backed_up: frozenset[str] = frozenset()
        with suppress(OSError):
            backed_up = self._backup_names()
        return sorted(filter(_SHARD_NAME.fullmatch, {*found, *backed_up}))

    def read(self, name: str) -> Shard:
        """Read a shard without a lock; if that fails, its newest readable backup."""
        # Taken before reading: if the file is replaced in between, it is just read once more.
        stamp = self.folder.stamp(name)
        return Shard(stamp, *self._file_or_backup(name, read_marks))

    def read_with_times(self, name: str) -> tuple[Mapping[str, TimestampedMarks], str]:
        """Return a shard's marks with their times, and a message if they are not the file's.

        Reads the newest readable backup if the file cannot be read.
        """
        return self._file_or_backup(name, read_marks_with_times)

    def is_damaged(self, name: str) -> bool:
        """Return whether a shard is damaged, or missing although it has a backup."""
        with suppress(NewerSchemaError, OSError):
            try:
                self._read_file(name, read_marks)
            except DamagedFileError:
                return True
        return False

    def is_restorable(self, name: str) -> bool:
        """Return whether a shard is damaged and has an intact backup."""
        from tui.marks.backups import newest_backup

        with suppress(OSError):
            return self.is_damaged(name) and bool(newest_backup(self._backups, name, read_marks))
        return False

    def unused_quarantine_path(self, name: str) -> Path:
        """Return an unused path to which a damaged shard can be moved."""
        return self._unused_file(f"{QUARANTINE_PREFIX}{name}-{date.today().isoformat()}")

    def _file_or_backup(
        self, name: str, read: Callable[[Path], _Papers]
    ) -> tuple[_Papers | dict[str, Any], str]:
        """Return the papers of a shard or its backup, and a message that names their source."""
        file = self.folder.file(name)
        try:
            papers = read(file)
            if not papers:
                with suppress(OSError):
                    self._check_presence(name)
            return papers, ""
        except (StorageError, OSError) as error:
            from tui.marks.backups import read_backup

            backup, message = read_backup(self._backups, file, error, read)
            return (backup or {}), message

    def _read_file(self, name: str, read: Callable[[Path], _Papers]) -> _Papers:
        """Return the papers of a shard.

        Raises:
            DamagedFileError: it is damaged, or missing although it has a backup.
            StorageError: as for ``read_marks``.
            OSError: as for ``read_marks``.
        """
        papers = read(self.folder.file(name))
        if not papers:
            self._check_presence(name)
        return papers

    def _check_presence(self, name: str) -> None:
        """Check that a shard exists if it has an intact backup. The program never deletes one.

        Raises:
            MissingFileError: it was deleted, or moved aside by a repair that was interrupted.
            OSError: its backups cannot be listed or read.
        """
        file = self.folder.file(name)
        if file.exists() or name not in self._backup_names():
            return
        from tui.marks.backups import MissingFileError, newest_backup_to_restore

        # A backup that is damaged as well must not keep the month from being used.
        if newest_backup_to_restore(self._backups, name, read_marks):
            raise MissingFileError.because(file, _("it is missing"))

    def _backup_names(self) -> frozenset[str]:
        """Return the names of all shards that have a backup, intact or not."""
        try:
            mtime = self._backups.stat().st_mtime_ns
        except FileNotFoundError:
            return frozenset()
        if mtime != self._listed_mtime:
            from tui.marks.backups import backup_names

            self._listed_names = backup_names(self._backups)
            self._listed_mtime = mtime
        return self._listed_names

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Lock the folder; if the block raises, restore the shards that it replaced.

        Raises:
            StorageError: another process holds the lock.
            OSError: the folder cannot be created or written.
        """
        with self.folder.locked():
            self._replaced.clear()
            self._room = None
            remove_leftovers(self._backups, "*.json")
            try:
                yield
            except BaseException:
                self._roll_back()
                raise

    def reserve(self, growth: int) -> None:
        """Reserve room for a change within a transaction; one that shrinks marks needs none.

        Raises:
            StoreFullError: the marks would be too large.
            OSError: the folder cannot be listed.
        """
        from tui.marks.limits import MAX_STORE_BYTES, store_is_full

        if self._room is None:
            self._room = MAX_STORE_BYTES - sum(map(self.folder.size, self.shard_names()))
        if growth > max(self._room, 0):
            raise StoreFullError(self.folder.path, store_is_full())
        self._room -= growth

    def _roll_back(self) -> None:
        """Restore the files replaced in this transaction, as far as possible."""
        for file, data in self._replaced.items():
            with suppress(OSError):
                if data is None:
                    file.unlink(missing_ok=True)
                else:
                    replace_file(file, data)

    def apply(
        self, name: str, edits: Sequence[MarkEdit], known: Shard | None
    ) -> tuple[Shard, list[MarkEdit]]:
        """Apply edits to a shard and write it, within a transaction.

        Args:
            name: the shard.
            edits: edits of papers in this shard, the oldest first.
            known: the shard as it was last read, or None.

        Returns:
            The shard as it is now, and each edit as applied.

        Raises:
            StorageError: the shard cannot be used.
            OSError: it could not be read or written.
        """
        try:
            return self._apply(name, edits, known)
        except DamagedFileError:
            message = self.restore_from_backup(name)
        # The known shard may differ from the backup.
        shard, applied = self._apply(name, edits, None)
        return shard._replace(error=message), applied

    def _apply(
        self, name: str, edits: Sequence[MarkEdit], known: Shard | None
    ) -> tuple[Shard, list[MarkEdit]]:
        stamp = self.folder.stamp(name)
        with self.edit(name) as database:
            if known and known.stamp == stamp and not known.error:
                marks = known.marks  # saves parsing them again
            else:
                marks = self.read_marks(database, name)
            edited, applied = apply_edits(edits, marks)
            before = {paper: marks.get(paper, NO_MARKS) for paper in edited}
            changed = {paper: after for paper, after in edited.items() if after != before[paper]}
            if not changed:
                return Shard(stamp, marks), applied
            growth = sum(
                _text_size(after) - _text_size(before[key]) for key, after in changed.items()
            )
            if growth > 0:
                self.reserve(growth)
            self.back_up(name)
            # Each changed field gets the time of the paper's last edit.
            at = {edit.paper: edit.at for edit in edits}
            times = stored_times(database)
            written = {}
            for paper, after in changed.items():
                timed = add_times(before[paper], times.get(paper, {}))
                written[paper] = after, update(timed, after, at[paper])
            write_marks(database, written)
        current = {**marks, **changed}
        for paper, after in changed.items():
            if after == NO_MARKS:
                del current[paper]
        return Shard(self.folder.stamp(name), current), applied

    @contextmanager
    def edit(self, name: str) -> Iterator[Database]:
        """Open the tables of a shard for changes, within a transaction; raises as ``apply``."""
        with self.folder.edit(name) as database:
            file = self.folder.file(name)
            if file.exists():
                check_tables(database.storage.read() or {}, file)
            else:
                self._check_presence(name)
            yield database

    def read_marks(self, database: Database, name: str) -> dict[str, Marks]:
        """Return the marks in a shard's open tables; raises as ``apply``."""
        return stored_marks(database, self.folder.file(name))

    def back_up(self, name: str) -> None:
        """Back up a shard's file before it is replaced, and remember it for a rollback.

        See ``backups.back_up``.
        """
        from tui.marks.backups import back_up

        file = self.folder.file(name)
        try:
            data = read_regular_file(file, MAX_FILE_BYTES)
        except FileNotFoundError:
            self._replaced[file] = None
            return
        back_up(self._backups, name, data, read_marks)
        self._replaced[file] = data

    def restore_from_backup(self, name: str) -> str:
        """Replace a damaged shard by its newest readable backup, and quarantine the damaged file.

        Returns:
            A message to the reader.

        Raises:
            OSError: a backup cannot be read, or the file cannot be replaced.
        """
        from tui.marks.backups import newest_backup_to_restore

        file = self.folder.file(name)
        # First, because nothing may be changed if it cannot be read.
        backup = newest_backup_to_restore(self._backups, name, read_marks)
        quarantined = self.unused_quarantine_path(name)
        was_missing = False
        try:
            # Copied, not moved, because other processes may be reading it.
            replace_file(quarantined, read_regular_file(file, MAX_FILE_BYTES))
        except FileNotFoundError:
            was_missing = True
        except UnusableFileError:
            # Until it is replaced below, it counts as missing.
            file.rename(quarantined)
        if backup is None:
            file.unlink(missing_ok=True)
            message = _("{file} was damaged and had no backup; it is kept as {aside}.")
        else:
            replace_file(file, read_regular_file(backup.file, MAX_FILE_BYTES))
            message = _("{file} was missing; its marks are those of the backup of {day}.")
        if backup is not None and not was_missing:
            message = _(
                "{file} was damaged and is kept as {aside}; its marks are those of the backup of "
                "{day}."
            )
        sync_folder(self.folder.path)
        day = backup.day if backup else ""
        return message.format(file=file, aside=quarantined.name, day=day)

    def restore_if_damaged(self, name: str) -> str:
        """Restore a shard as ``restore_from_backup`` does, within a transaction, if it is damaged.

        Returns:
            A message to the reader, or an empty text if the shard is intact.

        Raises:
            StorageError: the shard was written by a newer version.
            OSError: the shard cannot be read or written.
        """
        try:
            self._read_file(name, read_marks)
        except DamagedFileError:
            return self.restore_from_backup(name)
        return ""

    def _unused_file(self, name: str) -> Path:
        """Return a file in the folder that does not exist, numbered if necessary."""
        files = (self.folder.file(f"{name}-{number}" if number else name) for number in count())
        return next(file for file in files if not file.exists())


def _text_size(marks: Marks) -> int:
    """Return about how many bytes a paper's note and tags take on disk."""
    return sum(len(text.encode()) for text in (marks.note, *marks.tags))
