"""What the reader has changed, step by step, to undo and to redo it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.i18n import N_, _
from tui.marks.edits import MarkEdit
from tui.ui.typeset.cell_width import truncate

if TYPE_CHECKING:
    from tui.library.saved_views import ViewChange

Change: TypeAlias = "Sequence[MarkEdit] | ViewChange"
"""A change that was made, from which the one that reverts it can be derived."""

MAX_STEPS = 100

MIN_TITLE_WIDTH = 40
"""Cells of a title in a message, at least."""


class UndoStep(NamedTuple):
    """A change that was made.

    Attributes:
        label: what was done, for a message: ``starred 'Counting Wind'``.
        change: the change.
        on_undo: called on the event loop when it was undone.
    """

    label: str
    change: Change
    on_undo: Callable[[], None] = lambda: None


class UndoStack:
    """The steps that can be undone, and those that were undone and can be redone.

    Not thread-safe: use it in one thread only.
    """

    def __init__(self) -> None:
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []

    def record(self, step: UndoStep) -> None:
        """Record a new step; those that were undone before can no longer be redone."""
        self._undone.clear()
        self._push(self._done, step)

    def take(self, *, redo: bool) -> UndoStep | None:
        """Remove and return the step to undo, or to redo; None without one."""
        steps = self._undone if redo else self._done
        return steps.pop() if steps else None

    def put(self, step: UndoStep, *, redo: bool) -> None:
        """Add a step to those that can be undone, or to those that can be redone."""
        self._push(self._undone if redo else self._done, step)

    def _push(self, steps: list[UndoStep], step: UndoStep) -> None:
        steps.append(step)
        del steps[:-MAX_STEPS]


_LABELS = {
    ("read", True): (N_("marked '{title}' as read"), N_("marked {number} papers as read")),
    ("read", False): (N_("marked '{title}' as unread"), N_("marked {number} papers as unread")),
    ("starred", True): (N_("starred '{title}'"), N_("starred {number} papers")),
    ("starred", False): (
        N_("removed the star of '{title}'"),
        N_("removed the stars of {number} papers"),
    ),
    ("tags", True): (
        N_("changed the tags of '{title}'"),
        N_("changed the tags of {number} papers"),
    ),
    ("tags", False): (
        N_("removed the tags of '{title}'"),
        N_("removed the tags of {number} papers"),
    ),
    ("note", True): (
        N_("changed the note on '{title}'"),
        N_("changed the notes on {number} papers"),
    ),
    ("note", False): (
        N_("removed the note on '{title}'"),
        N_("removed the notes on {number} papers"),
    ),
    ("hidden", True): (N_("hid '{title}'"), N_("hid {number} papers")),
    ("hidden", False): (N_("showed '{title}' again"), N_("showed {number} papers again")),
    ("later", True): (
        N_("added '{title}' to the reading list"),
        N_("added {number} papers to the reading list"),
    ),
    ("later", False): (
        N_("removed '{title}' from the reading list"),
        N_("removed {number} papers from the reading list"),
    ),
}
"""What was done to one paper and to several, by the field and whether it has a value now."""

_MOVED = N_("moved '{title}' in the reading list")
_CHANGED = N_("changed the marks of '{title}'"), N_("changed the marks of {number} papers")


def edit_label(edits: Sequence[MarkEdit], title: str, title_width: int = MIN_TITLE_WIDTH) -> str:
    """Return what was done by edits that were applied.

    Args:
        edits: at least one; the field of the first one counts.
        title: the title of the first paper.
        title_width: cells for it.
    """
    edit, number = edits[0], len({edit.paper for edit in edits})
    of_one, of_several = _LABELS.get((edit.field, bool(edit.value)), _CHANGED)
    if edit.field == "later" and edit.value and edit.replaces:
        # A paper that is moved may get its neighbor moved as well.
        of_one = of_several = _MOVED
    text = _(of_one if number == 1 else of_several)
    return text.format(title=short_title(title, title_width), number=f"{number:,}")


def short_title(title: str, width: int = MIN_TITLE_WIDTH) -> str:
    """Return a title for a message: the name before the colon, or as much as fits."""
    return truncate(title.partition(": ")[0], max(width, MIN_TITLE_WIDTH))
