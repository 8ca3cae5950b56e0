"""Counts papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tui.library.statistics.models import AuthorCount, Count, RisingWords, Statistics, VoteBin
from tui.library.statistics.rising_words import rising_words
from tui.models import Paper
from tui.task import UNATTENDED, Progress, Task

BIN_EDGES = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000)
"""The fewest votes of each bin: the steps of the threshold, and some on either side of them."""

TOP_AUTHORS = 20

COMPARED_MONTHS = 12
"""Months that a month's words are compared with: what was new a year ago is not what is usual."""

_PAPERS_PER_REPORT = 2048


_Tallies = defaultdict[str, list[int]]
"""Papers, votes, and papers whose votes are told, by name."""


def count_papers(papers: Sequence[Paper], task: Task = UNATTENDED) -> Statistics:
    """Count papers.

    Args:
        papers: which, with the votes that all days show.
        task: gets the number of papers counted so far, and can cancel the count.

    Returns:
        The numbers.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    by_period: _Tallies = defaultdict(lambda: [0, 0, 0])
    by_author: _Tallies = defaultdict(lambda: [0, 0, 0])
    by_votes: defaultdict[int | None, int] = defaultdict(int)
    for at, paper in enumerate(papers):
        if at % _PAPERS_PER_REPORT == 0:
            task.raise_if_cancelled()
            task.report(Progress(at, len(papers)))
        votes, told = paper.votes or 0, paper.votes is not None
        by_votes[paper.votes] += 1
        for period in _periods(paper.dates):
            tally = by_period[period]
            tally[0] += 1
            tally[1] += votes
            tally[2] += told
        for name in set(paper.authors):
            tally = by_author[name]
            tally[0] += 1
            tally[1] += votes
            tally[2] += told
    counts = {period: _count(by_period[period]) for period in sorted(by_period)}
    months = _of_length(counts, len("2025-05"))
    task.raise_if_cancelled()
    task.report(Progress(len(papers), len(papers)))
    known = sum(votes * number for votes, number in by_votes.items() if votes)
    return Statistics(
        total=_count((len(papers), known, len(papers) - by_votes[None])),
        unknown_votes=by_votes[None],
        days=_of_length(counts, len("2025-05-22")),
        months=months,
        years=_of_length(counts, len("2025")),
        bins=tuple(_bins(by_votes)),
        authors=len(by_author),
        top_authors=_top(by_author),
        rising=_rising(papers, list(months)),
    )


def _count(tally: Sequence[int]) -> Count:
    papers, votes, told = tally
    return Count(papers, votes if told else None)


def _periods(dates: Sequence[str]) -> Iterable[str]:
    """Return the days of a paper, and the months and years that they are in; each once."""
    if len(dates) == 1:
        day = dates[0]
        return day, day[:7], day[:4]
    return {day[:length] for day in dates for length in (4, 7, 10)}


def _of_length(counts: Mapping[str, Count], length: int) -> dict[str, Count]:
    return {period: count for period, count in counts.items() if len(period) == length}


def _bins(by_votes: Mapping[int | None, int]) -> Iterable[VoteBin]:
    known = [votes for votes in by_votes if votes is not None]
    for least, after in zip(BIN_EDGES, (*BIN_EDGES[1:], None), strict=True):
        if not known or least > max(known):
            break
        inside = (v for v in known if v >= least and (after is None or v < after))
        most = None if after is None else after - 1
        yield VoteBin(least, most, sum(by_votes[votes] for votes in inside))
    if by_votes.get(None):
        yield VoteBin(None, None, by_votes[None])


def _top(by_author: _Tallies) -> tuple[AuthorCount, ...]:
    authors = [AuthorCount(name, *_count(tally)) for name, tally in by_author.items()]
    authors.sort(key=lambda each: (-each.papers, -(each.votes or 0), each.name))
    return tuple(authors[:TOP_AUTHORS])


def _rising(papers: Iterable[Paper], months: Sequence[str]) -> RisingWords:
    """Return the words of the newest month beside those of the months before that have papers."""
    if len(months) < 2:
        return RisingWords(months[-1]) if months else RisingWords()
    month, since = months[-1], months[-1 - COMPARED_MONTHS :][0]
    now: list[str] = []
    before: list[str] = []
    for paper in papers:
        if paper.dates[-1][:7] == month:
            now.append(paper.title)
        # One that comes again tells nothing of what was usual before.
        elif paper.dates[-1] >= since:
            before.append(paper.title)
    return RisingWords(month, len(now), since, len(before), rising_words(now, before))
