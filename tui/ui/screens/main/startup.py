"""What the browser opens with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui.cache.location import CacheLocator
from tui.config.session import Session
from tui.config.settings import Settings
from tui.i18n import _, ngettext
from tui.library.history import HistoryEntry
from tui.library.library import Library
from tui.library.listing import parse_sort
from tui.library.periods import format_period
from tui.library.scope import Scope
from tui.library.view import View
from tui.marks import MarkStore
from tui.models import Problem
from tui.query import Query, SortKey
from tui.terminal.capabilities import Terminal


class StartupOptions(NamedTuple):
    """All that the first screen is made of.

    Attributes:
        library: what is cached so far.
        settings: the reader's.
        session: what is remembered; it is changed as the reader goes on.
        marks: the reader's.
        views_file: the file of kept views.
        problems: what is odd in the settings.
        period: year, month or day to begin with; None for the newest day.
        query: what to look for at first.
        min_votes: the first threshold; None for the remembered one.
        named_sources: whether the sources were named on the command line; then neither what is set
            nor what is remembered applies, and nothing of it is changed.
        is_sample: whether these are the digests that come with the program.
        terminal: what can be shown.
        place: where a source is cached that is added; None if none can be.
    """

    library: Library
    settings: Settings
    session: Session
    marks: MarkStore
    views_file: Path
    problems: tuple[Problem, ...] = ()
    period: str | None = None
    query: Query = Query()
    min_votes: int | None = None
    named_sources: bool = False
    is_sample: bool = False
    terminal: Terminal = Terminal()
    place: CacheLocator | None = None

    @property
    def notice(self) -> str:
        """A line to stand above all, or none: settings that fail may be why these are samples."""
        if self.problems:
            problem = self.problems[0]
            return f" {problem.location}: {problem.translated}"
        if self.is_sample:
            return " " + _("Sample data. Add your own: broadsheet add PATH")
        return ""

    def _threshold(self) -> int:
        if self.min_votes is not None:
            return self.min_votes
        if self.named_sources:
            return 0
        remembered = self.session.min_votes
        return self.settings.min_votes if remembered is None else remembered

    @property
    def view(self) -> View:
        """What to look at first."""
        shelf = Scope(self.first_period(self.library))
        return View(shelf, self._threshold(), self._sort(), self.query)

    def _sort(self) -> tuple[SortKey, ...]:
        if self.named_sources:
            return parse_sort("")
        return parse_sort(self.session.sort or self.settings.sort)

    def first_period(self, library: Library) -> str:
        """Return the period to begin with: the one asked for, or the nearest; else the newest."""
        wanted = self.period
        if wanted is None:
            return next(iter(library.period_counts.days()), "")
        if not wanted:
            return ""
        return (
            wanted if wanted in library.period_counts.counts else library.nearest_day(wanted) or ""
        )

    @property
    def new_since(self) -> str | None:
        """The newest day of the last visit, if there was one."""
        return None if self.named_sources else self.session.newest

    @property
    def last_place(self) -> HistoryEntry | None:
        """Where the reader was at the end of the last visit."""
        period = None if self.named_sources else self.session.period
        if period is None or period not in self.library.period_counts.counts:
            return None
        shelf = Scope(period)
        if len(self.session.shelf) == len(Scope._fields) - 1:
            shelf = Scope(period, *self.session.shelf)
        return HistoryEntry(shelf, self.session.places.get(shelf.key))

    def greeting(self, library: Library, back: str) -> str:
        """Return what to say first: what is new, or that a date had no digest.

        Args:
            library: as it is when it is said.
            back: the key that goes back to where the reader was.
        """
        found = self.first_period(library)
        if self.period and found != self.period:
            words = (
                _("No digest of {asked}: this is {near}.")
                if found
                else _("No digest of {asked}: there is none.")
            )
            return words.format(asked=format_period(self.period), near=format_period(found))
        since = self.new_since
        counts = library.period_counts.counts
        new = sum(counts[day] for day in library.period_counts.days() if since and day > since)
        if since is None or not new:
            return ""
        words = ngettext("{number} new paper since {day}.", "{number} new papers since {day}.", new)
        text = words.format(number=new, day=format_period(since))
        if not self.last_place:
            return text
        return f"{text} " + _("{key} goes back to where you were.").format(key=back)
