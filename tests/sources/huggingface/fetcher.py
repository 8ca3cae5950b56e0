"""Somebody who fetches days from a hub into a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.sources.huggingface.server import Hub
from tui.sources.huggingface.client import HubEndpoint
from tui.sources.huggingface.etags import DayRecords
from tui.sources.huggingface.fetch import DownloadFolder, FetchResult, fetch
from tui.sources.huggingface.retry import RetryPolicy
from tui.task import Progress, Task

HASTY = RetryPolicy(attempts=3, first_wait=0.01, max_wait=2)
"""Asks again soon, and waits for a busy machine."""

TOKEN = "hf_of_the_tests"


@dataclass
class Fetcher:
    """Who fetches.

    Attributes:
        hub: from where.
        root: for what is kept.
        patience: how long the hub is waited for.
        moves: what was told of the progress.
    """

    hub: Hub
    root: Path
    patience: RetryPolicy = HASTY
    moves: list[Progress] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "hub"

    def fetch(
        self,
        *days: str,
        url: str = "",
        again: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> FetchResult:
        """Fetch days, as a process does that remembers only what is on the disk."""
        return fetch(
            [date.fromisoformat(day) for day in days],
            DownloadFolder(self.folder, DayRecords(self.root / "records")),
            HubEndpoint(url or self.hub.url, TOKEN),
            policy=self.patience,
            refetch=again,
            task=Task(self.moves.append, cancelled),
        )

    def fail(self, day: str, *, url: str = "") -> str:
        """Fetch a day that cannot be fetched, and return why; nothing is left of it."""
        before = self.kept
        fetched = self.fetch(day, url=url)
        [failure] = fetched.failures
        assert str(failure.day) == day
        assert not fetched.papers
        assert self.kept == before
        assert TOKEN not in failure.message
        return failure.message

    @property
    def kept(self) -> dict[str, bytes]:
        """What stands in the folder, by name, hidden files included."""
        if not self.folder.exists():
            return {}
        return {file.name: file.read_bytes() for file in self.folder.iterdir()}

    def numbers(self, day: str) -> list[str]:
        """The ids of a day's papers, as they are kept."""
        rows = json.loads((self.folder / f"{day}.json").read_bytes())
        return [row["paper"]["id"] for row in rows]
