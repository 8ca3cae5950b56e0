"""Group papers by topic: clusters of the vectors that *For you* compares papers with.

Topics start with the most important papers, so that they are named after what stands out. A second
pass moves every paper to the topic that is then the closest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import truncate
from tui.library.library import Library
from tui.library.ranking.paper_terms import PaperText, count_terms, term_places
from tui.library.ranking.ranking import text_of
from tui.library.ranking.vectors import TermCounts, Vector, Vectorizer
from tui.models import Paper
from tui.query.normalization import fold
from tui.runtime.task import UNATTENDED, Task

MAX_PAPERS = 400
"""Papers that are compared; the others are in no topic. The time grows with papers and topics."""

_MIN_COSINE = 0.13
"""The least cosine between a paper and the mean of its topic. Nine of ten pairs of papers of a
month are below 0.06, and one of a hundred is above 0.14."""

_MAX_TERM_SHARE = 0.5
"""A term that more of the papers have does not separate topics."""

_MIN_TOPIC_PAPERS = 2
_LABEL_TERMS = 3
_MAX_LABEL_CHARS = 50
_MIN_LABEL_CHARS = 3
_SAMPLE_PAPERS = 600
"""Other papers that show which terms are rare, spread evenly over the library."""

_CENTROID_TERMS = 200
"""Terms kept in the mean of a topic; the others hardly matter."""

_TOO_GENERAL = """
    and are based built data for from good how into its language large learning like model models
    method methods new not paper results task tasks than that the their these this toward towards
    two using via what when which with without you your
    개선 기반 다중 대규모 대한 대형 모델 모델의 언어 연구 위한 이용한 접근 통한 통합 학습 향한
    활용한
"""
_TOO_GENERAL_WORDS = frozenset(_TOO_GENERAL.split())
"""Words that are too general to name a topic."""

Centroid = Mapping[int, float]
"""The mean of vectors, by slot."""


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
    groups: list[list[int]] = []
    for _ in range(2):
        centroids = [_centroid([points[index] for index in group]) for group in groups]
        groups = _assign(points, centroids, task)
    topics = [group for group in groups if len(group) >= _MIN_TOPIC_PAPERS]
    topics.sort(key=lambda group: (-len(group), group[0]))
    in_topic = {index for group in topics for index in group}
    others = [paper for index, paper in enumerate(papers) if index not in in_topic]
    named = [
        Topic(
            _label([compared[index] for index in group], [points[index] for index in group]),
            tuple(compared[index] for index in group),
        )
        for group in map(sorted, topics)
    ]
    return [*named, Topic((), tuple(others))] if others else named


def _vectors(library: Library, papers: Sequence[Paper], task: Task) -> list[Vector]:
    everything = library.papers()
    sample = everything[:: max(1, len(everything) // _SAMPLE_PAPERS)]
    counts: dict[str, TermCounts] = {}
    for paper in (*papers, *sample):
        task.raise_if_cancelled()
        if paper.paper_id not in counts:
            # Authors and categories make no topic.
            text = text_of(library, paper)._replace(authors="", categories=())
            counts[paper.paper_id] = TermCounts.of(count_terms(text))
    vectorizer = Vectorizer(list(counts.values()), max_share=_MAX_TERM_SHARE)
    return [vectorizer.vector(counts[paper.paper_id]) for paper in papers]


def _assign(points: Sequence[Vector], centroids: list[Centroid], task: Task) -> list[list[int]]:
    """Return the points of each centroid; a point that is far from all becomes a new centroid."""
    groups: list[list[int]] = [[] for _ in centroids]
    for index, point in enumerate(points):
        task.raise_if_cancelled()
        similarities = [point.similarity(centroid) for centroid in centroids]
        best = max(range(len(similarities)), key=similarities.__getitem__, default=-1)
        if best >= 0 and similarities[best] >= _MIN_COSINE:
            groups[best].append(index)
        else:
            centroids.append(point.as_mapping())
            groups.append([index])
    return groups


def _centroid(points: Sequence[Vector]) -> Centroid:
    """Return the mean of vectors, of length 1; empty without any."""
    sums: defaultdict[int, float] = defaultdict(float)
    for point in points:
        for term, weight in zip(*point, strict=True):
            sums[term] += weight
    terms = dict(nlargest(_CENTROID_TERMS, sums.items(), key=itemgetter(1)))
    length = sqrt(sum(weight * weight for weight in terms.values())) or 1.0
    return {term: weight / length for term, weight in terms.items()}


def _label(papers: Sequence[Paper], points: Sequence[Vector]) -> tuple[str, ...]:
    """Return the most characteristic words that titles of a topic share, as they are written there.

    Without such words, the first words of the most important title.
    """
    weights = _centroid(points)
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
    words_of_topic = [
        word for word, number in titles.items() if number >= _MIN_TOPIC_PAPERS and shares[word]
    ]
    words_of_topic.sort(key=lambda word: -shares[word] * titles[word])
    label = _without_endings(words_of_topic)[:_LABEL_TERMS]
    if label:
        return tuple(spellings[word] for word in label)
    return (truncate(papers[0].title, _MAX_LABEL_CHARS),)


def _may_name(word: str) -> bool:
    is_long = len(word) >= (_MIN_LABEL_CHARS if word.isascii() else 2)
    # A pair of words may have a hyphen.
    return is_long and word.isalnum() and word not in _TOO_GENERAL_WORDS


def _without_endings(words: Sequence[str]) -> list[str]:
    """Return words without those that differ from an earlier one by an ending only."""
    kept: list[str] = []
    for word in words:
        if not any(word[:5] == other[:5] for other in kept):
            kept.append(word)
    return kept
