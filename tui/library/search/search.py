"""Find the papers of a library that match a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tui.library.library import Library
from tui.library.papers_on_demand import PapersOnDemand
from tui.library.search.candidates import CandidateFinder
from tui.library.search.filters import FilterBuilder
from tui.library.search.metadata_index import BLOCK_PAPERS
from tui.library.search.text_index import WordLookup
from tui.models import MarksLookup, Paper
from tui.query.columns import MATCH
from tui.query.query import Query
from tui.query.relevance import Scores
from tui.runtime.task import UNATTENDED, Task, TaskCancelledError
from tui.runtime.tuning import INPUT_PRIORITY

FIRST_BATCH = 16
"""Papers in the first batch. Each batch is twice the size of the one before, so that there are
results soon even if summaries must be read first."""


def search(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    task: Task = UNATTENDED,
    *,
    scores: Scores | None = None,
) -> Iterator[Paper]:
    """Yield the papers that match a query; see ``search_in_batches``."""
    for _searched, matches in search_in_batches(library, papers, query, marks, task, scores=scores):
        yield from matches


def search_library(
    library: Library,
    query: Query,
    marks: MarksLookup | None = None,
    *,
    scores: Scores | None = None,
) -> Iterator[Paper]:
    """Yield the papers of a library that match a query; see ``search_in_batches``.

    If the query has words, only the papers are read that have them.
    """
    lookup = WordLookup(library.text_index)
    finder = CandidateFinder.of_query(library, query, lookup, UNATTENDED)
    candidates = finder.find(library.volumes()) if finder else None
    if candidates is None:
        papers = library.papers(with_replaced=query.needs_replaced)
    else:
        papers = library.candidates(candidates, with_replaced=query.needs_replaced)
    search = search_in_batches(library, papers, query, marks, scores=scores, lookup=lookup)
    for _searched, matches in search:
        yield from matches


def search_in_batches(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    task: Task = UNATTENDED,
    *,
    scores: Scores | None = None,
    lookup: WordLookup | None = None,
) -> Iterator[tuple[int, Sequence[Paper]]]:
    """Search papers, a few at first and then hundreds at a time.

    Args:
        library: the library of the papers. Summaries are read, a month at a time, only for papers
            that match the rest of the query; they stay in memory.
        papers: the papers to search. Of ``PapersOnDemand``, only those are read that have the words
            of the query.
        query: the query; its sort order has no effect, but to sort by match it has to be known.
        marks: the reader's marks; None means no marks.
        task: can end the search early.
        scores: gets the scores of papers with the words of the query in their title, authors or
            id; those of other papers as well.
        lookup: the words that were looked up before, if there are any.

    Yields:
        The number of papers searched so far, and the matches since the last batch, in the order of
        the papers.
    """
    sorts_by_match = any(key.column is MATCH for key in query.sort)
    if query.needs_ranking or sorts_by_match:
        library.ranking.prepare(library, task)
    lookup = lookup or WordLookup(library.text_index)
    builder = FilterBuilder(library, {} if marks is None else marks, lookup, scores)
    filters = list(builder.filters(query.clauses))
    for searched, batch in _batches(papers, query, library, lookup, task):
        matches = batch
        for keep_matches in filters:
            if matches:
                matches = keep_matches(matches)
        if sorts_by_match:
            for paper in matches:
                library.ranking.match(library, paper)
        yield searched, matches


def _batches(
    papers: Sequence[Paper], query: Query, library: Library, lookup: WordLookup, task: Task
) -> Iterator[tuple[int, Sequence[Paper]]]:
    """Yield papers to search, with how many have been searched after them, until cancelled."""
    finder = CandidateFinder.of_query(library, query, lookup, task)
    searched, size = 0, FIRST_BATCH
    with suppress(TaskCancelledError):
        if finder is not None and isinstance(papers, PapersOnDemand):
            for end, candidates in papers.candidates(finder.find):
                for start in range(0, max(1, len(candidates)), BLOCK_PAPERS):
                    task.raise_if_cancelled()
                    INPUT_PRIORITY.yield_to_input()
                    yield end, candidates[start : start + BLOCK_PAPERS]
            return
        while searched < len(papers):
            task.raise_if_cancelled()
            INPUT_PRIORITY.yield_to_input()
            batch = papers[searched : searched + size]
            searched = min(searched + size, len(papers))
            size = min(2 * size, BLOCK_PAPERS)
            yield searched, batch
