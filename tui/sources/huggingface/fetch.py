"""Fetch days from the hub into a folder, one file for each day."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tui.runtime.task import UNATTENDED, Progress, Task
from tui.sources.huggingface import is_final
from tui.sources.huggingface.client import (
    CacheValidators,
    HubClient,
    HubEndpoint,
    HubError,
    HubUnreachableError,
)
from tui.sources.huggingface.day_records import DayRecord, DayRecords
from tui.sources.huggingface.retry import DEFAULT_POLICY, RetryPolicy
from tui.storage.atomic_write import replace_text
from tui.storage.disk_errors import path_and_reason
from tui.storage.permissions import make_folder

CANCEL_POLL_SECONDS = 0.1

MAX_CONSECUTIVE_FAILURES = 3
"""After this many failed days in a row, the remaining days are not requested."""


class FetchFailure(NamedTuple):
    """A day that could not be fetched, and why."""

    day: date
    message: str


@dataclass(slots=True)
class FetchResult:
    """The outcome of fetching.

    Attributes:
        papers: number of papers on each day that is new or has changed.
        unchanged: days that were requested and have not changed.
        empty: days without papers.
        up_to_date: days that were not requested because they no longer change.
        failures: days that could not be fetched.
        not_requested: number of days that were not requested because of the failures.
        cancelled: whether fetching was cancelled.
    """

    papers: dict[date, int] = field(default_factory=dict)
    unchanged: list[date] = field(default_factory=list)
    empty: list[date] = field(default_factory=list)
    up_to_date: list[date] = field(default_factory=list)
    failures: list[FetchFailure] = field(default_factory=list)
    not_requested: int = 0
    cancelled: bool = False

    @property
    def has_any_day(self) -> bool:
        """Whether the folder has any of the requested days."""
        return bool(self.papers or self.unchanged or self.up_to_date)


@dataclass(frozen=True, slots=True)
class DownloadFolder:
    """Where days are saved.

    Attributes:
        path: the folder of their files.
        records: the cache validators of the files.
    """

    path: Path
    records: DayRecords

    def file(self, day: date) -> Path:
        """Return the file of a day."""
        return self.path / f"{day}.json"


def fetch(
    days: Sequence[date],
    downloads: DownloadFolder,
    endpoint: HubEndpoint,
    *,
    policy: RetryPolicy = DEFAULT_POLICY,
    refetch: bool = False,
    task: Task = UNATTENDED,
) -> FetchResult:
    """Fetch days, each into its own file.

    Days already fetched are kept, even after an error or cancellation.

    A day that was fetched long enough after its end is not requested again. For other days the
    hub is asked whether they changed.

    Args:
        days: the days, in the order in which they are to be fetched.
        downloads: where they are saved.
        endpoint: the hub.
        policy: timeouts and retries.
        refetch: whether to fetch every day completely.
        task: gets the progress, and can cancel fetching even while a response is awaited.

    Raises:
        HubUnreachableError: the environment's proxy or certificates cannot be used.
    """
    return asyncio.run(
        _run_until_cancelled(_FetchJob(days, downloads, endpoint, policy, refetch, task))
    )


async def _run_until_cancelled(job: _FetchJob) -> FetchResult:
    running = asyncio.create_task(job.run())
    try:
        while not running.done():
            await asyncio.wait([running], timeout=CANCEL_POLL_SECONDS)
            if job.task.is_cancelled():
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running
                job.result.cancelled = True
                return job.result
        return await running
    finally:
        running.cancel()


@dataclass(slots=True)
class _FetchJob:
    """Fetches the days one after another."""

    days: Sequence[date]
    downloads: DownloadFolder
    endpoint: HubEndpoint
    policy: RetryPolicy
    refetch: bool
    task: Task
    result: FetchResult = field(default_factory=FetchResult)
    _done: int = 0
    _total: int = 0

    async def run(self) -> FetchResult:
        wanted = [day for day in self.days if self.refetch or not self._is_up_to_date(day)]
        self.result.up_to_date = [day for day in self.days if day not in wanted]
        self._total = len(wanted)
        if wanted:
            async with aclosing(HubClient(self.endpoint, self.policy, self._report)) as client:
                try:
                    await self._fetch_all(client, wanted)
                finally:
                    self.downloads.records.save()
        return self.result

    async def _fetch_all(self, client: HubClient, days: Sequence[date]) -> None:
        consecutive_failures = 0
        for self._done, day in enumerate(days):
            self._report()
            try:
                await self._fetch_day(client, day)
                consecutive_failures = 0
            except (HubError, OSError) as error:
                self.result.failures.append(FetchFailure(day, path_and_reason(error)))
                consecutive_failures += 1
                would_fail_again = isinstance(error, HubUnreachableError | OSError)
                if would_fail_again or consecutive_failures == MAX_CONSECUTIVE_FAILURES:
                    self.result.not_requested = len(days) - self._done - 1
                    break

    def _report(self, wait: float = 0.0) -> None:
        self.task.report(Progress(self._done, self._total, wait_seconds=wait))

    def _is_up_to_date(self, day: date) -> bool:
        """Return whether the saved state of a day is final."""
        file = self.downloads.file(day)
        try:
            fetched_at = file.stat().st_mtime
        except OSError:
            record = self.downloads.records.get(file)
            is_same_hub = record is not None and record.url == self.endpoint.url
            fetched_at = record.empty_since if record and is_same_hub else 0.0
        return is_final(day, fetched_at)

    async def _fetch_day(self, client: HubClient, day: date) -> None:
        file, records = self.downloads.file(day), self.downloads.records
        known = records.get(file)
        validators = CacheValidators()
        if known and known.url == self.endpoint.url and file.exists() and not self.refetch:
            validators = CacheValidators(known.etag, known.last_modified)
        response = await client.papers(str(day), validators)
        if response is None:
            # The file's mtime records when it was last verified.
            os.utime(file)
            self.result.unchanged.append(day)
            return
        if not response.papers:
            self.result.empty.append(day)
            # Saved papers are kept even if the hub no longer has them.
            if not file.exists():
                records.set(file, DayRecord(self.endpoint.url, empty_since=time.time()))
            return
        if _has_content(file, response.data):
            os.utime(file)
            self.result.unchanged.append(day)
        else:
            make_folder(self.downloads.path, 0o700)
            replace_text(file, [response.data.decode()])
            self.result.papers[day] = response.papers
        records.set(file, DayRecord(self.endpoint.url, *response.validators))


def _has_content(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False
