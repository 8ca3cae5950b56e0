"""Posts with a title: links shared on Reddit, Hacker News or Lobsters, and texts below a title."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.id_search import names_paper

_POST_FIELDS = {
    *("subreddit", "permalink", "num_comments", "descendants", "comment_count", "created_utc")
}
"""One of these shows that a record is a post."""

_POINTS = ("ups", "points", "score")
_FIELDS = {
    "url": ("url_overridden_by_dest", "url", "link"),
    "votes": _POINTS,
    "published": ("created_utc", "created_at", "created_at_i", "time", "created"),
    "text": ("selftext", "story_text", "text", "description"),
}
"""What such sites call the fields of a post, for the names that are used here."""

_YEAR = re.compile(r"\s*[(\[](?:19|20)\d\d[)\]](?=\s*(?:\[pdf\])?\s*$)", re.IGNORECASE)
_MIN_CHARS = 30


def as_record(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return a post that shares a link as the record of a paper; any other object as it is.

    Its author is the one who posted it, and its points are votes.
    """
    if _POST_FIELDS.isdisjoint(fields) or not any(key in fields for key in _POINTS):
        return fields
    title = fields.get("title")
    if "authors" in fields or not isinstance(title, str):
        return fields
    record: dict[str, object] = {"title": _YEAR.sub("", title)}
    for name, keys in _FIELDS.items():
        values = (fields.get(key) for key in keys)
        record[name] = next((value for value in values if value), None)
    return record


def text_below_title(fields: Mapping[str, object]) -> str | None:
    """Return the text of a post with a title, if it names a paper, or None."""
    if not any(field_of(key) is Field.TITLE for key in fields):
        return None
    texts = (
        value
        for key, value in fields.items()
        if isinstance(value, str) and len(value) > _MIN_CHARS and field_of(key) is Field.SUMMARY
    )
    return next(filter(names_paper, texts), None)
