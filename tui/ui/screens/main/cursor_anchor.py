"""The paper that the cursor belongs on while search results arrive."""

from __future__ import annotations


class CursorAnchor:
    """Remembers the cursor's target, which may not be among the results yet.

    Moving the cursor by hand makes the paper under it the new target. Papers are given by id.
    """

    def __init__(self) -> None:
        self._target: str | None = None
        self._placed_on: str | None = None

    def pin(self, paper: str | None) -> None:
        """Make the paper under the cursor the target."""
        self._target = self._placed_on = paper

    def set_target(self, paper: str | None) -> None:
        """Set another target, or none."""
        self._target = paper

    def note_placed(self, paper: str | None) -> None:
        """Note the paper on which the program has put the cursor."""
        self._placed_on = paper

    def is_unmoved(self, paper: str | None) -> bool:
        """Return whether the cursor, now on ``paper``, is still where the program put it."""
        return paper == self._placed_on

    def target(self, paper: str | None) -> str | None:
        """Return the target, given the paper that the cursor is on now."""
        return (self.is_unmoved(paper) and self._target) or paper
