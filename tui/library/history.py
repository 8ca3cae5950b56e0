"""The views that the reader has visited, as in a web browser."""

from __future__ import annotations

from typing import NamedTuple

from tui.library.scope import Scope
from tui.library.view import View


class HistoryEntry(NamedTuple):
    """Where the reader was.

    Attributes:
        scope: the scope.
        paper: id of the paper under the cursor; None if there was none.
        view: the scope with query, threshold and sort order; None for those it opens with.
    """

    scope: Scope
    paper: str | None
    view: View | None = None


MAX_HISTORY_ENTRIES = 500
"""Entries to which the reader can go back; older ones are forgotten."""


class HistoryState(NamedTuple):
    """The entries before and after the current one."""

    back: tuple[HistoryEntry, ...]
    forward: tuple[HistoryEntry, ...]


class History:
    """The entries before and after the current one, which the caller holds."""

    def __init__(self) -> None:
        self._back: list[HistoryEntry] = []
        self._forward: list[HistoryEntry] = []

    def push(self, entry: HistoryEntry) -> None:
        """Record the entry the reader is leaving; the entries after it are dropped."""
        if not self._back or self._back[-1] != entry:
            self._back.append(entry)
            del self._back[:-MAX_HISTORY_ENTRIES]
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

    def state(self) -> HistoryState:
        """Return the entries, for ``restore``."""
        return HistoryState(tuple(self._back), tuple(self._forward))

    def restore(self, state: HistoryState) -> None:
        """Go back to an earlier state, as if nothing had been visited since."""
        self._back, self._forward = list(state.back), list(state.forward)
