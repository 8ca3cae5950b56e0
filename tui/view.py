"""What the reader looks at: a period, a threshold and an order, and how to say it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tui.listing import Listing
from tui.model import Paper
from tui.periods import spoken
from tui.query import Query, SortKey


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the library.

    Attributes:
        period: year, month or day; ``""`` is all.
        min_votes: the threshold; 0 is none.
        sort: the order.
        query: what is looked for; one without clauses finds all.
    """

    period: str
    min_votes: int
    sort: tuple[SortKey, ...]
    query: Query = field(default_factory=Query)

    def listing(self, papers: Sequence[Paper], total: int) -> Listing:
        """Return what is shown of the papers that the query found, of so many."""
        return Listing.of(papers, total, self.min_votes, self.query.sort or self.sort)

    @property
    def name(self) -> str:
        """The period, in words."""
        return spoken(self.period)

    @property
    def order(self) -> str:
        """The order, as the headings show it: ``votes ▾``."""
        keys = self.query.sort or self.sort
        return ", ".join(f"{key.column} {'▾' if key.descending else '▴'}" for key in keys)

    @property
    def rule(self) -> str:
        """The query and the threshold; empty without them."""
        parts = [f"/{self.query}"] if self.query.clauses else []
        parts += [f"{self.min_votes}+ votes"] if self.min_votes else []
        return "   ".join(parts)

    def hidden(self, listing: Listing) -> str:
        """Return how many papers the threshold hides, to stand after it; empty without one."""
        if not self.min_votes:
            return ""
        unknown = f" ({listing.unknown} unknown)" if listing.unknown else ""
        return f", {listing.below + listing.unknown} hidden{unknown}"


def count(number: int, noun: str) -> str:
    """Return a number of things: ``1 paper``, ``2 papers``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_of(listing: Listing) -> str:
    """Return how many papers are shown of how many: ``37 of 210 papers``."""
    if len(listing.papers) == listing.total:
        return count(listing.total, "paper")
    return f"{len(listing.papers)} of {count(listing.total, 'paper')}"


def why_empty(
    view: View, listing: Listing, *, reading: bool, sign: Callable[[str], str]
) -> tuple[str, ...]:
    """Say why no paper is shown, and the way out.

    Args:
        view: what was asked for.
        listing: what came of it, which is nothing.
        reading: whether digests are being read at the moment.
        sign: returns a key as the reader would write it, by its id.

    Returns:
        Lines, the first the most important.
    """
    if listing.found:
        unknown = (
            f"; {count(listing.unknown, 'paper')} with unknown votes" if listing.unknown else ""
        )
        return (
            f"No paper reaches {view.min_votes} votes.",
            f"{listing.below} with fewer{unknown}.",
            f"{sign('votes.fewer')} lowers the threshold, {sign('view.out')} takes it away.",
        )
    if listing.total:
        elsewhere = (f"{sign('day.all')} looks in all days.",) if view.period else ()
        clear = f"{sign('view.out')} clears the search."
        return (f"Nothing matches {view.query}", clear, *elsewhere)
    if reading:
        return ("Reading digests.", "Papers appear here as they are read.")
    if view.period:
        return ("No papers here.", "Choose another date in the sidebar.")
    return (
        "There are no papers yet.",
        "broadsheet add PATH tells where your digests lie.",
        f"{sign('digests.sync')} looks for them again.",
    )
