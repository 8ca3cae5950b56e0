"""Fetches days into a folder, one file a day, and says what came of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tui.sources.huggingface.client import CacheValidators, HubClient, HubUnreachableError
from tui.sources.huggingface.days import is_final
from tui.sources.huggingface.endpoint import HubEndpoint, HubError
from tui.sources.huggingface.etags import DayRecord, DayRecords
from tui.sources.huggingface.retry import DEFAULT_POLICY, RetryPolicy
from tui.storage.atomic_write import replace_text
from tui.storage.disk_errors import explain_with_path
from tui.storage.permissions import make_folder
from tui.task import UNATTENDED, Progress, Task

CANCEL_POLL_SECONDS = 0.1
"""Seconds between two looks whether to stop."""

MAX_CONSECUTIVE_FAILURES = 3
"""After how many days in a row that cannot be had the others are not asked for."""


class FetchFailure(NamedTuple):
    """A day that could not be fetched, and why."""

    day: date
    message: str


@dataclass(slots=True)
class FetchResult:
    """What came of fetching.

    Attributes:
        papers: how many papers there are on the days that are new, or other than before.
        unchanged: days that were asked for and are as they were.
        empty: days without papers.
        kept: days that were not asked for: what the hub told of them does not change any more.
        failures: days that could not be fetched.
        unasked: how many days were not asked for because of that.
        cancelled: whether it was stopped before its end.
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
        """Whether there is any day of those that were wanted."""
        return bool(self.papers or self.unchanged or self.up_to_date)


@dataclass(frozen=True, slots=True)
class DownloadFolder:
    """Where days are kept.

    Attributes:
        folder: for their files.
        records: what is remembered of them.
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
    """Fetch days, each into a file of its own; what has come stays, however it ends.

    A day that was fetched long enough after its end is not asked for again. One that may have
    changed is asked for with what the hub told to know its answer by.

    Args:
        days: which, in the order in which they are wanted.
        downloads: where they are saved.
        endpoint: the hub.
        policy: timeouts and retries.
        refetch: whether to fetch every day completely.
        task: gets the progress, and can cancel the fetch even while a response is awaited.

    Returns:
        What came of it.

    Raises:
        OutOfReachError: what the environment says of proxies or certificates cannot be used.
    """
    return asyncio.run(_until_cancelled(
        _FetchJob(days, downloads, endpoint, policy, refetch, task)
    ))  # fmt: skip


async def _until_cancelled(fetching: _FetchJob) -> FetchResult:
    work = asyncio.create_task(fetching.run())
    try:
        while not work.done():
            await asyncio.wait([work], timeout=CANCEL_POLL_SECONDS)
            if fetching.task.is_cancelled():
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work
                fetching.fetched.cancelled = True
                return fetching.fetched
        return await work
    finally:
        work.cancel()


@dataclass(slots=True)
class _FetchJob:
    """Goes through the days."""

    days: Sequence[date]
    shelving: DownloadFolder
    address: HubEndpoint
    patience: RetryPolicy
    again: bool
    task: Task
    fetched: FetchResult = field(default_factory=FetchResult)
    _done: int = 0
    _total: int = 0

    async def run(self) -> FetchResult:
        wanted = [day for day in self.days if self.again or not self._is_settled(day)]
        self.fetched.up_to_date = [day for day in self.days if day not in wanted]
        self._total = len(wanted)
        if wanted:
            async with HubClient(self.address, self.patience, self._tell) as asker:
                try:
                    await self._fetch_all(asker, wanted)
                finally:
                    self.shelving.records.save()
        return self.fetched

    async def _fetch_all(self, asker: HubClient, wanted: Sequence[date]) -> None:
        in_a_row = 0
        for self._done, day in enumerate(wanted):
            self._tell()
            try:
                await self._fetch(asker, day)
                in_a_row = 0
            except (HubError, OSError) as error:
                self.fetched.failures.append(FetchFailure(day, explain_with_path(error)))
                in_a_row += 1
                is_hopeless = isinstance(error, HubUnreachableError | OSError)
                if is_hopeless or in_a_row == MAX_CONSECUTIVE_FAILURES:
                    self.fetched.not_requested = len(wanted) - self._done - 1
                    break

    def _tell(self, wait: float = 0.0) -> None:
        self.task.report(Progress(self._done, self._total, wait_seconds=wait))

    def _is_settled(self, day: date) -> bool:
        """Tell whether what is known of a day is known for good."""
        file = self.shelving.file(day)
        try:
            asked = file.stat().st_mtime
        except OSError:
            record = self.shelving.records.get(file)
            asked = record.empty_since if record and record.url == self.address.url else 0.0
        return is_final(day, asked)

    async def _fetch(self, asker: HubClient, day: date) -> None:
        file, records = self.shelving.file(day), self.shelving.records
        known = records.get(file)
        is_known = known is not None and known.url == self.address.url and file.exists()
        validators = CacheValidators()
        if known is not None and is_known and not self.again:
            validators = CacheValidators(known.etag, known.last_modified)
        found = await asker.papers(str(day), validators)
        if found is None:
            # Until when it was the same is told by the time of the file.
            os.utime(file)
            self.fetched.unchanged.append(day)
            return
        answer, validators = found
        if not answer.papers:
            self.fetched.empty.append(day)
            # Papers that were there are not taken back.
            if not file.exists():
                records.set_empty(file, self.address.url)
            return
        if _holds(file, answer.data):
            os.utime(file)
            self.fetched.unchanged.append(day)
        else:
            make_folder(self.shelving.path, 0o700)
            replace_text(file, [answer.data.decode()])
            self.fetched.papers[day] = answer.papers
        records.set(file, DayRecord(self.address.url, *validators))


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False
