"""Download recent days from the hub."""

from __future__ import annotations

from textual.message import Message

from tui.config.paths import download_folder
from tui.i18n import _
from tui.ui.messages import FetchFinished, FetchProgressed
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.sources_controller import SourcesController
from tui.ui.screens.main.sync_controller import SyncController, SyncReason
from tui.ui.workers.jobs import Job, JobGroup


class FetchController(Controller):
    """Runs downloads and shows how they proceed.

    Args:
        context: the objects that all controllers share.
        sources: takes the download folder.
        sync: reads what was downloaded.
    """

    def __init__(
        self, context: MainContext, sources: SourcesController, sync: SyncController
    ) -> None:
        super().__init__(context)
        self._sources = sources
        self._sync = sync

    def fetch(self) -> None:
        """Fetch the papers of the last days, unless a download is running."""
        if self._jobs.is_running(JobGroup.FETCH):
            return
        from tui.sources.huggingface import missing_dependency_message

        if missing := missing_dependency_message():
            self._status.show_message(missing)
        else:
            self._jobs.start(JobGroup.FETCH, self._fetch)

    def _fetch(self, job: Job) -> Message:
        from tui.ui.workers.fetch import fetch_recent_days

        options = self._options
        return fetch_recent_days(
            options.settings.fetch_folder or download_folder(),
            [cache.source for cache in self._library.get().caches],
            job,
            may_add=options.cache_locator is not None and not options.named_sources,
        )

    def stop(self) -> None:
        """Stop the download; what was fetched stays."""
        self._jobs.cancel(JobGroup.FETCH)

    def fetch_progressed(self, message: FetchProgressed) -> None:
        """Show the progress of a download."""
        text = _("Waiting for the hub") if message.wait else _("Fetching days")
        self._show_progress(message.done, message.total, text)

    def fetch_finished(self, message: FetchFinished) -> None:
        """Show the outcome of a download, and read the new days."""
        self._hide_progress()
        self._status.show_message(message.text)
        if message.source is not None:
            self._sources.add(message.source)
        if message.changed or message.source is not None:
            self._sync.sync_soon(SyncReason.FETCHED)
