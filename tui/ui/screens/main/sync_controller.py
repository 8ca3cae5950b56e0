"""Sync the library with its digests, and reload it when its caches change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from textual.timer import Timer
from textual.worker import Worker, WorkerState

from tui.i18n import _, ngettext
from tui.library.library import Library
from tui.library.periods import format_period
from tui.ui.messages import (
    LibraryOutdated,
    LibraryReloaded,
    SidebarCountsReady,
    SourcesChanged,
    SummariesLoaded,
)
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.problem_list import ProblemKind
from tui.ui.task_messages import SyncFinished, SyncProgressed
from tui.ui.workers.jobs import JobGroup, log_and_describe

RELOAD_SECONDS = 0.4
"""Time between two reloads of a library that a sync is filling."""

PERIODIC_GROUPS = {JobGroup.CHECK, JobGroup.COUNTS}
"""Jobs that run periodically, and whose failure is reported once."""

BUSY_GROUPS = {JobGroup.SYNC, JobGroup.FETCH}
"""Jobs that show their progress. A pending sync waits until they have ended."""


class SyncReason(Enum):
    """Why a sync runs. It decides what is announced when it ends."""

    ROUTINE = auto()
    """At the start, or to repair the cache; nothing is announced."""

    REQUESTED = auto()
    """A key was pressed: the reader waits for an answer."""

    AUTOMATIC = auto()
    """Digests have changed: what is new is announced, but the list is not changed."""

    FETCHED = auto()
    """Days were downloaded, which has been announced already."""


class News:
    """Papers and days that have appeared but have not been announced yet."""

    def __init__(self) -> None:
        self._papers = 0
        self._days: set[str] = set()

    def add(self, papers: int, days: Sequence[str]) -> None:
        """Add a number of new papers, and the days that are new."""
        self._papers += papers
        self._days.update(days)

    @property
    def has_any(self) -> bool:
        """Whether there is something to announce."""
        return bool(self._papers or self._days)

    def take(self) -> str:
        """Return the announcement, empty if nothing is new, and start collecting again."""
        papers, days = self._papers, sorted(self._days)
        self._papers, self._days = 0, set()
        if days:
            text = _("{number} new days, the newest: {day}")
            text = _("1 new day: {day}") if len(days) == 1 else text
            return text.format(number=f"{len(days):,}", day=format_period(days[-1]))
        if papers:
            text = ngettext("{number} new paper.", "{number} new papers.", papers)
            return text.format(number=f"{papers:,}")
        return ""


class SyncController(Controller):
    """Runs syncs and shows what they bring.

    Args:
        context: the objects that all controllers share.
        papers: draws what depends on the state of a sync.
        navigator: shows a reloaded library.
    """

    def __init__(self, context: MainContext, papers: ListController, navigator: Navigator) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._reason = SyncReason.ROUTINE
        self.pending: SyncReason | None = None
        """Why another sync will start when the running job ends; None if none will."""
        self.reload_timer: Timer | None = None
        """Runs until the library is reloaded; None if that is not due."""
        self._news = News()
        self._is_syncing = False
        self._owes_answer = False
        self._was_rebuilt = False
        self._last_read_error = ""
        self._last_notice: str | None = None
        self._last_failure = ""

    # Starting and stopping

    def sync_now(self) -> None:
        """Pull clones and read changed digests because a key was pressed."""
        self._reason = SyncReason.REQUESTED
        self._updater.sync(pull=self._policy.may_run_programs)

    def sync_soon(self, reason: SyncReason) -> None:
        """Read changed digests once no other sync or download is running."""
        if self.pending is not SyncReason.FETCHED:
            self.pending = reason
        self._sync_pending()

    def on_sources_changed(self, _message: SourcesChanged) -> None:
        """Read digests that were changed, added or removed."""
        self.sync_soon(SyncReason.AUTOMATIC)

    def _sync_pending(self) -> None:
        if self.pending is not None and not self._jobs.is_running(*BUSY_GROUPS):
            self._reason, self.pending = self.pending, None
            self._updater.sync()

    def stop(self) -> None:
        """Stop the sync; what it has read stays."""
        if self._updater.is_syncing:
            # Digests that changed meanwhile belong to the rest, which is not wanted now.
            self.pending = None
        self._updater.stop_sync()

    def rebuild_if_damaged(self) -> None:
        """Rebuild the cache if a part of it could not be read. It is tried once.

        Later errors are only shown, each of them once.
        """
        library = self._library.get()
        if not library.read_errors or library.read_errors[-1] == self._last_read_error:
            return
        was_rebuilt, self._was_rebuilt = self._was_rebuilt, True
        why = self._last_read_error = library.read_errors[-1]
        if was_rebuilt or all(cache.other_owner() for cache in library.caches):
            self._status.show_message(_("The cache cannot be read: {why}").format(why=why))
        else:
            self._status.show_message(_("Rebuilding the cache: {why}").format(why=why))
            self._updater.sync(rebuild=True)

    def on_summaries_loaded(self, _message: SummariesLoaded) -> None:
        """Rebuild the cache if the summaries could not be read."""
        self.rebuild_if_damaged()

    @property
    def is_check_due(self) -> bool:
        """Whether ``check_library`` has something to do. Thread-safe."""
        read_errors = self._library.get().read_errors
        return self._screen.app.app_focus and (
            self._news.has_any
            or self._papers.is_unreadable
            or (bool(read_errors) and read_errors[-1] != self._last_read_error)
            or self._updater.is_outdated()
        )

    def check_library(self) -> None:
        """Check what other processes changed, unless the terminal is in the background."""
        if self._screen.app.app_focus:
            self._updater.reload_if_changed()
            self._papers.retry_unreadable()
            self.rebuild_if_damaged()
            self._announce_news()

    def _announce_news(self) -> None:
        """Announce what is new, unless another message is visible."""
        if not self._status.message:
            self._status.show_message(self._news.take())

    # Progress and results

    def on_sync_progressed(self, message: SyncProgressed) -> None:
        """Show the progress of a sync, and from time to time what it has read so far."""
        has_begun = not self._status.is_busy
        self._show_progress(JobGroup.SYNC, message.done, message.total, message.text)
        if has_begun:
            self._papers.refresh()
        if message.written and self.reload_timer is None:
            self.reload_timer = self._screen.set_timer(RELOAD_SECONDS, self._reload_partly)

    def _reload_partly(self) -> None:
        self.reload_timer = None
        self._reload()

    def _reload(self) -> None:
        self._updater.reload(
            is_automatic=self._reason is SyncReason.AUTOMATIC,
            announce=self._reason in {SyncReason.AUTOMATIC, SyncReason.REQUESTED},
        )

    def on_sync_finished(self, message: SyncFinished) -> None:
        """Show the outcome of a sync."""
        self._status.hide_progress(JobGroup.SYNC)
        # Until what was read is shown, an empty list does not mean that there is nothing.
        self._library.is_awaiting_sync = bool(message.changed)
        self._problems.replace(ProblemKind.DIGESTS, message.problems)
        self._problems.replace(ProblemKind.OTHER_USERS_DIGESTS, message.other_users_problems)
        is_requested = self._reason is SyncReason.REQUESTED
        is_repeated = self._reason is SyncReason.AUTOMATIC and message.notice == self._last_notice
        self._last_notice = message.notice
        if message.notice:
            # An automatic sync may fail each time a digest is written; that is shown once.
            if not is_repeated:
                self._status.show_message(message.notice)
        elif message.cancelled:
            text = _("Stopped. {key} reads the rest.")
            self._status.show_message(text.format(key=self._options.key_label("digests.sync")))
        elif is_requested and message.owner:
            text = _("{user} syncs these digests; new ones appear here automatically.")
            self._status.show_message(text.format(user=message.owner))
        elif is_requested and not message.changed and not self._status.message:
            # The key removed older messages; one that is visible came later and matters more.
            self._status.show_message(_("No digest has changed."))
        self._papers.refresh()
        if message.temporary_caches:
            self._library.replace(Library(message.temporary_caches, self._library.get()))
        if message.changed:
            self._owes_answer = is_requested
            self._reload()
        self._reason = SyncReason.ROUTINE

    def on_library_reloaded(self, message: LibraryReloaded) -> None:
        """Show a library that was reloaded, and announce what is new in it."""
        if message.library.caches != self._library.get().caches:
            # A source was added meanwhile, which this library does not have.
            self._updater.reload(is_automatic=True, announce=True)
            return
        self._navigator.show_library(message.library, is_automatic=message.is_automatic)
        self._news.add(message.new_papers, message.new_days)
        self._announce_news()
        if self._owes_answer and not self._status.message:
            # Neither a day nor a paper is new.
            self._status.show_message(_("Read the changed digests."))
        self._owes_answer = False

    def on_library_outdated(self, message: LibraryOutdated) -> None:
        """Show what another process has changed.

        If a sync of this process is not completely shown, it may be what was noticed. Then the
        reload after it shows that, and decides what is announced.
        """
        is_shown = not self._is_syncing and not self._library.is_awaiting_sync
        if is_shown and message.before is self._library.get():
            self.on_library_reloaded(
                LibraryReloaded(message.library, is_automatic=True, new_papers=message.new_papers)
            )

    def worker_changed(self, event: Worker.StateChanged) -> None:
        """Report a job that failed unexpectedly, and continue with a pending sync."""
        worker = event.worker
        if worker.group == JobGroup.SYNC:
            # Unlike the worker's state, this changes only after its last message was handled.
            self._is_syncing = not worker.is_finished
        if event.state is WorkerState.ERROR and worker.error is not None:
            self._worker_failed(worker.group, worker.error)
        if worker.is_finished and worker.group == JobGroup.RELOAD:
            self._end_waiting()
        if worker.is_finished and worker.group in BUSY_GROUPS:
            self._sync_pending()
            self._complete_counts()

    def _end_waiting(self) -> None:
        """Show why the list is empty, if it still is now that what was read is loaded."""
        if self._library.is_awaiting_sync:
            self._library.is_awaiting_sync = False
            if self._model.is_complete:
                self._papers.refresh()

    def on_sidebar_counts_ready(self, _message: SidebarCountsReady) -> None:
        """Complete counts that began during a sync."""
        self._complete_counts()

    def _complete_counts(self) -> None:
        if self._counter.is_incomplete and not self._jobs.is_running(JobGroup.SYNC):
            self._counter.count()

    def _worker_failed(self, group: str, error: BaseException) -> None:
        self._library.is_awaiting_sync = False
        self._status.hide_progress(group)
        if group in BUSY_GROUPS:
            self._reason = SyncReason.ROUTINE
            self._papers.refresh()
        if group == JobGroup.PAPERS:
            self._navigator.stop_loading()
        text = log_and_describe(error)
        if group not in PERIODIC_GROUPS or text != self._last_failure:
            self._status.show_message(text)
        self._last_failure = text
