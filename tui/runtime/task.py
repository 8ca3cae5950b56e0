"""Progress and cancellation: one interface for all long-running work."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class TaskCancelledError(Exception):
    """The caller cancelled the task."""


class Progress(NamedTuple):
    """How far along a task is.

    Attributes:
        done: finished steps: files, days, repositories, papers or per cent.
        total: all steps.
        item: what is being worked on, for display; may be empty.
        wait_seconds: how long the task pauses now, as requested by a server.
        is_saved: whether results were saved since the last report, so that they can be shown.
    """

    done: int
    total: int
    item: str = ""
    wait_seconds: float = 0.0
    is_saved: bool = False


class Task(NamedTuple):
    """What a long-running function reports to, and what can cancel it.

    Attributes:
        report: called with the progress, in the thread of the function.
        is_cancelled: polled by the function, in its thread.
    """

    report: Callable[[Progress], object] = lambda _progress: None
    is_cancelled: Callable[[], bool] = lambda: False

    def raise_if_cancelled(self) -> None:
        """Raise ``TaskCancelledError`` if the caller cancelled the task."""
        if self.is_cancelled():
            raise TaskCancelledError


UNATTENDED = Task()
"""Reports to nobody and is never cancelled."""
