"""What the controllers of the main screen share, and their base class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.config.session import Session
from tui.i18n import _
from tui.library.omissions import OmissionRules
from tui.library.scope import any_interest
from tui.library.visits import VisitLog
from tui.query.matches import use_matches
from tui.ui.screens.main.paper_list_model import PaperListModel
from tui.ui.screens.main.problem_list import ProblemList
from tui.ui.screens.main.selection import Selection
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.widgets.prompt import Choice
from tui.ui.widgets.status_line import JobProgress
from tui.ui.workers.jobs import JobGroup, JobRunner
from tui.ui.workers.library_jobs import (
    CurrentLibrary,
    LibraryUpdater,
    PaperLoader,
)
from tui.ui.workers.sidebar_counter import SidebarCounter

if TYPE_CHECKING:
    from tui.ui.screens.main.panes import PaneLayout


class MainContext:
    """The objects that the controllers share.

    Args:
        screen: receives messages, runs timers and tasks, and shows dialogs.
        options: settings, marks and files.
        panes: the widgets.
    """

    def __init__(self, screen: Screen[None], options: StartupOptions, panes: PaneLayout) -> None:
        self.screen = screen
        self.options = options
        self.panes = panes
        # What happens with sources named on the command line is not remembered.
        self.session = Session() if options.named_sources else options.session
        self.model = PaperListModel(options.view, self.session)
        self.selection = Selection(panes, self.model)
        self.problems = ProblemList(options.problems)
        self.visits = options.visits or VisitLog(None, lambda: options.session.newest)
        if not options.named_sources:
            options.library.visits = self.visits
        options.library.reader_marks = options.marks.all_marks
        use_matches({})
        self.library = CurrentLibrary(options.library)
        self.jobs = JobRunner(screen)
        self.omission_rules = OmissionRules(
            options.marks, skips_seen=options.settings.skip_seen, mute=options.settings.mute
        )
        self.loader = PaperLoader(self.jobs, self.library, options.marks, self.omission_rules)
        self.counter = SidebarCounter(
            self.jobs,
            self.library,
            options.marks,
            options.views_file,
            skips_seen=options.settings.skip_seen,
            interests=any_interest(options.settings.interests),
        )
        self.updater = LibraryUpdater(
            self.jobs, self.library, options.marks, self._marks_changed_elsewhere
        )

    def _marks_changed_elsewhere(self) -> None:
        # Called in a worker thread.
        self.counter.note_marks_changed()
        self.screen.call_later(self.counter.count)


class Controller:
    """Base class of the controllers, which unpacks the shared objects.

    Args:
        context: the objects that all controllers share.
    """

    def __init__(self, context: MainContext) -> None:
        self._screen = context.screen
        self._options = context.options
        self._policy = context.options.policy
        self._marks = context.options.marks
        self._session = context.session
        self._library = context.library
        self._jobs = context.jobs
        self._panes = context.panes
        self._status = context.panes.status
        self._model = context.model
        self._omission_rules = context.omission_rules
        self._selection = context.selection
        self._problems = context.problems
        self._loader = context.loader
        self._updater = context.updater
        self._counter = context.counter

    def _choose(
        self,
        title: str,
        choices: Sequence[Choice],
        on_choice: Callable[[int], None],
        selected: int = 0,
    ) -> None:
        """Let the reader choose from a list.

        Args:
            title: its title.
            choices: its rows.
            on_choice: takes the index of the choice; not called if the reader leaves without one.
            selected: index of the row the cursor starts on.
        """
        from tui.ui.screens.chooser import Chooser

        def closed(index: int | None) -> None:
            if index is not None:
                on_choice(index)

        self._screen.app.push_screen(Chooser(title, choices, selected), closed)

    def _show_progress(self, job: JobGroup, done: int, total: int, text: str) -> None:
        """Show the progress of a job, and the key that stops it."""
        stop = _("{key} stops").format(key=self._options.key_label("digests.stop"))
        self._status.show_progress(job, JobProgress(done, total, stop, text))
