"""Tells when files of sources change, come or go, as long as it is not stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from tui.sources.scan import scan
from tui.storage.disk_errors import reason

POLL_SECONDS = 2.0
"""Seconds between two looks whether a source is still the one that is watched, and between two at
its files where the system does not tell of changes."""

DEBOUNCE_STEP_SECONDS = 0.1
"""Seconds of calm after which a change is told, and in which the watch ends."""

MAX_DEBOUNCE_SECONDS = 1.6
"""Seconds after which a change is told in any case."""


class WatchTarget(NamedTuple):
    """A source to watch.

    Attributes:
        path: a folder or file, absolute.
        follow_links: whether links that lead out of it are followed.
    """

    path: Path
    follow_links: bool = False


class _WatchPlan(NamedTuple):
    """What of the sources is to be watched.

    Attributes:
        roots: what tells each source from another one in its place, by its path.
        folders: all that are watched, which are those that can be.
        files: sources that are single files, whose folders are watched for them alone.
        whole: folders that lie in sources.
    """

    roots: dict[Path, tuple[int, int] | None]
    folders: frozenset[str]
    files: frozenset[str]
    whole: frozenset[str]

    def matters(self, path: str) -> bool:
        """Tell whether a file may be a digest: what is hidden is none."""
        folder, name = os.path.split(path)
        return path in self.files or (folder in self.whole and not name.startswith("."))


class SourceWatcher:
    """Watches in a thread of its own, which sleeps until the system tells of something.

    Folders are watched one by one, as they are found when digests are read: so nothing that is
    hidden, lies behind a link that is not followed, or is to be left out costs anything.

    Args:
        sources: what to watch; one that is missing is waited for.
        changed: is called in the watch's thread when something changed.
        failed: is called there with a sentence where nothing can be watched any more.
        poll: look at the files every few seconds instead, where the system does not tell.
        but_not: folders to leave out.
        wanted: is asked every few seconds, in the watch's thread, whether to go on; for whoever
            may end without a word.
    """

    def __init__(
        self,
        sources: Iterable[WatchTarget],
        *,
        on_change: Callable[[], object],
        on_failure: Callable[[str], object],
        poll: bool = False,
        excluded: Collection[Path] = (),
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._sources = list(sources)
        self._wanted = is_wanted
        self._changed = on_change
        self._failed = on_failure
        self._poll = poll
        self._but_not = frozenset(os.path.realpath(folder) for folder in excluded)
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="watch")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End soon; nothing more is told."""
        self._stopped.set()

    def join(self) -> None:
        """Wait for the end, after ``stop``."""
        self._thread.join()

    def _run(self) -> None:
        while self._goes_on():
            around = self._look_around()
            try:
                if around.folders:
                    self._follow(around)
                else:
                    self._wait_for_any(around)
            except FileNotFoundError:
                # A folder went while the watch began.
                self._stopped.wait(DEBOUNCE_STEP_SECONDS)
            except (OSError, RuntimeError) as error:
                if self._poll:
                    self._tell_failure(error)
                    return
                # There may be more folders than the system watches for one user.
                self._poll = True
            except Exception as error:
                # Nobody else sees it, and Python would print it over the panes.
                self._tell_failure(error)
                return

    def _follow(self, around: _WatchPlan) -> None:
        """Tell of changes until something else is to be watched."""
        # The first screen does not wait for it.
        from watchfiles import Change, watch

        told = watch(
            *around.folders,
            watch_filter=None,
            debounce=round(MAX_DEBOUNCE_SECONDS * 1000),
            step=round(DEBOUNCE_STEP_SECONDS * 1000),
            stop_event=self._stopped,
            rust_timeout=round(POLL_SECONDS * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=self._poll,
            poll_delay_ms=round(POLL_SECONDS * 1000),
            recursive=False,
            # Else nothing is told at all, not even that there are too many folders.
            ignore_permission_denied=False,
        )
        # What changed after digests were read and before the watch began, nobody told.
        is_new = True
        for changes in told:
            if not self._goes_on():
                return
            moved = [path for change, path in changes if change is not Change.modified]
            is_other = any(path in around.folders or self._is_folder(path) for path in moved)
            is_other = is_other or self._roots() != around.roots
            if is_new or is_other or any(around.matters(path) for _change, path in changes):
                self._tell_change()
            is_new = False
            if is_other:
                return

    def _wait_for_any(self, around: _WatchPlan) -> None:
        while self._goes_on() and not self._stopped.wait(POLL_SECONDS):
            if self._roots() != around.roots:
                self._tell_change()
                return

    def _goes_on(self) -> bool:
        return not self._stopped.is_set() and self._wanted()

    def _tell_change(self) -> None:
        if not self._stopped.is_set():
            self._changed()

    def _tell_failure(self, error: Exception) -> None:
        if not self._stopped.is_set():
            self._failed(reason(error) if isinstance(error, OSError) else str(error))

    def _look_around(self) -> _WatchPlan:
        roots = self._roots()
        folders: set[str] = set()
        files: set[str] = set()
        whole: set[str] = set()
        for source in self._sources:
            if roots[source.path] is None:
                continue
            if source.path.is_dir():
                found = scan(source.path, follow_links=source.follow_links)
                whole.update(filter(self._is_wanted, found.folders))
            else:
                real = os.path.realpath(source.path)
                files.add(real)
                folders.add(os.path.split(real)[0])
        watchable = frozenset(filter(_is_watchable, folders | whole))
        return _WatchPlan(roots, watchable, frozenset(files), frozenset(whole))

    def _is_wanted(self, folder: str) -> bool:
        return not any(
            folder == each or folder.startswith(f"{each}{os.sep}") for each in self._but_not
        )

    def _is_folder(self, path: str) -> bool:
        found = Path(path)
        return not found.name.startswith(".") and found.is_dir() and self._is_wanted(path)

    def _roots(self) -> dict[Path, tuple[int, int] | None]:
        return {source.path: _identity(source.path) for source in self._sources}


def _is_watchable(folder: str) -> bool:
    """Tell whether a folder's name is text: no other can be told to what watches."""
    try:
        folder.encode()
    except UnicodeEncodeError:
        return False
    return True


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one in its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    # A file is replaced whenever it is written, and its folder tells so.
    return (status.st_dev, status.st_ino) if path.is_dir() else (status.st_dev, 0)
