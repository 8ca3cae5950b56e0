"""Group papers by topic: clusters of the vectors that *For you* compares papers with.

The two closest groups of papers are merged, again and again, until none are close: agglomerative
clustering with average linkage. It finds small groups beside large ones, and their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush, nlargest
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from tui.library.library import Library
from tui.library.ranking.paper_terms import PaperText, count_terms, term_places
from tui.library.ranking.ranking import text_of
from tui.library.ranking.vectors import TermCounts, Vector, Vectorizer
from tui.models import Paper
from tui.query.normalization import fold
from tui.runtime.task import UNATTENDED, Task

MAX_PAPERS = 400
"""Papers that are compared; the others are in no topic. The time grows with their square."""

_MIN_COSINE = 0.045
"""The least mean cosine between the papers of two groups that are merged. On generated digests with
known topics, less merges topics, and more leaves papers alone."""

_MAX_TERM_SHARE = 0.5
"""A term that more of the papers have does not separate topics."""

_MIN_TITLES = 2
"""Titles in which a word occurs that names their topic."""

_MAX_NAME_WORDS = 3
_MIN_WORD_CHARS = 3
_SAMPLE_PAPERS = 600
"""Other papers that show which terms are rare, spread evenly over the library."""

_MAX_TERMS = 160
"""The heaviest terms of a paper, which are compared; the others hardly matter, and are many."""

_MIN_LANGUAGE_PAPERS = 20
"""Papers of a language that show which of its terms are rare."""

_MIN_NON_LATIN_BYTES = 1.5
"""Bytes in UTF-8 for each character of a text in Korean, Chinese or the like, at least."""

_TOO_GENERAL = """
    and are auto based built data for from good how into its language large learning like model
    models method methods multi new non not paper pre results self semi task tasks than that the
    their these this toward towards two using via what when which with without you your
    개선 기반 다중 대규모 대한 대형 모델 모델의 언어 연구 위한 이용한 접근 통한 통합 학습 향한
    활용한
"""
_TOO_GENERAL_WORDS = frozenset(_TOO_GENERAL.split())
"""Words that are too general to name a topic."""


class Topic(NamedTuple):
    """Papers about the same subject.

    Attributes:
        terms: the words that name it, the most characteristic first; empty for the papers of no
            topic.
        papers: in the order in which they were given.
    """

    terms: tuple[str, ...]
    papers: tuple[Paper, ...]


def group_by_topic(
    library: Library, papers: Sequence[Paper], task: Task = UNATTENDED
) -> list[Topic]:
    """Group papers, the largest topic first, and last those of no topic.

    Args:
        library: the library with their summaries.
        papers: the papers, the most important first.
        task: can cancel it.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    compared = papers[:MAX_PAPERS]
    points = _vectors(library, compared, task)
    topics = []
    in_topic: set[int] = set()
    for group in sorted(_merge_closest(points, task), key=lambda group: (-len(group), group[0])):
        members = tuple(compared[index] for index in group)
        # What has no name helps nobody to find a paper.
        if terms := _name(members, [points[index] for index in group]):
            topics.append(Topic(terms, members))
            in_topic.update(group)
    others = tuple(paper for index, paper in enumerate(papers) if index not in in_topic)
    return [*topics, Topic((), others)] if others else topics


def _vectors(library: Library, papers: Sequence[Paper], task: Task) -> list[Vector]:
    everything = library.papers()
    sample = everything[:: max(1, len(everything) // _SAMPLE_PAPERS)]
    counts: dict[str, TermCounts] = {}
    non_latin: set[str] = set()
    for paper in (*papers, *sample):
        task.raise_if_cancelled()
        if paper.paper_id not in counts:
            # Authors and categories make no topic.
            text = text_of(library, paper)._replace(authors="", categories=())
            counts[paper.paper_id] = TermCounts.of(count_terms(text))
            if _is_non_latin("".join(text.summaries)):
                non_latin.add(paper.paper_id)
    # A term that is common in a language counts little there, however rare it is in others.
    languages = [non_latin, counts.keys() - non_latin]
    if min(map(len, languages)) < _MIN_LANGUAGE_PAPERS:
        languages = [set(counts)]
    vectors: dict[str, Vector] = {}
    for ids in languages:
        of_language = {paper_id: each for paper_id, each in counts.items() if paper_id in ids}
        vectorizer = Vectorizer(list(of_language.values()), max_share=_MAX_TERM_SHARE)
        for paper_id, each in of_language.items():
            vectors[paper_id] = vectorizer.vector(each)
    return [vectors[paper.paper_id] for paper in papers]


def _is_non_latin(text: str) -> bool:
    return len(text.encode(errors="replace")) > _MIN_NON_LATIN_BYTES * len(text)


def _merge_closest(points: Sequence[Vector], task: Task) -> list[list[int]]:
    """Return the indices of the points of each group, ascending."""
    groups = {index: [index] for index in range(len(points))}
    cosines = _cosines(list(map(_heaviest_terms, points)), task)
    pairs = [
        (-cosine, first, second)
        for first, row in cosines.items()
        for second, cosine in row.items()
        if first < second and cosine >= _MIN_COSINE
    ]
    heapify(pairs)
    numbers = count(len(points))
    while pairs:
        task.raise_if_cancelled()
        _negative_cosine, first, second = heappop(pairs)
        if first not in groups or second not in groups:
            continue  # merged before
        parts = [(groups.pop(each), cosines.pop(each)) for each in (first, second)]
        merged = [index for part, _ in parts for index in part]
        number = next(numbers)
        row = cosines[number] = {}
        for other in groups:
            total = sum(len(part) * part_row.get(other, 0.0) for part, part_row in parts)
            mean = row[other] = cosines[other][number] = total / len(merged)
            if mean >= _MIN_COSINE:
                heappush(pairs, (-mean, other, number))
        groups[number] = merged
    return [sorted(group) for group in groups.values()]


def _heaviest_terms(point: Vector) -> list[tuple[int, float]]:
    return nlargest(_MAX_TERMS, zip(*point, strict=True), key=itemgetter(1))


def _cosines(
    points: Sequence[Sequence[tuple[int, float]]], task: Task
) -> dict[int, dict[int, float]]:
    """Return the cosine of each point, given by its terms, to those with which it shares one."""
    cosines: dict[int, dict[int, float]] = {}
    having: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for index, point in enumerate(points):
        task.raise_if_cancelled()
        row: defaultdict[int, float] = defaultdict(float)
        for term, value in point:
            for other, other_value in having[term]:
                row[other] += value * other_value
            having[term].append((index, value))
        cosines[index] = dict(row)
        for other, cosine in row.items():
            cosines[other][index] = cosine
    return cosines


def _name(papers: Sequence[Paper], points: Sequence[Vector]) -> tuple[str, ...]:
    """Return the most characteristic words that titles of a topic share, as they are written there.

    Empty if they share none.
    """
    weights: defaultdict[int, float] = defaultdict(float)
    for point in points:
        for term, weight in zip(*point, strict=True):
            weights[term] += weight
    spellings: dict[str, str] = {}
    titles: Counter[str] = Counter()
    shares: dict[str, float] = {}
    for paper in papers:
        words: dict[str, str] = {}
        for place in term_places(PaperText(paper.title, "", ())):
            word = fold(place.text)
            if _may_name(word):
                words[word] = place.text
                shares[word] = max(shares.get(word, 0.0), weights.get(place.slot, 0.0))
        titles.update(words.keys())
        spellings = {**words, **spellings}
    shared = [word for word, number in titles.items() if number >= _MIN_TITLES and shares[word]]
    shared.sort(key=lambda word: -shares[word] * titles[word])
    return tuple(spellings[word] for word in _without_endings(shared)[:_MAX_NAME_WORDS])


def _may_name(word: str) -> bool:
    is_long = len(word) >= (_MIN_WORD_CHARS if word.isascii() else 2)
    # A pair of words may have a hyphen.
    return is_long and word.isalnum() and word not in _TOO_GENERAL_WORDS


def _without_endings(words: Sequence[str]) -> list[str]:
    """Return words without those that differ from an earlier one by an ending only."""
    kept: list[str] = []
    for word in words:
        if not any(word[:5] == other[:5] for other in kept):
            kept.append(word)
    return kept
