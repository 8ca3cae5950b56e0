"""The order of papers."""

from __future__ import annotations

from enum import StrEnum
from itertools import filterfalse
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.query.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.models import Paper


class Column(StrEnum):
    """What papers can be ordered by."""

    VOTES = "votes"
    TITLE = "title"
    AUTHORS = "authors"
    DATE = "date"
    ID = "id"


class SortKey(NamedTuple):
    """One column to order by.

    Attributes:
        column: what to compare.
        descending: whether the greatest comes first.
    """

    column: Column
    descending: bool

    def __str__(self) -> str:
        """Return it as a query writes it: ``votes``, ``-votes``."""
        return f"-{self.column}" if self.descending else str(self.column)


# What is compared. attrgetter spares a Python call for each paper.
_VALUE: dict[Column, Callable[[Paper], Any]] = {
    Column.VOTES: attrgetter("votes"),
    Column.TITLE: lambda paper: fold(paper.title),
    Column.AUTHORS: lambda paper: fold(paper.names),
    Column.DATE: lambda paper: paper.dates[-1],
    Column.ID: attrgetter("arxiv_id"),
}

# Whether there is anything to compare; title and id are never unknown.
_IS_KNOWN: dict[Column, Callable[[Paper], Any]] = {
    Column.VOTES: lambda paper: paper.votes is not None,
    Column.AUTHORS: attrgetter("names"),
    Column.DATE: attrgetter("dates"),
}


def sort_papers(papers: Sequence[Paper], keys: Sequence[SortKey]) -> list[Paper]:
    """Order papers by several keys; unknown values come last in either direction.

    Args:
        papers: in any order, which is kept among equals.
        keys: the most important first; without any, the order stays.

    Returns:
        A new list of the same papers.
    """
    ordered = list(papers)
    # One stable pass a key, the least important first. Each compares plain values, which is much
    # faster than comparing tuples and needs no trick to turn text around; and what is unknown is
    # set aside before, so that no pass makes 55,000 pairs for the garbage collector to walk.
    for key in reversed(keys):
        unknown: list[Paper] = []
        if is_known := _IS_KNOWN.get(key.column):
            unknown = list(filterfalse(is_known, ordered))
            ordered = list(filter(is_known, ordered))
        ordered.sort(key=_VALUE[key.column], reverse=key.descending)
        ordered += unknown
    return ordered
