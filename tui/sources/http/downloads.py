"""Run several downloads one after another, and collect their outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tui.runtime.task import UNATTENDED, Progress, Task, TaskCancelledError
from tui.sources.http.cancellation import run_until_cancelled
from tui.sources.http.client import HttpClient
from tui.sources.http.errors import HttpError, UnreachableError
from tui.sources.http.retry import DEFAULT_POLICY, RetryPolicy
from tui.sources.http.saved import ResponseRecords
from tui.storage.disk_errors import path_and_reason

MAX_CONSECUTIVE_FAILURES = 3
"""After this many failed downloads in a row, the remaining ones are not tried."""


class DownloadFailure(NamedTuple):
    """A download that failed, and why."""

    name: str
    message: str


@dataclass(slots=True)
class DownloadResult:
    """The outcome of several downloads.

    Attributes:
        papers: the number of papers in what is new or has changed, by the name of the download.
        unchanged: names of downloads that brought nothing new.
        kept: number of downloads that were not needed.
        failures: downloads that failed.
        not_requested: number of downloads that were not tried because of the failures.
        cancelled: whether the rest was cancelled.
    """

    papers: dict[str, int] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    kept: int = 0
    failures: list[DownloadFailure] = field(default_factory=list)
    not_requested: int = 0
    cancelled: bool = False

    @property
    def paper_count(self) -> int:
        """The number of papers in everything that is new."""
        return sum(self.papers.values())

    def add(self, other: DownloadResult) -> None:
        """Add the outcome of further downloads."""
        self.papers |= other.papers
        self.unchanged += other.unchanged
        self.kept += other.kept
        self.failures += other.failures
        self.not_requested += other.not_requested
        self.cancelled |= other.cancelled


Run: TypeAlias = Callable[[HttpClient, ResponseRecords], Awaitable[int | None]]
"""Downloads something, and returns the number of papers in it; None if it has not changed."""


class Download(NamedTuple):
    """Something to download.

    Attributes:
        name: its name for display, such as ``cs.CL 2025-05-22``.
        run: downloads it.
        server: what an `UnreachableError` concerns: the other downloads of a server are not tried.
    """

    name: str
    run: Run
    server: str = ""


def run_downloads(
    downloads: Sequence[Download],
    state: Path,
    *,
    policy: RetryPolicy = DEFAULT_POLICY,
    task: Task = UNATTENDED,
) -> DownloadResult:
    """Run downloads. What was saved stays, even after an error or cancellation.

    Args:
        downloads: what to download, in order.
        state: the folder of the records of responses.
        policy: timeouts and retries.
        task: gets the progress, and can cancel even while a response is awaited.

    Raises:
        UnreachableError: the environment's proxy or certificates cannot be used.
    """
    result = DownloadResult()
    if downloads:
        try:
            run_until_cancelled(_run_all(downloads, state, policy, task, result), task)
        except TaskCancelledError:
            result.cancelled = True
    return result


@dataclass(slots=True)
class _ProgressReporter:
    """Reports which download is running."""

    downloads: Sequence[Download]
    task: Task
    done: int = 0

    def report(self, wait: float = 0.0) -> None:
        """Report the progress, and how many seconds the client waits before the next attempt."""
        name = self.downloads[self.done].name
        self.task.report(Progress(self.done, len(self.downloads), name, wait_seconds=wait))


async def _run_all(
    downloads: Sequence[Download],
    state: Path,
    policy: RetryPolicy,
    task: Task,
    result: DownloadResult,
) -> None:
    records = ResponseRecords(state)
    progress = _ProgressReporter(downloads, task)
    unreachable: set[str] = set()
    failures_in_a_row = 0
    async with aclosing(HttpClient(policy, progress.report)) as client:
        try:
            for progress.done, download in enumerate(downloads):
                if download.server in unreachable or failures_in_a_row >= MAX_CONSECUTIVE_FAILURES:
                    result.not_requested += 1
                    continue
                progress.report()
                try:
                    papers = await download.run(client, records)
                except (HttpError, OSError) as error:
                    message = path_and_reason(error)
                    result.failures.append(DownloadFailure(download.name, message))
                    failures_in_a_row += 1
                    if isinstance(error, UnreachableError | OSError):
                        unreachable.add(download.server)
                    continue
                failures_in_a_row = 0
                if papers is None:
                    result.unchanged.append(download.name)
                else:
                    result.papers[download.name] = papers
        finally:
            records.save()
