"""The rankings that are compared.

Each takes the library without labels, what the reader did, the papers before the test, and those to
rank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from tests.bench.simulated_readers import LabelledPaper, Scores, SimulatedReader
from tui.library.library import Library
from tui.library.ranking.paper_terms import SLOTS, PaperText, count_terms
from tui.library.ranking.ranking import Ranking
from tui.library.ranking.vectors import TermCounts, Vectorizer

Method = Callable[
    [Library, SimulatedReader, Sequence[LabelledPaper], Sequence[LabelledPaper]], Scores
]


def for_you(
    library: Library,
    reader: SimulatedReader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Broadsheet's own ranking, before it is rounded."""
    ranking = Ranking(lambda: reader.marks)
    ranking.prepare(library)
    return {each.paper.paper_id: ranking.score(library, each.paper) or 0.0 for each in papers}


def by_votes(
    _library: Library,
    _reader: SimulatedReader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Most votes first."""
    return {each.paper.paper_id: each.paper.votes or 0 for each in papers}


def newest_first(
    _library: Library,
    _reader: SimulatedReader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Newest first."""
    return {each.paper.paper_id: number for number, each in enumerate(papers)}


def scikit_learn(
    _library: Library,
    reader: SimulatedReader,
    before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """TfidfVectorizer and LinearSVC, with the stars against all other papers read so far."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    starred = set(reader.stars)
    learned = vectors.fit_transform(map(_text, before))
    labels = [each.paper.paper_id in starred for each in before]
    model = LinearSVC(C=0.1, class_weight="balanced").fit(learned, labels)
    found = model.decision_function(vectors.transform(map(_text, papers)))
    return {each.paper.paper_id: float(x) for each, x in zip(papers, found, strict=True)}


def rocchio(
    _library: Library,
    reader: SimulatedReader,
    before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """The mean of the stars minus 0.6 of the mean of all other papers, of words only."""
    starred, weights = set(reader.stars), [0.0] * SLOTS
    vectorizer = Vectorizer([_counts(each) for each in before])
    for each in before:
        is_starred = each.paper.paper_id in starred
        share = 1 / len(starred) if is_starred else -0.6 / (len(before) - len(starred))
        for term, value in zip(*vectorizer.vector(_counts(each)), strict=True):
            weights[term] += share * value
    return {each.paper.paper_id: vectorizer.vector(_counts(each)).dot(weights) for each in papers}


def nearest_to_last_star(
    _library: Library,
    reader: SimulatedReader,
    before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Most similar to the paper starred last, by tf-idf and cosine."""
    vectorizer = Vectorizer([_counts(each) for each in before[-2000:]])
    [star] = [each for each in before if each.paper.paper_id == reader.stars[-1]]
    last = vectorizer.vector(_counts(star)).as_mapping()
    return {
        each.paper.paper_id: vectorizer.vector(_counts(each)).similarity(last) for each in papers
    }


@cache
def _counts(each: LabelledPaper) -> TermCounts:
    return TermCounts.of(count_terms(PaperText(each.paper.title, "", (each.summary,))))


def _text(each: LabelledPaper) -> str:
    return f"{each.paper.title} {each.paper.title} {each.summary}"


METHODS: Mapping[str, Method] = {
    "votes": by_votes,
    "newest first": newest_first,
    "nearest to last star": nearest_to_last_star,
    "Rocchio": rocchio,
    "TfidfVectorizer + LinearSVC": scikit_learn,
    "For you": for_you,
}
