"""Backups of a folder's marks files: one a day, the newest few that are intact and differ.

The dates in their names are the clock's, which may have been wrong. A date in the future is older
than today: the clock has been corrected since.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from tui.i18n import _
from tui.storage.atomic_write import replace_file
from tui.storage.disk_errors import reason_and_path
from tui.storage.tables import DamagedFileError, NewerSchemaError, StorageError

MAX_BACKUPS = 3
"""Number of intact backups kept of each file."""

_BACKUP_NAME = re.compile(r"(.+)-....-..-..\.json")

_CLOCK_TOLERANCE = timedelta(days=1)
"""Another time zone may have tomorrow's date."""

_Content = TypeVar("_Content")


class MissingFileError(DamagedFileError):
    """A file does not exist although it has an intact backup."""


class Backup(NamedTuple, Generic[_Content]):
    """An intact backup.

    Attributes:
        file: its file.
        day: the day in its name.
        content: what was read from it.
    """

    file: Path
    day: str
    content: _Content


def backup_names(folder: Path) -> frozenset[str]:
    """Return the names of the files that have a backup, intact or not.

    Raises:
        OSError: the folder cannot be listed.
    """
    return frozenset(match[1] for match in map(_BACKUP_NAME.fullmatch, _list(folder)) if match)


def newest_backup(
    folder: Path, name: str, read: Callable[[Path], _Content]
) -> Backup[_Content] | None:
    """Return the newest intact backup of a file, or None.

    Before something is written in place of the file, use ``newest_backup_to_restore``.

    Args:
        folder: the folder of the backups, which may be missing.
        name: the name of the file, without its suffix.
        read: reads a backup; raises StorageError or OSError if it is damaged.
    """
    return next(_intact_backups(folder, name, read), None)


def newest_backup_to_restore(
    folder: Path, name: str, read: Callable[[Path], _Content]
) -> Backup[_Content] | None:
    """Return the newest intact backup of a file, or None if there is certainly none.

    Raises:
        OSError: the backups cannot be listed, or a newer one cannot be read. It may be intact.
    """
    for file in _backups_of(folder, name, _list(folder)):
        with suppress(StorageError, FileNotFoundError):
            return Backup(file, _day_of(file), read(file))
    return None


def read_backup(
    folder: Path, file: Path, error: StorageError | OSError, read: Callable[[Path], _Content]
) -> tuple[_Content | None, str]:
    """Read the newest intact backup of a file that cannot be read.

    Args:
        folder: the folder of the backups.
        file: the file.
        error: why it cannot be read.
        read: as for ``newest_backup``.

    Returns:
        The content, or None without a backup, and a message to the reader. A file of a newer
        version has none: its backup would hide what that version wrote since.
    """
    is_newer = isinstance(error, NewerSchemaError)
    backup = None if is_newer else newest_backup(folder, file.stem, read)
    if isinstance(error, MissingFileError):
        message = _("{file} is missing; its marks are those of the backup of {day}.")
    elif isinstance(error, DamagedFileError):
        if backup is None:
            message = _("{file} is damaged and has no backup; its marks are missing.")
        else:
            message = _("{file} is damaged; its marks are those of the backup of {day}.")
    elif backup is None:
        message = _("Marks cannot be read: {error}")
    else:
        message = _("Marks cannot be read: {error}. The backup of {day} is used.")
    day = backup.day if backup else ""
    message = message.format(file=file, error=reason_and_path(error), day=day)
    return (backup.content if backup else None), message


def back_up(folder: Path, name: str, data: bytes, read: Callable[[Path], object]) -> None:
    """Back up a file unless it was backed up today, and delete its oldest backups.

    Args:
        folder: the folder of the backups.
        name: the name of the file, without its suffix.
        data: the content of the file.
        read: as for ``newest_backup``.

    Raises:
        OSError: the backup cannot be written, or an old one cannot be deleted.
    """
    file = folder / f"{name}-{date.today().isoformat()}.json"
    if file.exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    replace_file(file, data)
    for old in _superfluous(folder, name, read):
        old.unlink()


def _superfluous(folder: Path, name: str, read: Callable[[Path], object]) -> list[Path]:
    """Return the backups to delete: those that an equal one or enough others follow.

    Damaged ones do not count, so that they push no intact one out.
    """
    kept: list[object] = []
    superfluous: list[Path] = []
    files = _backups_of(folder, name)
    if len(files) <= MAX_BACKUPS:
        return superfluous
    for file in files:
        if len(kept) == MAX_BACKUPS:
            superfluous.append(file)
            continue
        with suppress(StorageError, OSError):
            if (content := read(file)) in kept:
                superfluous.append(file)
            else:
                kept.append(content)
    return superfluous


def _intact_backups(
    folder: Path, name: str, read: Callable[[Path], _Content]
) -> Iterator[Backup[_Content]]:
    """Yield the backups of a file that can be read, the newest first."""
    for file in _backups_of(folder, name):
        with suppress(StorageError, OSError):
            yield Backup(file, _day_of(file), read(file))


def _list(folder: Path) -> list[str]:
    """Return the names in a folder; none if it is missing. Raises OSError."""
    try:
        return [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []


def _backups_of(folder: Path, name: str, listed: Iterable[str] | None = None) -> list[Path]:
    """Return the backups of a file, the newest first.

    Args:
        folder: the folder of the backups.
        name: the name of the file.
        listed: the names in the folder; None to list them, and to ignore errors.
    """
    if listed is None:
        listed = []
        with suppress(OSError):
            listed = _list(folder)
    last_day = (date.today() + _CLOCK_TOLERANCE).isoformat()

    def age(file: Path) -> tuple[bool, str]:
        return _day_of(file) <= last_day, _day_of(file)

    found = (match for match in map(_BACKUP_NAME.fullmatch, listed) if match)
    files = [folder / match[0] for match in found if match[1] == name]
    return sorted(files, key=age, reverse=True)


def _day_of(backup: Path) -> str:
    return backup.stem[-len("2025-05-22") :]
