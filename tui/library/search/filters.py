"""Filters of papers: each applies a part of a query to many papers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from tui.library.library import Library
from tui.library.search.text_index import PhraseMatcher, TextIndex, WordLookup
from tui.models import NO_MARKS, Marks, MarksLookup, Paper
from tui.query.conditions import Condition, Phrase
from tui.query.group import Group
from tui.query.matching import phrase_test
from tui.query.query import Clause, Query, compile_query
from tui.query.relevance import Scores

Filter = Callable[[Sequence[Paper]], Sequence[Paper]]
"""Returns the papers that match, in the same order."""


class FilterBuilder(NamedTuple):
    """Makes the filters of a query.

    Attributes:
        library: the library of the papers.
        marks: the reader's marks.
        lookup: the words that were looked up in the library.
        scores: gets the scores of the papers in which words are found; None for no scores.
    """

    library: Library
    marks: MarksLookup
    lookup: WordLookup
    scores: Scores | None = None

    def filters(self, clauses: Sequence[Clause]) -> Iterator[Filter]:
        """Yield filters, to be applied in turn. Those that read summaries come last."""
        cheap, phrases, expensive = [], [], []
        for clause in clauses:
            if not Query((clause,)).needs_summaries:
                cheap.append(clause)
            elif all(isinstance(term.condition, Phrase) for term in clause):
                phrases.append(clause)
            else:
                expensive.append(clause)
        if cheap:
            yield _predicate_filter(self.library, Query(tuple(cheap)), self.marks)
        for clause in (*phrases, *expensive):
            yield self._clause_filter(clause)

    def _clause_filter(self, clause: Clause) -> Filter:
        """Return a filter for the papers for which at least one term of a clause holds."""
        others = tuple(term for term in clause if not _searches_many(term.condition))
        searches = list(self._searches(clause))
        if not others:
            return searches[0] if len(searches) == 1 else _any_filter(searches)
        cheap = _predicate_filter(self.library, Query((others,)), self.marks)
        return _first_or_any_filter(cheap, searches) if searches else cheap

    def _ids_in_texts(
        self, matcher: PhraseMatcher, text: str
    ) -> Callable[[Sequence[Paper]], Set[str]]:
        """Return a function that finds a phrase, also in full texts if the reader wants that."""
        if not self.library.searches_texts:
            return matcher.ids_among
        kept_texts, contains = self.library.kept_texts, phrase_test(text)

        def ids_among(papers: Sequence[Paper]) -> Set[str]:
            ids = matcher.ids_among(papers)
            others = (paper for paper in papers if paper.paper_id not in ids)
            return ids | kept_texts.ids_containing(contains, others)

        return ids_among

    def _searches(self, clause: Clause) -> Iterator[Filter]:
        """Yield filters for the phrases of a clause, and for its groups with phrases."""
        for condition, negated in clause:
            # What is excluded does not make a paper relevant.
            scores = None if negated else self.scores
            if isinstance(condition, Phrase):
                text_index = self.library.text_index
                matcher = PhraseMatcher(text_index, self.lookup, condition.text, scores)
                find = self._ids_in_texts(matcher, condition.text)
                yield _phrase_filter(find, negated=negated)
            elif isinstance(condition, Group) and condition.needs_summaries:
                filters = list(self._replace(scores=scores).filters(condition.clauses))
                yield _group_filter(filters, negated=negated)


def _searches_many(condition: Condition) -> bool:
    """Return whether the texts of many papers are searched at once for a condition."""
    is_group = isinstance(condition, Group) and condition.needs_summaries
    return is_group or isinstance(condition, Phrase)


def _predicate_filter(library: Library, query: Query, marks: MarksLookup) -> Filter:
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


def _phrase_filter(ids_among: Callable[[Sequence[Paper]], Set[str]], *, negated: bool) -> Filter:
    """Return a filter that searches the texts of many papers at once."""

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids = ids_among(papers)
        if negated:
            return [paper for paper in papers if paper.paper_id not in ids]
        return [paper for paper in papers if paper.paper_id in ids]

    return keep_matches


def _group_filter(filters: Sequence[Filter], *, negated: bool) -> Filter:
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


def _any_filter(filters: Sequence[Filter]) -> Filter:
    """Return a filter for the papers that pass at least one of several filters.

    All of them see all papers, because each adds to the scores.
    """

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids = {paper.paper_id for keep in filters for paper in keep(papers)}
        return [paper for paper in papers if paper.paper_id in ids]

    return keep_matches


def _first_or_any_filter(first: Filter, filters: Sequence[Filter]) -> Filter:
    """Return a filter like ``_any_filter``; what passes the first one is not searched further."""
    passes_any = _any_filter(filters)

    def keep_matches(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids = {paper.paper_id for paper in first(papers)}
        remaining = [paper for paper in papers if paper.paper_id not in ids]
        ids.update(paper.paper_id for paper in passes_any(remaining))
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
    def is_recommended(self) -> bool:
        from tui.library.ranking.recommended import is_recommended

        return is_recommended(self.library, self.paper, self.marks)

    def match(self, tag: str, /) -> int | None:
        return self.library.ranking.match(self.library, self.paper, tag)

    @property
    def texts(self) -> Sequence[str]:
        texts = self.text_index.texts(self.paper)
        return (*texts, self.full_text) if self.library.searches_texts else texts

    @property
    def sections(self) -> tuple[str, ...]:
        return self.text_index.sections(self.paper)

    @property
    def has_summary(self) -> bool:
        return len(self.text_index.texts(self.paper)) > 1

    @property
    def full_text(self) -> str:
        return self.library.kept_texts.folded(self.paper.paper_id)

    @property
    def has_full_text(self) -> bool:
        return self.paper.paper_id in self.library.kept_texts.ids
