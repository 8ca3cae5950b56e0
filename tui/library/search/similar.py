"""Find similar papers by the cosine of their tf-idf vectors, from titles and summaries.

Terms are words of Latin letters, and pairs of adjacent Hangul syllables, which stand for words and
stems that Korean does not separate by spaces. There is no index: the rarest terms of the paper
select a few hundred candidates, and only those are compared in full. Each call scans all texts;
only document frequencies stay in memory.

The terms of ``tui.library.ranking`` are numbers of stems and pairs of words. These terms are texts,
because candidates are found by searching for them.
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
from tui.query.normalization import fold
from tui.runtime.task import UNATTENDED, Task

if TYPE_CHECKING:
    from tui.library.library import Library

# The weight of a term in the title; in summaries, it is the square root of the number of
# occurrences. Without the root, summaries in a rare language would be similar because of its most
# common words. Both were tuned with pairs of papers that a person judged to be similar.
_TITLE_WEIGHT = 4

# Terms that select candidates, and how many candidates are compared. Twice as many take twice the
# time and find hardly any more papers.
_CANDIDATE_TERMS = 12
_MAX_CANDIDATES = 250

# Papers from which document frequencies are estimated, spread evenly over the library.
_SAMPLE_PAPERS = 2000

_PAPERS_PER_CANCEL_CHECK = 256

_LATIN = re.compile(r"[a-z][a-z0-9]{2,}")
_HANGUL = re.compile(r"[가-힣]{2,}")


class _DocumentFrequencies(NamedTuple):
    """In how many papers of a sample terms occur.

    Attributes:
        papers: number of papers in the sample.
        counts: number of papers by term.
    """

    papers: int
    counts: Mapping[str, int]


_cached_frequencies: WeakKeyDictionary[Library, _DocumentFrequencies] = WeakKeyDictionary()


def similar_papers(
    library: Library, paper: Paper, count: int = 10, task: Task = UNATTENDED
) -> list[Paper]:
    """Return the papers that are most similar to a paper.

    Args:
        library: the library to search. Summaries that are read stay in memory, as for a search.
        paper: the paper, which is not in the result.
        count: the maximum number of papers.
        task: can cancel the search.

    Returns:
        The papers, most similar first; without papers that have no term in common.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    frequencies = _frequencies_of(library, task)
    vector = _vector(library, paper, frequencies)
    similarities = [
        (_cosine(vector, _vector(library, other, frequencies)), other)
        for other in _candidates(library, paper, vector, task)
    ]
    best = nlargest(count, similarities, key=itemgetter(0))
    return [other for similarity, other in best if similarity > 0]


def _frequencies_of(library: Library, task: Task) -> _DocumentFrequencies:
    frequencies = _cached_frequencies.get(library)
    if frequencies is None:
        frequencies = _cached_frequencies[library] = _document_frequencies(library, task)
    return frequencies


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of a folded text."""
    yield from _LATIN.findall(text)
    for word in _HANGUL.findall(text):
        yield from map(add, word, word[1:])


def _term_frequencies(library: Library, paper: Paper) -> dict[str, float]:
    """Return the weighted frequency of each term in a paper's title and summaries."""
    counts: Counter[str] = Counter()
    for text in library.text_index.texts(paper)[1:]:
        counts.update(_terms(text))
    frequencies = dict(zip(counts, map(sqrt, counts.values()), strict=True))
    for term in _terms(fold(paper.title)):
        frequencies[term] = frequencies.get(term, 0.0) + _TITLE_WEIGHT
    return frequencies


def _vector(
    library: Library, paper: Paper, document_frequencies: _DocumentFrequencies
) -> dict[str, float]:
    """Return the tf-idf vector of a paper by term, normalized to length 1."""
    # A term that is not in the sample counts as occurring in one paper.
    total, counts = document_frequencies.papers + 1, document_frequencies.counts
    weights = {
        term: frequency * log(total / counts.get(term, 1))
        for term, frequency in _term_frequencies(library, paper).items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length 1, from 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _document_frequencies(library: Library, task: Task) -> _DocumentFrequencies:
    papers = library.papers()
    sample = papers[:: max(1, len(papers) // _SAMPLE_PAPERS)]
    counts: Counter[str] = Counter()
    for paper in _until_cancelled(sample, task):
        counts.update(_term_frequencies(library, paper).keys())
    # Most terms occur in one paper, which is also assumed for unknown ones.
    return _DocumentFrequencies(len(sample), {term: n for term, n in counts.items() if n > 1})


def _candidates(
    library: Library, paper: Paper, vector: Mapping[str, float], task: Task
) -> list[Paper]:
    """Return the papers that contain the most of a vector's terms with the highest weights."""
    terms = nlargest(_CANDIDATE_TERMS, vector.items(), key=itemgetter(1))
    candidates: list[tuple[float, Paper]] = []
    papers = library.papers()
    library.text_index.metadata.index(papers)
    for other in _until_cancelled(papers, task):
        texts = library.text_index.texts(other)
        # The mean, because a paper with several summaries has more chances to contain a term.
        weight = sum([weight for text in texts for term, weight in terms if term in text])
        if weight and other.paper_id != paper.paper_id:
            candidates.append((weight / len(texts), other))
    return [other for _, other in nlargest(_MAX_CANDIDATES, candidates, key=itemgetter(0))]


def _until_cancelled(papers: Iterable[Paper], task: Task) -> Iterator[Paper]:
    """Yield papers; raise TaskCancelledError if the task was cancelled."""
    for index, paper in enumerate(papers):
        if index % _PAPERS_PER_CANCEL_CHECK == 0:
            task.raise_if_cancelled()
        yield paper
