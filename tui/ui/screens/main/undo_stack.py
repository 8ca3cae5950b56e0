"""What the reader has changed, step by step, to undo and to redo it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.i18n import _, ngettext
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
    """A change, and what a message calls it: ``note on 'Counting Wind'``."""

    label: str
    change: Change


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


def edit_label(edits: Sequence[MarkEdit], title: str, title_width: int = MIN_TITLE_WIDTH) -> str:
    """Return what a message calls edits that were applied.

    Args:
        edits: at least one; the field of the first one counts.
        title: the title of the first paper.
        title_width: cells for it.
    """
    edit, number = edits[0], len({edit.paper for edit in edits})
    if number > 1:
        return _label_of_many(edit, number)
    labels = {
        ("read", True): _("read mark on '{title}'"),
        ("read", False): _("unread mark on '{title}'"),
        ("starred", True): _("star on '{title}'"),
        ("starred", False): _("removed star on '{title}'"),
        ("tags", True): _("tags on '{title}'"),
        ("tags", False): _("removed tags on '{title}'"),
        ("note", True): _("note on '{title}'"),
        ("note", False): _("removed note on '{title}'"),
        ("hidden", True): _("hiding '{title}'"),
        ("hidden", False): _("showing '{title}' again"),
        ("later", True): _("place of '{title}' in the reading list"),
        ("later", False): _("removing '{title}' from the reading list"),
    }
    text = labels.get((edit.field, bool(edit.value)), _("mark on '{title}'"))
    return text.format(title=short_title(title, title_width))


def _label_of_many(edit: MarkEdit, number: int) -> str:
    if edit.field == "read" and edit.value:
        text = ngettext("read mark on {number} paper", "read marks on {number} papers", number)
    else:
        text = ngettext("mark on {number} paper", "marks on {number} papers", number)
    return text.format(number=number)


def short_title(title: str, width: int = MIN_TITLE_WIDTH) -> str:
    """Return a title for a message: the name before the colon, or as much as fits."""
    return truncate(title.partition(": ")[0], max(width, MIN_TITLE_WIDTH))
