"""Sort papers, and compute sort orders."""

from __future__ import annotations

from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from tui.query.columns import SORT_COLUMNS, VOTES, Column

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


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Parse a sort order of the settings or session, such as ``-votes,title``.

    Returns:
        The keys, without unknown columns; descending votes if no key remains.
    """
    keys = []
    for word in text.replace(" ", "").split(","):
        name = word.removeprefix("-")
        if name in SORT_COLUMNS:
            keys.append(SortKey(SORT_COLUMNS[name], word.startswith("-")))
    return tuple(keys) or (SortKey(VOTES, descending=True),)


def sort_by(column: Column, current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order by a column, reversed if it is the primary column already."""
    if current and current[0].column == column:
        return (SortKey(column, not current[0].descending), *current[1:])
    return (_default_key(column),)


def sort_by_next(columns: Sequence[Column], current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order by the column after the primary one; after the last, the first."""
    primary = current[0].column if current else None
    index = columns.index(primary) + 1 if primary in columns else 0
    return (_default_key(columns[index % len(columns)]),)


def sort_then_by(column: Column, current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Add a secondary sort column, or reverse it if it is already part of the order."""
    if any(key.column == column for key in current):
        return tuple(
            SortKey(key.column, key.descending != (key.column == column)) for key in current
        )
    return (*current, _default_key(column))


def sort_then_by_next(columns: Sequence[Column], current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order with the next column as the secondary one; after the last, with none."""
    if not current:
        return sort_by_next(columns, current)
    others = [column for column in columns if column != current[0].column]
    secondary = current[1].column if len(current) > 1 else None
    index = others.index(secondary) + 1 if secondary in others else 0
    return (current[0], *map(_default_key, others[index : index + 1]))


def _default_key(column: Column) -> SortKey:
    return SortKey(column, column.is_descending_first)


def reversed_sort(sort: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return an order with the direction of all columns reversed."""
    return tuple(SortKey(key.column, not key.descending) for key in sort)
