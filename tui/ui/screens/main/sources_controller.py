"""Watch the sources and the settings for changes, and fetch digests from the hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

from tui.cache.source_cache import SourceCache
from tui.config.paths import config_files, download_folder, sample_data
from tui.config.settings_file import load_settings
from tui.config.validators import POLL
from tui.i18n import _
from tui.library.library import Library
from tui.ui.messages import Notice, SourcesChanged, SourcesRetargeted, WatchFailed
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.sync_controller import SyncController, SyncReason
from tui.ui.task_messages import FetchFinished, FetchProgressed
from tui.ui.workers.jobs import Job, JobGroup

if TYPE_CHECKING:
    from tui.models import Paper
    from tui.sources.watcher import SourceWatcher

FileVersions: TypeAlias = list[tuple[int, int] | None]
"""Inode and modification time (ns) of files; None for a missing one."""


class SourcesController(Controller):
    """Knows which sources are shown and when their files change, and runs downloads.

    Args:
        context: the objects that all controllers share.
        sync: reads digests of other sources, and what was downloaded.
    """

    def __init__(self, context: MainContext, sync: SyncController) -> None:
        super().__init__(context)
        self._sync = sync
        self._watcher: SourceWatcher | None = None
        self._settings_versions = _settings_versions()
        self.needs_check: Callable[[], bool] = lambda: False
        """Called in another thread from time to time."""
        self.on_check: Callable[[], object] = lambda: None
        """Called if that returns True."""

    # The settings

    @property
    def is_check_due(self) -> bool:
        """Whether the settings have changed. Thread-safe."""
        return _settings_versions() != self._settings_versions and not self._options.named_sources

    def check_settings(self) -> None:
        """Show the sources in the settings if they have changed."""
        versions = _settings_versions()
        if versions == self._settings_versions or self._options.named_sources:
            return
        self._settings_versions = versions
        locator = self._options.cache_locator
        settings, _problems = load_settings(*config_files())
        if locator is None or not settings.sources:
            return
        caches = [locator.cache_of(path) for path in settings.sources]
        before = [cache.source for cache in self._library.get().caches]
        if [cache.source for cache in caches] != before:
            self._show(caches)
            self._updater.reload()
            self._sync.sync_soon(SyncReason.AUTOMATIC)

    def on_sources_retargeted(self, _message: SourcesRetargeted) -> None:
        """Show what a source that is a symbolic link leads to now."""
        locator = self._options.cache_locator
        if locator is not None:
            self._show([locator.cache_of(cache.named) for cache in self._library.get().caches])
            self._updater.reload()
            self._sync.sync_soon(SyncReason.AUTOMATIC)

    async def show_own(self, source: Path) -> None:
        """Show what the program itself has written into a source of its own.

        It is added to the settings, unless the sources were named on the command line.
        """
        if any(cache.named == source for cache in self._library.get().caches):
            self._sync.sync_soon(SyncReason.AUTOMATIC)
            return
        if not self._options.named_sources:
            from tui.ui.workers.download_jobs import add_sources

            shown = [cache.source for cache in self._library.get().caches]
            adding = asyncio.to_thread(add_sources, [source], shown, may_add=True)
            _added, sentences = await adding
            for sentence in sentences:
                self._screen.post_message(Notice(sentence))
        self._add(source)
        self._sync.sync_soon(SyncReason.FETCHED)

    def reason_against(self, source: Path) -> str | None:
        """Return why the reader cannot add a source; None if it can be added."""
        from tui.sources.lookup import containing_source

        if not self._policy.may_change_sources:
            return _("Nothing can be added in restricted mode.")
        if not self._may_add:
            return _("Nothing can be added while sources are named on the command line.")
        if not source.exists():
            return _("{path} does not exist.").format(path=source)
        shown = [cache.source for cache in self._library.get().caches if not self._is_sample(cache)]
        if known := containing_source(source.resolve(), shown):
            return _("{path} is part of the source {source}.").format(path=source, source=known)
        return None

    async def add(self, source: Path) -> None:
        """Add a source that the reader has named, and read it."""
        await self.show_own(source)
        self._screen.post_message(Notice(_("Added {path}.").format(path=source)))

    def _add(self, source: Path) -> None:
        """Show a source in addition to the others, or in place of the sample data."""
        locator = self._options.cache_locator
        if locator is not None:
            before = [cache for cache in self._library.get().caches if not self._is_sample(cache)]
            self._show([*before, locator.cache_of(source)])
            self._settings_versions = _settings_versions()

    @property
    def shows_only_samples(self) -> bool:
        """Whether the sample data is all there is."""
        return all(map(self._is_sample, self._library.get().caches))

    def _is_sample(self, cache: SourceCache) -> bool:
        """Return whether a source is the sample data, shown because there is no other."""
        return self._options.is_sample and cache.source == sample_data().resolve()

    def _show(self, caches: Sequence[SourceCache]) -> None:
        self._library.replace(Library(caches, self._library.get()))
        # The banner may say that only sample data is shown.
        self._panes.remove_banner()
        self.watch()

    # The files

    def watch(self) -> None:
        """Start to check for changes, also of digests unless the settings disable it."""
        from tui.sources.watcher import SourceWatcher, WatchTarget

        self.stop_watching()
        # Sources that another user syncs are that user's to watch.
        caches = self._library.get().caches if self._options.settings.watch else ()
        own = [cache for cache in caches if cache.other_owner() is None]
        self._watcher = SourceWatcher(
            [WatchTarget(cache.source, cache.follow_links) for cache in own],
            on_change=partial(self._post_from_thread, SourcesChanged()),
            on_failure=lambda reason: self._post_from_thread(WatchFailed(reason)),
            on_check=self._check_from_thread,
            poll=self._options.settings.watch == POLL,
            excluded=[cache.folder.path.parent for cache in own],
            # An app that ends with an error does not unmount its screen.
            is_wanted=lambda: self._screen.is_running,
        )
        self._watcher.start()

    def stop_watching(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.stop()

    def _post_from_thread(self, message: Message) -> None:
        # The app does not wait for this thread when it ends.
        if self._screen.is_attached:
            self._screen.post_message(message)

    def _check_from_thread(self) -> None:
        try:
            is_due = self.needs_check()
        except Exception:  # the check itself fails as well, and is reported
            is_due = True
        if is_due and self._screen.is_attached:
            self._screen.call_later(self.on_check)

    def on_watch_failed(self, message: WatchFailed) -> None:
        """Report that changed digests are no longer noticed."""
        text = _("Digests are no longer watched; {key} reads changed ones: {why}")
        key = self._options.key_label("digests.sync")
        self._status.show_message(text.format(key=key, why=message.reason))

    # Downloads

    def action_fetch(self) -> None:
        """Fetch the papers of the last days, unless a download is running."""
        if self._can_fetch():
            self._jobs.start(JobGroup.FETCH, self._fetch)

    def _can_fetch(self) -> bool:
        """Return whether a download can start; if not, show why, unless one is running."""
        if not self._policy.may_change_sources:
            self._status.show_message(_("Nothing can be fetched in restricted mode."))
            return False
        if self._jobs.is_running(JobGroup.FETCH):
            return False
        from tui.sources.http import missing_dependency_message

        if missing := missing_dependency_message():
            self._status.show_message(missing)
        return not missing

    def _fetch(self, job: Job) -> Message:
        from tui.ui.workers.download_jobs import fetch_configured, fetch_recent_days

        settings, library = self._options.settings, self._library.get()
        finished = fetch_recent_days(
            settings.fetch_folder or download_folder(),
            [cache.source for cache in library.caches],
            job,
            may_add=self._may_add,
        )
        if job.is_cancelled() or not (settings.arxiv or settings.feeds or settings.fetch_details):
            return finished
        return finished + fetch_configured(
            settings, library, self._marks, job, may_add=self._may_add
        )

    @property
    def _may_add(self) -> bool:
        """Whether folders of downloads become sources."""
        return self._options.cache_locator is not None and not self._options.named_sources

    def action_fetch_details(self) -> None:
        """Fetch what the papers of the list lack, and news about starred ones."""
        papers = self._panes.table.papers
        if self.shows_only_samples:
            self._status.show_message(_("There are no papers of your own to complete."))
        elif papers and self._can_fetch():
            self._jobs.start(JobGroup.FETCH, partial(self._fetch_details, papers))

    def _fetch_details(self, papers: Sequence[Paper], job: Job) -> Message:
        from tui.ui.workers.download_jobs import fetch_details

        library = self._library.get()
        settings = self._options.settings
        return fetch_details(settings, library, papers, self._marks, job, may_add=self._may_add)

    def fetch_feeds(self) -> None:
        """Fetch what is new in the feeds of the settings, if there are any."""
        urls = self._options.settings.feeds
        is_allowed = self._may_add and self._policy.may_change_sources
        if urls and is_allowed and self._can_fetch():
            self._jobs.start(JobGroup.FETCH, partial(self._fetch_feeds, urls))

    def _fetch_feeds(self, urls: Sequence[str], job: Job) -> Message:
        from tui.ui.workers.download_jobs import fetch_feeds

        return fetch_feeds(urls, self._library.get(), job)

    def stop_fetch(self) -> None:
        """Stop the download; what was fetched stays."""
        self._jobs.cancel(JobGroup.FETCH)

    def on_fetch_progressed(self, message: FetchProgressed) -> None:
        """Show the progress of a download."""
        text = _("Waiting for the hub") if message.wait else _("Fetching days")
        if message.item:
            text = _("Waiting for the server") if message.wait else _("Fetching {name}")
            text = text.format(name=message.item)
        self._show_progress(JobGroup.FETCH, message.done, message.total, text)

    def on_fetch_finished(self, message: FetchFinished) -> None:
        """Show the outcome of a download, and read the new days."""
        self._status.hide_progress(JobGroup.FETCH)
        if message.text:
            self._status.show_message(message.text)
        for source in message.sources:
            self._add(source)
        if message.changed or message.sources:
            self._sync.sync_soon(SyncReason.FETCHED)


def _settings_versions() -> FileVersions:
    """Return the versions of the settings files."""
    versions: FileVersions = []
    for file in config_files():
        try:
            status = file.stat()
        except OSError:
            versions.append(None)
        else:
            versions.append((status.st_ino, status.st_mtime_ns))
    return versions
