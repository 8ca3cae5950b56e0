"""The papers most like another, by their titles and summaries: tf-idf and the cosine.

Words of Latin letters count, and pairs of Hangul syllables that follow each other, which stand for
the words and stems that Korean does not set apart. No index is kept: the rarest words of the paper
find a few hundred others that may be like it, and only those are compared in full. What it costs
is a look through all texts for each call, and in memory nothing but how common words are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from math import log, sqrt
from operator import add, itemgetter
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from tui.models import Paper
from tui.query.normalization import normalize
from tui.task import UNATTENDED, Task

if TYPE_CHECKING:
    from tui.library.library import Library

# A title says in ten words what a paper is about. And a word that a summary repeats counts more,
# but by the root: else summaries in a language that few others are in would be near each other
# for its smallest words. Both were chosen by how near they put pairs that a person called alike.
_TITLE_WEIGHT = 4

# The words by which others are chosen for a full comparison, and how many are. Twice as many cost
# twice the time and hardly find another paper.
_CANDIDATE_TERMS = 12
_MAX_CANDIDATES = 250

# How common words are is learned from about so many papers, evenly over the library.
_SAMPLE_PAPERS = 2000

# How many papers are looked at before asking again whether anybody waits.
_PAPERS_PER_CANCEL_CHECK = 256

_LATIN = re.compile(r"[a-z][a-z0-9]{2,}")
_HANGUL = re.compile(r"[가-힣]{2,}")


class _DocumentFrequencies(NamedTuple):
    """How common words are.

    Attributes:
        papers: how many were looked at.
        counts: in how many of them a word stands.
    """

    papers: int
    counts: Mapping[str, int]


_frequencies: WeakKeyDictionary[Library, _DocumentFrequencies] = WeakKeyDictionary()


def similar_papers(
    library: Library,
    paper: Paper,
    count: int = 10,
    task: Task = UNATTENDED,
) -> list[Paper]:
    """Return the papers that are most like another.

    Args:
        library: where to look; its texts are read as for a search.
        paper: what they are to be like. It is not among them.
        count: how many at most.
        task: can cancel the search.

    Returns:
        Papers, the nearest first; none if no paper has a word in common with this one.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    common = _frequencies.get(library)
    if common is None:
        common = _frequencies[library] = _document_frequencies(library, task)
    vector = _vector(library, paper, common)
    likeness = [
        (_cosine(vector, _vector(library, other, common)), other)
        for other in _candidates(library, paper, vector, task)
    ]
    return [other for alike, other in nlargest(count, likeness, key=itemgetter(0)) if alike > 0]


def _terms(text: str) -> Iterator[str]:
    """Yield the words of a folded text."""
    yield from _LATIN.findall(text)
    for word in _HANGUL.findall(text):
        yield from map(add, word, word[1:])


def _term_frequencies(library: Library, paper: Paper) -> dict[str, float]:
    """Return how much is made of each word by a paper's title and summaries."""
    counts: Counter[str] = Counter()
    for text in library.text_index.texts(paper)[1:]:
        counts.update(_terms(text))
    made = dict(zip(counts, map(sqrt, counts.values()), strict=True))
    for term in _terms(normalize(paper.title)):
        made[term] = made.get(term, 0.0) + _TITLE_WEIGHT
    return made


def _vector(library: Library, paper: Paper, common: _DocumentFrequencies) -> dict[str, float]:
    """Return the weight of each word of a paper; the squares add up to 1."""
    # Of a word that was not met we know only that it is rarer than all that were.
    total, known = common.papers + 1, common.counts
    weights = {
        term: made * log(total / known.get(term, 1))
        for term, made in _term_frequencies(library, paper).items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two vectors are, from 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _document_frequencies(library: Library, task: Task) -> _DocumentFrequencies:
    """Learn how common words are in a library."""
    papers = library.papers()
    sample = papers[:: max(1, len(papers) // _SAMPLE_PAPERS)]
    counts: Counter[str] = Counter()
    for paper in _until_cancelled(sample, task):
        counts.update(_term_frequencies(library, paper).keys())
    # Most words are met once, which is what is thought of an unknown one, too.
    return _DocumentFrequencies(len(sample), {term: n for term, n in counts.items() if n > 1})


def _candidates(
    library: Library, paper: Paper, vector: Mapping[str, float], task: Task
) -> list[Paper]:
    """Return the papers in which most of a vector's weightiest words stand."""
    words = nlargest(_CANDIDATE_TERMS, vector.items(), key=itemgetter(1))
    found: list[tuple[float, Paper]] = []
    papers = library.papers()
    library.text_index.metadata.index(papers)
    for other in _until_cancelled(papers, task):
        texts = library.text_index.texts(other)
        # A paper that is told twice has two chances to have a word.
        weight = sum([weight for text in texts for word, weight in words if word in text])
        if weight and other.arxiv_id != paper.arxiv_id:
            found.append((weight / len(texts), other))
    return [other for _, other in nlargest(_MAX_CANDIDATES, found, key=itemgetter(0))]


def _until_cancelled(papers: Iterable[Paper], task: Task) -> Iterator[Paper]:
    """Yield the papers.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    for at, paper in enumerate(papers):
        if at % _PAPERS_PER_CANCEL_CHECK == 0:
            task.raise_if_cancelled()
        yield paper
