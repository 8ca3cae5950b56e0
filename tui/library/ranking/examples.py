"""What the reader's marks say about papers: examples to learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tui.models import Marks
from tui.query.normalization import fold

MIN_POSITIVES = 10
"""Marked papers that a model needs; with fewer, its order is hardly better than that of votes."""

CHOSEN = 1.0
"""The weight of a paper that the reader starred, tagged, put into the reading list or noted."""

OPENED = 0.2
"""The weight of a paper that was read, if hardly any other paper of its day was."""

OTHER, SKIPPED = 0.5, 1.0
"""The weights of other papers, and of those that were left unread on a day with read papers."""

REJECTED = 3.0
"""The weight of a paper that the reader hid."""

MIN_OPENED_WEIGHT = 0.04


class Examples(NamedTuple):
    """Papers by id with weights.

    Attributes:
        chosen: papers that the reader chose.
        opened: papers that were read and not marked otherwise.
        rejected: papers that the reader hid.
        days: the days with papers that were read or chosen: what is unread there was skipped.
    """

    chosen: Mapping[str, float]
    opened: Mapping[str, float]
    rejected: Mapping[str, float]
    days: frozenset[str]

    @property
    def is_enough(self) -> bool:
        """Whether a model can be trained with them."""
        return len(self.chosen) >= MIN_POSITIVES


def examples_of(marks: Mapping[str, Marks], days_by_id: Mapping[str, tuple[str, ...]]) -> Examples:
    """Return what all marks say about the papers of a library.

    A reader who marks whole days as read says nothing with it: the more papers of a day are read,
    the less each of them counts.

    Args:
        marks: the reader's marks by id.
        days_by_id: the days of the library's papers, ascending, by id.
    """
    known = {paper: found for paper, found in marks.items() if paper in days_by_id}
    chosen = {paper: CHOSEN for paper, found in known.items() if is_chosen(found)}
    rejected = {paper: REJECTED for paper, found in known.items() if is_rejected(found)}
    read = [
        paper
        for paper, found in known.items()
        if found.read and paper not in chosen and paper not in rejected
    ]
    read_by_day = Counter(days_by_id[paper][-1] for paper in read)
    papers_by_day = Counter(day for days in days_by_id.values() if (day := days[-1]) in read_by_day)
    opened = {}
    for paper in read:
        day = days_by_id[paper][-1]
        weight = OPENED * (1 - read_by_day[day] / papers_by_day[day])
        if weight >= MIN_OPENED_WEIGHT:
            opened[paper] = weight
    days = {days_by_id[paper][-1] for paper in (*chosen, *opened, *rejected)}
    return Examples(chosen, opened, rejected, frozenset(days))


def examples_with_tag(examples: Examples, marks: Mapping[str, Marks], tag: str) -> Examples:
    """Return the examples of a tag: papers with other marks count as other papers.

    Args:
        examples: what all marks say.
        marks: the reader's marks by id.
        tag: the tag, in any spelling.
    """
    wanted = fold(tag)
    chosen = {
        paper: weight
        for paper, weight in examples.chosen.items()
        if wanted in map(fold, marks[paper].tags)
    }
    return examples._replace(chosen=chosen, opened={})


def is_chosen(marks: Marks) -> bool:
    """Return whether the reader starred, tagged or noted a paper, or put it into the list."""
    is_kept = marks.starred or marks.later or marks.tags or marks.note
    return bool(is_kept) and not marks.hidden


def is_rejected(marks: Marks) -> bool:
    """Return whether the reader does not want to see a paper."""
    return marks.hidden
