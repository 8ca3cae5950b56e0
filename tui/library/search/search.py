"""Find the papers of a library that match a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.library.library import Library
from tui.library.search.text_index import BLOCK_PAPERS, PhraseMatcher, TextIndex
from tui.models import NO_MARKS, Marks, MarksLookup, Paper
from tui.query.conditions import Condition, Phrase
from tui.query.group import Group
from tui.query.query import Clause, Query, compile_query
from tui.runtime.task import UNATTENDED, Task
from tui.runtime.tuning import INPUT_PRIORITY

FIRST_BATCH = 16
"""Papers in the first batch. Each batch is twice the size of the one before, so that there are
results soon even if summaries must be read first."""

_Filter = Callable[[Sequence[Paper]], Sequence[Paper]]
"""Returns the papers that match, in the same order."""


def search(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    task: Task = UNATTENDED,
) -> Iterator[Paper]:
    """Yield the papers that match a query; see ``search_in_batches``."""
    for _searched, matches in search_in_batches(library, papers, query, marks, task):
        yield from matches


def search_in_batches(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    task: Task = UNATTENDED,
) -> Iterator[tuple[int, Sequence[Paper]]]:
    """Search papers, a few at first and then hundreds at a time.

    Args:
        library: the library of the papers. Summaries are read, a month at a time, only for papers
            that match the rest of the query; they stay in memory.
        papers: the papers to search.
        query: the query; its sort order has no effect.
        marks: the reader's marks; None means no marks.
        task: can end the search early.

    Yields:
        The number of papers searched so far, and the matches since the last batch, in the order of
        the papers.
    """
    filters = list(_filters(library, query, {} if marks is None else marks))
    searched, size = 0, FIRST_BATCH
    while searched < len(papers) and not task.is_cancelled():
        INPUT_PRIORITY.yield_to_input()
        matches = papers[searched : searched + size]
        searched += len(matches)
        size = min(2 * size, BLOCK_PAPERS)
        for keep_matches in filters:
            if matches:
                matches = keep_matches(matches)
        yield searched, matches


def _filters(library: Library, query: Query, marks: MarksLookup) -> Iterator[_Filter]:
    """Yield filters for a query, to be applied in turn. Those that read summaries come last."""
    yield from _clause_filters(library, query.clauses, marks)


def _clause_filters(
    library: Library, clauses: Sequence[Clause], marks: MarksLookup
) -> Iterator[_Filter]:
    cheap, phrases, expensive = [], [], []
    for clause in clauses:
        if not Query((clause,)).needs_summaries:
            cheap.append(clause)
        elif all(isinstance(term.condition, Phrase) for term in clause):
            phrases.append(clause)
        else:
            expensive.append(clause)
    if cheap:
        yield _predicate_filter(library, Query(tuple(cheap)), marks)
    for clause in (*phrases, *expensive):
        yield _any_filter(list(_term_filters(library, clause, marks)))


def _term_filters(library: Library, clause: Clause, marks: MarksLookup) -> Iterator[_Filter]:
    """Yield filters for the terms of a clause; phrases, and groups with phrases, come last."""
    others = tuple(term for term in clause if not _searches_many(term.condition))
    if others:
        yield _predicate_filter(library, Query((others,)), marks)
    for condition, negated in clause:
        if isinstance(condition, Phrase):
            yield _phrase_filter(library.text_index, condition, negated=negated)
        elif isinstance(condition, Group) and condition.needs_summaries:
            filters = list(_clause_filters(library, condition.clauses, marks))
            yield _group_filter(filters, negated=negated)


def _searches_many(condition: Condition) -> bool:
    """Return whether the texts of many papers are searched at once for a condition."""
    is_group = isinstance(condition, Group) and condition.needs_summaries
    return is_group or isinstance(condition, Phrase)


def _predicate_filter(library: Library, query: Query, marks: MarksLookup) -> _Filter:
    """Return a filter that tests each paper by itself."""
    matches = compile_query(query)
    marks_of, text_index = marks.get, library.text_index

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        return [
            paper
            for paper in papers
            if matches(
                _LazyDocument(text_index, paper, marks_of(paper.paper_id, NO_MARKS), library)
            )
        ]

    return keep_matches


def _phrase_filter(text_index: TextIndex, phrase: Phrase, *, negated: bool) -> _Filter:
    """Return a filter that searches the texts of many papers at once."""
    ids_among = PhraseMatcher(text_index, phrase.text).ids_among

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids = ids_among(papers)
        if negated:
            return [paper for paper in papers if paper.paper_id not in ids]
        return [paper for paper in papers if paper.paper_id in ids]

    return keep_matches


def _group_filter(filters: Sequence[_Filter], *, negated: bool) -> _Filter:
    """Return a filter for the papers that pass all of several filters, or its complement."""

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        matches = papers
        for keep in filters:
            if matches:
                matches = keep(matches)
        if not negated:
            return matches
        ids = {paper.paper_id for paper in matches}
        return [paper for paper in papers if paper.paper_id not in ids]

    return keep_matches


def _any_filter(filters: Sequence[_Filter]) -> _Filter:
    """Return a filter for the papers that pass at least one of several filters."""
    if len(filters) == 1:
        return filters[0]

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids: set[str] = set()
        remaining = papers
        for keep in filters:
            ids.update([paper.paper_id for paper in keep(remaining)])
            remaining = [paper for paper in remaining if paper.paper_id not in ids]
        return [paper for paper in papers if paper.paper_id in ids]

    return keep_matches


class _LazyDocument(NamedTuple):
    """A ``SearchDocument`` that reads texts on access."""

    text_index: TextIndex
    paper: Paper
    marks: Marks
    library: Library

    @property
    def is_new(self) -> bool:
        return self.paper.paper_id in self.library.arrivals

    @property
    def texts(self) -> Sequence[str]:
        return self.text_index.texts(self.paper)

    @property
    def sections(self) -> tuple[str, ...]:
        return self.text_index.sections(self.paper)

    @property
    def has_summary(self) -> bool:
        return len(self.texts) > 1
