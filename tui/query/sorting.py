"""The order of papers."""

from __future__ import annotations

from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from tui.query.columns import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.models import Paper


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
        return f"-{self.column.name}" if self.descending else self.column.name


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
        if is_known := key.column.is_known:
            unknown = list(filterfalse(is_known, ordered))
            ordered = list(filter(is_known, ordered))
        ordered.sort(key=key.column.sort_value, reverse=key.descending)
        ordered += unknown
    return ordered
