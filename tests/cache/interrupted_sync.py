"""Syncs that crash before a file of the cache is in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource
from tui.storage import atomic_write, tables


class CrashError(BaseException):
    """Simulates the end of the process."""


def sync_until_crash(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch, replaced_files: int
) -> bool:
    """Sync, and crash after a number of files were replaced; return whether that happened."""
    replace = atomic_write.replace_file
    remaining = iter(range(replaced_files, -1, -1))

    def replace_or_crash(path: Path, data: bytes, mode: int) -> None:
        if next(remaining) == 0:
            raise CrashError
        replace(path, data, mode)

    with monkeypatch.context() as patched:
        patched.setattr(tables, "replace_file", replace_or_crash)
        try:
            source.sync()
        except CrashError:
            return True
    return False
