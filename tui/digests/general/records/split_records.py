"""Records of servers that keep the id of a paper and its other fields apart.

``{"id": "2505.08001", "attributes": {"title": …}}`` is JSON:API; Elasticsearch has ``_source``,
OpenReview ``content``, and other exports ``metadata``.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.digests.general.vocabulary.labels import Field, field_of

_PART_KEYS = ("attributes", "_source", "content", "metadata", "meta", "fields")


def part_with_fields(record: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return the only object in a record that may have the rest of its fields, or None.

    A digest as a whole has lists of objects, too, which are its papers.
    """
    parts = [part for key in _PART_KEYS if isinstance(part := record.get(key), dict)]
    if len(parts) != 1 or any(_may_be_papers(key, value) for key, value in record.items()):
        return None
    return parts[0]


def _may_be_papers(key: str, value: object) -> bool:
    """Return whether a field is a list of objects that are no authors, links or the like."""
    if not isinstance(value, list) or field_of(key) not in {None, Field.FACT}:
        return False
    return any(isinstance(item, dict) and len(item) > 1 for item in value)
