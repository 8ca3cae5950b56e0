"""A paper that was found in a text, before it becomes an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.paper_ids.arxiv import parse_id
from tui.paper_ids.references import arxiv_ids_in


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


def value_id(value: object) -> str | None:
    """Return the canonical id if a value is one or has the URL or citation of one, or None."""
    if not isinstance(value, str) or len(value) > 2000:
        return None
    return parse_id(value.strip()) or next(arxiv_ids_in(value), None)


def most_common(ids: Iterable[str]) -> str | None:
    """Return the id that most values agree on; the first of several."""
    counts = Counter(ids)
    return max(counts, key=counts.__getitem__) if counts else None
