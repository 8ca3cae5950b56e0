"""The table of columns."""

from __future__ import annotations

import pytest

from tui.query.columns import COLUMNS, COLUMNS_BY_NAME, LIST_COLUMNS, SORT_COLUMNS, TITLE, Column

every_column = pytest.mark.parametrize("column", COLUMNS, ids=COLUMNS_BY_NAME)


def test_names_and_priorities_are_unique() -> None:
    for values in ([column.name for column in COLUMNS], [column.priority for column in COLUMNS]):
        assert len(set(values)) == len(COLUMNS)


def test_the_title_is_kept_longest() -> None:
    assert max(COLUMNS, key=lambda column: column.priority) is TITLE


@every_column
def test_a_column_to_sort_by_has_a_label_for_the_status_line(column: Column) -> None:
    assert bool(column.sort_value) == bool(column.label) == (column.name in SORT_COLUMNS)


@every_column
def test_only_the_title_takes_the_rest_of_the_table(column: Column) -> None:
    assert (column.width > 0) != (column is TITLE)


def test_the_list_command_needs_no_marks() -> None:
    # Reading them would take longer than printing a long list.
    assert not any(column.needs_marks for column in LIST_COLUMNS)
