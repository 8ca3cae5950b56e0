"""The places where the reader was, to go back and forward through. Pure."""

from __future__ import annotations

from typing import NamedTuple

from tui.library.scope import Scope


class HistoryEntry(NamedTuple):
    """A shelf, and the paper the cursor was on; None if on none."""

    scope: Scope
    paper: str | None


class History:
    """A line of places with a position in it, as in a web browser."""

    def __init__(self) -> None:
        self._behind: list[HistoryEntry] = []
        self._ahead: list[HistoryEntry] = []

    def push(self, place: HistoryEntry) -> None:
        """Note a place that is left for a new one; what was ahead is forgotten."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
        self._ahead.clear()

    def back(self, here: HistoryEntry) -> HistoryEntry | None:
        """Return the place before, and note this one as ahead; None at the beginning."""
        if not self._behind:
            return None
        self._ahead.append(here)
        return self._behind.pop()

    def forward(self, here: HistoryEntry) -> HistoryEntry | None:
        """Return the place that was left by going back; None if there is none."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()
