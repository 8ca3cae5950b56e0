"""The main screen: days, papers, summary. It owns what is looked at, and wires the widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.command import Provider
from textual.timer import Timer

from tui import listing, view
from tui.history import History, Place
from tui.keys import Context
from tui.library import Library
from tui.links import has_browser, open_url
from tui.messages import (
    Chosen,
    KeyClicked,
    LinkFollowed,
    PaperHighlighted,
    PapersLoaded,
    PeriodHighlighted,
    SortAsked,
    SummariesLoaded,
)
from tui.model import Paper
from tui.periods import is_day, spoken
from tui.query import Query
from tui.screens.library_screen import LibraryScreen
from tui.screens.opening import Opening
from tui.screens.palette import KeyCommands
from tui.screens.questions import Question, ask_date, ask_query, ask_votes
from tui.session import Session
from tui.view import View
from tui.widgets.bindings import bindings
from tui.widgets.status_line import Status

RAPID = 0.08
"""Seconds; moves that follow faster are of a held key, and the summary waits for its release."""


class BrowseScreen(LibraryScreen):
    """Days, papers and a summary.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.BROWSE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {KeyCommands}

    def __init__(self, opening: Opening) -> None:
        super().__init__(opening)
        # What is done with sources that were named is not remembered.
        self._session = Session() if opening.named_sources else opening.session
        self._view = opening.view
        self._papers: Sequence[Paper] = ()
        self._total = 0
        self._listing = self._view.listing((), 0)
        self._shown: str | None = None
        self._history = History()
        self._moved_at = 0.0
        self._summary_timer: Timer | None = None
        self._touched = False
        self._greeting = ""

    # Opening and leaving

    def on_mount(self) -> None:
        """Show the first period, and say what is new."""
        if self.opening.last_place is not None:
            self._history.leave(self.opening.last_place)
        self._show_library(self.library)
        self._greet()

    def _greet(self) -> None:
        """Say what is new, unless something else is being said."""
        before = self._greeting
        self._greeting = self.opening.greeting(self.library, self.key_sign("place.back"))
        if self.status.message in {"", before}:
            self.status.say(self._greeting)

    def on_unmount(self) -> None:
        """Note what shall be remembered."""
        self._remember_place()
        self._session.period = self._view.period
        self._session.newest = next(iter(self.library.calendar.days()), None)
        self._session.table_share = self.table_share
        self._session.sidebar = not self.sidebar_hidden

    def _show_library(self, library: Library) -> None:
        self.library = library
        self.sidebar.show(library.calendar, self._view.period, new_since=self.opening.new_since)
        self._find_papers()

    def _find_papers(self) -> None:
        """Show the view's papers, those of a day at once: keys typed ahead are meant for them."""
        period, query = self._view.period, self._view.query
        # A day's are read within a few milliseconds; more than that is for a worker.
        if is_day(period) and not query.clauses:
            papers = self.library.papers(period)
            self._show_papers(period, papers, len(papers))
        else:
            self.loader.papers(self.library, period, query)

    def library_opened(self, library: Library) -> None:
        """Show a library that has changed, in the same period if it is still there."""
        period = self._view.period
        # A reader who has not touched anything came for the newest day.
        if not self._touched or not self.library.calendar.total:
            period = self.opening.first_period(library)
        elif period not in library.calendar.counts:
            period = library.nearest_day(period) or ""
        self._view = replace(self._view, period=period)
        self._show_library(library)
        if not self._touched:
            self._greet()

    def sync_turned(self) -> None:
        """Draw what depends on whether digests are being read."""
        if self._papers:
            self._draw_status()
        else:
            self._draw_papers()

    # What is looked at

    def _look(self, new: View) -> None:
        """Look at something else, in the same period by another rule or in another period."""
        old, self._view = self._view, new
        self._session.min_votes = new.min_votes
        self._session.sort = ",".join(map(str, new.sort))
        if new.period != old.period or new.query != old.query:
            self._find_papers()
        else:
            self._draw_papers()

    def _go(self, period: str, paper: str | None = None) -> None:
        """Look at another period, which the sidebar follows, with the cursor on this paper."""
        self._remember_place()
        if paper is not None:
            self._session.remember_place(period, paper)
        self.sidebar.select(period)
        self._look(replace(self._view, period=period))

    def _place(self) -> Place:
        # While a worker looks for other papers, the cursor is on one of another period.
        paper = self.table.paper if self._shown == self._view.period else None
        return Place(self._view.period, paper.arxiv_id if paper else None)

    def _remember_place(self) -> None:
        paper = self.table.paper
        if paper is not None and self._shown is not None:
            self._session.remember_place(self._shown, paper.arxiv_id)

    def _show_papers(self, period: str, papers: Sequence[Paper], total: int) -> None:
        is_other = self._shown != period
        self._papers, self._total, self._shown = papers, total, period
        remembered = self._session.places.get(period) if is_other else None
        self._draw_papers(remembered, at_top=is_other)
        self.mend()

    def _draw_papers(self, cursor_on: str | None = None, *, at_top: bool = False) -> None:
        """Draw table and status; the cursor stays on its paper if it is still there."""
        found = self._listing = self._view.listing(self._papers, self._total)
        here = self.table.paper
        if cursor_on is None and not at_top and here is not None:
            cursor_on = here.arxiv_id
        empty = view.why_empty(
            self._view,
            found,
            reading=self.status.is_busy,
            sign=self.key_sign,
        )
        self.table.show(
            found.papers,
            sort=self._view.query.sort or self._view.sort,
            one_day=is_day(self._view.period),
            cursor_on=cursor_on,
            at_top=at_top,
            empty=empty,
        )
        self._draw_status()

    def _draw_status(self) -> None:
        found = self._listing
        self.status.show(
            Status(
                view=self._view.name,
                counts=view.shown_of(found),
                rule=self._view.rule,
                hidden=self._view.hidden(found),
                sort=self._view.order,
                problems=self.problem_count,
            )
        )

    # What workers found

    @on(PapersLoaded)
    def _papers_loaded(self, message: PapersLoaded) -> None:
        if (message.period, message.query) == (self._view.period, self._view.query):
            self._show_papers(message.period, message.papers, message.total)

    @on(SummariesLoaded)
    def _summaries_loaded(self, message: SummariesLoaded) -> None:
        if message.paper == self.table.paper:
            self.viewer.show(message.paper, message.summaries)
            self.mend()

    # Moving

    def on_key(self, event: events.Key) -> None:
        """Let a message go when the reader goes on."""
        self._touched = True
        if event.key != "escape":
            self.status.say("")

    def on_click(self) -> None:
        """Let a message go when the reader goes on."""
        self._touched = True

    @on(PeriodHighlighted)
    def _period_highlighted(self, message: PeriodHighlighted) -> None:
        if message.period != self._view.period:
            self._history.leave(self._place())
            self._remember_place()
            self._look(replace(self._view, period=message.period))

    @on(PaperHighlighted)
    def _paper_highlighted(self, message: PaperHighlighted) -> None:
        if self._summary_timer is not None:
            self._summary_timer.stop()
        now = monotonic()
        is_rapid, self._moved_at = now - self._moved_at < RAPID, now
        if message.paper is None:
            self.viewer.show(None, [])
        elif is_rapid:
            self._summary_timer = self.set_timer(RAPID, self._read_summary)
        else:
            self._read_summary()

    def _read_summary(self) -> None:
        if self.table.paper is not None:
            self.loader.summaries(self.library, self.table.paper)

    @on(Chosen)
    def action_read(self) -> None:
        """Go into what the cursor is on: from a date to its papers, from a paper to its text."""
        if self.sidebar.has_focus:
            self.table.focus()
        elif self.table.paper is not None:
            self.zoomed = True

    def action_step_paper(self, by: int) -> None:
        """Go to the next paper of the list, wherever the focus is."""
        self.table.cursor += by

    def action_step_day(self, by: int) -> None:
        """Go to the next older (1) or newer (-1) day with a digest."""
        here = self._view.period
        target = self.library.step_day(here, by)
        if target is None:
            self.status.say(f"{spoken(here)} is the {'oldest' if by > 0 else 'newest'} there is.")
        else:
            self.action_show_period(target)

    def action_show_period(self, period: str) -> None:
        """Look at another period."""
        if period != self._view.period:
            self._history.leave(self._place())
            self._go(period)

    def action_back(self) -> None:
        """Go back to where the reader was."""
        self._travel(self._history.back(self._place()), "This is where you began.")

    def action_forward(self) -> None:
        """Go forward again."""
        self._travel(self._history.forward(self._place()), "You have not gone back from here.")

    def _travel(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self.status.say(otherwise)
            return
        self._go(*place)

    def action_back_out(self) -> None:
        """Back out one step: of a message, of reading, to the table, of search and threshold."""
        if self.status.message:
            self.status.say("")
        elif self.zoomed:
            self.zoomed = False
        elif self.focused is not self.table:
            self.table.focus()
        elif self._view.query.clauses:
            self._look(replace(self._view, query=Query()))
        elif self._view.min_votes:
            self._look(replace(self._view, min_votes=0))

    # Filtering and sorting

    def action_step_votes(self, by: int) -> None:
        """Ask for more votes, or for fewer."""
        self._look(replace(self._view, min_votes=listing.step(self._view.min_votes, by)))

    @on(SortAsked)
    def _sort_asked(self, message: SortAsked) -> None:
        self._look(replace(self._view, sort=listing.sort_by(message.column, self._view.sort)))

    def action_next_sort(self) -> None:
        """Sort by the next column that is seen."""
        sort = listing.sort_by_next(self.table.columns, self._view.sort)
        self._look(replace(self._view, sort=sort))

    def action_reverse_sort(self) -> None:
        """Sort the other way round."""
        self._look(replace(self._view, sort=listing.reverse(self._view.sort)))

    # Questions, links and pages

    async def action_ask_votes(self) -> None:
        """Ask for a threshold."""

        def then(votes: int) -> None:
            self._look(replace(self._view, min_votes=votes))

        await self._ask(ask_votes(self._view.min_votes, then))

    async def action_ask_query(self) -> None:
        """Ask for a query."""
        now = str(self._view.query)
        await self._ask(ask_query(now, lambda query: self._look(replace(self._view, query=query))))

    async def action_ask_date(self) -> None:
        """Ask for a date."""
        await self._ask(ask_date(self.library, self.action_show_period, self.status.say))

    async def _ask(self, question: Question) -> None:
        await self.ask(question.words, question.example, question.answered, question.value)

    @on(KeyClicked)
    async def _key_clicked(self, message: KeyClicked) -> None:
        await self.run_action(message.action)

    @on(LinkFollowed)
    def _link_followed(self, message: LinkFollowed) -> None:
        self._open(message.url)

    def action_open_link(self, which: str) -> None:
        """Open the paper's abstract or PDF."""
        paper = self.table.paper
        if paper is not None:
            self._open(paper.pdf_url if which == "pdf" else paper.url)

    def _open(self, url: str) -> None:
        self.status.say(f"Opened {url}" if has_browser() and open_url(url) else url)
