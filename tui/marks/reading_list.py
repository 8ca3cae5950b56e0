"""The reading list: papers for later, in an order of their own.

A paper's place is a number. A new paper gets the time as its number, so that it comes last
whichever machine adds it, and a paper that is moved gets a number between those of its new
neighbors. So lists of several machines merge paper by paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.marks.added_fields import MAX_PLACE
from tui.marks.edits import MarkEdit, now
from tui.models import NO_MARKS, Marks, MarksLookup, Paper

PLACES_PER_MILLISECOND = 1000
"""Room for papers that are added at once, and between two papers for those moved there."""

NO_PLACE = 0


def add_to_list(papers: Iterable[str]) -> list[MarkEdit]:
    """Return edits that add papers to the end of the list; those in it keep their places."""
    at = now()
    first = at * PLACES_PER_MILLISECOND
    return [
        MarkEdit(paper, "later", min(first + number, MAX_PLACE), at, replaces=NO_PLACE)
        for number, paper in enumerate(papers)
    ]


def remove_from_list(papers: Iterable[str]) -> list[MarkEdit]:
    """Return edits that take papers out of the list."""
    at = now()
    return [MarkEdit(paper, "later", NO_PLACE, at) for paper in papers]


def reading_order(marks: Mapping[str, Marks]) -> list[str]:
    """Return the ids of the papers in the list, in order."""
    places = {paper: found.later for paper, found in marks.items() if found.later}
    return sorted(places, key=lambda paper: (places[paper], paper))


def in_reading_order(papers: Sequence[Paper], marks: MarksLookup) -> list[Paper]:
    """Return papers in the order of the list."""

    def place(paper: Paper) -> tuple[int, str]:
        return marks.get(paper.paper_id, NO_MARKS).later, paper.paper_id

    return sorted(papers, key=place)


def move_in_list(paper: str, by: int, marks: Mapping[str, Marks]) -> list[MarkEdit]:
    """Return edits that move a paper up (-1) or down (1), or several places.

    Args:
        paper: its id.
        by: the number of places; it stops at the ends.
        marks: the marks by id, at least those of the papers in the list.

    Returns:
        Usually one edit; one for every paper in the list if
        there is no free number between the neighbors. Empty if the
        paper is not in the list, or at its end already.
    """
    order = reading_order(marks)
    if paper not in order:
        return []
    before = order.index(paper)
    after = min(max(before + by, 0), len(order) - 1)
    if after == before:
        return []
    order.remove(paper)
    low = marks[order[after - 1]].later if after else NO_PLACE
    high = marks[order[after]].later if after < len(order) else low + 2 * PLACES_PER_MILLISECOND
    at = now()
    place = (low + high) // 2
    if low < place < high and place <= MAX_PLACE:
        return [MarkEdit(paper, "later", place, at)]
    order.insert(after, paper)
    first = at * PLACES_PER_MILLISECOND
    return [
        MarkEdit(each, "later", min(first + number * PLACES_PER_MILLISECOND, MAX_PLACE), at)
        for number, each in enumerate(order)
    ]
