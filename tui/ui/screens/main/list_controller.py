"""Load the papers of the current view, and draw the list and the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.i18n import _
from tui.library import view as view_texts
from tui.library.empty_list import empty_list_text
from tui.library.paper_reader import IncompletePapers
from tui.library.periods import is_day
from tui.library.view import View
from tui.models import Paper
from tui.query import sorting
from tui.ui.delayed_call import DelayedCall
from tui.ui.messages import MarksChanged, PapersLoaded, SidebarCountsReady, SortRequested
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.paper_list_model import CursorPlacement, LoadState
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.status_line import Status

MAX_VOTES_DIGITS = 6

PENDING_SECONDS = 0.15
"""How long papers are loaded before the status line shows it: most lists arrive earlier."""

MAX_COUNTED_PAPERS = 5_000
"""In a longer list, counting the unread papers would delay what a key does."""


class ListController(Controller):
    """Keeps table and status line in step with the model.

    Args:
        context: the objects that all controllers share.
        on_loaded: called whenever papers were read from the caches.
    """

    def __init__(self, context: MainContext, on_loaded: Callable[[], None]) -> None:
        super().__init__(context)
        self._on_loaded = on_loaded
        self._delayed_pending = DelayedCall(self._screen)
        # The papers of which the unread ones were counted last, and their number.
        self._unread: tuple[Sequence[Paper], int | None] | None = None

    @property
    def cursor(self) -> str | None:
        """Id of the paper under the cursor; None in an empty list."""
        paper = self._panes.table.paper
        return paper.paper_id if paper else None

    # Loading

    def change_view(self, view: View, paper: str | None = None) -> None:
        """Show another view: load its papers, or filter and sort those of the list again.

        Args:
            view: the view.
            paper: id of the paper to put the cursor on; None for the remembered or the same one.
        """
        needs_all = not view_texts.can_sort_by(self._model.papers, view.order)
        if self._model.change_view(view, self.cursor, needs_all=needs_all):
            self._model.target_paper = paper
            self.load()
        else:
            self.draw(CursorPlacement(paper))

    def load(self, *, keep_shown: bool = False) -> None:
        """Load the papers of the view, at once if that is fast: more keys may be typed already.

        Args:
            keep_shown: whether papers of the list stay in it even if their marks no longer match.
        """
        model = self._model
        scope, query = model.view.scope, model.view.query
        model.begin_loading()
        papers = None
        if scope.is_period and not query.clauses and not self._omission_rules.mutes(scope):
            papers = self._library.get().papers_without_waiting(scope.period)
        if papers is not None:
            # A slower request before this one may still be running.
            self._loader.cancel_papers()
            self._accept(papers, len(papers), None)
        else:
            may_keep = keep_shown and (scope.query_text or query.clauses)
            keep = {paper.paper_id for paper in model.papers} if may_keep else set()
            self._loader.load_papers(model.view, keep)
            self._show_pending()

    def restore(self) -> bool:
        """Cancel what is being loaded, and show the list before it; return whether there is one."""
        placement = self._model.restore()
        if placement is None:
            return False
        self._loader.cancel_papers()
        self._hide_pending()
        self._show(placement)
        return True

    def _show_pending(self) -> None:
        """Show what is being loaded, and how to cancel it, if that takes a while."""
        self._hide_pending()
        model = self._model
        if model.is_loading and model.shown_scope is not None:
            text = view_texts.loading_text(model.view, self._options.key_label("view.out"))
            self._delayed_pending.schedule(PENDING_SECONDS, lambda: self._status.show_pending(text))

    def _hide_pending(self) -> None:
        self._delayed_pending.cancel()
        self._status.show_pending("")

    def retry_unreadable(self) -> None:
        """Load the papers of the view again if some could not be read."""
        if self.is_unreadable:
            self.load(keep_shown=True)

    @property
    def is_unreadable(self) -> bool:
        """Whether some papers of the view could not be read. Thread-safe."""
        return isinstance(self._model.papers, IncompletePapers)

    def on_papers_loaded(self, message: PapersLoaded) -> None:
        """Show papers that were loaded, unless another view was requested since."""
        if self._model.is_requested(message.scope, message.query):
            self._accept(message.papers, message.total, message.searched)

    def _accept(self, papers: Sequence[Paper], total: int, searched: int | None) -> None:
        model = self._model
        self._hide_pending()
        is_incomplete = isinstance(papers, IncompletePapers)
        if is_incomplete and model.is_complete and len(papers) < len(model.papers):
            # A list that is only loaded again stays as it is.
            self._on_loaded()
        else:
            self._show(model.accept_results(papers, total, searched, self.cursor))

    def _show(self, placement: CursorPlacement | None) -> None:
        model, table = self._model, self._panes.table
        if model.update_highlighters():
            table.highlight(model.highlighters.title, model.highlighters.author)
            self._panes.viewer.highlight(model.highlighters.summary)
        self.draw(placement)
        if placement is not None:
            model.cursor_placed(self.cursor)
        self._on_loaded()

    # Drawing

    def refresh(self) -> None:
        """Draw what depends on the state of a sync and on problems."""
        if self._model.papers:
            self.draw_status()
        else:
            self.draw()

    def draw(self, placement: CursorPlacement | None = None) -> None:
        """Draw table and status line.

        Args:
            placement: where to put the cursor; by default it stays on its paper, or in its row.
        """
        model = self._model
        view = model.displayed
        model.update_listing(self._omission_rules.of(view.scope, view.query, model.papers))
        placement = placement or CursorPlacement()
        cursor_on = placement.paper
        if cursor_on is None and not placement.at_top:
            cursor_on = self.cursor
        self._panes.table.show(
            model.listing.papers,
            sort=model.displayed.order,
            day=model.displayed.period if is_day(model.displayed.period) else "",
            cursor_on=cursor_on,
            scroll_to_top=placement.at_top,
            placeholder=() if model.listing.papers else self._placeholder(),
        )
        self._panes.fit_to_list()
        self.draw_status()

    def _placeholder(self) -> Sequence[str]:
        """Return the lines that are shown instead of papers."""
        model, counts = self._model, self._library.get().period_counts
        if model.state is LoadState.PARTIAL:
            return view_texts.searching_text()
        if isinstance(model.papers, IncompletePapers):
            return (_("The cache cannot be read: {why}").format(why=model.papers.error),)
        return empty_list_text(
            model.displayed,
            model.listing,
            has_papers=bool(counts.total),
            is_syncing=self._status.is_busy or self._library.is_awaiting_sync,
            key_label=self._options.key_label,
            newest_day=next(iter(counts.days()), ""),
            can_add=self._policy.may_change_sources,
            can_fetch=self._options.can_fetch,
        )

    def draw_status(self) -> None:
        """Draw the status line."""
        model, panes, view = self._model, self._panes, self._model.displayed
        counts = view_texts.result_count_text(model.listing, model.searched)
        if isinstance(model.papers, IncompletePapers) and not model.papers:
            # Nobody knows how many there are.
            counts = ""
        unread, key = self._count_unread(), self._options.key_label("digests.problems")
        panes.status.show(
            Status(
                scope=view.scope.title,
                counts=counts,
                unread=view_texts.unread_count_text(unread) if unread else "",
                selected=view_texts.selected_text(len(self._selection.ids)),
                left_out=view_texts.left_out_text(model.listing),
                filter=view.filter_text,
                below=view.below_text(model.listing),
                sort=view.order_text(panes.table.effective_sort),
                position=self._reading_position() if panes.is_zoomed else "",
                problems=self._problems.status_text(key),
                problem_count=self._problems.short_text(key),
            )
        )

    def _reading_position(self) -> str:
        """Return which paper of the list is read, and how much of it was in view."""
        table, percent = self._panes.table, self._panes.viewer.percent_read
        position = _("{number} of {total}")
        position = position.format(number=f"{table.cursor + 1:,}", total=f"{table.line_count:,}")
        return f"{position}   {percent}%"

    def _count_unread(self) -> int | None:
        """Return how many papers of the list are unread; None if counting takes too long."""
        papers = self._model.listing.papers
        if self._unread is None or self._unread[0] is not papers:
            number = None
            if len(papers) <= MAX_COUNTED_PAPERS:
                number = sum(not self._marks.get(paper.paper_id).read for paper in papers)
            self._unread = papers, number
        return self._unread[1]

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Count the unread papers again; hidden papers leave the list, others come back to it."""
        self._unread = None
        hidden = {edit.paper: edit.value for edit in message.edits if edit.field == "hidden"}
        if hidden:
            back = next((paper for paper, is_hidden in hidden.items() if not is_hidden), None)
            self.draw(CursorPlacement(back))
        else:
            self.draw_status()

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Count the unread papers again if another process has changed marks."""
        if message.marks_changed:
            self._unread = None
            self.draw_status()

    # Threshold and sort order

    def action_step_votes(self, by: int) -> None:
        """Raise (1) or lower (-1) the vote threshold by one step, or by several."""
        min_votes = self._model.view.min_votes
        for _step in range(abs(by)):
            min_votes = view_texts.next_threshold(min_votes, by)
        self.set_votes(min_votes)

    def set_votes(self, min_votes: int) -> None:
        """Set the vote threshold."""
        self.change_view(self._model.view._replace(min_votes=min_votes))

    async def action_prompt_for_votes(self) -> None:
        """Prompt for a vote threshold."""

        def accept(text: str) -> str | None:
            text = text.strip()
            if not (text.isascii() and text.isdecimal() and len(text) <= MAX_VOTES_DIGITS):
                return _("Enter a whole number.")
            self.set_votes(int(text))
            return None

        value = str(self._model.view.min_votes or "")
        await self._panes.show_prompt(
            Prompt(
                _("Minimum votes:"),
                _("a number; 0 shows all papers"),
                accept,
                value,
                selects_value=True,
            )
        )

    def on_sort_requested(self, message: SortRequested) -> None:
        """Sort by a column whose heading was clicked."""
        sort = sorting.sort_then_by if message.further else sorting.sort_by
        self.set_sort(sort(message.column, self._model.view.order))

    def action_sort_by_next_column(self) -> None:
        """Sort by the next visible column."""
        self.set_sort(sorting.sort_by_next(self._panes.table.sort_columns, self._model.view.order))

    def action_add_sort_column(self) -> None:
        """Add the next visible column to the sort order."""
        self.set_sort(
            sorting.sort_then_by_next(self._panes.table.sort_columns, self._model.view.order)
        )

    def action_reverse_sort(self) -> None:
        """Reverse the sort order."""
        self.set_sort(sorting.reversed_sort(self._model.view.order))

    def set_sort(self, sort: tuple[sorting.SortKey, ...]) -> None:
        """Set the sort order."""
        self.change_view(self._model.view.with_sort(sort))
