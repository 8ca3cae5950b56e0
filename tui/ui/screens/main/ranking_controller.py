"""Show how well papers match what the reader chose: *For you*, and the column of matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import ngettext
from tui.library.scope import FOR_YOU_QUERY, for_you
from tui.query.columns import MATCH
from tui.query.query import Query
from tui.ui.screens.main.context import Controller, MainContext

if TYPE_CHECKING:
    from tui.ui.messages import MatchesReady, PapersLoaded, SidebarCountsReady
    from tui.ui.screens.main.list_controller import ListController
    from tui.ui.screens.main.navigator import Navigator
    from tui.ui.screens.main.summary_controller import SummaryController

MAX_RANKED_PAPERS = 3_000
"""A longer list is ranked only while it is sorted by match: reading its texts takes seconds."""

MIN_MARKED_PAPERS = 10
"""Marked papers from which learning is worth the time at the start."""


class RankingController(Controller):
    """Has papers ranked in the background, and shows the result.

    Args:
        context: the objects that all controllers share.
        papers: draws the list.
        navigator: goes to *For you*.
        summaries: shows why a paper matches.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        summaries: SummaryController,
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._summaries = summaries
        self._jobs = context.jobs
        self._is_enabled = False

    def action_show_for_you(self) -> None:
        """Go to recent papers that are like those that the reader chose."""
        self._is_enabled = True
        self._navigator.visit(for_you(), Query())

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Begin to rank once it is known that enough papers are marked."""
        counts = message.counts
        if not self._is_enabled:
            marked = (counts.starred or 0) + counts.noted + counts.tagged
            self._is_enabled = marked >= MIN_MARKED_PAPERS
            self.rank()

    def on_papers_loaded(self, message: PapersLoaded) -> None:
        """Rank a list that was loaded; say what is missing if nothing can be learnt yet."""
        if message.searched is not None:
            return
        if message.scope.query_text == FOR_YOU_QUERY:
            self._is_enabled = True
            self._explain_missing()
        self.rank()

    def rank(self) -> None:
        """Rank the papers of the list whose matches are not known yet."""
        from tui.query.matches import current_matches

        papers, known = self._model.listing.papers, current_matches()
        is_short = len(papers) <= MAX_RANKED_PAPERS
        if not self._is_enabled or not (is_short or self._sorts_by_match):
            return
        unknown = [paper for paper in papers if paper.paper_id not in known]
        if unknown:
            from tui.ui.workers.ranking_jobs import PaperRanker

            PaperRanker(self._jobs, self._library).rank(unknown)

    @property
    def _sorts_by_match(self) -> bool:
        return any(key.column is MATCH for key in self._model.displayed.order)

    def _explain_missing(self) -> None:
        missing = self._library.get().ranking.missing
        if missing:
            text = ngettext(
                "For you needs {number} more starred, tagged or noted paper. Until then: recent "
                "papers by votes.",
                "For you needs {number} more starred, tagged or noted papers. Until then: recent "
                "papers by votes.",
                missing,
            )
            self._status.show_message(text.format(number=missing))

    def on_matches_ready(self, _message: MatchesReady) -> None:
        """Show matches that were computed."""
        if not self._library.get().has_ranking:
            return
        if self._sorts_by_match:
            self._papers.draw()
        self._panes.table.show_matches()
        self._summaries.explain()
