"""Watch the sources for changed digests, and the settings for other sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

from tui.cache.source_cache import SourceCache
from tui.config.loading import load_settings
from tui.config.paths import config_files
from tui.config.settings import POLL
from tui.i18n import _
from tui.library.library import Library
from tui.ui.messages import SourcesChanged, WatchFailed
from tui.ui.screens.main.context import Controller, MainContext

if TYPE_CHECKING:
    from tui.sources.watcher import SourceWatcher

FileVersions: TypeAlias = list[tuple[int, int] | None]
"""Inode and modification time (ns) of files; None for a missing one."""


class SourcesController(Controller):
    """Knows which sources are shown, and when their files change.

    Args:
        context: the objects that all controllers share.
        on_sources_set: called after the sources were changed in the settings.
    """

    def __init__(self, context: MainContext, on_sources_set: Callable[[], None]) -> None:
        super().__init__(context)
        self._on_sources_set = on_sources_set
        self._watcher: SourceWatcher | None = None
        self._settings_versions = _settings_versions()

    # The settings

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
            self._on_sources_set()

    def add(self, source: Path) -> None:
        """Show a source in addition to the others, or in place of the sample data."""
        locator = self._options.cache_locator
        if locator is not None:
            before = () if self._options.is_sample else self._library.get().caches
            self._show([*before, locator.cache_of(source)])
            self._settings_versions = _settings_versions()

    def _show(self, caches: Sequence[SourceCache]) -> None:
        self._library.replace(Library(caches, self._library.get()))
        # The banner may say that only sample data is shown.
        self._panes.remove_banner()
        self.watch()

    # The files

    def watch(self) -> None:
        """Start to watch the current sources, unless the settings say not to."""
        if not self._options.settings.watch:
            return
        from tui.sources.watcher import SourceWatcher, WatchTarget

        self.stop_watching()
        # Sources that another user syncs are that user's to watch.
        own = [cache for cache in self._library.get().caches if cache.other_owner() is None]
        self._watcher = SourceWatcher(
            [WatchTarget(cache.source, cache.follow_links) for cache in own],
            on_change=partial(self._post_from_thread, SourcesChanged()),
            on_failure=lambda reason: self._post_from_thread(WatchFailed(reason)),
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

    def watch_failed(self, message: WatchFailed) -> None:
        """Report that changed digests are no longer noticed."""
        text = _("Digests are no longer watched; {key} reads changed ones: {why}")
        key = self._options.key_label("digests.sync")
        self._status.show_message(text.format(key=key, why=message.reason))


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
