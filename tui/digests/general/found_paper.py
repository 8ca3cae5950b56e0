"""A paper that was found in a text, before it becomes an entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tui.paper_ids.arxiv import id_in_url, parse_id, split_leading_id

_HINTS = ("arxiv", "/papers/", "papers.cool")
"""One of them is in every text that mentions a paper."""

_MAX_CACHED_CHARS = 5000

# A URL or citation of a paper anywhere in a text. Cheaper than `id_in_url` on texts without any.
_MENTION = re.compile(
    r"(?i:arxiv|huggingface\.co/papers|hf\.co/papers|hf-mirror\.com/papers|papers\.cool)"
    r"[^\s|<>\"'`)\]}]{1,80}"
)


@dataclass(slots=True)
class FoundPaper:
    """A paper that was found in a text.

    Attributes:
        line: the line where it starts, from 1.
        paper_id: canonical.
        title: on one line; empty if missing.
        authors: in order.
        votes: None if missing.
        issue_day: the day of the digest in a heading or key above. This day and the next three are
            as in `tui.digests.parsing.written_days`; None if missing.
        featured: the day of the digest in a field of the paper.
        dated: a day that may be that of the digest or of the publication.
        published: the day of the paper's publication, if known.
        summary: Markdown.
        picture: the URL of a picture, or None.
        rule: which rule found it, for explanations.
    """

    line: int
    paper_id: str
    title: str = ""
    authors: tuple[str, ...] = ()
    votes: int | None = None
    issue_day: str | None = None
    featured: str | None = None
    dated: str | None = None
    published: str | None = None
    summary: str = ""
    picture: str | None = None
    rule: str = field(default="")


def mentioned_ids(text: str) -> Iterator[str]:
    """Yield the canonical id of each URL or citation of a paper in a text, in order."""
    return _find_mentions(text) if len(text) > _MAX_CACHED_CHARS else iter(_mentions(text))


@lru_cache(maxsize=64)
def _mentions(text: str) -> tuple[str, ...]:
    """Return the ids in a line, which several rules look at one after the other."""
    return tuple(_find_mentions(text))


def _find_mentions(text: str) -> Iterator[str]:
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return
    for match in _MENTION.finditer(text):
        # The host may start before the match: www.arxiv.org, https://ar5iv….
        start = max(match.start() - 60, 0)
        start = max(text.rfind(" ", start, match.start()), start)
        found = id_in_url(text[start : match.end()]) or _cited_id(match[0])
        if found:
            yield found


def _cited_id(text: str) -> str | None:
    leading = split_leading_id(text)
    return leading[0] if leading else None


def value_id(value: object) -> str | None:
    """Return the canonical id if a value is one or has the URL or citation of one, or None."""
    if not isinstance(value, str) or len(value) > 2000:
        return None
    return parse_id(value.strip()) or next(mentioned_ids(value), None)


def most_common(ids: Iterable[str]) -> str | None:
    """Return the id that most values agree on; the first of several."""
    counts = Counter(ids)
    return max(counts, key=counts.__getitem__) if counts else None
