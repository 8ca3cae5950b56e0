"""Edits of marks that could not be written to disk yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from tui.marks.edits import NO_MARKS, MarkEdit, apply_edits
from tui.models import Marks
from tui.storage.disk_errors import explain
from tui.storage.tables import StorageError


class NotPersistedError(StorageError):
    """Edits were applied in memory but could not be written to disk.

    Attributes:
        why: the cause and its remedy, as a sentence.
        edits: the edits of the failed call, as applied in memory.
    """

    def __init__(self, cause: StorageError | OSError, edits: list[MarkEdit]) -> None:
        path = Path(cause.filename or "") if isinstance(cause, OSError) else cause.path
        self.why = explain(cause)
        super().__init__(path, self.why)
        self.edits = edits


class PendingEdits:
    """Edits not yet written to disk. Immutable.

    Args:
        by_paper: the edits of each paper, the oldest first.
    """

    def __init__(self, by_paper: Mapping[str, tuple[MarkEdit, ...]] = MappingProxyType({})) -> None:
        self._by_paper = by_paper

    def __len__(self) -> int:
        """Return the number of papers that have pending edits."""
        return len(self._by_paper)

    @property
    def edits(self) -> list[MarkEdit]:
        """All edits; those of one paper in order."""
        return [edit for edits in self._by_paper.values() for edit in edits]

    def and_then(self, edits: Iterable[MarkEdit]) -> PendingEdits:
        """Return these edits followed by others."""
        by_paper = dict(self._by_paper)
        for edit in edits:
            by_paper[edit.paper] = (*by_paper.get(edit.paper, ()), edit)
        return PendingEdits(by_paper)

    def over(self, paper: str, marks: Marks) -> Marks:
        """Return a paper's marks with the pending edits applied to those on disk."""
        edits = self._by_paper.get(paper)
        return apply_edits(edits, {paper: marks})[0][paper] if edits else marks

    def over_all(self, marks: Mapping[str, Marks]) -> Mapping[str, Marks]:
        """Return the marks of all papers that have any, with the pending edits applied."""
        if not self._by_paper:
            return marks
        merged = {**marks, **apply_edits(self.edits, marks)[0]}
        return {paper: each for paper, each in merged.items() if each != NO_MARKS}
