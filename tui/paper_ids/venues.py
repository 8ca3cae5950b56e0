"""Ids of OpenReview and of the ACL Anthology, and the URLs with them."""

from __future__ import annotations

import re

_OPENREVIEW_ID = r"(?P<id>[A-Za-z0-9_-]{4,40})(?![\w-])"
_OPENREVIEW_URL = re.compile(
    rf"openreview\.net/(?:forum|pdf|attachment|revisions)/?\?(?:[^\s#]{{0,200}}&)?id={_OPENREVIEW_ID}"
)
_ACL_ID = (
    r"(?P<id>(?:19|20)\d\d\.[a-z0-9_]{1,30}(?:-[a-z0-9_]{1,30})?\.\d{1,5}|[A-Z]\d\d-\d{4})(?!\d)"
)
_ACL_URL = re.compile(
    r"(?:aclanthology\.(?:org|info|coli\.uni-saarland\.de)|aclweb\.org/anthology)/"
    rf"(?:papers/(?:[A-Z]/[A-Z]\d\d/)?|anthology/)?{_ACL_ID}",
    re.IGNORECASE,
)


def openreview_id(text: str) -> str | None:
    """Return the canonical id of a forum of OpenReview: ``openreview:rJl-b3RcF7``."""
    return f"openreview:{text}" if re.fullmatch(_OPENREVIEW_ID, text) else None


def openreview_id_in(url: str) -> str | None:
    """Return the canonical id of the forum to which a URL leads, or None."""
    match = _OPENREVIEW_URL.search(url)
    return f"openreview:{match['id']}" if match else None


def acl_id(text: str) -> str | None:
    """Return the canonical id of a paper of the ACL Anthology: ``acl:P19-1001``."""
    match = re.fullmatch(_ACL_ID, text, re.IGNORECASE)
    if match is None or re.search(r"[.-]0+$", text):
        return None  # the front matter of a volume
    return f"acl:{text.upper() if '-' in text[:4] else text.lower()}"


def acl_id_in(url: str) -> str | None:
    """Return the canonical id of the paper of the ACL Anthology to which a URL leads, or None."""
    match = _ACL_URL.search(url)
    return acl_id(match["id"]) if match else None
