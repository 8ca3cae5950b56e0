"""Changes of marks that a disk does not take at the moment: kept in memory until it does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tui.marks.edits import NO_MARKS, Change, How
from tui.models import Marks
from tui.storage.disk_errors import why
from tui.storage.tables import StorageError


class NotPersistedError(StorageError):
    """Marks were changed in memory alone.

    Attributes:
        why: why they could not be written, and what to do about it.
        changes: what was changed by the call that failed.
    """

    def __init__(self, cause: StorageError | OSError, changes: list[Change]) -> None:
        path = Path(cause.filename or "") if isinstance(cause, OSError) else cause.path
        self.why = why(cause)
        super().__init__(path, self.why)
        self.changes = changes


class PendingEdits:
    """Changes that are not on disk yet. It never changes itself.

    Args:
        hows: by arXiv id, what to make of the marks that are on disk.
    """

    def __init__(self, hows: Mapping[str, How] = MappingProxyType({})) -> None:
        self.hows = hows

    def __len__(self) -> int:
        """Return of how many papers there are changes."""
        return len(self.hows)

    def over(self, arxiv_id: str, marks: Marks) -> Marks:
        """Return a paper's marks as they shall be, of those that are on disk."""
        how = self.hows.get(arxiv_id)
        return how(marks) if how else marks

    def over_all(self, marks: Mapping[str, Marks]) -> Mapping[str, Marks]:
        """Return the marks of all papers that have any, likewise."""
        changed = {each: how(marks.get(each, NO_MARKS)) for each, how in self.hows.items()}
        found = {**marks, **changed}
        return {each: has for each, has in found.items() if has != NO_MARKS} if changed else marks

    def and_then(self, hows: Mapping[str, How]) -> PendingEdits:
        """Return these changes with others after them."""
        return PendingEdits({**self.hows, **{each: self._then(each, hows[each]) for each in hows}})

    def _then(self, arxiv_id: str, how: How) -> How:
        return lambda marks: how(self.over(arxiv_id, marks))


class Recorder:
    """Does what is asked for after what waits, and notes what the former changed.

    Args:
        waiting: changes that were asked for before.
        asked: by arXiv id, what is asked for.
    """

    def __init__(self, waiting: PendingEdits, asked: Mapping[str, How]) -> None:
        self._waiting = waiting
        self._asked = asked
        self._made: dict[str, Change] = {}
        recorded = {each: self._recorded(each) for each in asked}
        self.hows: Mapping[str, How] = {**waiting.hows, **recorded}

    @property
    def changes(self) -> list[Change]:
        """What was changed, in the order in which it was asked for."""
        made = (self._made[each] for each in self._asked if each in self._made)
        return [change for change in made if change.before != change.after]

    def _recorded(self, arxiv_id: str) -> How:
        def how(marks: Marks) -> Marks:
            before = self._waiting.over(arxiv_id, marks)
            self._made[arxiv_id] = Change(arxiv_id, before, self._asked[arxiv_id](before))
            return self._made[arxiv_id].after

        return how
