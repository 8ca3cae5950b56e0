"""Runs a query over papers of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tui.haystacks import Haystacks
from tui.library import Library
from tui.model import Marks, MarksOf, Paper
from tui.query import Query, compile_query

NO_MARKS = Marks()


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
    if not query.clauses:
        yield from papers
        return
    matches = compile_query(query)
    known: MarksOf = {} if marks is None else marks
    marks_of = known.get
    haystacks = library.haystacks
    for paper in papers:
        if cancelled():
            return
        if matches(_Candidate(haystacks, paper, marks_of(paper.arxiv_id, NO_MARKS))):
            yield paper


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
