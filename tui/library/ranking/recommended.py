"""Papers that are recommended: unread ones of the last days that are like what the reader chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.library.ranking.examples import is_chosen, is_rejected
from tui.models import Marks, Paper

if TYPE_CHECKING:
    from tui.library.library import Library

RECENT_DAYS = 14
"""How many days with digests count as recent."""

RECOMMENDED_MATCH = 50
"""The least match of a recommended paper; about one of ten papers has it."""


def first_recent_day(library: Library) -> str:
    """Return the oldest of the last days with digests; empty without any."""
    days = library.period_counts.days()
    return days[:RECENT_DAYS][-1] if days else ""


def recent_papers(library: Library) -> Sequence[Paper]:
    """Return the papers of the last days. Reads only their months."""
    first = first_recent_day(library)
    return library.papers_by_id(
        paper for paper, days in library.days_by_id.items() if first and days[-1] >= first
    )


def is_recommended(library: Library, paper: Paper, marks: Marks) -> bool:
    """Return whether a paper is recommended.

    Papers that were read, chosen or hidden are not. Until there is a model, all other recent papers
    are.
    """
    if marks.read or is_chosen(marks) or is_rejected(marks):
        return False
    if not paper.dates or paper.dates[-1] < first_recent_day(library):
        return False
    match = library.ranking.match(library, paper)
    return match is None or match >= RECOMMENDED_MATCH
