"""Jobs in worker threads: start and cancel them, and pass on their progress and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.runtime.cooperative import INPUT_PRIORITY
from tui.task import TaskCancelledError
from tui.ui.workers.throttle import MessageThrottle


class JobGroup(StrEnum):
    """Kinds of jobs. At most one job of a group runs at a time."""

    PAPERS = "papers"
    SUMMARIES = "summaries"
    COUNTS = "counts"
    RELOAD = "reload"
    CHECK = "check"
    SYNC = "sync"
    FETCH = "fetch"


class Job:
    """A job, as its work function sees it. All methods may be called from any thread.

    Args:
        is_cancelled: returns whether to stop.
        is_current: returns whether no newer job of the group was started.
        throttle: posts the messages.
    """

    def __init__(
        self,
        is_cancelled: Callable[[], bool],
        is_current: Callable[[], bool],
        throttle: MessageThrottle,
    ) -> None:
        self.is_cancelled = is_cancelled
        self._is_current = is_current
        self._throttle = throttle

    def post(self, message: Message) -> None:
        """Post a message at once, unless a newer job has replaced this one."""
        # A cancelled job ends a little later, when its successor may already be running.
        if self._is_current():
            self._throttle.post(message)

    def report(self, progress: Message) -> None:
        """Post a progress message, unless a newer one follows within a moment."""
        if self._is_current():
            self._throttle.post_soon(progress)


Work: TypeAlias = Callable[[Job], Message | None]
"""The work function of a job. Returns its final message, or None for none."""


class JobRunner:
    """Runs jobs for a screen. A new job cancels the running one of its group.

    Args:
        screen: receives the messages.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._started: Counter[JobGroup] = Counter()

    def start(self, group: JobGroup, work: Work) -> None:
        """Start a job in a worker thread."""
        self._started[group] += 1
        number = self._started[group]
        # A finished worker and its task refer to each other. The next pause of the garbage
        # collector freezes such cycles, so a library held by one would never be freed.
        waiting = [work]

        def run() -> None:
            INPUT_PRIORITY.begin_work()
            worker = get_current_worker()
            throttle = MessageThrottle(self._screen)
            job = Job(lambda: worker.is_cancelled, lambda: self._started[group] == number, throttle)
            try:
                result = waiting.pop()(job)
                if result is not None:
                    job.post(result)
            except TaskCancelledError:
                pass
            finally:
                throttle.drop()

        self._screen.run_worker(run, group=group, exclusive=True, thread=True, exit_on_error=False)

    def is_running(self, *groups: JobGroup) -> bool:
        """Return whether a job of one of the groups is running."""
        workers = self._screen.workers
        return any(worker.group in groups and not worker.is_finished for worker in workers)

    def cancel(self, group: JobGroup) -> None:
        """Cancel the running job of a group, if there is one."""
        self._screen.workers.cancel_group(self._screen, group)
