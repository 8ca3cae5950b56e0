"""Copies of files as they were before a day's first change, should one be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tui.storage.atomic_write import remove_leftovers, replace_file

MAX_COPIES = 3


class Backups:
    """The copies of a folder's files.

    Args:
        folder: where they lie; it is made when there is something to put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, data: bytes) -> None:
        """Keep a file as it was, unless it has been kept today; the oldest copies go.

        Args:
            name: what the file is called, without its suffix.
            data: what stands in it.

        Raises:
            OSError: the copy could not be written.
        """
        copy = self._folder / f"{name}-{date.today().isoformat()}.json"
        if copy.exists():
            return
        self._folder.mkdir(mode=0o700, exist_ok=True)
        replace_file(copy, data)
        for old in list(self.newest_first(name))[MAX_COPIES:]:
            old.unlink()

    def remove_leftovers(self) -> None:
        """Remove what was left by writers that were killed; nobody else may be writing."""
        remove_leftovers(self._folder, "*.json")

    def newest_first(self, name: str) -> Iterator[Path]:
        """Yield the copies of a file that there are."""
        yield from sorted(self._folder.glob(f"{name}-????-??-??.json"), reverse=True)

    @staticmethod
    def date_of(copy: Path) -> str:
        """Return the day on which a copy was made."""
        return copy.stem[-len("2025-05-22") :]
