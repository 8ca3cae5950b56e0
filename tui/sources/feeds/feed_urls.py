"""Which web addresses are those of feeds."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FEED_PATH = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:[/._?&=-]|$)|\.xml$", re.IGNORECASE)


def is_feed_url(text: str) -> bool:
    """Return whether a text is the URL of a feed, as far as that can be seen.

    Other web addresses are those of repositories.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.path.endswith(".git"):
        return False
    return _FEED_PATH.search(f"{parts.path}?{parts.query}".removesuffix("?")) is not None
