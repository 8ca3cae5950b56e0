"""Daily backups of the files of a folder, in case one is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tui.storage.atomic_write import remove_leftovers, replace_file

MAX_COPIES = 3
"""Number of backups kept of each file."""


class Backups:
    """Dated copies of a folder's JSON files, each made before the first change of a day.

    Args:
        folder: the folder of the copies; created with the first one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, data: bytes) -> None:
        """Back up a file unless that has been done today, and delete its oldest backups.

        Args:
            name: the file's name without its suffix.
            data: its content.

        Raises:
            OSError: the backup could not be written.
        """
        file = self._folder / f"{name}-{date.today().isoformat()}.json"
        if file.exists():
            return
        self._folder.mkdir(mode=0o700, exist_ok=True)
        replace_file(file, data)
        for old in list(self.newest_first(name))[MAX_COPIES:]:
            old.unlink()

    def remove_leftovers(self) -> None:
        """Remove temporary files of writers that were killed; the caller holds their lock."""
        remove_leftovers(self._folder, "*.json")

    def newest_first(self, name: str) -> Iterator[Path]:
        """Yield the backups of a file."""
        yield from sorted(self._folder.glob(f"{name}-????-??-??.json"), reverse=True)

    @staticmethod
    def date_of(backup: Path) -> str:
        """Return the ISO date of a backup."""
        return backup.stem[-len("2025-05-22") :]
