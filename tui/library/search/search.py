"""Runs a query over papers of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tui.library.library import Library
from tui.library.search.metadata_index import BLOCK_PAPERS
from tui.library.search.text_index import PhraseMatcher, TextIndex
from tui.models import Marks, MarksLookup, Paper
from tui.query import Phrase, Query, Term, compile_query
from tui.query.query import Clause
from tui.runtime.cooperative import INPUT_PRIORITY

NO_MARKS = Marks()

FIRST_BATCH = 16
"""So many papers are looked through at first, and then twice as many as before each time: where
texts must be read, something is soon to be seen."""

_Filter = Callable[[Sequence[Paper]], Sequence[Paper]]
"""Returns those of some papers that are asked for, in their order."""


def search(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Paper]:
    """Yield the papers that a query finds, in their order; see ``search_in_parts``."""
    for _looked, found in search_in_batches(library, papers, query, marks, cancelled):
        yield from found


def search_in_batches(
    library: Library,
    papers: Sequence[Paper],
    query: Query,
    marks: MarksLookup | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Sequence[Paper]]]:
    """Look through papers, a few at first, and then some hundreds at a time.

    Args:
        library: tells the summaries. They are read only of papers that all else speaks for, by
            the month, and then kept with the library.
        papers: where to look.
        query: what to look for.
        marks: the reader's; None where there are none.
        cancelled: is asked before each part; nothing more is yielded when it says so.

    Yields:
        How many papers were looked at so far, and what was found since, in the order of the papers.
    """
    steps = list(_filters(library.text_index, query, {} if marks is None else marks))
    looked, size = 0, FIRST_BATCH
    while looked < len(papers) and not cancelled():
        INPUT_PRIORITY.yield_to_input()
        found = papers[looked : looked + size]
        looked += len(found)
        size = min(2 * size, BLOCK_PAPERS)
        for keep in steps:
            if found:
                found = keep(found)
        yield looked, found


def _filters(haystacks: TextIndex, query: Query, marks: MarksLookup) -> Iterator[_Filter]:
    """Yield what is done one after the other. What reads summaries comes last."""
    cheap, words, costly = [], [], []
    for clause in query.clauses:
        if not Query((clause,)).needs_summaries:
            cheap.append(clause)
        elif all(isinstance(term.condition, Phrase) for term in clause):
            words.append(clause)
        else:
            costly.append(clause)
    if cheap:
        yield _predicate_filter(haystacks, Query(tuple(cheap)), marks)
    for clause in (*words, *costly):
        yield _any_filter(list(_term_filters(haystacks, clause, marks)))


def _term_filters(haystacks: TextIndex, clause: Clause, marks: MarksLookup) -> Iterator[_Filter]:
    """Yield what finds the papers for which a term of a clause holds; words come last."""
    words = [term for term in clause if isinstance(term.condition, Phrase)]
    others = tuple(term for term in clause if term not in words)
    if others:
        yield _predicate_filter(haystacks, Query((others,)), marks)
    for term in words:
        yield _phrase_filter(haystacks, term)


def _predicate_filter(haystacks: TextIndex, query: Query, marks: MarksLookup) -> _Filter:
    """Return what asks all of a query of each paper by itself."""
    matches = compile_query(query)
    marks_of = marks.get

    def keep(papers: Sequence[Paper]) -> Sequence[Paper]:
        return [
            paper
            for paper in papers
            if matches(_LazyDocument(haystacks, paper, marks_of(paper.arxiv_id, NO_MARKS)))
        ]

    return keep


def _phrase_filter(haystacks: TextIndex, term: Term) -> _Filter:
    """Return what looks for a word in many papers at once."""
    assert isinstance(term.condition, Phrase)
    among = PhraseMatcher(haystacks, term.condition.text).ids_among

    def keep(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids = among(papers)
        if term.negated:
            return [paper for paper in papers if paper.arxiv_id not in ids]
        return [paper for paper in papers if paper.arxiv_id in ids]

    return keep


def _any_filter(terms: Sequence[_Filter]) -> _Filter:
    """Return what finds the papers that one of several finds."""
    if len(terms) == 1:
        return terms[0]

    def keep(papers: Sequence[Paper]) -> Sequence[Paper]:
        ids: set[str] = set()
        left = papers
        for keep_one in terms:
            ids.update([paper.arxiv_id for paper in keep_one(left)])
            left = [paper for paper in left if paper.arxiv_id not in ids]
        return [paper for paper in papers if paper.arxiv_id in ids]

    return keep


class _LazyDocument:
    """What a query may ask about a paper; see ``tui.query.Candidate``."""

    __slots__ = ("_haystacks", "marks", "paper")

    def __init__(self, haystacks: TextIndex, paper: Paper, marks: Marks) -> None:
        self._haystacks = haystacks
        self.paper = paper
        self.marks = marks

    @property
    def texts(self) -> Sequence[str]:
        return self._haystacks.texts(self.paper)

    @property
    def sections(self) -> tuple[str, ...]:
        return self._haystacks.sections(self.paper)

    @property
    def has_summary(self) -> bool:
        return len(self.texts) > 1
