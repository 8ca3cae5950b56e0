"""Watch sources for changed, new and deleted files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.sources.scan import scan
from tui.storage.disk_errors import reason

if TYPE_CHECKING:
    from watchfiles import Change

    _Changes: TypeAlias = set[tuple[Change, str]]

CHECK_SECONDS = 1.5
"""How often the thread wakes up. Nothing else in an idle program does."""

POLL_SECONDS = 2.0
"""How often to check all files if the system does not report changes."""

DEBOUNCE_STEP_SECONDS = 0.1
"""A change is reported after this time without another one."""

MAX_DEBOUNCE_SECONDS = 1.6
"""A change is reported after this time in any case."""


class WatchTarget(NamedTuple):
    """A source to watch.

    Attributes:
        path: absolute path of a folder or file.
        follow_links: whether to follow links that lead out of it.
    """

    path: Path
    follow_links: bool = False


class _WatchPlan(NamedTuple):
    """The folders to watch.

    Attributes:
        roots: identity of each source, to notice when another one takes its place.
        folders: all folders to watch that can be watched.
        files: sources that are single files. Only they matter in their folders.
        source_folders: folders within sources, in which all files matter.
    """

    roots: dict[Path, tuple[int, int] | None]
    folders: frozenset[str]
    files: frozenset[str]
    source_folders: frozenset[str]

    def may_be_digest(self, path: str) -> bool:
        """Return whether a changed file may be a digest. Hidden files are not."""
        folder, name = os.path.split(path)
        return path in self.files or (folder in self.source_folders and not name.startswith("."))


@dataclass(eq=False)
class SourceWatcher(Thread):
    """A thread that checks every ``CHECK_SECONDS`` for changes that the system has reported.

    Folders are watched one by one, without recursion, as a scan finds them. So hidden folders,
    links that are not followed, and excluded folders cost nothing.

    Attributes:
        sources: the sources. Missing ones are watched once they appear.
        on_change: called in the watching thread when something changed.
        on_failure: called there with a message when watching is no longer possible.
        on_check: called there every ``CHECK_SECONDS``, also when watching is not possible.
        poll: check all files every few seconds, in case the system does not report changes.
        excluded: folders to leave out.
        is_wanted: called there before each check; the thread ends if it returns False.
    """

    sources: Sequence[WatchTarget]
    _: KW_ONLY
    on_change: Callable[[], object]
    on_failure: Callable[[str], object]
    on_check: Callable[[], object] = lambda: None
    poll: bool = False
    excluded: Collection[Path] = ()
    is_wanted: Callable[[], bool] = lambda: True

    def __post_init__(self) -> None:
        self._excluded = frozenset(map(os.path.realpath, self.excluded))
        self._stop_event = Event()
        super().__init__(name="watch")

    def stop(self) -> None:
        """Stop watching soon. No callback is called any more."""
        self._stop_event.set()

    def run(self) -> None:
        """Watch until ``stop``."""
        while self._should_continue():
            plan = self._make_plan()
            try:
                if plan.folders:
                    self._watch(plan)
                else:
                    self._wait_for_sources(plan)
            except FileNotFoundError:
                # A folder was deleted before it could be watched.
                self._stop_event.wait(DEBOUNCE_STEP_SECONDS)
            except (OSError, RuntimeError) as error:
                if self.poll:
                    self._report_failure(error)
                # There may be more folders than the system allows one user to watch.
                self.poll = True
            except Exception as error:
                # Python would print it over the screen.
                self._report_failure(error)

    def _watch(self, plan: _WatchPlan) -> None:
        """Report changes until the plan is outdated."""
        from watchfiles import Change, watch

        # Each step takes two milliseconds and returns what watchfiles has noticed until then. A
        # longer step would wake up ten times a second, or report changes late.
        steps = watch(
            *plan.folders,
            watch_filter=None,
            debounce=1,
            step=1,
            stop_event=self._stop_event,
            rust_timeout=1,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=self.poll,
            poll_delay_ms=round(POLL_SECONDS * 1000),
            recursive=False,
            # Otherwise all errors are ignored, even that there are too many folders.
            ignore_permission_denied=False,
        )
        # Files may have changed after the last sync and before the watch started.
        is_first = True
        for begun in steps:
            changes = self._complete(begun, steps)
            created_or_deleted = [path for change, path in changes if change is not Change.modified]
            is_outdated = self._roots() != plan.roots or any(
                path in plan.folders or self._is_source_folder(path) for path in created_or_deleted
            )
            may_have_changed = any(plan.may_be_digest(path) for _change, path in changes)
            if is_first or is_outdated or may_have_changed:
                self._report_change()
            is_first = False
            if is_outdated or not self._wait():
                return

    def _complete(self, changes: _Changes, steps: Iterator[_Changes]) -> _Changes:
        """Return changes with those that follow at once, because a file is written in parts."""
        deadline = monotonic() + MAX_DEBOUNCE_SECONDS
        more = changes
        while more and monotonic() < deadline and not self._stop_event.wait(DEBOUNCE_STEP_SECONDS):
            more = next(steps, set())
            changes |= more
        return changes

    def _wait_for_sources(self, plan: _WatchPlan) -> None:
        while self._wait():
            if self._roots() != plan.roots:
                self._report_change()
                return

    def _wait(self) -> bool:
        """Wait for the next check, and do it; return False if the thread should end."""
        self._stop_event.wait(CHECK_SECONDS)
        if self._should_continue():
            self.on_check()
        return self._should_continue()

    def _should_continue(self) -> bool:
        return not self._stop_event.is_set() and self.is_wanted()

    def _report_change(self) -> None:
        if not self._stop_event.is_set():
            self.on_change()

    def _report_failure(self, error: Exception) -> None:
        """Report why watching is not possible; from now on only ``on_check`` is called."""
        self.sources = ()
        if not self._stop_event.is_set():
            self.on_failure(reason(error) if isinstance(error, OSError) else str(error))

    def _make_plan(self) -> _WatchPlan:
        roots = self._roots()
        folders: set[str] = set()
        files: set[str] = set()
        source_folders: set[str] = set()
        for source in self.sources:
            if roots[source.path] is None:
                continue
            if source.path.is_dir():
                result = scan(source.path, follow_links=source.follow_links)
                source_folders.update(filter(self._is_included, result.folders))
            else:
                real_path = os.path.realpath(source.path)
                files.add(real_path)
                folders.add(os.path.split(real_path)[0])
        folders |= source_folders
        # watchfiles requires names that are valid text.
        valid = frozenset(each for each in folders if each == each.encode(errors="ignore").decode())
        return _WatchPlan(roots, valid, frozenset(files), frozenset(source_folders))

    def _is_included(self, folder: str) -> bool:
        return not any(
            folder == excluded or folder.startswith(f"{excluded}{os.sep}")
            for excluded in self._excluded
        )

    def _is_source_folder(self, path: str) -> bool:
        folder = Path(path)
        return not folder.name.startswith(".") and folder.is_dir() and self._is_included(path)

    def _roots(self) -> dict[Path, tuple[int, int] | None]:
        return {source.path: _identity(source.path) for source in self.sources}


def _identity(path: Path) -> tuple[int, int] | None:
    """Return a value that identifies a folder or file system; None if the path is missing."""
    try:
        status = path.stat()
    except OSError:
        return None
    # A file may be replaced on every write, which the watch of its folder reports.
    return (status.st_dev, status.st_ino) if path.is_dir() else (status.st_dev, 0)
