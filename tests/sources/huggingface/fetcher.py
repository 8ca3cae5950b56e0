"""A helper that fetches days from a test hub into a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.sources.huggingface.server import Hub
from tui.runtime.task import Progress, Task
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.retry import RetryPolicy
from tui.sources.huggingface.day_files import FetchResult, fetch

FAST_RETRIES = RetryPolicy(attempts=3, first_wait=0.01, max_wait=2)
"""Short waits between attempts, and timeouts that are long enough on a busy machine."""

TOKEN = "hf_of_the_tests"


@dataclass
class Fetcher:
    """A download folder, and the hub from which days are fetched into it.

    Attributes:
        hub: the hub.
        root: parent of the download folder and of the records.
        policy: timeouts and retries.
        progress: all progress reports.
    """

    hub: Hub
    root: Path
    policy: RetryPolicy = FAST_RETRIES
    progress: list[Progress] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "hub"

    def fetch(
        self,
        *days: str,
        url: str = "",
        refetch: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> FetchResult:
        """Fetch days as a new process does, without state in memory."""
        return fetch(
            [date.fromisoformat(day) for day in days],
            self.folder,
            Endpoint(url or self.hub.url, TOKEN),
            state=self.root / "records",
            policy=self.policy,
            refetch=refetch,
            task=Task(self.progress.append, cancelled),
        )

    def fail(self, day: str, *, url: str = "") -> str:
        """Fetch a day that fails, check that nothing was saved, and return the message."""
        before = self.saved_files
        fetched = self.fetch(day, url=url)
        [failure] = fetched.failures
        assert str(failure.day) == day
        assert not fetched.papers
        assert self.saved_files == before
        assert TOKEN not in failure.message
        return failure.message

    @property
    def saved_files(self) -> dict[str, bytes]:
        """The content of all files in the folder, including hidden ones, by name."""
        if not self.folder.exists():
            return {}
        return {file.name: file.read_bytes() for file in self.folder.iterdir()}

    def saved_ids(self, day: str) -> list[str]:
        """The ids of a saved day's papers."""
        rows = json.loads((self.folder / f"{day}.json").read_bytes())
        return [row["paper"]["id"] for row in rows]
