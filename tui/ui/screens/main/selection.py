"""The papers that an action is about: the selected ones, or the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from tui.library.papers_on_demand import papers_among, row_of

if TYPE_CHECKING:
    from tui.models import Paper
    from tui.ui.screens.main.panes import PaneLayout
    from tui.ui.screens.main.paper_list_model import PaperListModel


class Selection:
    """Papers of the list that were selected. Another scope or query ends the selection.

    Args:
        panes: supplies the list and its cursor.
        model: supplies the view.
    """

    def __init__(self, panes: PaneLayout, model: PaperListModel) -> None:
        self._panes = panes
        self._model = model
        self._ids: Set[str] = frozenset()
        self._anchor: str | None = None
        self._view: object = None
        self._range: tuple[object, Sequence[Paper], Set[str]] | None = None
        """The papers with a range, after what they depend on: anchor and cursor, and the list."""

    @property
    def is_range(self) -> bool:
        """Whether a range is being selected: it ends at the cursor."""
        return self._anchor is not None and self._is_current

    @property
    def _is_current(self) -> bool:
        view = self._model.view
        return self._view == (view.scope, view.query.clauses)

    @property
    def ids(self) -> Set[str]:
        """The ids of the selected papers, with those of a range that is being selected."""
        if not self._is_current:
            return frozenset()
        if self._anchor is None:
            return self._ids
        table = self._panes.table
        key = self._anchor, table.cursor, self._ids
        # Each row that is drawn asks for them.
        known = self._range
        if known is None or known[0] != key or known[1] is not table.papers:
            known = key, table.papers, self._ids | self._range_ids(self._anchor)
            self._range = known
        return known[2]

    def _range_ids(self, anchor: str) -> Set[str]:
        """Return the ids of the papers between the one with an id and the cursor."""
        table = self._panes.table
        row = row_of(table.papers, anchor)
        first, last = sorted((table.cursor if row is None else row, table.cursor))
        return {paper.paper_id for paper in table.papers[first : last + 1]}

    @property
    def papers(self) -> Sequence[Paper]:
        """The selected papers, in the order of the list; empty without a selection."""
        ids = self.ids
        return papers_among(self._panes.table.papers, ids) if ids else ()

    @property
    def targets(self) -> Sequence[Paper]:
        """The selected papers, or else the paper under the cursor; empty in an empty list."""
        paper = self._panes.table.paper
        return self.papers or ([paper] if paper is not None else ())

    def take_selected(self) -> Sequence[Paper]:
        """Return the selected papers, and end the selection; empty without one."""
        selected = self.papers
        self.clear()
        return selected

    def take(self) -> Sequence[Paper]:
        """Return ``targets``, and end the selection: an action is about to use it."""
        targets = self.targets
        self.clear()
        return targets

    def toggle_range(self) -> None:
        """Begin a range at the cursor, or end it there and keep its papers selected."""
        paper = self._panes.table.paper
        self._ids, is_range = self.ids, self.is_range
        self._anchor = None if is_range or paper is None else paper.paper_id
        self._note_view()

    def toggle_paper(self) -> None:
        """Select the paper under the cursor, or no longer; a range ends."""
        paper = self._panes.table.paper
        self._ids = self.ids ^ ({paper.paper_id} if paper is not None else set())
        self._anchor = None
        self._note_view()

    def clear(self) -> bool:
        """End the selection; return whether there was one."""
        had_any = bool(self.ids)
        self._ids, self._anchor = frozenset(), None
        if had_any:
            self._panes.table.refresh()
        return had_any

    def _note_view(self) -> None:
        view = self._model.view
        self._view = view.scope, view.query.clauses
        self._panes.table.refresh()
