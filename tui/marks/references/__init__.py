"""References to papers in files of other programs: BibTeX, RIS, CSL-JSON, CSV, RDF and lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.paper_ids.references import sole_paper_id


class PaperReference(NamedTuple):
    """What a file says about a paper.

    Attributes:
        line: the line where it starts, from 1.
        paper_id: canonical; None if nothing in it is an id or link of a paper.
        keywords: as written.
        note: an annotation, or an empty text.
        read: whether it is marked as read; None if the format has no such field.
        starred: the same for the star.
        hidden: whether it is hidden.
    """

    line: int
    paper_id: str | None
    keywords: tuple[str, ...] = ()
    note: str = ""
    read: bool | None = None
    starred: bool | None = None
    hidden: bool = False


def first_id(values: Iterable[object]) -> str | None:
    """Return the first id of arXiv in some values, else the first id of another kind, or None.

    Args:
        values: ids, DOIs, URLs or citations; what is no text is ignored.
    """
    texts = (value.strip() for value in values if isinstance(value, str) and value.strip())
    found = [paper_id for text in texts if (paper_id := sole_paper_id(text))]
    return next((each for each in found if ":" not in each), found[0] if found else None)
