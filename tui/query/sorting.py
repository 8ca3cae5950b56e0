"""Sort papers."""

from __future__ import annotations

from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from tui.query.columns import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.models import Paper


class SortKey(NamedTuple):
    """A column to sort by, and the direction.

    Attributes:
        column: the column.
        descending: whether the greatest value comes first.
    """

    column: Column
    descending: bool

    def __str__(self) -> str:
        """Return the key as in ``sort:``, such as ``-votes``."""
        return f"-{self.column.name}" if self.descending else self.column.name


def sort_papers(papers: Sequence[Paper], keys: Sequence[SortKey]) -> list[Paper]:
    """Return papers sorted by several keys; missing values come last in either direction.

    Args:
        papers: the papers. The sort is stable.
        keys: the most important one first; without keys, the order stays the same.
    """
    ordered = list(papers)
    # One stable pass per key, starting with the least important. Comparing plain values is much
    # faster than comparing tuples, and text can be sorted in descending order. Papers without a
    # value are separated first: tuples with a flag would be 55,000 more objects to collect.
    for key in reversed(keys):
        unknown: list[Paper] = []
        if is_known := key.column.is_known:
            unknown = list(filterfalse(is_known, ordered))
            ordered = list(filter(is_known, ordered))
        ordered.sort(key=key.column.sort_value, reverse=key.descending)
        ordered += unknown
    return ordered
