"""Views: a scope with a query, a vote threshold and a sort order, and their texts on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.i18n import _, ngettext
from tui.library.omissions import NO_OMISSIONS, Omissions
from tui.library.papers_on_demand import PapersOnDemand, with_votes
from tui.library.scope import ALL, Scope
from tui.models import Paper
from tui.query.columns import DATE, RELEVANCE, VOTES
from tui.query.query import Query
from tui.query.sorting import SortKey, sort_papers
from tui.terminal.glyphs import current_glyphs

VOTE_THRESHOLDS = (0, 5, 10, 20, 50, 100)
"""The steps of the vote threshold."""


class Listing(NamedTuple):
    """The papers of a list, and how many were left out.

    Attributes:
        papers: the papers, sorted.
        total: number of papers in the scope, before the query.
        matched: number of papers that match the query, before the threshold.
        below_threshold: number of matches with too few votes.
        unknown_votes: number of matches left out because their votes are unknown.
        left_out: number of matches left out because they are hidden, muted or were seen before;
            neither ``matched`` nor ``total`` has them.
        hidden: how many of these are hidden.
    """

    papers: Sequence[Paper]
    total: int
    matched: int
    below_threshold: int
    unknown_votes: int
    left_out: int = 0
    hidden: int = 0


class View(NamedTuple):
    """What the paper list shows.

    Attributes:
        scope: what the list is drawn from.
        min_votes: the vote threshold; 0 for none.
        sort: the sort order; empty for the scope's natural order.
        query: the query that filters the scope.
    """

    scope: Scope
    min_votes: int
    sort: tuple[SortKey, ...]
    query: Query = Query()

    @property
    def period(self) -> str:
        """The year, month or day; ``""`` for all days."""
        return self.scope.period

    @property
    def order(self) -> tuple[SortKey, ...]:
        """The sort order in effect: the query's if it has one, or else the view's.

        A text search without an order sorts by relevance first, unless the scope's natural order
        says more.
        """
        if self.query.sort or not (self.sort and self._is_text_search):
            return self.query.sort or self.sort
        return (SortKey(RELEVANCE, descending=False), *_without_relevance(self.sort))

    @property
    def _is_text_search(self) -> bool:
        if not self.query.clauses:
            return False
        from tui.query.relevance import is_text_search

        return is_text_search(self.query)

    def with_query(self, query: Query) -> View:
        """Return the view with another query; one with dates searches all days, not a period."""
        scope = ALL if self.scope.is_period and query.has_dates else self.scope
        return self._replace(scope=scope, query=query)

    def with_sort(self, sort: tuple[SortKey, ...]) -> View:
        """Return the view with another sort order, which replaces the query's.

        In a text search, the query keeps it until another one is typed: it replaces relevance.
        """
        query = self.query.with_sort(sort if self._is_text_search else ())
        return View(self.scope, self.min_votes, _without_relevance(sort) or self.sort, query)

    def listing(
        self, papers: Sequence[Paper], total: int, omissions: Omissions = NO_OMISSIONS
    ) -> Listing:
        """Apply the vote threshold and sort.

        Args:
            papers: the papers that match the query.
            total: number of papers before the query.
            omissions: what the list leaves out.
        """
        every = papers
        papers = omissions.keep(papers, self.period)
        number = len(every) - len(papers)
        hidden = omissions.count_hidden(every, number)
        kept, unknown = papers, 0
        if self.min_votes:
            voted = with_votes(papers)
            kept = [p for p in voted if p.votes is not None and p.votes >= self.min_votes]
            unknown = len(papers) - len(voted)
        below = len(papers) - len(kept) - unknown
        order = self.order
        if any(key.column is RELEVANCE for key in order):
            from tui.query.relevance import sort_by_scores

            order = sort_by_scores(order, every)
        listed = _in_order(kept, order)
        return Listing(listed, total - number, len(papers), below, unknown, number, hidden)

    @property
    def is_restricted(self) -> bool:
        """Whether the list may have fewer papers than the library."""
        return self.scope != ALL or bool(self.query.clauses) or self.min_votes > 0

    def restricted_to(self, scope: Scope) -> tuple[Scope, Query]:
        """Return the scope and the query of those papers of the list that are in another scope.

        Args:
            scope: a period, or a scope with a query.
        """
        from tui.query.parser import parse

        query = Query(self.query.clauses, (), self.query.text)
        target = self.scope
        if self.scope == ALL:
            target = scope
        else:
            query &= parse(scope.query_text or f"date:{scope.period}")
        # Periods share the threshold; other scopes begin without one.
        if self.min_votes and not target.is_period:
            query &= parse(f"votes:>={self.min_votes}")
        return target, query

    def order_text(self, order: Sequence[SortKey] | None = None) -> str:
        """Return the sort order, for display: ``votes ▾``.

        Args:
            order: the part of it that makes a difference; None for all of it.
        """
        if self.scope.similar_to and not self.order:
            return _("most similar first")
        if self.scope.is_reading_list and not self.order:
            return _("reading order")
        order = self.order if order is None else order
        if order and order[0] == SortKey(RELEVANCE, descending=False):
            # What follows matters only among papers that are equally relevant.
            return _(RELEVANCE.label)
        return ", ".join(f"{_(key.column.label)} {sort_arrow(key)}" for key in order)

    @property
    def filter_text(self) -> str:
        """The query as typed and the threshold, for display; may be empty."""
        parts = [f"/{self.query.typed}"] if self.query.clauses else []
        parts += [_("{votes}+ votes").format(votes=f"{self.min_votes:,}")] if self.min_votes else []
        return "   ".join(parts)

    def below_text(self, listing: Listing) -> str:
        """Return how many papers are below the threshold, to be appended to it; may be empty."""
        number, unknown = f"{listing.below_threshold:,}", f"{listing.unknown_votes:,}"
        if not listing.unknown_votes:
            return _(" ({number} below)").format(number=number) if listing.below_threshold else ""
        text = _(" ({number} below, {unknown} unknown)")
        return text.format(number=number, unknown=unknown)

    def as_query(self) -> Query:
        """Return a single query for what the view shows.

        Raises:
            ValueError: the scope is the papers similar to another one, which no query can express.
        """
        if self.scope.similar_to:
            raise ValueError("a query cannot express similarity")
        parts = [str(Query(self.scope.query().clauses)), str(Query(self.query.clauses))]
        parts += [f"date:{self.period}"] if self.period else []
        parts += [f"votes:>={self.min_votes}"] if self.min_votes else []
        parts += [f"sort:{','.join(map(str, self.order))}"] if self.order else []
        from tui.query.parser import parse

        return parse(" ".join(filter(None, parts)))


def can_sort_by(papers: Sequence[Paper], order: Sequence[SortKey]) -> bool:
    """Return whether a list can be sorted without reading all papers of a very large library.

    Papers on demand have the order of their days; those with votes may come first, sorted.
    """
    significant = _without_end(order)
    by_votes = len(significant) == 1 and significant[0].column is VOTES
    return not isinstance(papers, PapersOnDemand) or not significant or by_votes


def _in_order(papers: Sequence[Paper], order: Sequence[SortKey]) -> Sequence[Paper]:
    """Return papers sorted; those on demand stay as they are if that would read all of them."""
    if not isinstance(papers, PapersOnDemand):
        return sort_papers(papers, order)
    if not (_without_end(order) and can_sort_by(papers, order)):
        return papers
    return papers.voted_first(sort_papers(papers.voted(), order))


def _without_end(order: Sequence[SortKey]) -> Sequence[SortKey]:
    """Return an order without its last key if papers have that order anyway: the newest first."""
    return order[:-1] if order and order[-1] == SortKey(DATE, descending=True) else order


def _without_relevance(sort: Sequence[SortKey]) -> tuple[SortKey, ...]:
    return tuple(key for key in sort if key.column is not RELEVANCE)


def next_threshold(min_votes: int, by: int) -> int:
    """Return the next vote threshold up (1) or down (-1), or the same one at the end."""
    if by > 0:
        return next((step for step in VOTE_THRESHOLDS if step > min_votes), min_votes)
    return next((step for step in reversed(VOTE_THRESHOLDS) if step < min_votes), min_votes)


def sort_arrow(key: SortKey) -> str:
    """Return the arrow for a sort direction."""
    return current_glyphs().descending if key.descending else current_glyphs().ascending


def paper_count_text(number: int) -> str:
    """Return a number of papers, in the reader's language."""
    return ngettext("{number} paper", "{number} papers", number).format(number=f"{number:,}")


def result_count_text(listing: Listing, searched: int | None = None) -> str:
    """Return the number of papers in a list: ``37/210``, or ``210 papers`` if it has all of them.

    Args:
        listing: the list.
        searched: number of papers that a running search has processed; None if none is running.
    """
    if searched is not None:
        percent = 100 * searched // max(listing.total, 1)
        papers = paper_count_text(len(listing.papers))
        return _("{papers} so far, {percent}% searched").format(papers=papers, percent=percent)
    if len(listing.papers) == listing.total:
        return paper_count_text(listing.total)
    return f"{len(listing.papers):,}/{listing.total:,}"


def unread_count_text(number: int) -> str:
    """Return a number of unread papers, in the reader's language."""
    return ngettext("{number} unread", "{number} unread", number).format(number=f"{number:,}")


def selected_text(number: int) -> str:
    """Return a number of selected papers; empty for 0."""
    if not number:
        return ""
    return ngettext("{number} selected", "{number} selected", number).format(number=f"{number:,}")


def left_out_text(listing: Listing) -> str:
    """Return how many papers are hidden, and how many are left out for other reasons."""
    others = listing.left_out - listing.hidden
    texts = {
        ngettext("{number} hidden", "{number} hidden", listing.hidden): listing.hidden,
        ngettext("{number} left out", "{number} left out", others): others,
    }
    return ", ".join(text.format(number=f"{n:,}") for text, n in texts.items() if n)


def loading_text(view: View, cancel: str) -> str:
    """Return the status while the papers of a view are loaded or searched for.

    Args:
        view: the view.
        cancel: the label of the key that cancels it.
    """
    if view.scope.similar_to:
        text = _("Comparing with all papers; {key} cancels.")
    elif view.query.clauses:
        text = _("Searching; {key} cancels.")
    else:
        text = _("Loading {scope}; {key} cancels.")
    return text.format(scope=view.scope.title, key=cancel)


def searching_text() -> tuple[str, ...]:
    """Return the lines of an empty list while a search is running."""
    return _("Searching."), _("Papers appear here as they are found.")
