"""Triage: show the undecided papers one by one, and carry out what the reader decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.i18n import _
from tui.library.scope import Scope
from tui.marks.edits import MarkEdit, set_hidden, set_read, set_starred
from tui.models import NO_MARKS, Marks, Paper
from tui.query.query import Query
from tui.ui.messages import (
    MarksChanged,
    Notice,
    PapersLoaded,
    TriageDayFound,
    TriageSummariesLoaded,
)
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.marks_controller import MarksController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.paper_list_model import CursorPlacement
from tui.ui.screens.main.share_controller import ShareController
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.screens.main.undo_stack import short_title
from tui.ui.workers.jobs import Job, JobGroup
from tui.ui.workers.library_jobs import read_summaries
from tui.ui.workers.paper_finder import days_around, listed_papers

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.triage_session import Decision, Triage
    from tui.library.view import View
    from tui.marks.store import MarkStore
    from tui.ui.screens.main.picture_controller import PictureController
    from tui.ui.screens.triage import TriageScreen
    from tui.ui.widgets.prompt import Prompt

MAX_PAPERS = 100_000
"""Papers to decide about that are taken from a list: a very large library is read no further."""

_AFTER_ALL_DAYS = "9999"


class TriageController(Controller):
    """Opens the triage screen, and is its host.

    Args:
        context: the objects that all controllers share.
        papers: shows the list afterwards.
        marks: prompts for tags.
        undo: makes the edits, so that they can be undone.
        sharing: opens pages.
        navigator: goes to other days.
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
        navigator: Navigator,
        pictures: Callable[[], PictureController],
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._marks_controller = marks
        self._undo = undo
        self._sharing = sharing
        self._pictures = pictures
        self._triage: Triage | None = None
        self._triage_screen: TriageScreen | None = None
        self._applied: list[list[MarkEdit]] = []
        """For each decision the edits that it made; empty until, and unless, it changed marks."""
        self._decided_before = 0
        """Papers decided about in lists before this one, since the screen was opened."""
        self._awaits_day = False

    def open(self) -> None:
        """Show the selected papers one by one, or else the undecided ones of the list."""
        from tui.library.triage_session import Triage
        from tui.ui.screens.triage import TriageScreen

        if not self._model.is_complete:
            self._status.show_message(_("The list is still loading."))
            return
        papers = self._selection.take() if self._selection.ids else self._undecided_papers()
        if not papers:
            self._status.show_message(_("All papers of the list are decided."))
            return
        self._triage, self._applied = Triage(papers), []
        self._decided_before, self._awaits_day = 0, False
        name = self._model.view.scope.title
        keymap = self._options.settings.keymap
        self._triage_screen = TriageScreen(self._triage, name, self, keymap)
        self._screen.app.push_screen(self._triage_screen, self._closed)
        self._show_current()

    def _undecided_papers(self) -> Sequence[Paper]:
        """Return the papers of the list to decide about, in order."""
        return _undecided(self._panes.table.papers, self._marks)

    def _closed(self, _result: None) -> None:
        """Show the list with the cursor on the paper that would have been next."""
        from tui.ui.typeset.triage_page import decided_text

        triage, self._triage, self._triage_screen = self._triage, None, None
        self._awaits_day = False
        if triage is not None:
            current = triage.current
            self._papers.draw(CursorPlacement(current.paper_id if current else None))
            if number := self._decided_before + triage.decided_count:
                self._status.show_message(decided_text(number))

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
        """Confirm a decision, and show a note."""
        if self._triage_screen is None or self._triage is None:
            return
        if message.text:
            self._triage_screen.show_message(message.text)
        current = self._triage.current
        if current is not None and any(edit.paper == current.paper_id for edit in message.edits):
            self._triage_screen.redraw()

    def on_notice(self, message: Notice) -> None:
        """Show what became of a page that was opened."""
        if self._triage_screen is not None and message.text:
            self._triage_screen.show_message(message.text)

    def on_triage_day_found(self, message: TriageDayFound) -> None:
        """Go on with the day, once its papers are there."""
        if self._triage is None or self._triage_screen is None:
            return
        if not message.day:
            text = _("No newer day has undecided papers.")
            if message.by < 0:
                text = _("No older day has undecided papers.")
            self._triage_screen.show_message(text)
            self._triage_screen.stop_waiting()
            return
        self._decided_before += self._triage.decided_count
        self._awaits_day = True
        self._navigator.visit(Scope(message.day), Query())
        self._go_on()

    def on_papers_loaded(self, _message: PapersLoaded) -> None:
        """Go on with a day that had to be loaded."""
        self._go_on()

    def _go_on(self) -> None:
        """Show the first undecided paper of the list if it is that of an awaited day."""
        from tui.library.triage_session import Triage

        if not self._awaits_day or self._triage_screen is None or not self._model.is_complete:
            return
        self._awaits_day = False
        self._triage, self._applied = Triage(self._undecided_papers()), []
        self._triage_screen.replace(self._triage, self._model.view.scope.title)
        self._show_current()

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
        text = {
            "star": _("Starred: {title}"),
            "later": _("Added to the reading list: {title}"),
            "tag": _("Tagged: {title}"),
            "open": "",
            "read": _("Read: {title}"),
            "hide": _("Hidden: {title}"),
        }.get(decision, "")

        room = self._triage_screen.message_width if self._triage_screen is not None else 0
        title = short_title(paper.title, room - cell_len(text.format(title="")))

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

    def edit_note(self) -> None:
        """Open the note of the current paper in an editor; it can be taken back like a decision."""
        triage = self._triage
        if triage is None or (paper := triage.current) is None:
            return

        def note(applied: list[MarkEdit]) -> None:
            self._applied.append(applied)
            triage.add_note()

        self._marks_controller.edit_note(paper, note)

    def step_day(self, by: int) -> None:
        """Go on with the nearest older (-1) or newer (1) day that has undecided papers."""
        if self._triage_screen is not None:
            self._triage_screen.wait_for_paper()
            view = self._model.view
            period = view.period if view.scope.is_period else ""
            start = self._model.view_of(Scope(period), Query())
            self._jobs.start(JobGroup.STEP, partial(self._find_day, self._library.get(), start, by))

    def _find_day(self, library: Library, start: View, by: int, job: Job) -> TriageDayFound | None:
        # From a list that is not of a date, older days begin with the newest one.
        period = start.period or _AFTER_ALL_DAYS
        for day in days_around(library.period_counts.days(), period, -by)[0]:
            if job.is_cancelled():
                return None
            view = start._replace(scope=Scope(day))
            if _undecided(listed_papers(library, view, self._omission_rules), self._marks):
                return TriageDayFound(by, day)
        return TriageDayFound(by)

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
        from tui.library.triage_session import Decision

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


def _undecided(papers: Sequence[Paper], marks: MarkStore) -> Sequence[Paper]:
    from tui.library.triage_session import is_undecided

    marks_by_id = marks.all_marks()
    undecided = (
        paper for paper in papers if is_undecided(marks_by_id.get(paper.paper_id, NO_MARKS))
    )
    return list(islice(undecided, MAX_PAPERS))


def _read(library: Library, paper: Paper, job: Job) -> TriageSummariesLoaded | None:
    loaded = read_summaries(library, paper, job)
    return TriageSummariesLoaded(loaded) if loaded is not None else None
