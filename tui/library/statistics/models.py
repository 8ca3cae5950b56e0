"""What is counted, as records. Each part knows the query that finds its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.query.normalize import in_quotes


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

    least: int | None
    most: int | None
    papers: int

    @property
    def label(self) -> str:
        """The votes, as a query writes them; empty where they are unknown."""
        if self.least is None:
            return ""
        if self.most is None:
            return f"{self.least}.."
        return str(self.least) if self.least == self.most else f"{self.least}..{self.most}"

    @property
    def query(self) -> str:
        """The query that finds these papers."""
        return "-has:votes" if self.least is None else f"votes:{self.label}"


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
        return f"author:={in_quotes(self.name)}"


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
        return f"title:{in_quotes(word)} date:{self.month}"


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
    unknown: int = 0
    days: Mapping[str, Count] = {}
    months: Mapping[str, Count] = {}
    years: Mapping[str, Count] = {}
    bins: tuple[VoteBin, ...] = ()
    authors: int = 0
    top_authors: tuple[AuthorCount, ...] = ()
    rising: RisingWords = RisingWords()
