"""The fields of marks that earlier versions lack: hidden, later and version.

Those versions reject a document of the table of marks that has other fields, but they keep tables
that they do not know. So these fields are in a table of their own, with the times at which they got
their values: ``{"2505.04921": {"hidden": [1747900800000, true]}}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.models import NO_MARKS, Marks

ADDED_TABLE = "added"

ADDED_FIELDS = ("hidden", "later", "version")

MAX_PLACE = 2**53 - 1
"""The largest integer that programs in other languages read from JSON without loss."""

MAX_VERSION = 9999


def is_valid_place(value: object) -> bool:
    """Return whether a value is a place in the reading list, or 0."""
    return type(value) is int and 0 <= value <= MAX_PLACE


def is_valid_version(value: object) -> bool:
    """Return whether a value is the number of a paper's version, or 0."""
    return type(value) is int and 0 <= value <= MAX_VERSION


def with_added_fields(
    papers: dict[str, Marks], documents: Mapping[str, Mapping[str, Any]]
) -> dict[str, Marks]:
    """Return marks by paper id with the values of the added fields.

    Args:
        papers: the other marks by paper id.
        documents: the documents of the table, by paper id. A malformed field is as if it were
            missing: losing one is better than losing all marks of the file.
    """
    if not documents:
        return papers
    merged = dict(papers)
    for paper_id, document in documents.items():
        marks = merged.get(paper_id, NO_MARKS)
        hidden, later, version = (_pair(document, name)[1] for name in ADDED_FIELDS)
        marks = marks._replace(
            hidden=hidden if isinstance(hidden, bool) else marks.hidden,
            later=later if is_valid_place(later) else marks.later,
            version=version if is_valid_version(version) else marks.version,
        )
        if marks != NO_MARKS:
            merged[paper_id] = marks
    return merged


def with_added_times(
    times: Mapping[str, Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Mapping[str, Any]]:
    """Return times of changes by field, by paper id, with those of the added fields.

    Args:
        times: the documents with the other times.
        documents: the documents of the table; their times are not validated here.
    """
    if not documents:
        return times
    merged = dict(times)
    for paper_id, document in documents.items():
        added = {name: _pair(document, name)[0] for name in ADDED_FIELDS if name in document}
        merged[paper_id] = {**merged.get(paper_id, {}), **added}
    return merged


def added_document(fields: Mapping[str, tuple[int, object]]) -> dict[str, Any]:
    """Return the document of a paper; empty if it never had one of the fields.

    Args:
        fields: the time and the value of each field.
    """
    return {name: [at, value] for name, (at, value) in fields.items() if at or value}


def _pair(document: Mapping[str, Any], name: str) -> tuple[Any, Any]:
    """Return the time and the value of a field; None for what is missing."""
    pair = document.get(name)
    return (pair[0], pair[1]) if isinstance(pair, list) and len(pair) == 2 else (None, None)
