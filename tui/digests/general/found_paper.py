"""A paper that was found in a text, before it becomes an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.paper_ids import arxiv_id_of
from tui.paper_ids.arxiv import parse_id
from tui.paper_ids.references import arxiv_ids_in

_HINTS = ("10.", "openreview", "OpenReview", "acl", "ACL", "rxiv", "Rxiv", "nature.com", "ssrn")
"""One of them is in every text that names a paper outside arXiv by an id."""


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
        code: the URLs of its code, demo or project, of which the summary may have some.
        rule: which rule found it, for explanations.
        labels: those of the entry; see `tui.models.Entry`.
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
    code: tuple[str, ...] = ()
    rule: str = field(default="")
    labels: tuple[str, ...] = ()

    @property
    def has_day(self) -> bool:
        """Whether it has a day that may be that of the digest."""
        return any((self.issue_day, self.featured, self.dated))


def value_id(value: object) -> str | None:
    """Return the canonical id if a value is one or has a link or citation of a paper, or None.

    An id of arXiv has precedence.
    """
    if not isinstance(value, str) or len(value) > 2000:
        return None
    if arxiv_id := parse_id(value.strip()) or next(arxiv_ids_in(value), None):
        return arxiv_id
    return elsewhere_id(value)


def elsewhere_id(text: str) -> str | None:
    """Return the canonical id of the first paper outside arXiv that a text names, or None."""
    if not any(hint in text for hint in _HINTS):
        return None
    from tui.paper_ids.elsewhere import mentioned_elsewhere, parse_elsewhere

    return parse_elsewhere(text.strip()) or next(mentioned_elsewhere(text), None)


def link_id(url: str) -> str | None:
    """Return the id of the paper to which a link with a title leads, or None.

    The link may be all that identifies the paper, if it leads to a PDF or a publisher.
    """
    if found := value_id(url):
        return found
    from tui.paper_ids.urls import paper_url_id

    return paper_url_id(url)


def preferred_id(ids: Iterable[str | None]) -> str | None:
    """Return the first id of arXiv, else the first id, or None."""
    found = [each for each in ids if each]
    return next(filter(arxiv_id_of, found), found[0] if found else None)


def most_common(ids: Iterable[str]) -> str | None:
    """Return the id that most values agree on; the first of several."""
    counts = Counter(ids)
    return max(counts, key=counts.__getitem__) if counts else None
