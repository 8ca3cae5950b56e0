"""The table of columns."""

from __future__ import annotations

import pytest

from tui.query.columns import COLUMNS, COLUMNS_BY_NAME, LIST_COLUMNS, SORT_COLUMNS, TITLE, Column

every_column = pytest.mark.parametrize("column", COLUMNS, ids=COLUMNS_BY_NAME)


def test_names_and_priorities_are_unique() -> None:
    for values in ([column.name for column in COLUMNS], [column.priority for column in COLUMNS]):
        assert len(set(values)) == len(COLUMNS)


def test_title_is_the_last_column_to_be_dropped() -> None:
    assert max(COLUMNS, key=lambda column: column.priority) is TITLE


@every_column
def test_every_sortable_column_has_a_status_label(column: Column) -> None:
    assert bool(column.sort_value) == bool(column.label) == (column.name in SORT_COLUMNS)


@every_column
def test_only_the_title_has_a_flexible_width(column: Column) -> None:
    assert (column.width > 0) != (column is TITLE)


def test_default_columns_of_the_list_command_need_no_marks() -> None:
    # Reading marks would take longer than printing a long list.
    assert not any(column.needs_marks for column in LIST_COLUMNS)
