"""What is looked at: papers of a shelf, by a rule and a query; and the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from tui.config.session import Session
from tui.library import listing, view
from tui.library.periods import is_day
from tui.library.scope import Scope
from tui.library.view import View
from tui.models import Paper
from tui.query import Query
from tui.ui.messages import (
    PaperHighlighted,
    PapersLoaded,
    SortRequested,
    SummariesLoaded,
)
from tui.ui.screens.main.cursor_anchor import CursorAnchor
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.screens.main.watching import NewsScreen
from tui.ui.widgets.status_line import Status

if TYPE_CHECKING:
    from tui.query import Highlighter

RAPID = 0.08
"""Seconds; moves that follow faster are of a held key, and the summary waits for its release."""


class ListScreen(NewsScreen):
    """Papers and a summary.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        super().__init__(opening)
        # What is done with sources that were named is not remembered.
        self._session = Session() if opening.named_sources else opening.session
        self._view = self._last_of_period = opening.view
        self._papers: Sequence[Paper] = ()
        self._total = 0
        # How many papers were looked at by a search that goes on.
        self._searched: int | None = None
        self._listing = self._view.listing((), 0)
        self._shown: View | None = None
        self._wanted: str | None = None
        self._anchor = CursorAnchor()
        self._finder: Highlighter | None = None
        self._told: SummariesLoaded | None = None
        self._waiting: Callable[[], None] | None = None
        self._moved_at = 0.0
        self._summary_timer: Timer | None = None

    def on_mount(self) -> None:
        """Follow what the status tells."""
        self.watch(self, "zoomed", self._draw_status, init=False)
        self.viewer.window.on_scroll = self._draw_status
        # A taller viewer has more of the text in sight.
        self.watch(self.viewer, "virtual_size", self._draw_status, init=False)

    # Finding

    def _find_papers(self, *, keep_shown: bool = False) -> None:
        """Show the papers of the view, at once those at hand: keys typed ahead are meant for them.

        Args:
            keep_shown: whether what is shown stays, though it may be read by now: the reader did
                not ask anew.
        """
        shelf, query = self._view.scope, self._view.query
        papers = self._searched = None
        if shelf.is_period and not query.clauses:
            papers = self.library.papers_without_waiting(shelf.period)
        if papers is not None:
            self._show_papers(self._view, papers, len(papers))
        else:
            keep = frozenset(paper.arxiv_id for paper in self._papers) if keep_shown else None
            self.loader.papers(self.library, shelf, query, keep)

    def sync_turned(self) -> None:
        """Draw what depends on whether digests are being read."""
        if self._papers:
            self._draw_status()
        else:
            self._draw_papers()

    # What is looked at

    def _look(self, new: View) -> None:
        """Look at something else: on the same shelf by another rule, or on another shelf."""
        old, self._view = self._view, new
        if new.scope.is_period:
            self._last_of_period = new
            self._session.min_votes = new.min_votes
            self._session.sort = ",".join(map(str, new.sort))
        if new.scope != old.scope or new.query.clauses != old.query.clauses:
            self._find_papers()
        else:
            self._draw_papers()

    def _view_of(self, shelf: Scope, query: Query) -> View:
        """Return how a shelf is looked at: dates all by one rule, others by their own."""
        rule = self._last_of_period
        if shelf.is_period:
            return View(shelf, rule.min_votes, rule.sort, query)
        sort = shelf.sort()
        return View(shelf, 0, rule.sort if sort is None else sort, query)

    def _show_papers(self, shown: View, papers: Sequence[Paper], total: int) -> None:
        before, self._shown = self._shown, shown
        self._papers, self._total = papers, total
        is_other = before is None or before.scope != shown.scope
        wanted, self._wanted = self._wanted, None
        if is_other and wanted is None:
            wanted = self._session.places.get(shown.scope.key)
        is_asked = before is None or before.query.clauses != shown.query.clauses
        if is_other or is_asked:
            self._highlight(shown)
        if is_asked and not is_other and wanted is None:
            wanted = self._anchor.meant(self._here)
        self._anchor.mean(wanted)
        self._draw_papers(wanted, at_top=is_other or is_asked)
        self._anchor.put_on(self._here)
        self.mend()

    def _show_more(self, papers: Sequence[Paper]) -> None:
        """Show more of what was asked for. The cursor waits at the top for its paper."""
        self._papers = papers
        if self._anchor.is_unmoved(self._here):
            self._draw_papers(self._anchor.meant(self._here), at_top=True)
            self._anchor.put_on(self._here)
        else:
            self._draw_papers()
        self.mend()

    @property
    def _here(self) -> str | None:
        return self.table.paper.arxiv_id if self.table.paper else None

    def stay_here(self) -> None:
        """Mean the cursor for the paper it is on now, whatever is found while a query is typed."""
        self._anchor.stay(self._here)

    def _highlight(self, shown: View) -> None:
        """Highlight what is searched for, in table and viewer."""
        if not (shown.query.clauses or shown.scope.query_text):
            self._finder = None
            self.table.highlight(None, None)
            self.viewer.highlight(None)
            return
        # Only who searches waits for it.
        from tui.query import Highlighter
        from tui.query.conditions import PaperField

        asked = shown.scope.query() & shown.query
        self.table.highlight(
            Highlighter.for_query(asked, PaperField.TITLE),
            Highlighter.for_query(asked, PaperField.AUTHOR),
        )
        self._finder = Highlighter.for_query(asked)
        self.viewer.highlight(self._finder)

    def _draw_papers(self, cursor_on: str | None = None, *, at_top: bool = False) -> None:
        """Draw table and status; the cursor stays on its paper if it is still there."""
        found = self._listing = self._view.listing(self._papers, self._total)
        here = self.table.paper
        if cursor_on is None and not at_top and here is not None:
            cursor_on = here.arxiv_id
        empty = view.searching_text()
        if self._searched is None:
            empty = view.empty_list_text(
                self._view,
                found,
                any_papers=bool(self.library.period_counts.total),
                reading=self.status.is_busy,
                sign=self.key_sign,
            )
        self.table.show(
            found.papers,
            sort=self._view.order,
            one_day=is_day(self._view.period),
            cursor_on=cursor_on,
            scroll_to_top=at_top,
            placeholder=empty,
        )
        self._draw_status()

    def _draw_status(self) -> None:
        found = self._listing
        self.status.show(
            Status(
                scope=self._view.name,
                counts=view.result_count_text(found, self._searched),
                filter=self._view.filter_text,
                hidden=self._view.hidden_text(found),
                sort=self._view.order_text,
                percent_read=f"{self.viewer.percent_read}%" if self.zoomed else "",
                problems=self.problem_count,
            )
        )

    @property
    def is_found(self) -> bool:
        """Whether the papers that are shown are all that were asked for last."""
        shown = self._shown
        return (
            shown is not None
            and self._searched is None
            and (shown.scope, shown.query.clauses) == (self._view.scope, self._view.query.clauses)
        )

    # What workers found

    @on(PapersLoaded)
    def _papers_loaded(self, message: PapersLoaded) -> None:
        asked = (self._view.scope, self._view.query.clauses)
        if (message.shelf, message.query.clauses) != asked:
            return
        if self.status.message == view.comparing_text():
            self.status.show_message("")
        is_first, self._searched = self._searched is None, message.looked
        if is_first:
            self._show_papers(self._view, message.papers, message.total)
        else:
            self._show_more(message.papers)

    @on(SummariesLoaded)
    def _summaries_loaded(self, message: SummariesLoaded) -> None:
        if message.paper == self.table.paper:
            self._told = message
            self.draw_summaries()
            # Once the viewer has asked to be drawn, and is: the screen alone knows of nothing yet.
            self.viewer.call_after_refresh(self.call_after_refresh, self.begin)
            self.mend()
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting()

    def when_read(self, act: Callable[[], None]) -> None:
        """Do something with the summary of the paper under the cursor, at once or when it is read.

        Keys typed ahead are not meant for the summary before.
        """
        if self.viewer.paper == self.table.paper:
            act()
        else:
            self._waiting = act

    def draw_summaries(self) -> None:
        """Draw the paper that was read last, with its marks as they are now."""
        if self._told is not None:
            paper, marks = self._told.paper, self.opening.marks.get(self._told.paper.arxiv_id)
            self.viewer.show(paper, self._told.summaries, marks, self._finder)
            self._draw_status()

    # Moving

    @on(PaperHighlighted)
    def _paper_highlighted(self, message: PaperHighlighted) -> None:
        if self._summary_timer is not None:
            self._summary_timer.stop()
        self._waiting = None
        now = monotonic()
        is_rapid, self._moved_at = now - self._moved_at < RAPID, now
        if message.paper is None:
            self._told = None
            self.viewer.show(None, [])
        elif is_rapid:
            self._summary_timer = self.set_timer(RAPID, self._read_summary)
        else:
            self._read_summary()

    def _read_summary(self) -> None:
        if self.table.paper is not None:
            self.loader.summaries(self.library, self.table.paper)

    def action_step_paper(self, by: int) -> None:
        """Go to the next paper of the list, wherever the focus is."""
        self.table.cursor += by

    # Filtering and sorting

    def action_step_votes(self, by: int) -> None:
        """Ask for more votes, or for fewer."""
        self._look(self._view._replace(min_votes=listing.next_threshold(self._view.min_votes, by)))

    @on(SortRequested)
    def _sort_asked(self, message: SortRequested) -> None:
        sort = listing.sort_then_by if message.further else listing.sort_by
        self._look(self._view.with_sort(sort(message.column, self._view.order)))

    def action_next_sort(self) -> None:
        """Sort by the next column that is seen."""
        sort = listing.sort_by_next(self.table.sort_columns, self._view.order)
        self._look(self._view.with_sort(sort))

    def action_then_sort(self) -> None:
        """Sort what is equal so far by the next column that is seen."""
        sort = listing.sort_then_by_next(self.table.sort_columns, self._view.order)
        self._look(self._view.with_sort(sort))

    def action_reverse_sort(self) -> None:
        """Sort the other way round."""
        self._look(self._view.with_sort(listing.reversed_sort(self._view.order)))
