"""Tables that have a list for each column: ``{"id": ["2505.08001", …], "title": […], …}``."""

from __future__ import annotations

from collections.abc import Mapping

from tui.digests.general.found_paper import value_id
from tui.digests.general.vocabulary.labels import Field, field_of

_MIN_ROWS = 2
"""A single row is a record whose values are lists."""

_TESTED_ROWS = 20


def rows_of_columns(fields: Mapping[str, object]) -> list[object] | None:
    """Return the rows of a table of papers as objects, or None if an object is not one.

    Args:
        fields: its columns, which are lists of one length, or objects with the same keys, the
            numbers of the rows, as pandas writes them.
    """
    titles = _column(fields, {Field.TITLE})
    ids = _column(fields, {Field.ID, Field.LINK})
    if titles is None or ids is None or titles.keys() != ids.keys():
        return None
    columns = {
        key: column
        for key, value in fields.items()
        if (column := _cells(value)) is not None and column.keys() == ids.keys()
    }
    return [{name: column[row] for name, column in columns.items()} for row in ids]


def _column(fields: Mapping[str, object], kinds: set[Field]) -> dict[str, object] | None:
    """Return the first column of a kind whose cells are as different as titles and ids are."""
    for key, value in fields.items():
        if field_of(key) in kinds and (column := _cells(value)) is not None:
            cells = [cell for cell in list(column.values())[:_TESTED_ROWS] if cell]
            found = cells if Field.TITLE in kinds else list(map(value_id, cells))
            if found and len({cell for cell in found if isinstance(cell, str)}) == len(found):
                return column
    return None


def _cells(value: object) -> dict[str, object] | None:
    """Return the cells of what may be a column by the number of the row, or None."""
    if isinstance(value, list) and len(value) >= _MIN_ROWS:
        return {str(number): cell for number, cell in enumerate(value)}
    if isinstance(value, dict) and value and all(map(str.isdecimal, value)):
        return value
    return None
