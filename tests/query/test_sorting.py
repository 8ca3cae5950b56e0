"""Sort orders of lists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query.columns import DATE, ID, MATCH, SORT_COLUMNS, TITLE, VOTES, Column
from tui.query.sorting import (
    SortKey,
    parse_sort,
    reversed_sort,
    sort_by,
    sort_by_next,
    sort_then_by,
    sort_then_by_next,
)

BY_VOTES = (SortKey(VOTES, descending=True),)


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
    greatest_first = column in {VOTES, MATCH, DATE, ID}
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
