"""How the paper table divides its width among its columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.models import Paper
from tui.query.columns import AUTHORS, COLUMNS, DEFAULT_COLUMNS, TITLE, Column
from tui.ui.widgets.table_columns import (
    GAP,
    MARGIN,
    ListContent,
    layout_columns,
    layout_rows,
    measure_content,
)

LONG = ListContent(title_width=100)
"""Titles as long as real ones."""


def names(width: int, content: ListContent = LONG) -> str:
    layout = layout_columns(DEFAULT_COLUMNS, width, content)
    return " ".join(column.name for column, _x, _width in layout)


def width_of(column: Column, width: int, content: ListContent = LONG) -> int:
    layout = layout_columns(DEFAULT_COLUMNS, width, content)
    return next(cells for each, _x, cells in layout if each is column)


def paper(
    number: int, *, votes: int | None = 5, authors: str = "Ada Bell", title: str = "Title"
) -> Paper:
    return Paper(f"2505.{number:05}", title, votes, authors, ("2025-05-01",), ())


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (170, "marks votes title authors date id"),
        (110, "marks votes title authors date"),
        (90, "marks votes title date"),
        (75, "marks votes title"),
        (20, "votes title"),
        (14, "title"),
        (1, "title"),
    ],
)
def test_columns_with_low_priority_are_left_out_first(width: int, expected: str) -> None:
    assert names(width) == expected


@pytest.mark.parametrize("width", range(30, 300))
def test_titles_get_60_cells_before_any_column_but_marks_and_votes(width: int) -> None:
    layout = layout_columns(COLUMNS, width, LONG)
    title = next(cells for column, _x, cells in layout if column is TITLE)
    assert title >= 60 or len(layout) <= 3


def test_short_titles_leave_room_for_all_columns() -> None:
    assert names(100, ListContent(title_width=20)) == "marks votes title authors date id"


def test_authors_get_what_titles_leave() -> None:
    content = LONG._replace(short_authors_width=12, authors_width=30)
    assert width_of(AUTHORS, 100, content) == 12
    assert width_of(AUTHORS, 250, content) == 30


def test_columns_without_content_are_left_out() -> None:
    papers = [paper(1), paper(2, votes=None, authors="")]
    assert measure_content(papers, one_day=False, has_tags=True).without == {"categories", "match"}
    assert measure_content(papers, one_day=True, has_tags=False).without == {
        "categories", "date", "match", "tags",
    }  # fmt: skip
    papers = [paper(number, votes=None, authors="") for number in range(3)]
    content = measure_content(papers, one_day=False, has_tags=True)
    assert content.without == {"authors", "categories", "match", "votes"}
    assert names(200, content) == "marks title date id"


@pytest.mark.parametrize(("votes", "cells"), [(None, 3), (7, 3), (999, 3), (1000, 5), (123456, 7)])
def test_votes_are_as_wide_as_the_greatest_number(votes: int | None, cells: int) -> None:
    content = measure_content([paper(1), paper(2, votes=votes)], one_day=True, has_tags=False)
    assert content.votes_width == cells


def test_ids_that_are_not_those_of_arxiv_are_not_cut() -> None:
    doi = "doi:10.1101/2025.04.11.648321"
    preprint = Paper(doi, "Title", 5, "Ada Bell", ("2025-05-01",), ())
    content = measure_content([paper(1), preprint], one_day=True, has_tags=False)
    assert (content.id_width, content.are_on_arxiv) == (len(doi), False)
    content = measure_content([paper(1)], one_day=True, has_tags=False)
    assert (content.id_width, content.are_on_arxiv) == (10, True)


def test_rows_have_two_lines_only_beside_a_summary_that_needs_the_room() -> None:
    for width in (60, 90):
        assert layout_rows(DEFAULT_COLUMNS, width, LONG, is_beside=True).has_two_lines
        assert not layout_rows(DEFAULT_COLUMNS, width, LONG).has_two_lines
    assert not layout_rows(DEFAULT_COLUMNS, 130, LONG, is_beside=True).has_two_lines
    short = ListContent(title_width=30)
    assert not layout_rows(DEFAULT_COLUMNS, 60, short, is_beside=True).has_two_lines


@given(
    columns=st.permutations(COLUMNS),
    width=st.integers(1, 300),
    without=st.frozensets(st.sampled_from(["votes", "authors", "tags", "date"])),
    title_width=st.integers(1, 110),
)
def test_columns_fill_the_width_without_overlapping(
    columns: list[Column], width: int, without: frozenset[str], title_width: int
) -> None:
    content = ListContent(without, title_width)
    layout = layout_columns(columns, width, content)
    assert TITLE in {column for column, _x, _width in layout}
    end = MARGIN - GAP
    for _column, x, cells in layout:
        assert x == end + GAP
        assert cells > 0
        end = x + cells
    assert end == max(width - MARGIN, MARGIN + 1)
