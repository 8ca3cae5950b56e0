"""Triage: decide about one paper after the other. Pure; the decisions are carried out elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from tui.models import Marks, Paper


class Decision(StrEnum):
    """What the reader decides about a paper."""

    STAR = "star"
    LATER = "later"
    TAG = "tag"
    OPEN = "open"
    READ = "read"
    HIDE = "hide"
    SKIP = "skip"
    """Nothing: the paper comes again next time."""
    NOTE = "note"
    """A note was written, and the paper is still to be decided about."""


class _Step(NamedTuple):
    position: int
    decision: Decision


def is_undecided(marks: Marks) -> bool:
    """Return whether a paper with these marks still has to be decided about."""
    return not (marks.read or marks.starred or marks.later or marks.hidden or marks.tags)


class Triage:
    """Papers to decide about, and what was decided so far.

    Args:
        papers: the papers, in order.

    Attributes:
        position: the number of the current paper, from 0; that of all papers at the end.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers
        self.position = 0
        self._steps: list[_Step] = []

    @property
    def current(self) -> Paper | None:
        """The paper to decide about; None at the end."""
        return self.papers[self.position] if self.position < len(self.papers) else None

    def decide(self, decision: Decision) -> None:
        """Note a decision about the current paper, and go on to the next one."""
        self._steps.append(_Step(self.position, decision))
        self.position += 1

    def add_note(self) -> None:
        """Note that the reader has edited the note of the current paper, and stay with it."""
        self._steps.append(_Step(self.position, Decision.NOTE))

    def take_back(self) -> Decision | None:
        """Return to the last paper, and return what was decided about it; None at the start."""
        if not self._steps:
            return None
        self.position, decision = self._steps.pop()
        return decision

    def decided(self, decision: Decision) -> list[Paper]:
        """Return the papers with a decision, in order."""
        positions = (step.position for step in self._steps if step.decision is decision)
        return [self.papers[position] for position in dict.fromkeys(positions)]

    @property
    def decided_count(self) -> int:
        """The number of papers decided about."""
        others = {Decision.SKIP, Decision.NOTE}
        return sum(len(self.decided(each)) for each in Decision if each not in others)
