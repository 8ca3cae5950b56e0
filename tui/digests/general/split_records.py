"""Records of servers that keep the id of a paper and its other fields apart.

``{"id": "2505.08001", "attributes": {"title": …}}`` is JSON:API; Elasticsearch has ``_source``,
OpenReview ``content``, and other exports ``metadata``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.general.found_paper import value_id
from tui.digests.general.labels import Field, field_of
from tui.digests.general.wrapped_values import unwrapped
from tui.paper_ids.venues import acl_id, openreview_id

_PART_KEYS = ("attributes", "_source", "content", "metadata", "meta", "fields")
_MIN_FORUM_CHARS = 8
_ACL_ID = re.compile(r"(?:19|20)\d\d\.[a-z][a-z0-9_]{0,29}-[a-z0-9_]{1,30}\.\d{1,5}")
"""Ids of the ACL Anthology since 2020; the older ones look like any number."""


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


def forum_id(record: Mapping[str, object]) -> str | None:
    """Return the id of a paper of OpenReview, or None.

    The note of a paper has the id of its forum; replies, and messages of other forums, do not.
    """
    named = unwrapped(record.get("openreview_id") or record.get("openreviewId"))
    forum = unwrapped(record.get("forum"))
    if not named and isinstance(record.get("content"), dict) and record.get("id", forum) == forum:
        named = forum
    is_long = isinstance(named, str) and len(named) >= _MIN_FORUM_CHARS
    return openreview_id(str(named)) if is_long else None


def named_id(value: object) -> str | None:
    """Return the canonical id in a field for ids, perhaps of the ACL Anthology, or None."""
    if found := value_id(value):
        return found
    is_acl = isinstance(value, str) and _ACL_ID.fullmatch(value.strip())
    return acl_id(str(value).strip()) if is_acl else None
