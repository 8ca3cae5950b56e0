"""The files that marks are kept in: a TinyDB file for each month of the papers' ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import _
from tui.marks.backups import Backups
from tui.marks.edits import NO_MARKS, MarkEdit, apply_edits
from tui.marks.serialization import (
    MARKS_TABLE,
    OLDEST_SCHEMA,
    SCHEMA,
    TIMES_TABLE,
    add_times,
    marks_from_documents,
    write_marks,
)
from tui.marks.sync.last_write_wins import update
from tui.models import Marks
from tui.storage.atomic_write import replace_file, sync_folder
from tui.storage.disk_errors import why_and_where
from tui.storage.folder import Stamp, TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError, read_tables

if TYPE_CHECKING:
    from tui.storage.database import Database

OTHER_SHARD = "other"
"""The shard of ids that tell no month."""

QUARANTINE_PREFIX = "damaged-"
"""What the names of files begin with that were set aside."""

_MONTH = re.compile(r"([0-9]{4})\.[0-9]{4,5}|[a-z.-]+/([0-9]{4})[0-9]{3}", re.IGNORECASE)
_SHARD = re.compile(rf"[0-9]{{4}}|{OTHER_SHARD}")


def shard_of(arxiv_id: str) -> str:
    """Return the name of the shard that keeps a paper's marks."""
    match = _MONTH.fullmatch(arxiv_id)
    return (match[1] or match[2]) if match else OTHER_SHARD


class Shard(NamedTuple):
    """A shard as it was read.

    Attributes:
        stamp: of the file it was read from.
        marks: by arXiv id; not to be changed.
        damage: a sentence for the reader if the file could not be read.
    """

    stamp: Stamp
    marks: Mapping[str, Marks]
    error: str = ""


class _Backup(NamedTuple):
    file: Path
    day: str
    marks: Mapping[str, Marks]


class ShardFiles:
    """The files of a folder of marks.

    Args:
        folder: where they lie; nothing is made before something is changed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = TinyDbFolder(folder, SCHEMA, oldest=OLDEST_SCHEMA)
        self._backups = Backups(folder / "backups")
        self._replaced: dict[Path, bytes | None] = {}

    def shard_names(self) -> list[str]:
        """Return the names of the shards that there are.

        Raises:
            OSError: the folder cannot be looked into.
        """
        try:
            found = [path.stem for path in self.folder.path.iterdir() if path.suffix == ".json"]
        except FileNotFoundError:
            return []
        return sorted(filter(_SHARD.fullmatch, found))

    def quarantined_files(self) -> list[Path]:
        """Return the damaged files that are kept."""
        return sorted(self.folder.path.glob(f"{QUARANTINE_PREFIX}*.json"))

    def stamp(self, name: str) -> Stamp:
        """Return what changes when a shard's file is replaced."""
        return self.folder.stamp(name)

    def stable_mtime(self) -> int | None:
        """Return what changes when any file is replaced; None if it may change unnoticed."""
        return self.folder.settled()

    def read(self, name: str) -> Shard:
        """Read a shard without a lock; what is damaged, from its newest good copy."""
        # Before reading: if the file is replaced in between, it is only read once more.
        stamp = self.stamp(name)
        try:
            return Shard(stamp, self._marks_of(self.folder.file(name)))
        except DamagedFileError:
            return Shard(stamp, *self._from_copy(name))
        except (StorageError, OSError) as error:
            reason = why_and_where(error)
            return Shard(stamp, {}, _("Marks cannot be read: {error}.").format(error=reason))

    def _marks_of(self, file: Path) -> dict[str, Marks]:
        tables = read_tables(file, SCHEMA, oldest=OLDEST_SCHEMA)
        _check(tables.keys(), file)
        return marks_from_documents(tables.get(MARKS_TABLE, {}), file)

    def _from_copy(self, name: str) -> tuple[Mapping[str, Marks], str]:
        """Return the marks of a damaged shard, and a sentence that tells where they are from."""
        file = self.folder.file(name)
        if (copy := self._good_copy(name)) is None:
            told = _("{file} is damaged, and there is no copy of it; the marks in it are missing.")
            return {}, told.format(file=file)
        told = _("{file} is damaged; the marks in it are those of {day}, from a copy.")
        return copy.marks, told.format(file=file, day=copy.day)

    def _good_copy(self, name: str) -> _Backup | None:
        """Return the newest copy of a shard that is not damaged itself."""
        for file in self._backups.newest_first(name):
            with suppress(StorageError, OSError):
                return _Backup(file, self._backups.date_of(file), self._marks_of(file))
        return None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep other processes from changing shards; all changes last at the end, or none.

        Raises:
            StorageError: another process is writing.
            OSError: the folder cannot be made or written.
        """
        with self.folder.locked():
            self._replaced.clear()
            self._backups.remove_leftovers()
            try:
                yield
            except BaseException:
                self._put_back()
                raise

    def _put_back(self) -> None:
        """Put the files back that were replaced before something went wrong, as far as can be."""
        for file, data in self._replaced.items():
            with suppress(OSError):
                if data is None:
                    file.unlink(missing_ok=True)
                else:
                    replace_file(file, data)

    def apply(
        self, name: str, edits: Sequence[MarkEdit], known: Shard | None
    ) -> tuple[Shard, list[MarkEdit]]:
        """Apply edits to a shard and write it; call this inside ``changing``.

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
            damage = self.restore_from_backup(name)
        # The shard in memory may predate the copy restored.
        shard, applied = self._apply(name, edits, None)
        return shard._replace(error=damage), applied

    def _apply(
        self, name: str, edits: Sequence[MarkEdit], known: Shard | None
    ) -> tuple[Shard, list[MarkEdit]]:
        stamp = self.stamp(name)
        with self.edit(name) as database:
            if known and known.stamp == stamp and not known.error:
                marks = known.marks  # spares parsing them again
            else:
                marks = self.read_marks(database, name)
            edited, applied = apply_edits(edits, marks)
            changes = {
                paper: (marks.get(paper, NO_MARKS), after)
                for paper, after in edited.items()
                if after != marks.get(paper, NO_MARKS)
            }
            if changes:
                self.back_up(name)
                _put_changes(database, changes, {edit.paper: edit.at for edit in edits})
        if not changes:
            return Shard(stamp, marks), applied
        current = {**marks, **{paper: after for paper, (_, after) in changes.items()}}
        for paper, (_before, after) in changes.items():
            if after == NO_MARKS:
                del current[paper]
        return Shard(self.stamp(name), current), applied

    @contextmanager
    def edit(self, name: str) -> Iterator[Database]:
        """Change the tables of a shard; the caller is ``changing``. Raises as ``apply`` does."""
        with self.folder.edit(name) as database:
            _check(database.tables(), self.folder.file(name))
            yield database

    def read_marks(self, database: Database, name: str) -> dict[str, Marks]:
        """Return the marks that a shard's tables tell. Raises as ``apply`` does."""
        return marks_from_documents(database.keyed(MARKS_TABLE).documents(), self.folder.file(name))

    def back_up(self, name: str) -> None:
        """Keep a shard's file as it is before it is replaced."""
        file = self.folder.file(name)
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            self._replaced[file] = None
            return
        self._backups.add(name, data)
        self._replaced[file] = data

    def restore_from_backup(self, name: str) -> str:
        """Keep a damaged shard under another name, and put its newest good copy in its place.

        Returns:
            A sentence for the reader.
        """
        file = self.folder.file(name)
        aside = self._unused(f"{QUARANTINE_PREFIX}{name}-{date.today().isoformat()}")
        # A copy, so that there is always a file for those who read.
        replace_file(aside, file.read_bytes())
        copy = self._good_copy(name)
        if copy is None:
            file.unlink()
            told = _("{file} was damaged and there was no copy of it; it is kept as {aside}.")
        else:
            replace_file(file, copy.file.read_bytes())
            told = _("{file} was damaged and is kept as {aside}; its marks are those of {day}.")
        sync_folder(self.folder.path)
        return told.format(file=file, aside=aside.name, day=copy.day if copy else "")

    def _unused(self, name: str) -> Path:
        files = (self.folder.file(f"{name}-{number}" if number else name) for number in count())
        return next(file for file in files if not file.exists())


def _check(tables: Set[str], file: Path) -> None:
    """Refuse a file of ours that keeps something else than marks."""
    if tables and MARKS_TABLE not in tables:
        raise DamagedFileError(file, _("is damaged ({why})").format(why=_("it holds no marks")))


def _put_changes(
    database: Database, changes: Mapping[str, tuple[Marks, Marks]], at: Mapping[str, int]
) -> None:
    """Write papers' new marks, and the time at which each changed field got its value.

    Args:
        database: the tables of the shard.
        changes: the marks before and after, by arXiv id.
        at: the time of each paper's last edit.
    """
    times = database.keyed(TIMES_TABLE).documents()
    write_marks(
        database,
        {
            paper: (after, update(add_times(before, times.get(paper, {})), after, at[paper]))
            for paper, (before, after) in changes.items()
        },
    )
