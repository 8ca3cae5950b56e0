"""Runs a query over papers of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tui.haystacks import Haystacks, Occurrences
from tui.library import Library
from tui.model import Marks, MarksOf, Paper
from tui.query import Phrase, Query, Term, compile_query

NO_MARKS = Marks()

_Test = Callable[[Paper], bool]


def search(
    library: Library,
    papers: Iterable[Paper],
    query: Query,
    marks: MarksOf | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Paper]:
    """Yield the papers that a query finds, in their order.

    Args:
        library: tells the summaries. They are read only of papers that all else speaks for, by
            the month, and then kept with the library.
        papers: where to look.
        query: what to look for.
        marks: the reader's; None where there are none.
        cancelled: is asked before each paper; nothing more is yielded when it says so.
    """
    tests = list(_tests(library, query, {} if marks is None else marks))
    for paper in papers:
        if cancelled():
            return
        for test in tests:
            if not test(paper):
                break
        else:
            yield paper


def _tests(library: Library, query: Query, marks: MarksOf) -> Iterator[_Test]:
    """Yield tests of which all must hold. What reads summaries comes last."""
    cheap, words, costly = [], [], []
    for clause in query.clauses:
        if all(isinstance(term.condition, Phrase) for term in clause):
            words.append(clause)
        elif Query((clause,)).needs_summaries:
            costly.append(clause)
        else:
            cheap.append(clause)
    haystacks = library.haystacks
    if cheap:
        yield _asked(haystacks, Query(tuple(cheap)), marks)
    for clause in words:
        yield _any([_of_word(haystacks, term) for term in clause])
    if costly:
        yield _asked(haystacks, Query(tuple(costly)), marks)


def _asked(haystacks: Haystacks, query: Query, marks: MarksOf) -> _Test:
    """Return a test that asks all of a query of each paper by itself."""
    matches = compile_query(query)
    marks_of = marks.get
    return lambda paper: matches(_Candidate(haystacks, paper, marks_of(paper.arxiv_id, NO_MARKS)))


def _of_word(haystacks: Haystacks, term: Term) -> _Test:
    """Return a test for a word, which is looked for in all papers of a month at once."""
    assert isinstance(term.condition, Phrase)
    in_paper = Occurrences(haystacks, term.condition.text).in_paper
    return (lambda paper: not in_paper(paper)) if term.negated else in_paper


def _any(tests: Sequence[_Test]) -> _Test:
    """Return a test that holds if one of them does."""
    if len(tests) == 1:
        return tests[0]
    return lambda paper: any(test(paper) for test in tests)


class _Candidate:
    """What a query may ask about a paper; see ``tui.query.Candidate``."""

    __slots__ = ("_haystacks", "marks", "paper")

    def __init__(self, haystacks: Haystacks, paper: Paper, marks: Marks) -> None:
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
