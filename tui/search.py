"""Runs a query over papers of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tui.library import Library
from tui.model import Marks, Paper, Summary
from tui.query import Query, compile_query, haystack

NO_MARKS = Marks()


def search(
    library: Library,
    papers: Iterable[Paper],
    query: Query,
    marks: Mapping[str, Marks] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Paper]:
    """Yield the papers that a query finds, in their order.

    Args:
        library: tells the summaries, which are read only of papers that all else speaks for.
        papers: where to look.
        query: what to look for.
        marks: the reader's, by arXiv id.
        cancelled: is asked before each paper; nothing more is yielded when it says so.
    """
    if not query.clauses:
        yield from papers
        return
    matches = compile_query(query)
    marks = marks or {}
    for paper in papers:
        if cancelled():
            return
        if matches(_Found(library, paper, marks.get(paper.arxiv_id, NO_MARKS))):
            yield paper


@dataclass(frozen=True)
class _Found:
    """What a query may ask about a paper; see ``tui.query.Candidate``."""

    library: Library
    paper: Paper
    marks: Marks

    @cached_property
    def summaries(self) -> Sequence[Summary]:
        # They cost a read, and most papers fail a test that needs none.
        return self.library.summaries(self.paper)

    @property
    def text(self) -> str:
        return haystack(self.paper, (summary.markdown for summary in self.summaries))

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(label for summary in self.summaries for label in summary.sections)

    @property
    def has_summary(self) -> bool:
        return any(summary.markdown for summary in self.summaries)
