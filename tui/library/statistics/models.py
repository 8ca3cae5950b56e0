"""What is counted, as records. Each part knows the query that finds its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.query.normalization import quote


class Count(NamedTuple):
    """How many papers, and how many votes they have together.

    Attributes:
        papers: distinct ones.
        votes: of those whose votes a digest tells: the newest told, as everywhere but on a day.
            None where no digest tells any, which is not zero.
    """

    papers: int = 0
    votes: int | None = None


class VoteBin(NamedTuple):
    """Papers with about as many votes.

    Attributes:
        least: their fewest votes; None for papers whose votes no digest tells.
        most: their most votes; None where there is no upper end.
        papers: how many.
    """

    min_votes: int | None
    max_votes: int | None
    papers: int

    @property
    def label(self) -> str:
        """The votes, as a query writes them; empty where they are unknown."""
        if self.min_votes is None:
            return ""
        if self.max_votes is None:
            return f"{self.min_votes}.."
        return (
            str(self.min_votes)
            if self.min_votes == self.max_votes
            else f"{self.min_votes}..{self.max_votes}"
        )

    @property
    def query(self) -> str:
        """The query that finds these papers."""
        return "-has:votes" if self.min_votes is None else f"votes:{self.label}"


class AuthorCount(NamedTuple):
    """Somebody who wrote papers.

    Attributes:
        name: as the digests tell it.
        papers: how many.
        votes: of all of them; None where no digest tells any.
    """

    name: str
    papers: int
    votes: int | None

    @property
    def query(self) -> str:
        """The query that finds these papers."""
        return f"author:={quote(self.name)}"


class RisingWord(NamedTuple):
    """A word that titles have more often than before.

    Attributes:
        word: folded.
        papers: of the month, with the word in their title.
        before: papers of the months before, likewise.
        score: Dunning's G²: how unlikely it is that the word is as common as before.
    """

    word: str
    papers: int
    before: int
    score: float


class RisingWords(NamedTuple):
    """The words of a month beside those of the months before.

    Attributes:
        month: which; empty where there is none to compare with.
        papers: featured in it.
        since: the first of the months before.
        before: papers featured in those.
        words: the most telling first.
    """

    month: str = ""
    papers: int = 0
    since: str = ""
    before: int = 0
    words: tuple[RisingWord, ...] = ()

    def query(self, word: str) -> str:
        """Return the query that finds a word's papers of the month."""
        return f"title:{quote(word)} date:{self.month}"


class Statistics(NamedTuple):
    """All that is counted.

    Attributes:
        total: all papers.
        unknown: how many of them have votes that no digest tells.
        days: by day, ascending; a paper counts on each day it was featured on.
        months: by month, likewise; a paper counts once a month.
        years: by year, likewise.
        bins: by votes, ascending, up to the most voted; unknown ones last, if there are any.
        authors: how many there are.
        top_authors: those with the most papers, then votes, then by name.
        rising: words of the newest month.
    """

    total: Count = Count()
    unknown_votes: int = 0
    days: Mapping[str, Count] = {}
    months: Mapping[str, Count] = {}
    years: Mapping[str, Count] = {}
    bins: tuple[VoteBin, ...] = ()
    authors: int = 0
    top_authors: tuple[AuthorCount, ...] = ()
    rising: RisingWords = RisingWords()
