"""Relevance: the order of a text search, in which papers with the words in their title come first.

A search computes the scores; see ``PhraseMatcher``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.models import Paper
from tui.query.columns import RELEVANCE
from tui.query.conditions import Phrase
from tui.query.group import positive_conditions
from tui.query.sorting import SortKey, sort_papers

if TYPE_CHECKING:
    from tui.query.query import Query


Scores = dict[str, int]
"""How relevant papers are, by id; 0 if missing. The highest score is the best."""


class RankedPapers(list[Paper]):
    """Papers that a text search has found.

    Args:
        papers: the papers.
        scores: their scores, and perhaps those of others.
    """

    def __init__(self, papers: Iterable[Paper], scores: Scores) -> None:
        super().__init__(papers)
        self.scores = scores


def phrases_of(query: Query) -> Iterator[str]:
    """Yield the folded words and phrases that a query looks for anywhere."""
    for condition in positive_conditions(query.clauses):
        if isinstance(condition, Phrase):
            yield condition.text


def is_text_search(query: Query) -> bool:
    """Return whether a query looks for any words or phrases."""
    return next(phrases_of(query), None) is not None


def sort_matches(papers: Iterable[Paper], query: Query, scores: Scores) -> list[Paper]:
    """Return the matches of a query in its order; a text search without one is by relevance."""
    sort = query.sort
    if not sort and is_text_search(query):
        sort = (SortKey(RELEVANCE, descending=False),)
    ranked = RankedPapers(papers, scores)
    return sort_papers(ranked, sort_by_scores(sort, ranked))


def sort_by_scores(sort: Iterable[SortKey], papers: Sequence[Paper]) -> tuple[SortKey, ...]:
    """Return a sort order in which relevance is that of papers that were found.

    Without scores, all papers are equally relevant.
    """
    if not isinstance(papers, RankedPapers):
        return tuple(sort)
    score = papers.scores.get
    column = RELEVANCE._replace(sort_value=lambda paper: -score(paper.paper_id, 0))
    return tuple(
        SortKey(column, key.descending) if key.column is RELEVANCE else key for key in sort
    )
