"""``broadsheet count``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.arguments import add_query, add_sources
from tui.cli.output import NOTHING_MATCHED, OK, print_line, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.library import Library
    from tui.marks.store import MarkStore

_STATES = {"is:new", "is:unread", "is:read"}
"""Words that are counted without the parser, and without reading papers: prompts ask for them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the number of papers that match a query."""
    from tui.cli.find_papers import open_marks
    from tui.cli.open_library import read_library
    from tui.cli.source_selection import choose_sources
    from tui.runtime.tuning import pause_collection

    pause_collection()  # as in find_papers
    marks = open_marks()
    number = read_library(choose_sources(arguments.path), _counter(arguments.query or "", marks))
    print_line(str(number))
    warn(*marks.read_errors)
    return OK if number else NOTHING_MATCHED


def _counter(query: str, marks: MarkStore) -> Callable[[Library], int]:
    """Return a function that counts the papers of a library that match a query."""
    words = set(query.split())
    if not words:
        return lambda library: _count_states(library, words, marks)
    if words <= _STATES:
        return lambda library: _count_states(library, words, marks)
    from tui.cli.find_papers import paper_finder

    find = paper_finder(query, marks)
    return lambda library: len(find(library))


def _count_states(library: Library, words: set[str], marks: MarkStore) -> int:
    """Return how many papers are in all of some states, without the hidden ones."""
    hidden = marks.all_hidden()
    if not words and not hidden:
        return library.period_counts.total
    ids = library.arrivals.keys() if "is:new" in words else library.ids()
    ids = ids - hidden
    if not words & {"is:read", "is:unread"}:
        return len(ids)
    if {"is:read", "is:unread"} <= words:
        return 0
    read_ids = {paper for paper, found in marks.all_marks().items() if found.read}
    return len(ids & read_ids if "is:read" in words else ids - read_ids)
