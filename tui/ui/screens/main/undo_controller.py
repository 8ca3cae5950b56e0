"""Change marks and saved views in the background, and undo and redo such changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from textual.message import Message

from tui.i18n import N_, _
from tui.library.saved_views import ViewChange
from tui.marks.edits import MarkEdit
from tui.marks.store import NotPersistedError
from tui.models import Problem
from tui.storage.disk_errors import reason_and_path
from tui.storage.tables import StorageError
from tui.ui.messages import MarksChanged, Notice
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.undo_stack import Change, UndoStack, UndoStep, edit_label
from tui.ui.workers.jobs import log_and_describe

DescribeEdits: TypeAlias = Callable[[Sequence[MarkEdit]], str]
"""Returns a sentence about the edits that were applied, at least one; may be empty."""

_LABEL_WIDTH = 42
"""Cells of a message about a change, at most, without the title of the paper."""

MAX_PAPERS_TO_MARK = 100_000
"""Papers that one key marks. Nobody has read more, and they may not all be in memory."""


class UndoController(Controller):
    """Makes changes that can be undone, one after the other, and posts a message about each.

    Everything runs in the thread of the mark store: an undo starts after the changes before it.
    An edit that cannot be written takes effect anyway, and is written later.

    Args:
        context: the objects that all controllers share.
    """

    def __init__(self, context: MainContext) -> None:
        super().__init__(context)
        self._stack = UndoStack()

    def may_mark(self, number: int) -> bool:
        """Return whether that many papers may be marked at once; if not, explain why."""
        if number > MAX_PAPERS_TO_MARK:
            self._status.show_message(_("Too many papers to mark at once; open a year or a month."))
        return number <= MAX_PAPERS_TO_MARK

    def edit_marks(
        self,
        edits: Sequence[MarkEdit],
        title: str,
        describe: DescribeEdits,
        unchanged: str = "",
    ) -> None:
        """Edit marks; posts ``MarksChanged``.

        Args:
            edits: the edits; the first one that has an effect names the step.
            title: the title of the first paper, for the message that undoes them.
            describe: returns the sentence to show if marks have changed; it may be empty.
            unchanged: the sentence to show otherwise; may be empty.
        """
        title_width = self._status.size.width - _LABEL_WIDTH

        def work() -> Message:
            applied, problem = self._apply(partial(self._marks.apply, edits))
            if applied:
                self._stack.record(UndoStep(edit_label(applied, title, title_width), applied))
            return MarksChanged(applied, describe(applied) if applied else unchanged, problem)

        self._submit(work, _("This mark could not be saved: {why}"))

    def change_view(
        self,
        change: Callable[[], ViewChange | None],
        describe: Callable[[ViewChange], str],
        on_success: Callable[[], None],
        on_undo: Callable[[], None] = lambda: None,
    ) -> None:
        """Change the file of saved views; posts a ``Notice``.

        Args:
            change: writes the file, and returns the change; None without one.
            describe: returns the sentence to show.
            on_success: called on the event loop afterwards.
            on_undo: called on the event loop when the change was undone.
        """

        def work() -> Message:
            made = change()
            if made is not None and made.query != made.replaced:
                self._stack.record(UndoStep(_view_label(made), made, on_undo))
            self._screen.call_later(on_success)
            self._screen.call_later(self._counter.count)
            return Notice(describe(made) if made is not None else "")

        self._submit(work, _("Not written: {why}"))

    def action_undo(self) -> None:
        """Undo the last change."""
        self._submit(partial(self._step, redo=False), _("Not undone: {why}"))

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._submit(partial(self._step, redo=True), _("Not redone: {why}"))

    def _step(self, *, redo: bool) -> Message:
        """Undo or redo one step. Runs after everything submitted before."""
        step = self._stack.take(redo=redo)
        if step is None:
            return Notice(_("Nothing to redo.") if redo else _("Nothing to undo."))
        try:
            reverted, problem = self._revert(step.change)
        except (OSError, ValueError, StorageError):
            self._stack.put(step, redo=redo)
            raise
        if not reverted:
            text = _("Left as it is after a later change: {label}")
            return Notice(text.format(label=step.label))
        self._stack.put(step._replace(change=reverted), redo=not redo)
        text = (_("Redone: {label}") if redo else _("Undone: {label}")).format(label=step.label)
        if isinstance(reverted, ViewChange):
            self._screen.call_later(self._counter.count)
            if not redo:
                self._screen.call_later(step.on_undo)
            return Notice(text)
        return MarksChanged(reverted, text, problem)

    def _revert(self, change: Change) -> tuple[Change | None, Problem | None]:
        if isinstance(change, ViewChange):
            from tui.library.saved_views import apply_change

            return apply_change(self._options.views_file, change.inverted()), None
        return self._apply(partial(self._marks.undo, change))

    def _apply(
        self, work: Callable[[], Sequence[MarkEdit]]
    ) -> tuple[Sequence[MarkEdit], Problem | None]:
        """Apply edits; return those with an effect, and why they are not on disk, if so."""
        try:
            return work(), None
        except NotPersistedError as error:
            text = N_("{why}; papers whose marks wait in memory until then: {number}")
            values: dict[str, str | int] = {"why": error.why, "number": self._marks.pending_count}
            return error.edits, Problem(str(error.path), 0, text, values)

    def _submit(self, work: Callable[[], Message], failed: str) -> None:
        """Run work in the store's thread, and post its message.

        Args:
            work: makes a change, and returns the message.
            failed: the sentence about an expected failure, with ``{why}``.
        """

        def run() -> None:
            try:
                message = work()
            except (OSError, ValueError, StorageError) as error:
                # Once the screen is closed, the command reports the error.
                if not self._post(Notice(failed.format(why=reason_and_path(error)))):
                    raise
            except Exception as error:
                text = log_and_describe(error)
                if not self._post(Notice(text)):
                    raise RuntimeError(text) from error
            else:
                self._post(message)

        self._marks.submit(run)

    def _post(self, message: Message) -> bool:
        return self._screen.post_message(message)


def _view_label(change: ViewChange) -> str:
    if change.query is None:
        text = _("deleted view {name}")
    elif change.replaced is None:
        text = _("saved view {name}")
    else:
        text = _("replaced view {name}")
    return text.format(name=change.name)
