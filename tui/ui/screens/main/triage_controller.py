"""Triage: show the undecided papers one by one, and carry out what the reader decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.marks.edits import MarkEdit, set_hidden, set_read, set_starred
from tui.models import NO_MARKS, Marks, Paper
from tui.ui.messages import MarksChanged, Notice, TriageSummariesLoaded
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.marks_controller import MarksController
from tui.ui.screens.main.paper_list_model import CursorPlacement
from tui.ui.screens.main.share_controller import ShareController
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.screens.main.undo_stack import short_title
from tui.ui.workers.jobs import Job, JobGroup
from tui.ui.workers.library_jobs import read_summaries

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.triage import Decision, Triage
    from tui.ui.screens.main.picture_controller import PictureController
    from tui.ui.screens.triage import TriageScreen
    from tui.ui.widgets.prompt import Prompt


class TriageController(Controller):
    """Opens the triage screen, and is its host.

    Args:
        context: the objects that all controllers share.
        papers: shows the list afterwards.
        marks: prompts for tags.
        undo: makes the edits, so that they can be undone.
        sharing: opens pages.
        pictures: returns what shows pictures.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        marks: MarksController,
        undo: UndoController,
        sharing: ShareController,
        *,
        pictures: Callable[[], PictureController],
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._marks_controller = marks
        self._undo = undo
        self._sharing = sharing
        self._pictures = pictures
        self._triage: Triage | None = None
        self._triage_screen: TriageScreen | None = None
        self._applied: list[list[MarkEdit]] = []
        """For each decision the edits that it made; empty until, and unless, it changed marks."""

    def open(self) -> None:
        """Show the selected papers one by one, or else the undecided ones of the list."""
        from tui.library.triage import Triage, is_undecided
        from tui.ui.screens.triage import TriageScreen

        if not self._model.is_complete:
            self._status.show_message(_("The list is still loading."))
            return
        marks = self._marks.all_marks()
        papers: Sequence[Paper] = [
            paper
            for paper in self._panes.table.papers
            if is_undecided(marks.get(paper.paper_id, NO_MARKS))
        ]
        if self._selection.ids:
            papers = self._selection.take()
        if not papers:
            self._status.show_message(_("All papers of the list are decided."))
            return
        self._triage, self._applied = Triage(papers), []
        name = self._model.view.scope.title
        keymap = self._options.settings.keymap
        self._triage_screen = TriageScreen(self._triage, name, self, keymap)
        self._screen.app.push_screen(self._triage_screen, self._closed)
        self._show_current()

    def _closed(self, _result: None) -> None:
        """Show the list with the cursor on the paper that would have been next."""
        from tui.ui.typeset.triage_page import decided_text

        triage, self._triage, self._triage_screen = self._triage, None, None
        if triage is not None:
            current = triage.current
            self._papers.draw(CursorPlacement(current.paper_id if current else None))
            self._status.show_message(decided_text(triage))

    def _show_current(self) -> None:
        """Read the summaries of the current paper, and show it."""
        if self._triage is None or self._triage_screen is None:
            return
        paper = self._triage.current
        if paper is None:
            self._triage_screen.show(())
        else:
            self._triage_screen.wait_for_paper()
            self._jobs.start(JobGroup.TRIAGE, partial(_read, self._library.get(), paper))

    def on_triage_summaries_loaded(self, message: TriageSummariesLoaded) -> None:
        """Show a paper, unless the reader has gone on."""
        if self._triage_screen is not None and self._triage is not None:
            current = self._triage.current
            loaded = message.loaded
            if current is not None and current.paper_id == loaded.paper.paper_id:
                self._triage_screen.show(loaded.summaries, loaded.why)

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Confirm a decision."""
        if self._triage_screen is not None and message.text:
            self._triage_screen.show_message(message.text)

    def on_notice(self, message: Notice) -> None:
        """Show what became of a page that was opened."""
        if self._triage_screen is not None and message.text:
            self._triage_screen.show_message(message.text)

    # What the screen asks for

    def marks_of(self, paper: Paper) -> Marks:
        """Return the marks of a paper."""
        return self._marks.get(paper.paper_id)

    def decide(self, decision: Decision) -> None:
        """Carry out a decision about the current paper, and go on to the next one."""
        if self._triage is not None and (paper := self._triage.current) is not None:
            if decision == "open":
                self._sharing.open_page(paper)
            self._carry_out(decision, paper, _edits(decision, paper))

    def _carry_out(self, decision: Decision, paper: Paper, edits: Sequence[MarkEdit]) -> None:
        if self._triage is None:
            return
        applied: list[MarkEdit] = []
        self._applied.append(applied)
        title = short_title(paper.title)
        text = {
            "star": _("Starred: {title}"),
            "later": _("For later: {title}"),
            "tag": _("Tagged: {title}"),
            "open": "",
            "read": _("Read: {title}"),
            "hide": _("Hidden: {title}"),
        }.get(decision, "")

        def describe(made: Sequence[MarkEdit]) -> str:
            applied[:] = made
            return text.format(title=title)

        if edits:
            self._undo.edit_marks(edits, paper.title, describe)
        elif self._triage_screen is not None:
            self._triage_screen.show_message("")
        self._triage.decide(decision)
        self._show_current()

    def toggle_pictures(self) -> None:
        """Show the pictures of the current paper, or hide them."""
        if self._triage_screen is not None:
            self._pictures().toggle_in(self._triage_screen)

    def take_back(self) -> None:
        """Undo the last decision, and return to its paper."""
        if self._triage is None or self._triage_screen is None:
            return
        if self._triage.take_back() is None:
            self._triage_screen.show_message(_("There is no decision to take back."))
            return
        # A decision that changed nothing is no step of the history.
        if self._applied.pop():
            self._undo.action_undo()
        self._show_current()

    def tags_prompt(self) -> Prompt:
        """Return a prompt for tags, which decides about the current paper."""
        from tui.library.triage import Decision

        paper = self._triage.current if self._triage else None
        papers = [paper] if paper is not None else []

        def tag(edits: Sequence[MarkEdit]) -> None:
            if paper is not None:
                read = set_read([paper.paper_id], read=True)
                self._carry_out(Decision.TAG, paper, [*edits, *read])

        return self._marks_controller.tags_prompt(papers, tag)


def _edits(decision: Decision, paper: Paper) -> list[MarkEdit]:
    """Return the edits of a decision. What is starred or opened was seen, and counts as read."""
    ids = [paper.paper_id]
    match decision:
        case "later":
            from tui.marks.reading_list import add_to_list

            return add_to_list(ids)
        case "hide":
            return set_hidden(ids, hidden=True)
        case "star":
            return [*set_starred(ids, starred=True), *set_read(ids, read=True)]
        case "skip":
            return []
        case _:
            return set_read(ids, read=True)


def _read(library: Library, paper: Paper, job: Job) -> TriageSummariesLoaded | None:
    loaded = read_summaries(library, paper, job)
    return TriageSummariesLoaded(loaded) if loaded is not None else None
