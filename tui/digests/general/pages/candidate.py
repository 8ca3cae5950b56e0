"""A part of a page that is a paper."""

from __future__ import annotations

from dataclasses import dataclass

from tui.digests.general.tree.document_tree import Block


@dataclass(slots=True)
class Candidate:
    """A part of a page that is a paper.

    Attributes:
        block: the part.
        paper_id: the canonical id.
        rule: which rule found it.
        day: the day in a heading above, or None.
        year: the year in a heading above, for days without one; empty if none.
    """

    block: Block
    paper_id: str
    rule: str
    day: str | None = None
    year: str = ""
