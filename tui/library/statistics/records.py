"""Records for statistics. Each part has the query that finds its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.query.normalization import quote


class Count(NamedTuple):
    """A number of papers and the sum of their votes.

    Attributes:
        papers: number of distinct papers.
        votes: sum of the newest known votes of each paper; None, not 0, if all are unknown.
    """

    papers: int = 0
    votes: int | None = None


class VoteBin(NamedTuple):
    """The papers in an interval of votes.

    Attributes:
        min_votes: the lower bound; None for the bin of unknown votes.
        max_votes: the upper bound; None for the last bin and that of unknown votes.
        papers: number of papers.
    """

    min_votes: int | None
    max_votes: int | None
    papers: int

    @property
    def label(self) -> str:
        """The interval in the query language; empty for unknown votes."""
        if self.min_votes is None:
            return ""
        if self.min_votes == self.max_votes:
            return str(self.min_votes)
        return f"{self.min_votes}..{'' if self.max_votes is None else self.max_votes}"

    @property
    def query(self) -> str:
        """The query that finds these papers."""
        return "-has:votes" if self.min_votes is None else f"votes:{self.label}"


class AuthorCount(NamedTuple):
    """The papers of an author.

    Attributes:
        name: the author's name, as digests write it.
        papers: number of papers.
        votes: sum of their votes; None if all are unknown.
    """

    name: str
    papers: int
    votes: int | None

    @property
    def query(self) -> str:
        """The query that finds these papers."""
        return f"author:={quote(self.name)}"


class RisingWord(NamedTuple):
    """A word that is more frequent in titles than before.

    Attributes:
        word: the normalized word.
        papers: number of papers of the month with the word in their title.
        before: number of such papers in the earlier months.
        score: Dunning's G²: how unlikely the difference in frequency is by chance.
    """

    word: str
    papers: int
    before: int
    score: float


class RisingWords(NamedTuple):
    """The rising words of a month, compared with the months before.

    Attributes:
        month: the month; empty if there are no papers.
        papers: number of papers in the month.
        since: the first of the earlier months; empty without earlier months.
        before: number of papers in the earlier months.
        words: the rising words, highest score first.
    """

    month: str = ""
    papers: int = 0
    since: str = ""
    before: int = 0
    words: tuple[RisingWord, ...] = ()

    def query(self, word: str) -> str:
        """Return the query that finds the month's papers with a word."""
        return f"title:{quote(word)} date:{self.month}"


class Statistics(NamedTuple):
    """The statistics of a library.

    Attributes:
        total: all papers.
        unknown_votes: number of papers with unknown votes.
        days: counts by day, ascending; a paper counts on each day on which it was featured.
        months: counts by month, ascending; a paper counts once a month.
        years: counts by year, ascending; a paper counts once a year.
        bins: vote bins up to the most votes, ascending; that of unknown votes is last, if any.
        authors: number of authors.
        top_authors: the authors with the most papers, then votes, then by name.
        rising: the rising words of the newest month.
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


def statistics_fields(statistics: Statistics) -> dict[str, Any]:
    """Return statistics for ``broadsheet stats --format json``. The manual documents the fields."""
    days = list(statistics.days)
    rising = statistics.rising
    return {
        "papers": statistics.total.papers,
        "votes": statistics.total.votes,
        "unknown_votes": statistics.unknown_votes,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "days": _periods("day", statistics.days),
        "months": _periods("month", statistics.months),
        "years": _periods("year", statistics.years),
        "bins": [
            {
                "least": bin_.min_votes,
                "most": bin_.max_votes,
                "papers": bin_.papers,
                "query": bin_.query,
            }
            for bin_ in statistics.bins
        ],
        "authors": statistics.authors,
        "top_authors": [
            {**author._asdict(), "query": author.query} for author in statistics.top_authors
        ],
        "rising": {
            "month": rising.month or None,
            "papers": rising.papers,
            "since": rising.since or None,
            "before": rising.before,
            "words": [
                {**word._asdict(), "query": rising.query(word.word)} for word in rising.words
            ],
        },
    }


def _periods(name: str, counts: Mapping[str, Count]) -> list[dict[str, Any]]:
    return [{name: period, **count._asdict()} for period, count in counts.items()]
