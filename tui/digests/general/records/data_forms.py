"""What a text is if it is data: JSON, a script, printed objects, a table or YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tui.digests.general.records.python_literals import parse_calls
from tui.digests.general.records.value_tree import (
    iter_values,
    looks_like_yaml,
    parse_documents,
    parse_table,
    parse_yaml,
    starts_like_data,
)
from tui.digests.general.vocabulary.labels import Field, field_of, names_paper_itself
from tui.digests.parsing.written_days import day_written_in

_ASSIGNMENT = re.compile(
    r"\s*(?:export\s+default\s+|(?:(?:export\s+)?(?:const|let|var)\s+)?[\w.$]{1,60}\s*(?:=|\()\s*)(?=[\[{])"
)
"""The start of a script that contains data."""


def is_json(text: str) -> bool:
    """Return whether a text is JSON rather than a page that starts with a bracket."""
    return starts_like_data(text) and isinstance(next(iter_values(text), None), dict | list)


def data_in(text: str) -> Iterator[Iterable[object]]:
    """Yield what a text is if it is data; a page may look like it, too."""
    assigned = _ASSIGNMENT.match(text)
    if starts_like_data(text) or assigned:
        yield iter_values(text[assigned.end() :] if assigned else text)
    if assigned:
        # Keys without quotes, as in JavaScript, are YAML.
        yield [parse_yaml(text[assigned.end() :].rstrip().rstrip(";)"))]
    yield parse_calls(text)
    rows = parse_table(text, _names_paper_fields)
    if rows and _has_ids(rows[0][1]):
        papers = [fields for _, fields in rows]
        above = text.split("\n", rows[0][0])[: rows[0][0] - 2]
        day = next(filter(None, map(day_written_in, above)), None)
        yield [{day: papers}] if day else papers
    if not text.startswith("---"):
        if looks_like_yaml(text):
            yield [parse_yaml(text)]
    elif documents := parse_documents(text, _has_title):
        yield documents


def _has_title(fields: Mapping[str, object]) -> bool:
    return any(field_of(key) is Field.TITLE for key in fields)


def _names_paper_fields(cells: list[str]) -> bool:
    kinds = {field_of(cell) for cell in cells} - {None}
    return len(kinds) > 1 and (Field.TITLE in kinds or any(map(names_paper_itself, cells)))


def _has_ids(row: Mapping[str, str]) -> bool:
    """Return whether a table has titles and a column for ids or links, or links as titles."""
    kinds = set(map(field_of, row))
    has_column = Field.TITLE in kinds and not kinds.isdisjoint({Field.ID, Field.LINK})
    return has_column or any(cell.startswith("[") for cell in row.values())
