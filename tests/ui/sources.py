"""Digests in a folder of the test's own, with a cache beside them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.cache.location import CacheLocator
from tui.cache.sync import sync
from tui.config.session import Session
from tui.config.settings import Settings
from tui.library.library import Library
from tui.marks import MarkStore
from tui.ui.screens.main.startup import StartupOptions

LONG_AGO = 1_700_000_000
"""A time that is past for sure, so that a digest written a moment ago counts as settled."""


@dataclass(frozen=True)
class DigestPaper:
    """A paper as a digest tells it."""

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
    """A source of digests and its cache.

    Args:
        digests: the source.
        cache: the folder of caches.
    """

    digests: Path
    cache: Path
    written: int = field(default=0, init=False)

    def add(self, day: str, *papers: DigestPaper, name: str | None = None) -> Path:
        """Write a day's digest, or write it anew."""
        file = self.digests / (name or f"{day}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join([f"## Daily Papers ({day})", *map(str, papers)]) + "\n")
        self.written += 1
        os.utime(file, (LONG_AGO + self.written, LONG_AGO + self.written))
        return file

    def library(self) -> Library:
        """Open the library as it is cached."""
        return Library.open(self.cache, [self.digests])

    def sync(self) -> None:
        """Read the digests."""
        for cache in self.library().caches:
            sync(cache)

    def opening(self, **changes: Any) -> StartupOptions:
        """Return what the browser opens with; nothing is remembered or set unless told."""
        usual: dict[str, Any] = {
            # No test is to depend on how long it takes.
            "settings": Settings(read_after=0, watch=False),
            "session": Session(),
            "marks": MarkStore(self.cache.parent / "marks"),
            "views_file": self.cache.parent / "views.toml",
            "cache_locator": CacheLocator(self.cache),
        }
        return StartupOptions(**{"library": self.library(), **usual, **changes})


def day_of(count: int, *, first: int = 1, votes: int = 100) -> list[DigestPaper]:
    """Return papers, each with a title, votes and a summary of its own, most votes first."""
    return [
        DigestPaper(
            f"2501.{number:05}",
            title=f"Paper {number:03}",
            votes=votes - number,
            summary=f"- ***What's New***: This tells of paper {number:03}.",
        )
        for number in range(first, first + count)
    ]


FIRST, SECOND = "2505.22954", "2505.22618"


def marks_of(source: DigestSource) -> MarkStore:
    """Return the marks as another process would read them."""
    return MarkStore(source.cache.parent / "marks")
