"""What is remembered of the hub's answers besides the answers: how to ask whether they changed."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError

SCHEMA = 1

_NAME = "answers"


class DayRecord(NamedTuple):
    """What is remembered of a day's answer.

    Attributes:
        url: who gave it.
        etag: its name there, empty if it has none.
        modified: when it was last changed there, as it was told.
        empty: when it was told that there is nothing, in seconds of the epoch; 0 if there is.
    """

    url: str
    etag: str = ""
    modified: str = ""
    empty: float = 0.0


class DayRecords:
    """Records by the files of the days. Losing them costs nothing but asking once more.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._store = TinyDbFolder(folder, SCHEMA)
        self._changed: dict[str, dict[str, Any]] = {}
        try:
            self._known = self._store.read(_NAME).get(_NAME, {})
        except (StorageError, OSError):
            self._known = {}

    def of(self, file: Path) -> DayRecord | None:
        """Return what is remembered of a day's file, be it there or not."""
        document = self._known.get(str(file))
        return None if document is None else _well_typed(document)

    def note(self, file: Path, record: DayRecord) -> None:
        """Remember something of a day's file from now on, and for good with ``keep``."""
        document = record._asdict()
        if self._known.get(str(file)) != document:
            self._known[str(file)] = self._changed[str(file)] = document

    def note_empty(self, file: Path, url: str) -> None:
        """Remember that there is nothing on a day, as of now."""
        self.note(file, DayRecord(url, empty=time.time()))

    def keep(self) -> None:
        """Write what was noted, if that can be written."""
        if not self._changed:
            return
        # The answers themselves are what matters, and they are there.
        with suppress(StorageError, OSError), self._store.locked(timeout=2):
            try:
                self._store.read(_NAME)
            except StorageError as error:
                if not error.can_rebuild:
                    return
                self._store.file(_NAME).unlink()
            with self._store.edit(_NAME) as database:
                database.keyed(_NAME).put(self._changed.items())
            self._changed = {}


def _well_typed(document: dict[str, Any]) -> DayRecord | None:
    kinds = {"url": str, "etag": str, "modified": str, "empty": float}
    if any(type(document.get(name)) is not kind for name, kind in kinds.items()):
        return None
    return DayRecord(**{name: document[name] for name in kinds})
