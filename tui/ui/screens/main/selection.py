"""The papers that an action is about: the selected ones, or the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.models import Paper
    from tui.ui.screens.main.panes import PaneLayout


class Selection:
    """Papers of the list that were selected.

    Args:
        panes: supplies the list and its cursor.

    Attributes:
        anchor: the row at which a range begins, while one is being selected; else None.
    """

    def __init__(self, panes: PaneLayout) -> None:
        self._panes = panes
        self._ids: Set[str] = frozenset()
        self.anchor: int | None = None

    @property
    def ids(self) -> Set[str]:
        """The ids of the selected papers, with those of a range that is being selected."""
        if self.anchor is None:
            return self._ids
        table = self._panes.table
        first, last = sorted((self.anchor, table.cursor))
        return self._ids | {paper.paper_id for paper in table.papers[first : last + 1]}

    @property
    def papers(self) -> Sequence[Paper]:
        """The selected papers, in the order of the list; empty without a selection."""
        ids = self.ids
        return [paper for paper in self._panes.table.papers if paper.paper_id in ids] if ids else ()

    @property
    def targets(self) -> Sequence[Paper]:
        """The selected papers, or else the paper under the cursor; empty in an empty list."""
        paper = self._panes.table.paper
        return self.papers or ([paper] if paper is not None else ())

    def keep(self, ids: Set[str]) -> None:
        """Select exactly these papers, and end a range."""
        self._ids, self.anchor = frozenset(ids), None
