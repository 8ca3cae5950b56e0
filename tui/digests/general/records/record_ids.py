"""The id of a paper among the fields of an object in data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tui.digests.general.found_paper import most_common, value_id
from tui.digests.general.names.wrapped_values import unwrapped
from tui.digests.general.records.record_fields import RecordFields
from tui.digests.general.vocabulary.labels import Field
from tui.digests.parsing import record_values as values
from tui.paper_ids import arxiv_id_of
from tui.paper_ids.arxiv import parse_id
from tui.paper_ids.venues import acl_id, openreview_id

_MIN_FORUM_CHARS = 8
_ACL_ID = re.compile(r"(?:19|20)\d\d\.[a-z][a-z0-9_]{0,29}-[a-z0-9_]{1,30}\.\d{1,5}")
"""Ids of the ACL Anthology since 2020; the older ones look like any number."""

_MAX_ID_CHARS = 200
_MAX_VALUES = 200
_OTHER_PAPERS = re.compile(
    "cit|refer|relat|similar|depend|baseline|prior|引用|相关|관련", re.IGNORECASE
)
"""Keys of other papers than the one that a record is about."""


def own_id(fields: RecordFields) -> str | None:
    """Return the id in an object's own fields: a field for ids, else what most links agree on.

    Ids of arXiv have precedence in both.
    """
    named = list(filter(None, map(named_id, _named_ids(fields))))
    if found := next(filter(arxiv_id_of, named), None):
        return found
    linked = list(filter(None, map(named_id, _links(fields))))
    if found := most_common(filter(arxiv_id_of, linked)):
        return found
    if named or linked:
        return named[0] if named else most_common(linked)
    titles = [title for title in fields.values(Field.TITLE) if isinstance(title, str)]
    return next(filter(None, (value_id(title) for title in titles if "](" in title)), None)


def _named_ids(fields: RecordFields) -> Iterator[object]:
    """Yield the values of fields for ids, which may be lists or ``{"ArXiv": …, "DOI": …}``."""
    for value in fields.values(Field.ID):
        yield from _link_values(value)


def _links(fields: RecordFields) -> Iterator[object]:
    return (link for value in fields.values(Field.LINK) for link in _link_values(value))


def unnamed_id(fields: RecordFields) -> str | None:
    """Return the only id of arXiv in the values of unknown keys, or None.

    An id is a whole value. Without a label or URL it may be a version, unless there are authors or
    a summary, too.
    """
    is_paper = any(fields.values(Field.AUTHORS)) or any(fields.values(Field.SUMMARY))
    found: set[str] = set()
    for kind, key, value in fields:
        if kind not in {None, Field.FACT} or _OTHER_PAPERS.search(key):
            continue
        for text in _texts_of(value):
            may_be_id = len(text) <= _MAX_ID_CHARS and (is_paper or "arxiv" in text.lower())
            if may_be_id and (paper_id := parse_id(text.strip())):
                found.add(paper_id)
    return found.pop() if len(found) == 1 else None


def _texts_of(value: object) -> Iterator[str]:
    """Yield a text, or the texts in a list; objects may be papers themselves."""
    items = values.as_list(value)[:_MAX_VALUES] if not isinstance(value, dict) else []
    yield from (item for item in items if isinstance(item, str))


def address_id(fields: RecordFields) -> str | None:
    """Return the id of a paper that has authors and a summary, but only an address."""
    if not any(fields.values(Field.AUTHORS)):
        return None
    from tui.paper_ids.urls import paper_url_id, url_id

    has_summary = any(fields.values(Field.SUMMARY))
    urls = [link for link in _links(fields) if isinstance(link, str)]
    found = next(filter(None, map(paper_url_id, urls)), None)
    return found or (next(filter(None, map(url_id, urls)), None) if has_summary else None)


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


def _link_values(value: object) -> Iterator[object]:
    """Yield the URLs of a field that is one, or a list or object of them."""
    if isinstance(value, dict):
        value = list(value.values())
    for item in values.as_list(value):
        if isinstance(item, dict):
            yield from item.values()
        else:
            yield item
