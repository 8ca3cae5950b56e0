"""What the reader looks at: a shelf, a threshold and an order, and how to say it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.i18n import _, ngettext
from tui.library.listing import Listing
from tui.library.scope import Scope
from tui.models import Paper
from tui.query import Query, SortKey
from tui.terminal.glyphs import current_glyphs


class View(NamedTuple):
    """A way to look at the library.

    Attributes:
        shelf: where papers are looked for.
        min_votes: the threshold; 0 is none.
        sort: the order; without keys, as the shelf has them.
        query: what is looked for on the shelf; one without clauses finds all.
    """

    scope: Scope
    min_votes: int
    sort: tuple[SortKey, ...]
    query: Query = Query()

    @property
    def period(self) -> str:
        """The year, month or day; ``""`` is all."""
        return self.scope.period

    @property
    def order(self) -> tuple[SortKey, ...]:
        """What is sorted by: the query's order, if it asks for one, before the view's."""
        return self.query.sort or self.sort

    def with_sort(self, sort: tuple[SortKey, ...]) -> View:
        """Return the same by another order, which takes the place of the query's."""
        return View(self.scope, self.min_votes, sort, Query(self.query.clauses))

    def listing(self, papers: Sequence[Paper], total: int) -> Listing:
        """Return what is shown of the papers that the query found, of so many."""
        return Listing.from_papers(papers, total, self.min_votes, self.order)

    @property
    def name(self) -> str:
        """The shelf, in words."""
        return self.scope.title

    @property
    def order_text(self) -> str:
        """The order, as the headings show it: ``votes ▾``."""
        if self.scope.similar_to and not self.order:
            return _("nearest first")
        return ", ".join(f"{_(key.column.label)} {sort_arrow(key)}" for key in self.order)

    @property
    def filter_text(self) -> str:
        """The query and the threshold; empty without them."""
        parts = [f"/{self.query}"] if self.query.clauses else []
        parts += [_("{votes}+ votes").format(votes=self.min_votes)] if self.min_votes else []
        return "   ".join(parts)

    def hidden_text(self, listing: Listing) -> str:
        """Return how many papers the threshold hides, to stand after it; empty without one."""
        if not self.min_votes:
            return ""
        number = listing.below_threshold + listing.unknown_votes
        if listing.unknown_votes:
            words = _(", {number} hidden ({unknown} unknown)")
            return words.format(number=number, unknown=listing.unknown_votes)
        return _(", {number} hidden").format(number=number)

    def as_query(self) -> Query:
        """Return one query that finds what is looked at, as far as a query can tell it.

        Raises:
            ValueError: papers like another one are no matter of words.
        """
        if self.scope.similar_to:
            raise ValueError("there are no words for papers like another one")
        words = [str(Query(self.scope.query().clauses)), str(Query(self.query.clauses))]
        words += [f"date:{self.period}"] if self.period else []
        words += [f"votes:>={self.min_votes}"] if self.min_votes else []
        words += [f"sort:{','.join(map(str, self.order))}"] if self.order else []
        # The parser is wanted only now.
        from tui.query import parse

        return parse(" ".join(filter(None, words)))


def sort_arrow(key: SortKey) -> str:
    """Return the sign of a direction."""
    return current_glyphs().descending if key.descending else current_glyphs().ascending


def paper_count_text(number: int) -> str:
    """Return a number of papers, in the reader's language."""
    return ngettext("{number} paper", "{number} papers", number).format(number=number)


def result_count_text(listing: Listing, looked: int | None = None) -> str:
    """Return how many papers are shown of how many: ``37 of 210 papers``.

    Args:
        listing: what is shown.
        looked: how many of all a search has looked at that goes on; None if none does.
    """
    if looked is not None:
        percent = 100 * looked // max(listing.total, 1)
        found = paper_count_text(len(listing.papers))
        return _("{papers} so far, {percent}% searched").format(papers=found, percent=percent)
    if len(listing.papers) == listing.total:
        return paper_count_text(listing.total)
    words = ngettext("{shown} of {total} paper", "{shown} of {total} papers", listing.total)
    return words.format(shown=len(listing.papers), total=listing.total)


def comparing_text() -> str:
    """Return what is said while papers like another one are looked for."""
    return _("Comparing with all papers.")


def searching_text() -> tuple[str, ...]:
    """Say why no paper is shown yet."""
    return _("Searching."), _("Papers appear here as they are found.")


def empty_list_text(
    view: View, listing: Listing, *, any_papers: bool, reading: bool, sign: Callable[[str], str]
) -> tuple[str, ...]:
    """Say why no paper is shown, and the way out.

    Args:
        view: what was asked for.
        listing: what came of it, which is nothing.
        any_papers: whether the library has any.
        reading: whether digests are being read at the moment.
        sign: returns a key as the reader would write it, by its id.

    Returns:
        Lines, the first the most important.
    """
    if listing.matched:
        return _none_reaches(view, listing, sign)
    if listing.total:
        clear = _("{key} clears the search.").format(key=sign("view.out"))
        elsewhere = _("{key} looks in all days.").format(key=sign("day.all"))
        nothing = _("Nothing matches {query}").format(query=Query(view.query.clauses))
        return (nothing, clear, *((elsewhere,) if view.period else ()))
    if reading:
        return (_("Reading digests."), _("Papers appear here as they are read."))
    if any_papers:
        return _no_papers(view, sign)
    return (
        _("There are no papers yet."),
        _("broadsheet add PATH tells where your digests lie."),
        _("{key} looks for them again.").format(key=sign("digests.sync")),
    )


def _no_papers(view: View, sign: Callable[[str], str]) -> tuple[str, ...]:
    if view.scope.similar_to:
        return (_("No other paper is like this one."), _back(sign))
    if view.scope.query_text:
        return (_("No papers here."), _NOTHING_YET.get(view.scope.query_text, _back)(sign))
    return (_("No papers here."), _("Choose another date in the sidebar."))


def _none_reaches(view: View, listing: Listing, sign: Callable[[str], str]) -> tuple[str, ...]:
    fewer = _("{number} with fewer.").format(number=listing.below_threshold)
    if listing.unknown_votes:
        words = ngettext(
            "{number} with fewer; {unknown} paper with unknown votes.",
            "{number} with fewer; {unknown} papers with unknown votes.",
            listing.unknown_votes,
        )
        fewer = words.format(number=listing.below_threshold, unknown=listing.unknown_votes)
    way_out = _("{fewer} lowers the threshold, {out} takes it away.")
    return (
        _("No paper reaches {votes} votes.").format(votes=view.min_votes),
        fewer,
        way_out.format(fewer=sign("votes.fewer"), out=sign("view.out")),
    )


def _back(sign: Callable[[str], str]) -> str:
    return _("{key} goes back to where you were.").format(key=sign("place.back"))


def _all_read(_sign: Callable[[str], str]) -> str:
    return _("You have read them all.")


def _no_stars(sign: Callable[[str], str]) -> str:
    return _("{key} gives the paper under the cursor a star.").format(key=sign("mark.star"))


_NOTHING_YET = {"is:unread": _all_read, "is:starred": _no_stars}
