"""A folder of digests for a test, with a cache."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.cache.source_cache import CacheLocator, SourceCache
from tui.cache.sync import sync
from tui.config.session import Session
from tui.config.settings import Settings
from tui.library.library import Library
from tui.marks.store import MarkStore
from tui.ui.screens.main.startup_options import StartupOptions

OLD_TIMESTAMP = 1_700_000_000
"""A time long past, so that a digest written a moment ago does not look unfinished."""


@dataclass(frozen=True)
class DigestPaper:
    """A paper in a digest."""

    arxiv_id: str
    title: str = "Counting Wind"
    votes: int | None = 10
    authors: str = "Ada Bell, Cy Dorn"
    summary: str = "- ***What's New***: A mill that counts."

    def __str__(self) -> str:
        head = [f"### [{self.title}](https://arxiv.org/abs/{self.arxiv_id})"]
        head += [] if self.votes is None else [f"Vote: {self.votes}"]
        return "\n\n".join([*head, f"Authors: {self.authors}", self.summary])


@dataclass
class DigestSource:
    """A folder of digests and its cache.

    Args:
        digests: the folder.
        cache: the folder of caches.
    """

    digests: Path
    cache: Path
    written: int = field(default=0, init=False)

    def add(self, day: str, *papers: DigestPaper | str, name: str | None = None) -> Path:
        """Write or replace a day's digest."""
        file = self.digests / (name or f"{day}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join([f"## Daily Papers ({day})", *map(str, papers)]) + "\n")
        self.written += 1
        os.utime(file, (OLD_TIMESTAMP + self.written, OLD_TIMESTAMP + self.written))
        return file

    def library(self) -> Library:
        """Open the library from the cache."""
        return Library([SourceCache(self.cache, self.digests)])

    def sync(self) -> None:
        """Sync the cache."""
        for cache in self.library().caches:
            sync(cache)

    def options(self, **changes: Any) -> StartupOptions:
        """Return options for the app, without settings and session unless given."""
        defaults: dict[str, Any] = {
            # Tests must not depend on timing.
            "settings": Settings(read_after=0, watch=False),
            "session": Session(),
            "marks": MarkStore(self.cache.parent / "marks"),
            "views_file": self.cache.parent / "views.toml",
            "cache_locator": CacheLocator(self.cache),
        }
        return StartupOptions(**{"library": self.library(), **defaults, **changes})


def sample_papers(count: int, *, first: int = 1, votes: int = 100) -> list[DigestPaper]:
    """Return papers with different titles, votes and summaries, most votes first."""
    return [
        DigestPaper(
            f"2501.{number:05}",
            title=f"Paper {number:03}",
            votes=votes - number,
            summary=f"- ***What's New***: This is about paper {number:03}.",
        )
        for number in range(first, first + count)
    ]


FIRST_ID, SECOND_ID = "2505.22954", "2505.22618"


def open_marks(source: DigestSource) -> MarkStore:
    """Return the marks as another process would read them."""
    return MarkStore(source.cache.parent / "marks")
