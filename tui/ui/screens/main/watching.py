"""What is new: digests that change while the reader reads, and days that are fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import Worker, get_current_worker

from tui.cache.source_cache import SourceCache
from tui.config.loading import load_settings
from tui.config.paths import config_files, download_folder
from tui.config.settings import POLL
from tui.i18n import _
from tui.library.library import Library
from tui.ui.messages import FetchFinished, FetchProgressed, SourcesChanged, WatchFailed
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.screens.main.syncing import LibraryScreen

if TYPE_CHECKING:
    from tui.sources.watcher import SourceWatcher


class NewsScreen(LibraryScreen):
    """Reads digests again when they change, and fetches days from the hub.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        super().__init__(opening)
        self._watch: SourceWatcher | None = None
        self._is_touched = self._is_fetched = False
        self._settings_stamp = _stamp_of_settings()
        self._fetches = 0

    def on_unmount(self) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._watch.stop()

    # Sources

    def look(self) -> None:
        """See what other processes did, to the list of sources as well."""
        super().look()
        now = _stamp_of_settings()
        if now != self._settings_stamp and not self.opening.named_sources:
            self._settings_stamp = now
            self._look_for_sources()

    def _look_for_sources(self) -> None:
        """Show the sources that are set now, if these are others than those that are shown."""
        place = self.opening.place
        settings, _problems = load_settings(*config_files())
        if place is None or not settings.sources:
            return
        caches = [place.cache_of(path) for path in settings.sources]
        if [each.source for each in caches] != [each.source for each in self.library.caches]:
            self._show_sources(caches)
            self.loader.reopen(self.library)
            self.sync_unasked()

    def _show_sources(self, caches: Sequence[SourceCache]) -> None:
        self.replace_library(Library(caches, self.library))
        # What comes with the program made room for what is the reader's own.
        self.drop_notice()
        self.follow_digests()

    # Watching

    def follow_digests(self) -> None:
        """Watch the sources from now on, unless the settings say not to."""
        if not self.opening.settings.watch:
            return
        # The first screen does not wait for it.
        from tui.sources.watcher import SourceWatcher, WatchTarget

        if self._watch is not None:
            self._watch.stop()
        # Those whose digests another user reads for all are that user's to watch.
        own = [cache for cache in self.library.caches if cache.other_owner() is None]
        self._watch = SourceWatcher(
            [WatchTarget(cache.source, cache.follow_links) for cache in own],
            on_change=partial(self._say_from_outside, SourcesChanged()),
            on_failure=lambda why: self._say_from_outside(WatchFailed(why)),
            poll=self.opening.settings.watch == POLL,
            excluded=[cache.folder.path.parent for cache in own],
            # An app that fails as it ends tells nobody.
            is_wanted=lambda: self.is_running,
        )
        self._watch.start()

    def _say_from_outside(self, message: Message) -> None:
        """Post a message from a thread that the app does not wait for."""
        if self.is_attached:
            self.post_message(message)

    @on(SourcesChanged)
    def _digests_touched(self) -> None:
        self._is_touched = True
        self._read_what_changed()

    def _read_what_changed(self) -> None:
        """Read digests that were touched, once nothing else reads or fetches any."""
        if self._is_touched and not (self.loader.is_syncing or self._is_fetching):
            # What was fetched was asked for, and told of.
            was_fetched, self._is_touched, self._is_fetched = self._is_fetched, False, False
            if was_fetched:
                self.loader.sync(self.library)
            else:
                self.sync_unasked()

    @on(Worker.StateChanged)
    def _go_on(self, event: Worker.StateChanged) -> None:
        if event.worker.is_finished and event.worker.group in {"sync", "fetch"}:
            self._read_what_changed()

    @on(WatchFailed)
    def _watch_ended(self, message: WatchFailed) -> None:
        words = _("Changed digests are read with {key} alone: {why}")
        self.status.show_message(words.format(key=self.key_sign("digests.sync"), why=message.why))

    # Fetching

    @property
    def _is_fetching(self) -> bool:
        return any(each.group == "fetch" and not each.is_finished for each in self.workers)

    def action_fetch(self) -> None:
        """Fetch the papers of the last days; while that goes on, do nothing."""
        if self._is_fetching:
            return
        # Only who fetches needs to know.
        from tui.sources.huggingface.requirements import missing_dependency_message

        if unable := missing_dependency_message():
            self.status.show_message(unable)
            return
        self._fetches += 1
        self.run_worker(
            partial(self._fetch, self._fetches),
            group="fetch",
            exclusive=True,
            thread=True,
            exit_on_error=False,
        )

    def _fetch(self, number: int) -> None:
        # Only who fetches waits for it.
        from tui.ui.workers.fetch import fetch_lately

        worker = get_current_worker()

        def post(message: Message) -> None:
            # One that was stopped ends a little later; by then another may have been begun.
            if number == self._fetches:
                self.post_message(message)

        fetch_lately(
            self.opening.settings.fetch_folder or download_folder(),
            [cache.source for cache in self.library.caches],
            post,
            lambda: worker.is_cancelled,
            may_add=self.opening.place is not None and not self.opening.named_sources,
        )

    def action_stop_sync(self) -> None:
        """Stop reading digests, and fetching them; what is there stays."""
        if self.loader.is_syncing:
            # What was touched by now is among the rest, which the reader does not want.
            self._is_touched = self._is_fetched = False
        super().action_stop_sync()
        self.workers.cancel_group(self, "fetch")

    @on(FetchProgressed)
    def _fetch_moved(self, message: FetchProgressed) -> None:
        words = _("Waiting for the hub") if message.wait else _("Fetching days")
        stop = _("{key} stops").format(key=self.key_sign("digests.stop"))
        self.status.show_progress(message.done, message.total, stop, words)

    @on(FetchFinished)
    def _fetch_ended(self, message: FetchFinished) -> None:
        self.status.show_progress(0, 0, "")
        self.status.show_message(message.words)
        place = self.opening.place
        if message.source is not None and place is not None:
            # What comes with the program makes room for what is the reader's own.
            before = () if self.opening.is_sample else self.library.caches
            self._show_sources([*before, place.cache_of(message.source)])
            self._settings_stamp = _stamp_of_settings()
        if message.changed or message.source is not None:
            self._is_touched = self._is_fetched = True
            self._read_what_changed()


def _stamp_of_settings() -> list[tuple[int, int] | None]:
    """Return what changes when somebody changes the settings."""
    stamps: list[tuple[int, int] | None] = []
    for file in config_files():
        try:
            status = file.stat()
        except OSError:
            stamps.append(None)
        else:
            stamps.append((status.st_ino, status.st_mtime_ns))
    return stamps
