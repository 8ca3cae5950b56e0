"""Papers and days that have appeared but have not been announced yet."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import _, ngettext
from tui.library.periods import format_period


class News:
    """Collects what is new until it can be announced."""

    def __init__(self) -> None:
        self._papers = 0
        self._days: set[str] = set()

    def add(self, papers: int, days: Sequence[str]) -> None:
        """Add a number of new papers, and the days that are new."""
        self._papers += papers
        self._days.update(days)

    def take(self) -> str:
        """Return the announcement, empty if nothing is new, and start collecting again."""
        papers, days = self._papers, sorted(self._days)
        self._papers, self._days = 0, set()
        if days:
            text = _("{number} new days, the newest: {day}")
            text = _("1 new day: {day}") if len(days) == 1 else text
            return text.format(number=len(days), day=format_period(days[-1]))
        if papers:
            text = ngettext("{number} new paper.", "{number} new papers.", papers)
            return text.format(number=papers)
        return ""
