"""Read CSL-JSON, and the JSON that Zotero and its extensions write."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError, read_values

_ID_FIELDS = (
    "number", "archive_location", "archiveID", "archiveLocation", "arxiv_id", "arxivId", "pid",
    "_rawid", "DOI", "doi", "URL", "url", "link", "note", "extra", "container-title",
)  # fmt: skip
_MARK_FIELDS = frozenset({"read", "starred", "changed", "summaries"})


def is_reference(value: object) -> bool:
    """Return whether a value is an item of a bibliography, and not the marks of a paper."""
    if not isinstance(value, dict):
        return False
    is_item = "type" in value or "itemType" in value or isinstance(value.get("items"), list)
    return is_item and _MARK_FIELDS.isdisjoint(value)


def read(data: bytes) -> Iterator[PaperReference]:
    """Yield the items of a file.

    Raises:
        RejectedFileError: it is not valid JSON, or a value is no item.
    """
    for line, value in read_values(BytesIO(data)):
        if isinstance(value, ValueError):
            raise RejectedFileError(line, f"{value}; the file is damaged or incomplete")
        if not isinstance(value, dict):
            raise RejectedFileError(line, "is not an item of a bibliography")
        items = value.get("items")
        for item in items if isinstance(items, list) else [value]:
            if isinstance(item, dict):
                yield _reference(line, item)


def _reference(line: int, item: dict[str, Any]) -> PaperReference:
    tags = item.get("tags")
    keywords = [tag.get("tag") if isinstance(tag, dict) else tag for tag in _list(tags)]
    if isinstance(written := item.get("keyword"), str):
        keywords += written.split(",")
    note = item.get("annote", "")
    return PaperReference(
        line,
        first_id(item.get(name) for name in _ID_FIELDS) or first_id([item.get("id")]),
        tuple(word.strip() for word in keywords if isinstance(word, str) and word.strip()),
        note if isinstance(note, str) else "",
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
