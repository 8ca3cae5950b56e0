"""Find the papers that a command's query selects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.open_library import read_library
from tui.cli.output import command_errors
from tui.cli.source_selection import choose_sources
from tui.config.paths import marks_folder
from tui.library.library import Library
from tui.library.omissions import HIDDEN_QUERY, Omissions
from tui.models import Paper
from tui.runtime.tuning import pause_collection

if TYPE_CHECKING:
    import argparse

    from tui.marks.store import MarkStore


def open_marks() -> MarkStore:
    """Return the store of the reader's marks."""
    from tui.marks.store import MarkStore

    return MarkStore(marks_folder())


def paper_finder(
    text: str | None, marks: MarkStore, limit: int | None = None
) -> Callable[[Library], Sequence[Paper]]:
    """Return a function that finds and sorts a library's papers.

    Args:
        text: a query; without one, the function returns all papers, the newest first. Hidden papers
            are left out, unless the query asks for them.
        marks: read if the query depends on them.
        limit: how many papers are needed; the function may return more.

    Raises:
        CommandError: the query has a syntax error.
    """
    if not text:
        if limit:
            return partial(_newest_papers, marks=marks, limit=limit)
        return partial(_all_papers, marks=marks)
    # These take longer to import than a list without a query takes to print.
    from tui.library.scope import LATER_QUERY
    from tui.library.search.search import search_library
    from tui.query.invalid_query import QueryError
    from tui.query.parser import parse
    from tui.query.relevance import sort_matches

    with command_errors(QueryError):
        query = parse(text)

    def find(library: Library) -> Sequence[Paper]:
        scores: dict[str, int] = {}
        library.reader_marks = marks.all_marks
        all_marks = marks.all_marks()
        matches = search_library(library, query, all_marks, scores=scores)
        if HIDDEN_QUERY not in str(query):
            hidden = marks.hidden_ids(())
            matches = (paper for paper in matches if paper.paper_id not in hidden)
        if text.strip() == LATER_QUERY:
            from tui.marks.reading_list import in_reading_order

            return in_reading_order(list(matches), all_marks)
        return sort_matches(matches, query, scores)

    return find


def _all_papers(library: Library, marks: MarkStore) -> Sequence[Paper]:
    # All in memory, so that damage is found before anything is printed.
    papers = list(library.papers())
    return Omissions(marks.hidden_ids(paper.paper_id for paper in papers)).keep(papers, "")


def _newest_papers(library: Library, marks: MarkStore, limit: int) -> Sequence[Paper]:
    """Return the first papers of ``_all_papers``, and read only the months that have them."""
    newest: list[Paper] = []
    for month in library.period_counts.months():
        # A paper that is featured again later was in the list of that month.
        papers = [paper for paper in library.papers(month) if paper.newest_day.startswith(month)]
        newest += Omissions(marks.hidden_ids(paper.paper_id for paper in papers)).keep(papers, "")
        if len(newest) >= limit:
            break
    return newest


def find_papers(arguments: argparse.Namespace, marks: MarkStore) -> Sequence[Paper]:
    """Sync the sources in a command's arguments; return matching papers, sorted.

    Raises:
        CommandError: the query has a syntax error, or none of the sources can be read.
    """
    # A command ends before garbage in cycles matters, and looking for it takes time.
    pause_collection()
    find = paper_finder(arguments.query, marks, getattr(arguments, "limit", None))
    return read_library(choose_sources(arguments.path), find)


def no_papers_message(query: str | None) -> str:
    """Return the message for an empty result."""
    return "no paper matches the query" if query else "there are no papers"
