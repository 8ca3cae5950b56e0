"""How the paper table divides its width among its columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query.columns import COLUMNS, TITLE, Column
from tui.ui.widgets.paper_table import GAP, MARGIN, layout_columns


def names(width: int, *, one_day: bool = False, tags: bool = True) -> str:
    layout = layout_columns(COLUMNS, width, one_day=one_day, tags=tags)
    return " ".join(column.name for column, _x, _width in layout)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (160, "marks votes title authors tags date id"),
        (128, "marks votes title authors tags date id"),
        (116, "marks votes title authors tags date"),
        (90, "marks votes title tags date"),
        (80, "marks votes title date"),
        (60, "marks votes title"),
        (25, "votes title"),
        (20, "title"),
        (1, "title"),
    ],
)
def test_columns_with_low_priority_are_left_out_first(width: int, expected: str) -> None:
    assert names(width) == expected


def test_date_is_left_out_first_if_all_papers_are_of_one_day() -> None:
    assert names(116, one_day=True) == "marks votes title authors tags id"
    assert names(160, one_day=True) == "marks votes title authors tags date id"


def test_tags_are_left_out_if_no_paper_has_any() -> None:
    assert names(160, tags=False) == "marks votes title authors date id"


@given(
    columns=st.permutations(COLUMNS),
    width=st.integers(1, 300),
    one_day=st.booleans(),
    tags=st.booleans(),
)
def test_columns_fill_the_width_without_overlapping(
    columns: list[Column], width: int, one_day: bool, tags: bool
) -> None:
    layout = layout_columns(columns, width, one_day=one_day, tags=tags)
    assert TITLE in {column for column, _x, _width in layout}
    end = MARGIN - GAP
    for _column, x, cells in layout:
        assert x == end + GAP
        assert cells > 0
        end = x + cells
    assert end == max(width - MARGIN, MARGIN + 1)
