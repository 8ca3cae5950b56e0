"""Count papers by period, votes and author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tui.library.statistics.records import (
    AuthorCount,
    Count,
    Statistics,
    VoteBin,
)
from tui.library.statistics.rising import find_rising_words
from tui.models import Paper
from tui.runtime.task import UNATTENDED, Progress, Task

BIN_EDGES = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000)
"""The lower bounds of the vote bins: the vote thresholds, and some below and above them."""

TOP_AUTHORS = 20

_PAPERS_PER_REPORT = 2048


_Tallies = defaultdict[str, list[int]]
"""[papers, votes, papers with known votes] by period or author."""


def count_papers(papers: Sequence[Paper], task: Task = UNATTENDED) -> Statistics:
    """Return the statistics of papers.

    Args:
        papers: the papers, with the votes of no particular day.
        task: receives the number of papers counted so far, and can cancel counting.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    by_period: _Tallies = defaultdict(lambda: [0, 0, 0])
    by_author: _Tallies = defaultdict(lambda: [0, 0, 0])
    by_votes: defaultdict[int | None, int] = defaultdict(int)
    for index, paper in enumerate(papers):
        if index % _PAPERS_PER_REPORT == 0:
            task.raise_if_cancelled()
            task.report(Progress(index, len(papers)))
        votes, is_known = paper.votes or 0, paper.votes is not None
        by_votes[paper.votes] += 1
        tallies = [by_period[period] for period in _periods(paper.dates)]
        tallies += [by_author[name] for name in set(paper.authors)]
        for sums in tallies:
            sums[0] += 1
            sums[1] += votes
            sums[2] += is_known
    counts = {period: _count(by_period[period]) for period in sorted(by_period)}
    months = _of_length(counts, len("2025-05"))
    task.raise_if_cancelled()
    task.report(Progress(len(papers), len(papers)))
    total_votes = sum(votes * number for votes, number in by_votes.items() if votes)
    return Statistics(
        total=_count((len(papers), total_votes, len(papers) - by_votes[None])),
        unknown_votes=by_votes[None],
        days=_of_length(counts, len("2025-05-22")),
        months=months,
        years=_of_length(counts, len("2025")),
        bins=tuple(_bins(by_votes)),
        authors=len(by_author),
        top_authors=_top(by_author),
        rising=find_rising_words(papers, list(months)),
    )


def _count(sums: Sequence[int]) -> Count:
    papers, votes, known = sums
    return Count(papers, votes if known else None)


def _periods(dates: Sequence[str]) -> Iterable[str]:
    """Return the distinct days, months and years of a paper."""
    if len(dates) == 1:
        day = dates[0]
        return day, day[:7], day[:4]
    return {day[:length] for day in dates for length in (4, 7, 10)}


def _of_length(counts: Mapping[str, Count], length: int) -> dict[str, Count]:
    return {period: count for period, count in counts.items() if len(period) == length}


def _bins(by_votes: Mapping[int | None, int]) -> Iterable[VoteBin]:
    known = [votes for votes in by_votes if votes is not None]
    for low, next_low in zip(BIN_EDGES, (*BIN_EDGES[1:], None), strict=True):
        if not known or low > max(known):
            break
        inside = (v for v in known if v >= low and (next_low is None or v < next_low))
        high = None if next_low is None else next_low - 1
        yield VoteBin(low, high, sum(by_votes[votes] for votes in inside))
    if by_votes.get(None):
        yield VoteBin(None, None, by_votes[None])


def _top(by_author: _Tallies) -> tuple[AuthorCount, ...]:
    authors = [AuthorCount(name, *_count(sums)) for name, sums in by_author.items()]
    authors.sort(key=lambda author: (-author.papers, -(author.votes or 0), author.name))
    return tuple(authors[:TOP_AUTHORS])
