"""Keep the counts of the sidebar up to date, in a worker thread."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from time import monotonic, thread_time
from typing import TYPE_CHECKING

from tui.library.library import Library
from tui.marks.store import MarkStore
from tui.runtime.task import Task
from tui.ui.messages import SidebarCountsReady
from tui.ui.workers.jobs import Job, JobGroup, JobRunner
from tui.ui.workers.library_jobs import CurrentLibrary

if TYPE_CHECKING:
    from tui.library.sidebar_counts import LibraryCounts

MAX_SHARE = 0.05
"""Share of the time that counting may take while a sync needs the processor."""


class SidebarCounter:
    """Counts for the sidebar whenever something changes; posts ``SidebarCountsReady``.

    Args:
        jobs: runs the jobs.
        library: the library to count in.
        marks: the reader's marks.
        views_file: the file of saved views.
        skips_seen: whether a day leaves out papers that were featured on an earlier day.
        interests: the query of the papers about interests; empty without interests.
    """

    def __init__(
        self,
        jobs: JobRunner,
        library: CurrentLibrary,
        marks: MarkStore,
        views_file: Path,
        *,
        skips_seen: bool = False,
        interests: str = "",
    ) -> None:
        self._interests = interests
        self._skips_seen = skips_seen
        self._jobs = jobs
        self._library = library
        self._marks = marks
        self._views_file = views_file
        self._lock = Lock()
        self._next_library: Library | None = None
        self._is_running = False
        self._marks_changed = False
        self._may_read_texts = False
        self._counts: LibraryCounts | None = None
        self._due_at = 0.0
        self.is_incomplete = False
        """Whether views that search for words were not counted because a sync was running."""

    @property
    def is_due(self) -> bool:
        """Whether counting again would not slow down a sync."""
        return monotonic() >= self._due_at

    def count(self) -> None:
        """Count again. A running count is followed by another: marks may change faster."""
        with self._lock:
            self._next_library = self._library.get()
            self._may_read_texts = not self._jobs.is_running(JobGroup.SYNC)
            is_idle, self._is_running = not self._is_running, True
        if is_idle:
            self._jobs.start(JobGroup.COUNTS, self._count_all)

    def note_marks_changed(self) -> None:
        """Report with the next counts that another process changed marks."""
        self._marks_changed = True

    def _count_all(self, job: Job) -> None:
        try:
            while (library := self._take_library()) is not None:
                counted, may_read_texts = self._count(library, job), self._may_read_texts
                lacks_views = any(
                    number is None and not scope.query().needs_ranking
                    for scope, number in counted.counts.views
                )
                lacks_views |= bool(self._interests) and counted.counts.interesting is None
                self.is_incomplete = lacks_views and not may_read_texts
                self._post(counted, job)
                if lacks_views and may_read_texts:
                    self._post(self._count(library, job, read_texts=True), job)
        except BaseException:
            self._is_running = False
            raise

    def _post(self, counted: SidebarCountsReady, job: Job) -> None:
        if job.is_cancelled():
            self._marks_changed |= counted.marks_changed
        else:
            job.post(counted)

    def _take_library(self) -> Library | None:
        with self._lock:
            library, self._next_library = self._next_library, None
            self._is_running = library is not None
            return library

    def _count(self, library: Library, job: Job, *, read_texts: bool = False) -> SidebarCountsReady:
        from tui.library.saved_views import load_views
        from tui.library.sidebar_counts import LibraryCounts

        began = thread_time()
        # An earlier refresh() may already have seen the change; report it now.
        marks_changed = self._marks.refresh() or self._marks_changed
        self._marks_changed = False
        views, problems = load_views(self._views_file)
        if self._counts is None or self._counts.library is not library:
            self._counts = LibraryCounts(
                library, self._marks, skips_seen=self._skips_seen, interests=self._interests
            )
        # Texts take long to read: something else may have to be counted meanwhile.
        task = Task(
            is_cancelled=lambda: (
                job.is_cancelled() or (read_texts and self._next_library is not None)
            )
        )
        had_summaries = library.text_index.has_summaries
        counts = self._counts.count(views, task, read_texts=read_texts)
        if read_texts and not had_summaries:
            # Nobody has searched yet, and memory matters more than the time to read them again.
            library.drop_text_index()
        warning = next(reversed(self._marks.read_errors), "")
        self._due_at = monotonic() + (thread_time() - began) / MAX_SHARE
        return SidebarCountsReady(counts, marks_changed, problems, warning)
