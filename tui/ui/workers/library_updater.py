"""The current library; sync, reload and check it in worker threads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual.message import Message

from tui.library.library import Library
from tui.marks import MarkStore
from tui.runtime.tuning import no_full_collection
from tui.storage.tables import StorageError
from tui.ui.messages import LibraryReloaded
from tui.ui.workers.jobs import Job, JobGroup, JobRunner


class CurrentLibrary:
    """Holds the current library, which is replaced as a whole when its caches change."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def get(self) -> Library:
        """Return the current library."""
        return self._library

    def replace(self, library: Library) -> None:
        """Continue with another library."""
        if library is not self._library:
            # The start-up options hold on to the first library until the program ends.
            self._library.clear_caches()
        self._library = library


class LibraryUpdater:
    """Reads changed digests into the caches, and opens the library again after that.

    Args:
        jobs: runs the jobs.
        library: the current library.
        marks: the reader's marks.
        on_marks_changed: called in a worker thread when another process has changed marks.
    """

    def __init__(
        self,
        jobs: JobRunner,
        library: CurrentLibrary,
        marks: MarkStore,
        on_marks_changed: Callable[[], None],
    ) -> None:
        self._jobs = jobs
        self._library = library
        self._marks = marks
        self._on_marks_changed = on_marks_changed

    @property
    def is_syncing(self) -> bool:
        """Whether a sync is running."""
        return self._jobs.is_running(JobGroup.SYNC)

    def sync(self, *, rebuild: bool = False, pull: bool = False) -> None:
        """Read changed digests; posts ``SyncProgressed`` and then ``SyncFinished``.

        Does nothing while another sync is running: restarting would only repeat its work.

        Args:
            rebuild: read all digests again, not only the changed ones.
            pull: pull cloned repositories first.
        """
        if not self.is_syncing:
            work = partial(_sync, self._library.get(), rebuild=rebuild, pull=pull)
            self._jobs.start(JobGroup.SYNC, work)

    def stop_sync(self) -> None:
        """Stop the running sync."""
        self._jobs.cancel(JobGroup.SYNC)

    def reload(self, *, is_automatic: bool = False, announce: bool = False) -> None:
        """Open the library again; posts ``LibraryReloaded``.

        Args:
            is_automatic: whether the reader did not request the change.
            announce: whether to count what is new.
        """
        library = self._library.get()
        work = partial(_reload, library, is_automatic=is_automatic, announce=announce)
        self._jobs.start(JobGroup.RELOAD, work)

    def reload_if_changed(self) -> None:
        """Check for changes by other processes; posts ``LibraryReloaded`` if there are any.

        Does nothing while a check is running, which takes long on a slow network drive, or while
        this process is changing the caches itself.
        """
        if not self._jobs.is_running(JobGroup.CHECK, JobGroup.RELOAD, JobGroup.SYNC):
            self._jobs.start(JobGroup.CHECK, partial(self._check, self._library.get()))

    def _check(self, library: Library, job: Job) -> Message | None:
        if self._marks.refresh():
            self._on_marks_changed()
        # An unreadable cache may be readable again at the next check.
        with suppress(StorageError, OSError):
            if library.is_outdated():
                current = Library(library.caches, before=library)
                new_papers = len(current.ids - library.ids)
                if not job.is_cancelled():
                    return LibraryReloaded(current, is_automatic=True, new_papers=new_papers)
        return None


def _sync(library: Library, job: Job, *, rebuild: bool, pull: bool) -> Message:
    # The first screen shows what is cached and does not need the digest readers.
    from tui.ui.workers.sync import sync_all

    with no_full_collection():
        return sync_all(library.caches, job, rebuild=rebuild, pull=pull)


def _reload(library: Library, job: Job, *, is_automatic: bool, announce: bool) -> Message | None:
    current = Library(library.caches, before=library)
    new_papers, new_days = 0, []
    if announce:
        before = set(library.period_counts.days())
        new_days = [day for day in current.period_counts.days() if day not in before]
        new_papers = len(current.ids - library.ids)
    if job.is_cancelled():
        return None
    return LibraryReloaded(
        current, is_automatic=is_automatic, new_papers=new_papers, new_days=new_days
    )
