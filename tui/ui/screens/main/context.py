"""The objects that the controllers of the main screen share."""

from __future__ import annotations

from typing import NamedTuple

from textual.screen import Screen

from tui.config.session import Session
from tui.i18n import _
from tui.ui.screens.main.panes import PaneLayout
from tui.ui.screens.main.paper_list_model import PaperListModel
from tui.ui.screens.main.problem_list import ProblemList
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.workers.jobs import JobRunner
from tui.ui.workers.library_updater import CurrentLibrary, LibraryUpdater
from tui.ui.workers.loader import PaperLoader
from tui.ui.workers.sidebar_counter import SidebarCounter


class MainContext(NamedTuple):
    """The shared objects, as one parameter.

    Attributes:
        screen: receives messages, runs timers and tasks, and shows dialogs.
        options: settings, marks and files.
        session: what is remembered until the next visit.
        library: the current library.
        jobs: the jobs that are running.
        panes: the widgets.
        model: the state of the paper list.
        problems: the problems in the reader's files.
        loader: loads papers and summaries.
        updater: syncs and reloads the library.
        counter: counts for the sidebar.
    """

    screen: Screen[None]
    options: StartupOptions
    session: Session
    library: CurrentLibrary
    jobs: JobRunner
    panes: PaneLayout
    model: PaperListModel
    problems: ProblemList
    loader: PaperLoader
    updater: LibraryUpdater
    counter: SidebarCounter


class Controller:
    """Base class of the controllers, which unpacks the shared objects.

    Args:
        context: the objects that all controllers share.
    """

    def __init__(self, context: MainContext) -> None:
        self._screen = context.screen
        self._options = context.options
        self._marks = context.options.marks
        self._session = context.session
        self._library = context.library
        self._jobs = context.jobs
        self._panes = context.panes
        self._status = context.panes.status
        self._model = context.model
        self._problems = context.problems
        self._loader = context.loader
        self._updater = context.updater
        self._counter = context.counter

    def _show_progress(self, done: int, total: int, text: str) -> None:
        """Show a progress bar, and the key that stops the job."""
        stop = _("{key} stops").format(key=self._options.key_label("digests.stop"))
        self._status.show_progress(done, total, stop, text)

    def _hide_progress(self) -> None:
        self._status.show_progress(0, 0, "")
