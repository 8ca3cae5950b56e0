"""The pictures that were requested, as files. The least recently shown ones make way for others."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from tui.storage.atomic_write import replace_file
from tui.storage.permissions import make_folder
from tui.storage.regular_file import read_regular_file

MAX_CACHE_BYTES = 50_000_000
"""Limit of all files together."""

_SUFFIX = ".picture"


class PictureCache:
    """A folder with one file for each picture. Several processes may use it.

    Nothing is raised: without a usable folder, nothing is kept.

    Args:
        folder: the folder; it is created when something is kept.
        max_bytes: limit of its size.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_CACHE_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def get(self, url: str) -> bytes | None:
        """Return a picture, and note that it was used; None if it is not there."""
        file = self._file(url)
        try:
            data = read_regular_file(file, self._max_bytes, follow_links=False)
        except OSError:
            return None
        with suppress(OSError):
            os.utime(file)
        return data

    def put(self, url: str, data: bytes) -> None:
        """Keep a picture; the least recently used others are deleted if there is no room."""
        if len(data) > self._max_bytes:
            return
        with suppress(OSError):
            make_folder(self._folder, 0o700)
            self._make_room(len(data))
            replace_file(self._file(url), data)

    def _file(self, url: str) -> Path:
        return self._folder / f"{blake2b(url.encode(), digest_size=16).hexdigest()}{_SUFFIX}"

    def _make_room(self, size: int) -> None:
        files = [(file, file.stat()) for file in self._folder.glob(f"*{_SUFFIX}")]
        total = sum(status.st_size for _file, status in files)
        for file, status in sorted(files, key=lambda each: each[1].st_mtime_ns):
            if total + size <= self._max_bytes:
                break
            file.unlink(missing_ok=True)
            total -= status.st_size
