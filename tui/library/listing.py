"""Filter papers by votes and sort them, and compute other sort orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.models import Paper
from tui.query.columns import SORT_COLUMNS, VOTES, Column
from tui.query.sorting import SortKey, sort_papers

VOTE_THRESHOLDS = (0, 5, 10, 20, 50, 100)
"""The steps of the vote threshold."""


class Listing(NamedTuple):
    """The papers of a list, and how many were left out.

    Attributes:
        papers: the papers, sorted.
        total: number of papers in the scope, before the query.
        matched: number of papers that match the query, before the threshold.
        below_threshold: number of matches with too few votes.
        unknown_votes: number of matches left out because their votes are unknown.
    """

    papers: Sequence[Paper]
    total: int
    matched: int
    below_threshold: int
    unknown_votes: int

    @classmethod
    def from_papers(
        cls, papers: Sequence[Paper], total: int, min_votes: int, sort: Sequence[SortKey]
    ) -> Listing:
        """Apply the vote threshold and sort.

        Args:
            papers: the papers that match the query.
            total: number of papers before the query.
            min_votes: the threshold; 0 keeps all papers, also those with unknown votes.
            sort: the sort order.
        """
        kept: Sequence[Paper] = papers
        unknown = 0
        if min_votes:
            kept = [p for p in papers if p.votes is not None and p.votes >= min_votes]
            unknown = sum(paper.votes is None for paper in papers)
        below = len(papers) - len(kept) - unknown
        return cls(sort_papers(kept, sort), total, len(papers), below, unknown)


def next_threshold(min_votes: int, by: int) -> int:
    """Return the next vote threshold up (1) or down (-1), or the same one at the end."""
    if by > 0:
        return next((step for step in VOTE_THRESHOLDS if step > min_votes), min_votes)
    return next((step for step in reversed(VOTE_THRESHOLDS) if step < min_votes), min_votes)


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
    """Return an order by a column; if it is the primary column already, with it reversed."""
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
