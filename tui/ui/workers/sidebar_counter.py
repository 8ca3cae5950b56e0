"""Count marks, tags and saved views for the sidebar in a worker thread."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from time import thread_time
from typing import TYPE_CHECKING

from tui.library.library import Library
from tui.marks import MarkStore
from tui.runtime.task import Task
from tui.ui.messages import SidebarCountsReady
from tui.ui.workers.jobs import Job, JobGroup, JobRunner
from tui.ui.workers.library_updater import CurrentLibrary

if TYPE_CHECKING:
    from tui.library.sidebar_counts import SavedViewCounter

EXPENSIVE_SECONDS = 0.004
"""Counting that takes more processor time than this is put off until a sync has ended."""


class SidebarCounter:
    """Keeps the counts of the sidebar up to date; posts ``SidebarCountsReady``.

    Args:
        jobs: runs the jobs.
        library: the library to count in.
        marks: the reader's marks.
        views_file: the file of saved views.
    """

    def __init__(
        self, jobs: JobRunner, library: CurrentLibrary, marks: MarkStore, views_file: Path
    ) -> None:
        self._jobs = jobs
        self._library = library
        self._marks = marks
        self._views_file = views_file
        self._lock = Lock()
        self._next_library: Library | None = None
        self._is_running = False
        self._marks_changed = False
        self._view_counter: SavedViewCounter | None = None
        self.is_expensive = False

    def count(self) -> None:
        """Count again. A running count is followed by another: marks may change faster."""
        with self._lock:
            self._next_library = self._library.get()
            is_idle, self._is_running = not self._is_running, True
        if is_idle:
            self._jobs.start(JobGroup.COUNTS, self._count_all)

    def note_marks_changed(self) -> None:
        """Report with the next counts that another process changed marks."""
        self._marks_changed = True

    def _count_all(self, job: Job) -> None:
        try:
            while (library := self._take_library()) is not None:
                began = thread_time()
                counted = self._count(library, job)
                self.is_expensive = thread_time() - began > EXPENSIVE_SECONDS
                if not job.is_cancelled():
                    job.post(counted)
        except BaseException:
            self._is_running = False
            raise

    def _take_library(self) -> Library | None:
        with self._lock:
            library, self._next_library = self._next_library, None
            self._is_running = library is not None
            return library

    def _count(self, library: Library, job: Job) -> SidebarCountsReady:
        from tui.library.saved_views import load_views
        from tui.library.sidebar_counts import SavedViewCounter, count_sidebar

        # An earlier refresh() may already have seen the change; report it now.
        marks_changed = self._marks.refresh() or self._marks_changed
        self._marks_changed = False
        views, problems = load_views(self._views_file)
        if self._view_counter is None or self._view_counter.library is not library:
            self._view_counter = SavedViewCounter(library, self._marks)
        task = Task(is_cancelled=job.is_cancelled)
        counts = count_sidebar(self._marks, views, self._view_counter, task)
        warning = next(iter(self._marks.read_errors), "")
        return SidebarCountsReady(
            counts, marks_changed=marks_changed, problems=problems, warning=warning
        )
