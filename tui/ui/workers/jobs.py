"""Jobs in worker threads: start and cancel them, pass on their results, describe their failures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.config.paths import log_file
from tui.i18n import _
from tui.runtime.crash_log import record
from tui.runtime.task import TaskCancelledError
from tui.runtime.tuning import INPUT_PRIORITY

PROGRESS_SECONDS = 0.1
"""Minimum time between two progress messages: keys have to wait while they are drawn."""


PROGRAM_PART = "the browser"
"""Name of the user interface in the crash log."""


class JobGroup(StrEnum):
    """Kinds of jobs. At most one job of a group runs at a time."""

    PAPERS = "papers"
    SUMMARIES = "summaries"
    VALUES = "values"
    COUNTS = "counts"
    RELOAD = "reload"
    CHECK = "check"
    SYNC = "sync"
    FETCH = "fetch"
    STEP = "step"
    PICTURES = "pictures"
    TEXT = "text"
    TEXT_LAYOUT = "text layout"
    TRIAGE = "triage"
    COMMAND = "command"
    RANKING = "ranking"


class Job:
    """A job, as its work function sees it. All methods may be called from any thread.

    Args:
        screen: receives the messages.
        is_cancelled: returns whether to stop.
        is_current: returns whether no newer job of the group was started. A cancelled job ends a
            little later, when its successor may already be running; its messages are dropped.
    """

    def __init__(
        self, screen: Screen[Any], is_cancelled: Callable[[], bool], is_current: Callable[[], bool]
    ) -> None:
        self.is_cancelled = is_cancelled
        self._screen = screen
        self._is_current = is_current
        self._lock = Lock()
        self._waiting: Message | None = None
        self._is_timer_running = False

    def post(self, message: Message | None) -> None:
        """Post a message at once, if there is one, and drop the progress that waits."""
        with self._lock:
            self._waiting = None
            if message is not None and self._is_current():
                self._screen.post_message(message)

    def report(self, progress: Message) -> None:
        """Post progress once the last one was visible for a while, or drop it for a newer one."""
        with self._lock:
            self._waiting = progress
            is_idle, self._is_timer_running = not self._is_timer_running, True
        if is_idle:
            self._screen.call_later(self._post_waiting)

    def _post_waiting(self) -> None:
        with self._lock:
            message, self._waiting = self._waiting, None
            self._is_timer_running = message is not None
            if message is not None:
                if self._is_current():
                    self._screen.post_message(message)
                self._screen.set_timer(PROGRESS_SECONDS, self._post_waiting)


class JobRunner:
    """Runs jobs for a screen. A new job cancels the running one of its group.

    Args:
        screen: receives the messages.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._started: Counter[JobGroup] = Counter()

    def start(self, group: JobGroup, work: Callable[[Job], Message | None]) -> None:
        """Start a job in a worker thread.

        Args:
            group: its group.
            work: does the work, and returns its final message, or None without one.
        """
        self._started[group] += 1
        number = self._started[group]
        # A finished worker and its task refer to each other. A library held by such a cycle would
        # be freed late.
        waiting = [work]

        def run() -> None:
            INPUT_PRIORITY.begin_work()
            worker = get_current_worker()
            job = Job(
                self._screen, lambda: worker.is_cancelled, lambda: self._started[group] == number
            )
            result = None
            try:
                with suppress(TaskCancelledError):
                    result = waiting.pop()(job)
            finally:
                job.post(result)

        self._screen.run_worker(run, group=group, exclusive=True, thread=True, exit_on_error=False)

    def is_running(self, *groups: JobGroup) -> bool:
        """Return whether a job of one of the groups is running."""
        workers = self._screen.workers
        return any(worker.group in groups and not worker.is_finished for worker in workers)

    def cancel(self, group: JobGroup) -> None:
        """Cancel the running job of a group, if there is one."""
        self._screen.workers.cancel_group(self._screen, group)


def log_and_describe(error: BaseException) -> str:
    """Write an unexpected error to the crash log and return a sentence about it. Thread-safe."""
    report = record(error, PROGRAM_PART, log_file)
    if report.log_error:
        text = _("Something went wrong, and the log cannot be written ({why}): {what}")
        return text.format(why=report.log_error, what=report.summary)
    text = _("Something went wrong; details are in {file} ({what})")
    return text.format(file=_with_tilde(report.log), what=report.summary)


def _with_tilde(file: str) -> str:
    """Shorten a path in the home folder to ``~/...``, which shells accept."""
    # The user may have no home folder, where Path.home() raises.
    path, home = Path(file), Path(os.path.expanduser("~"))  # noqa: PTH111
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else file
