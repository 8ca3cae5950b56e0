"""Count papers by period, votes and author, and find the rising words of their titles.

Rising words are more frequent in a month's titles than in those of earlier months. The score is the
log-likelihood ratio G² of T. Dunning, "Accurate Methods for the Statistics of Surprise and
Coincidence", Computational Linguistics 19(1), 1993: how unlikely a word's number of papers would be
if it were as frequent as before. Unlike a ratio of frequencies, it is robust for words that occur
once or twice. A title counts once for each of its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from tui.library.statistics.records import (
    AuthorCount,
    Count,
    RisingWord,
    RisingWords,
    Statistics,
    VoteBin,
)
from tui.models import Paper
from tui.query.normalization import normalize
from tui.runtime.task import UNATTENDED, Progress, Task

BIN_EDGES = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000)
"""The lower bounds of the vote bins: the vote thresholds, and some below and above them."""

TOP_AUTHORS = 20

COMPARED_MONTHS = 12
"""Number of earlier months with which the words of the newest month are compared."""

MIN_PAPERS = 3
"""Minimum number of the month's papers with a word."""

MIN_SCORE = 3.84
"""Minimum score: the 5 % significance level (chi-squared, one degree of freedom)."""

_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[가-힣]+")

# English and Korean function words, and words that are in most titles of papers.
_STOP = frozenset(
    """
    a about across all an and any are as at based be beyond but by can do does for from has have
    how in into is it its just less like more most near new no not of on only or our out over
    per so than that the their them then there these they this to toward towards under up use
    using via vs was we what when where which while who why will with within without you your
    approach framework method model models paper study survey
    및 위한 통한 대한 이용한 기반 의한 있는 없는 하는 관한
    논문 모델 방법 방법론 연구 접근 프레임워크
    """.split()  # noqa: SIM905  # two hundred quoted strings are harder to read
)

# Korean particles that are appended to nouns, longest first.
_PARTICLES = (
    "에서의", "으로의", "에서", "으로", "까지", "부터", "에게", "처럼", "보다", "은", "는", "이",
    "가", "을", "를", "의", "에", "와", "과", "로", "도", "만",
)  # fmt: skip

_MIN_WORD_LENGTH = 2

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
        rising=_rising(papers, list(months)),
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


def _rising(papers: Iterable[Paper], months: Sequence[str]) -> RisingWords:
    """Compare the newest month's titles with those of the COMPARED_MONTHS months before."""
    if len(months) < 2:
        return RisingWords(months[-1]) if months else RisingWords()
    month, since = months[-1], months[-1 - COMPARED_MONTHS :][0]
    current: list[str] = []
    before: list[str] = []
    for paper in papers:
        newest = paper.dates[-1] if paper.dates else ""
        if newest[:7] == month:
            current.append(paper.title)
        elif newest >= since:
            before.append(paper.title)
    return RisingWords(month, len(current), since, len(before), rising_words(current, before))


def significant_words(title: str) -> Iterator[str]:
    """Yield the significant words of a title, normalized.

    Words of one letter or syllable, numbers and function words are skipped. Particles of Korean
    words are removed, if at least two syllables remain.
    """
    for word in _WORD.findall(normalize(title)):
        if word >= "가":
            word = _stem(word)  # noqa: PLW2901
        if len(word) >= _MIN_WORD_LENGTH and word not in _STOP:
            yield word


def rising_words(
    current: Iterable[str], before: Iterable[str], max_words: int = 15
) -> tuple[RisingWord, ...]:
    """Return the words that are more frequent in current titles than in earlier ones.

    Args:
        current: the titles of a month.
        before: the titles of the months before.
        max_words: the maximum number of words.

    Returns:
        Words in at least MIN_PAPERS current titles and with a score of at least MIN_SCORE; highest
        score first, then by number of papers, then alphabetically.
    """
    counts, papers = _count_words(current)
    counts_before, papers_before = _count_words(before)
    if not papers or not papers_before:
        return ()
    words = []
    for word, number in counts.items():
        number_before = counts_before[word]
        if number < MIN_PAPERS or number * papers_before <= number_before * papers:
            continue
        score = g_squared(number, papers, number_before, papers_before)
        if score >= MIN_SCORE:
            words.append(RisingWord(word, number, number_before, round(score, 2)))
    words.sort(key=lambda word: (-word.score, -word.papers, word.word))
    return tuple(words[:max_words])


def g_squared(with_word: int, papers: int, with_before: int, papers_before: int) -> float:
    """Return Dunning's G² for a word; 0 if it is equally frequent in both sets of papers."""
    share = (with_word + with_before) / (papers + papers_before)
    total = 0.0
    for count, size in ((with_word, papers), (with_before, papers_before)):
        for observed, expected in ((count, size * share), (size - count, size * (1 - share))):
            if observed:
                total += observed * log(observed / expected)
    return 2 * total


def _count_words(titles: Iterable[str]) -> tuple[Counter[str], int]:
    """Return the number of titles with each word, and the number of titles."""
    counts: Counter[str] = Counter()
    number = 0
    for title in titles:
        number += 1
        counts.update(set(significant_words(title)))
    return counts, number


def _stem(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _MIN_WORD_LENGTH:
            return word[: -len(particle)]
    return word
