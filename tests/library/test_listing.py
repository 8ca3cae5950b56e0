"""Thresholds and sort orders of lists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.listing import (
    VOTE_THRESHOLDS,
    Listing,
    next_threshold,
    parse_sort,
    reversed_sort,
    sort_by,
    sort_by_next,
    sort_then_by,
    sort_then_by_next,
)
from tui.models import Paper
from tui.query.columns import DATE, ID, SORT_COLUMNS, TITLE, VOTES, Column
from tui.query.sorting import SortKey

BY_VOTES = (SortKey(VOTES, descending=True),)


def papers(*votes: int | None) -> list[Paper]:
    return [
        Paper(f"2505.0000{number}", f"T{number}", count, "", ("2025-05-01",), ())
        for number, count in enumerate(votes)
    ]


def test_threshold_excludes_fewer_and_unknown_votes() -> None:
    listing = Listing.from_papers(papers(5, None, 20, 10, None, 9), 50, 10, BY_VOTES)
    assert [paper.votes for paper in listing.papers] == [20, 10]
    assert listing[1:] == (50, 6, 2, 2)


def test_without_threshold_all_papers_are_listed() -> None:
    listing = Listing.from_papers(papers(0, None, 3), 3, 0, BY_VOTES)
    assert [paper.votes for paper in listing.papers] == [3, 0, None]
    assert listing[1:] == (3, 3, 0, 0)


@given(
    votes=st.lists(st.none() | st.integers(0, 120), max_size=9),
    min_votes=st.sampled_from(VOTE_THRESHOLDS),
)
def test_counts_add_up(votes: list[int | None], min_votes: int) -> None:
    listing = Listing.from_papers(papers(*votes), 99, min_votes, BY_VOTES)
    assert (
        len(listing.papers) + listing.below_threshold + listing.unknown_votes
        == listing.matched
        == len(votes)
    )
    assert listing.below_threshold == sum(
        count is not None and count < min_votes for count in votes
    )
    assert all((paper.votes or 0) >= min_votes for paper in listing.papers)


@pytest.mark.parametrize(
    ("min_votes", "higher", "lower"),
    [(0, 5, 0), (5, 10, 0), (7, 10, 5), (50, 100, 20), (100, 100, 50), (250, 250, 100)],
)
def test_next_threshold_is_one_step_away(min_votes: int, higher: int, lower: int) -> None:
    assert next_threshold(min_votes, 1) == higher
    assert next_threshold(min_votes, -1) == lower


def test_thresholds_are_the_same_up_and_down() -> None:
    ascending = [0]
    while (threshold := next_threshold(ascending[-1], 1)) != ascending[-1]:
        ascending.append(threshold)
    assert tuple(ascending) == VOTE_THRESHOLDS
    descending = [VOTE_THRESHOLDS[-1]]
    while (threshold := next_threshold(descending[-1], -1)) != descending[-1]:
        descending.append(threshold)
    assert descending == ascending[::-1]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("-votes,title", "-votes title"),
        ("date", "date"),
        (" - id , authors ", "-id authors"),
        ("nonsense,-date,", "-date"),
        ("--votes", "-votes"),
        ("", "-votes"),
        ("VOTES", "-votes"),
    ],
)
def test_sort_order_is_parsed(text: str, order: str) -> None:
    assert " ".join(map(str, parse_sort(text))) == order


@given(
    keys=st.lists(
        st.builds(SortKey, st.sampled_from(list(SORT_COLUMNS.values())), st.booleans()), min_size=1
    )
)
def test_every_order_parses_to_itself(keys: list[SortKey]) -> None:
    assert parse_sort(",".join(map(str, keys))) == tuple(keys)


@pytest.mark.parametrize("column", SORT_COLUMNS.values(), ids=SORT_COLUMNS)
def test_second_sort_by_reverses_the_order(column: Column) -> None:
    other_column = TITLE if column is not TITLE else VOTES
    once = sort_by(column, (SortKey(other_column, descending=True),))
    greatest_first = column in {VOTES, DATE, ID}
    assert once == (SortKey(column, greatest_first),)
    assert sort_by(column, ()) == once
    twice = sort_by(column, once)
    assert twice == (SortKey(column, not greatest_first),)
    assert sort_by(column, twice) == once


def order(sort: Sequence[SortKey]) -> str:
    return " ".join(map(str, sort))


def test_secondary_column_is_appended_and_reversed_independently() -> None:
    sort = sort_then_by(DATE, BY_VOTES)
    assert order(sort) == "-votes -date"
    assert order(sort_then_by(DATE, sort)) == "-votes date"
    assert order(sort_then_by(VOTES, sort)) == "votes -date"
    assert order(sort_then_by(TITLE, sort)) == "-votes -date title"
    assert order(sort_then_by(TITLE, ())) == "title"


def test_reversing_the_primary_column_keeps_the_others() -> None:
    sort = parse_sort("-votes,-date")
    assert order(sort_by(VOTES, sort)) == "votes -date"
    assert order(sort_by(DATE, sort)) == "-date"
    assert order(reversed_sort(sort)) == "votes date"


def test_secondary_columns_end_with_none() -> None:
    columns = [VOTES, TITLE, DATE]
    sort: tuple[SortKey, ...] = (SortKey(TITLE, descending=False),)
    orders = []
    for _ in range(4):
        sort = sort_then_by_next(columns, sort)
        orders.append(order(sort))
    assert orders == ["title -votes", "title -date", "title", "title -votes"]
    assert order(sort_then_by_next(columns, ())) == order(sort_by_next(columns, ())) == "-votes"
