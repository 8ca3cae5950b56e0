"""What of a period is shown, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.models import Paper
from tui.query.columns import SORT_COLUMNS, VOTES, Column
from tui.query.sorting import SortKey, sort_papers

VOTE_THRESHOLDS = (0, 5, 10, 20, 50, 100)
"""The thresholds that one key goes through."""


class Listing(NamedTuple):
    """A list of papers as it is shown.

    Attributes:
        papers: those that pass, in order.
        total: how many the period has, before any query.
        found: how many the query found, before the threshold.
        below: how many have too few votes.
        unknown: how many were left out because their votes are not known.
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
        """Leave out papers with fewer votes, or unknown ones if any are asked for, and sort.

        Args:
            papers: what the query found.
            total: how many there were before it.
            min_votes: the threshold; 0 lets all pass.
            sort: the order.
        """
        kept: Sequence[Paper] = papers
        unknown = 0
        if min_votes:
            kept = [p for p in papers if p.votes is not None and p.votes >= min_votes]
            unknown = sum(paper.votes is None for paper in papers)
        below = len(papers) - len(kept) - unknown
        return cls(sort_papers(kept, sort), total, len(papers), below, unknown)


def next_threshold(min_votes: int, by: int) -> int:
    """Return the next threshold up (1) or down (-1); at the end, the same."""
    if by > 0:
        return next((each for each in VOTE_THRESHOLDS if each > min_votes), min_votes)
    return next((each for each in reversed(VOTE_THRESHOLDS) if each < min_votes), min_votes)


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Read an order as settings and sessions keep it: ``-votes,title``.

    Returns:
        The keys; of a text that tells none, votes downward.
    """
    keys = []
    for word in text.replace(" ", "").split(","):
        name = word.removeprefix("-")
        if name in SORT_COLUMNS:
            keys.append(SortKey(SORT_COLUMNS[name], word.startswith("-")))
    return tuple(keys) or (SortKey(VOTES, descending=True),)


def sort_by(column: Column, current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order after a column's heading was clicked: by it, or the other way round."""
    if current and current[0].column == column:
        return (SortKey(column, not current[0].descending), *current[1:])
    return (_first(column),)


def sort_by_next(columns: Sequence[Column], current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order by the column after the one that is ordered by, the first after the last."""
    here = current[0].column if current else None
    at = columns.index(here) + 1 if here in columns else 0
    return (_first(columns[at % len(columns)]),)


def sort_then_by(column: Column, current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order with a column for what is equal so far, or that column turned round."""
    if any(key.column == column for key in current):
        turned = (key.column == column for key in current)
        return tuple(
            SortKey(key.column, key.descending != turn)
            for key, turn in zip(current, turned, strict=True)
        )
    return (*current, _first(column))


def sort_then_by_next(columns: Sequence[Column], current: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order with the next column as its second; without one after the last."""
    if not current:
        return sort_by_next(columns, current)
    others = [column for column in columns if column != current[0].column]
    second = current[1].column if len(current) > 1 else None
    at = others.index(second) + 1 if second in others else 0
    return (current[0], *map(_first, others[at : at + 1]))


def _first(column: Column) -> SortKey:
    """Return a column in the direction in which it is looked at first."""
    return SortKey(column, column.is_descending_first)


def reversed_sort(sort: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return an order the other way round."""
    return tuple(SortKey(key.column, not key.descending) for key in sort)
