"""What the browser opens, and what it says first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tui.cache.source_cache import CacheLocator
from tui.config.keybindings import first_key_label
from tui.config.policy import Policy
from tui.config.session import Session
from tui.config.settings import Settings
from tui.i18n import _
from tui.library.history import HistoryEntry
from tui.library.library import Library
from tui.library.periods import format_period
from tui.library.scope import Scope
from tui.library.view import View
from tui.library.visits import VisitLog
from tui.marks.store import MarkStore
from tui.models import Problem
from tui.query.query import Query
from tui.query.sorting import parse_sort
from tui.terminal.capabilities import Terminal


class StartupOptions(NamedTuple):
    """Everything the first screen depends on.

    Attributes:
        library: what is cached so far.
        settings: the reader's settings.
        session: the remembered state of the last visit; updated while the browser runs.
        marks: the reader's marks.
        views_file: the file of saved views.
        problems: problems in the settings.
        period: the year, month or day to open; None for the newest day.
        query: the first query.
        min_votes: the first vote threshold; None for the remembered one.
        named_sources: whether the sources were named on the command line. Settings and session of
            the configured sources then neither apply nor change.
        is_sample: whether the sources are the digests that come with the program.
        terminal: what the terminal can display.
        cache_locator: finds the cache of a source that is added later; None if none can be added.
        policy: what the reader may do.
        visits: the last completed visit; by default, what the session remembers of it.
        is_rehearsal: whether the opening screen is only drawn for the next start. Nothing is read
            from digests or written then.
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
    cache_locator: CacheLocator | None = None
    policy: Policy = Policy()
    visits: VisitLog | None = None
    is_rehearsal: bool = False

    @property
    def banner(self) -> Sequence[str]:
        """The notice at the top of the screen, the longest wording first; may be empty."""
        # Invalid settings come first: they may be why only sample data is shown.
        if self.problems:
            problem = self.problems[0]
            return (f"{problem.location}: {problem.translated}",)
        if not self.is_sample:
            return ()
        if not self.can_fetch:
            return (_("Sample data: no digests have been set up on this machine yet."),)
        texts = (
            _(
                "Sample data. Press {key} to fetch this week's papers from Hugging Face, or add"
                " your own: broadsheet add FOLDER"
            ),
            _("Sample data. Press {key} to fetch this week's papers from Hugging Face."),
            _("Sample data. {key} fetches this week's papers."),
            _("Sample data. {key} fetches new papers."),
        )
        return tuple(text.format(key=self.key_label("digests.fetch")) for text in texts)

    @property
    def banner_action(self) -> str:
        """What a click on the notice does; empty for nothing."""
        if self.problems:
            return "show_problems"
        return "fetch" if self.is_sample and self.can_fetch else ""

    @property
    def can_fetch(self) -> bool:
        """Whether papers that are fetched from Hugging Face appear in the list."""
        return self.policy.may_change_sources and not self.named_sources

    def key_label(self, key: str) -> str:
        """Return the label of the first key of a binding, by the binding's id."""
        return first_key_label(key, self.settings.keymap)

    @property
    def view(self) -> View:
        """The first view."""
        session, settings = self.session, self.settings
        scope = Scope(self.first_period(self.library))
        if self.named_sources:
            return View(scope, self.min_votes or 0, parse_sort(""), self.query)
        thresholds = (self.min_votes, session.min_votes, settings.min_votes)
        min_votes = next(votes for votes in thresholds if votes is not None)
        return View(scope, min_votes, parse_sort(session.sort or settings.sort), self.query)

    def first_period(self, library: Library) -> str:
        """Return the period to open: the requested one or the nearest day; else the newest day."""
        requested = self.period
        if requested is None:
            return next(iter(library.period_counts.days()), "")
        if not requested or requested in library.period_counts.counts:
            return requested
        return library.period_counts.nearest_day(requested) or ""

    @property
    def last_position(self) -> HistoryEntry | None:
        """The scope and paper at the end of the last visit, if the period still exists."""
        period = None if self.named_sources else self.session.period
        if period is None or period not in self.library.period_counts.counts:
            return None
        scope = Scope(period)
        if len(self.session.scope) == len(Scope._fields) - 1:
            scope = Scope(period, *self.session.scope)
        return HistoryEntry(scope, self.session.cursors.get(scope.key))

    def greeting(self, library: Library) -> str:
        """Return the first message: that the requested date has no digest; may be empty.

        Args:
            library: the current library.
        """
        period = self.first_period(library)
        if self.period and period != self.period:
            if not period:
                text = _("No digest for {period} or any other date.")
                return text.format(period=format_period(self.period))
            text = _("No digest for {period}; showing {nearest}.")
            return text.format(period=format_period(self.period), nearest=format_period(period))
        return ""
