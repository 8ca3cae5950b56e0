"""Fetch days from the hub into a folder, one file for each day."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tui.runtime.task import UNATTENDED, Progress, Task, TaskCancelledError
from tui.sources.http.cancellation import run_until_cancelled
from tui.sources.http.errors import HttpError, UnreachableError
from tui.sources.http.exchange import CacheValidators
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.retry import DEFAULT_POLICY, RetryPolicy
from tui.sources.http.saved import ResponseRecord, ResponseRecords, save_response
from tui.sources.huggingface.hub_client import HubClient
from tui.storage.disk_errors import path_and_reason

SETTLING_TIME = timedelta(days=7)
"""How long the votes of a day still change noticeably after its end."""

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


def fetch(
    days: Sequence[date],
    folder: Path,
    endpoint: Endpoint,
    *,
    state: Path,
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
        folder: the folder of their files.
        endpoint: the hub.
        state: the folder that stores the cache validators of the files.
        policy: timeouts and retries.
        refetch: whether to fetch every day completely.
        task: gets the progress, and can cancel fetching even while a response is awaited.

    Raises:
        UnreachableError: the environment's proxy or certificates cannot be used.
    """
    job = _FetchJob(days, folder, endpoint, ResponseRecords(state), policy, refetch, task)
    try:
        return run_until_cancelled(job.run(), task)
    except TaskCancelledError:
        job.result.cancelled = True
        return job.result


@dataclass(slots=True)
class _FetchJob:
    """Fetches the days one after another."""

    days: Sequence[date]
    folder: Path
    endpoint: Endpoint
    records: ResponseRecords
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
                    self.records.save()
        return self.result

    async def _fetch_all(self, client: HubClient, days: Sequence[date]) -> None:
        consecutive_failures = 0
        for self._done, day in enumerate(days):
            self._report()
            try:
                await self._fetch_day(client, day)
                consecutive_failures = 0
            except (HttpError, OSError) as error:
                self.result.failures.append(FetchFailure(day, path_and_reason(error)))
                consecutive_failures += 1
                would_fail_again = isinstance(error, UnreachableError | OSError)
                if would_fail_again or consecutive_failures == MAX_CONSECUTIVE_FAILURES:
                    self.result.not_requested = len(days) - self._done - 1
                    break

    def _report(self, wait: float = 0.0) -> None:
        self.task.report(Progress(self._done, self._total, wait_seconds=wait))

    def _file(self, day: date) -> Path:
        return self.folder / f"{day}.json"

    def _is_up_to_date(self, day: date) -> bool:
        """Return whether a day was fetched so late that it no longer changes."""
        file = self._file(day)
        try:
            fetched_at = file.stat().st_mtime
        except OSError:
            record = self.records.get(file)
            is_same_hub = record is not None and record.url == self.endpoint.url
            fetched_at = record.empty_since if record and is_same_hub else 0.0
        end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        return fetched_at >= (end + SETTLING_TIME).timestamp()

    async def _fetch_day(self, client: HubClient, day: date) -> None:
        file = self._file(day)
        known = self.records.get(file)
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
                self.records.set(file, ResponseRecord(self.endpoint.url, empty_since=time.time()))
            return
        if save_response(file, response.data):
            self.result.papers[day] = response.papers
        else:
            self.result.unchanged.append(day)
        self.records.set(file, ResponseRecord(self.endpoint.url, *response.validators))
