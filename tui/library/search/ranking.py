"""Rank the results of a text search by where the words are."""

from __future__ import annotations

from collections.abc import Sequence

from tui.library.search.text_index import TextIndex
from tui.models import Paper
from tui.query.columns import RELEVANCE
from tui.query.matching import phrase_finder
from tui.query.query import Query
from tui.query.relevance import RankedPapers, phrases_of, sort_by_scores
from tui.query.sorting import SortKey, sort_papers

IN_TITLE, IN_METADATA = 2, 1
"""The scores of a word in the title, and of one in the authors or the id."""


class Ranker:
    """Computes the scores of papers. Reads no summaries.

    Args:
        text_index: the index that was searched.
        query: the query.
    """

    def __init__(self, text_index: TextIndex, query: Query) -> None:
        self._metadata = text_index.metadata
        self._finders = [phrase_finder(phrase) for phrase in dict.fromkeys(phrases_of(query))]
        self._scores: dict[str, int] = {}
        self._blocks: set[int] = set()

    def rank(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        """Return papers with their scores; as they are if the query does not look for words."""
        if not self._finders:
            return papers
        blocks = self._metadata.blocks_of(papers) - self._blocks
        self._blocks |= blocks
        scores = self._scores
        for block in blocks:
            for find in self._finders:
                for paper_id, is_first in self._metadata[block].texts.hits(find):
                    scores[paper_id] = scores.get(paper_id, 0) + (
                        IN_TITLE if is_first else IN_METADATA
                    )
        return RankedPapers(papers, scores)


def sort_matches(text_index: TextIndex, papers: Sequence[Paper], query: Query) -> list[Paper]:
    """Return the matches of a query in its order; a text search without one is by relevance."""
    ranked = Ranker(text_index, query).rank(papers)
    sort = query.sort
    if not sort and isinstance(ranked, RankedPapers):
        sort = (SortKey(RELEVANCE, descending=False),)
    return sort_papers(ranked, sort_by_scores(sort, ranked))
