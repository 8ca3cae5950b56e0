"""The history of scopes that the reader visited, as in a web browser."""

from __future__ import annotations

from typing import NamedTuple

from tui.library.scope import Scope


class HistoryEntry(NamedTuple):
    """A scope, and the id of the paper under the cursor; None if there was none."""

    scope: Scope
    paper: str | None


class History:
    """The entries before and after the current one, which the caller holds."""

    def __init__(self) -> None:
        self._back: list[HistoryEntry] = []
        self._forward: list[HistoryEntry] = []

    def push(self, entry: HistoryEntry) -> None:
        """Record the entry the reader is leaving; the entries after it are dropped."""
        if not self._back or self._back[-1] != entry:
            self._back.append(entry)
        self._forward.clear()

    def back(self, current: HistoryEntry) -> HistoryEntry | None:
        """Return the entry before the current one, or None if it is the first."""
        if not self._back:
            return None
        self._forward.append(current)
        return self._back.pop()

    def forward(self, current: HistoryEntry) -> HistoryEntry | None:
        """Return the entry after the current one, or None if it is the last."""
        if not self._forward:
            return None
        self._back.append(current)
        return self._forward.pop()
