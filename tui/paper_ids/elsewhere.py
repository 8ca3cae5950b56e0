"""References to papers that are not on arXiv.

DOIs, ids of OpenReview and the ACL Anthology also come from the URLs of publishers and preprint
servers, which contain them or lead to them by a fixed rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.paper_ids.dois import (
    LABELLED_DOI,
    PREPRINT_LABEL,
    doi_id,
    doi_id_in,
    preprint_id,
    whole_doi_id,
    without_end,
)
from tui.paper_ids.urls import may_have_papers, url_id
from tui.paper_ids.venues import acl_id, acl_id_in, openreview_id, openreview_id_in

_MAX_URL_CHARS = 2000
_REFERENCE = re.compile(
    rf"https?://[^\s<>\"'`|\]）】》」』，。；]{{4,500}}|{LABELLED_DOI}|{PREPRINT_LABEL.pattern}",
    re.IGNORECASE,
)
_HINTS = ("://", "doi", "rxiv")
_LINK = re.compile(r"(?:https?://|(?:[\w-]{1,40}\.){1,4}[a-z]{2,4}/)\S+", re.IGNORECASE)
_DOI_LABEL = re.compile(r"doi\s?[:：]\s?(?=https?://)", re.IGNORECASE)
_LABELS = {"openreview": openreview_id, "acl": acl_id, "url": url_id}


def id_in_link(url: str) -> str | None:
    """Return the canonical id that a URL contains or stands for, or None.

    Args:
        url: one URL, with or without ``https://``.
    """
    if len(url) > _MAX_URL_CHARS:
        return None
    if found := openreview_id_in(url) or acl_id_in(url):
        return found
    return doi_id_in(url) if may_have_papers(url) else None


def mentioned_elsewhere(text: str) -> Iterator[str]:
    """Yield the canonical id of each URL and labelled DOI in a text, without those of arXiv."""
    if not any(hint in text or hint in text.lower() for hint in _HINTS):
        return
    for match in _REFERENCE.finditer(text):
        if match["doi"]:
            found = doi_id(match["doi"])
        elif match["id"]:
            found = preprint_id(match)
        else:
            found = id_in_link(without_end(match[0]))
        if found and ":" in found:
            yield found


def parse_elsewhere(text: str) -> str | None:
    """Return the canonical id if the whole text is a DOI, a labelled id or the URL of a paper.

    Args:
        text: without white space around it. The canonical id itself is one of these.
    """
    if len(text) > _MAX_URL_CHARS:
        return None
    if found := whole_doi_id(text):
        return found
    label, colon, value = text.partition(":")
    if colon and (read := _LABELS.get(label.strip().lower())):
        value = value.strip()
        # An address may contain a better id than itself.
        return (id_in_link(value) if read is url_id else None) or read(value)
    text = _DOI_LABEL.sub("", text, count=1)
    return id_in_link(without_end(text)) if _LINK.fullmatch(text) else None
