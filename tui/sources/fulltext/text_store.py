"""The texts that are kept: one TinyDB file per paper, within a limit of their total size."""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

from tui.sources.fulltext import FullText, TextOrigin
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError

SCHEMA = 1

_TABLE = "text"


class TextStore:
    """Keeps texts in a folder. Thread-safe.

    The mtime of a file is when its text was last read.

    Args:
        folder: the folder, which need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = TinyDbFolder(folder, SCHEMA)
        self._ids: tuple[int | None, frozenset[str]] = (None, frozenset())

    @property
    def ids(self) -> Set[str]:
        """The ids of the papers whose text is kept."""
        try:
            mtime = self._folder.path.stat().st_mtime_ns
        except OSError:
            return frozenset()
        if mtime != self._ids[0]:
            ids = frozenset(_paper_id(file.stem) for file in self._folder.path.glob("[!.]*.json"))
            self._ids = (self._folder.stable_mtime(), ids)
        return self._ids[1]

    def get(self, paper_id: str, *, is_read: bool = True) -> FullText | None:
        """Return the text of a paper; None if it is not kept, or damaged.

        Args:
            paper_id: the canonical id.
            is_read: whether the reader reads it, so that it is kept longer than others.
        """
        if ":" in paper_id:
            return None
        name = _file_name(paper_id)
        try:
            with self._folder.corrupt_if_malformed(name):
                document = self._folder.read(name).get(_TABLE, {}).get("1")
                if document is None:
                    return None
                text = FullText(
                    str(document["id"]),
                    str(document["markdown"]),
                    TextOrigin(document["origin"]),
                    str(document["url"]),
                )
        except (StorageError, OSError):
            # It can be fetched again.
            return None
        if is_read:
            with suppress(OSError):
                os.utime(self._folder.file(name))
        return text if text.paper_id == paper_id else None

    def version(self, paper_id: str) -> tuple[int, int] | None:
        """Return a value that changes when the text of a paper is replaced; None without one."""
        stamp = self._folder.stamp(_file_name(paper_id))
        # Reading a text changes its mtime.
        return None if stamp is None else (stamp[0], stamp[2])

    def add(self, text: FullText, max_bytes: int, is_protected: Callable[[str], bool]) -> None:
        """Keep a text, and remove the texts read least recently if all exceed a limit.

        Args:
            text: the text.
            max_bytes: the limit of the size of all files.
            is_protected: returns whether the text of a paper stays, whatever the limit.

        Raises:
            StorageError: the folder is in use, or the file was written by a newer version.
            OSError: the file cannot be written.
        """
        name = _file_name(text.paper_id)
        with self._folder.locked():
            try:
                self._folder.read(name)
            except DamagedFileError:
                self._folder.file(name).unlink()
            with self._folder.edit(name) as database:
                document = text._asdict()
                document["id"] = document.pop("paper_id")
                database.keyed(_TABLE).put([("1", document)])
            self._remove_least_recent(max_bytes, name, is_protected)
        self._ids = (None, frozenset())

    def _remove_least_recent(
        self, max_bytes: int, added: str, is_protected: Callable[[str], bool]
    ) -> None:
        files = []
        with os.scandir(self._folder.path) as entries:
            for entry in entries:
                if entry.name.endswith(".json") and not entry.name.startswith("."):
                    with suppress(OSError):
                        status = entry.stat()
                        files.append((status.st_mtime_ns, status.st_size, entry.name))
        total = sum(size for _time, size, _name in files)
        for _time, size, file_name in sorted(files):
            if total <= max_bytes:
                return
            name = file_name.removesuffix(".json")
            if name != added and not is_protected(_paper_id(name)):
                with suppress(OSError):
                    self._folder.file(name).unlink()
                    total -= size


def _file_name(paper_id: str) -> str:
    """Return the name of a paper's file: the slash of an old id of arXiv cannot be part of it."""
    return paper_id.replace("/", "_")


def _paper_id(name: str) -> str:
    return name.replace("_", "/")
