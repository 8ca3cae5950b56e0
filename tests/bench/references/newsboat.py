"""newsboat, a feed reader in C++, with the same papers as a local feed (Debian: newsboat)."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import ClassVar

from tests.bench.references.reference import Reference
from tests.bench.rows import NEWSBOAT
from tests.bench.stage import NEW_DAY_PAPERS, Collection
from tests.bench.watched import Watched
from tui.models import Entry

_FEED = "Papers"


class Newsboat(Reference):
    """Reads a feed of all papers."""

    name: ClassVar[str] = NEWSBOAT
    most: ClassVar[int] = 5500

    def missing(self) -> str:
        """Tell whether it is installed."""
        return "" if shutil.which("newsboat") else "newsboat is not installed (Debian: newsboat)"

    def version(self) -> str:
        """Return what it says."""
        ran = subprocess.run(["newsboat", "-v"], capture_output=True, text=True, check=True)
        return ran.stdout.split()[1]

    def prepare(self, collection: Collection) -> None:
        """Write the feed, and have it read."""
        folder = self.folder(collection)
        if (folder / "ready").exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        settings = "auto-reload no\nrefresh-on-startup no\nbind-key j down\n"
        (folder / "config").write_text(settings, encoding="utf-8")
        (folder / "urls").write_text(f"file://{folder / 'feed.xml'}\n", encoding="utf-8")
        items = [_item(entry) for entry in collection.entries()]
        _write(folder / "feed.xml", items)
        # As many as a day has, under names that nobody else has: a feed grows at its head.
        new = [item.replace("/abs/2", "/abs/9") for item in items[:NEW_DAY_PAPERS]]
        _write(folder / "more.xml", [*new, *items])
        self.run(collection, [*self.command(collection), "-x", "reload"])
        (folder / "ready").touch()

    def command(self, collection: Collection) -> list[str]:
        """Return how to start it."""
        return self._command(collection, "cache.db")

    def _command(self, collection: Collection, cache: str) -> list[str]:
        folder = self.folder(collection)
        return [
            "newsboat", "-u", str(folder / "urls"), "-c", str(folder / cache),
            "-C", str(folder / "config"),
        ]  # fmt: skip

    def is_first(self, text: str, collection: Collection) -> bool:
        """Tell whether the feed stands there with the number of its papers."""
        return _FEED in text and f"/{collection.papers})" in text

    def enter(self, terminal: Watched) -> None:
        """Open the feed."""
        terminal.press("enter")
        terminal.wait_for("Articles in feed")

    def imports(self, collection: Collection) -> float:
        """Reload with an empty cache."""
        fresh = self.folder(collection) / "fresh.db"
        fresh.unlink(missing_ok=True)
        return self.run(collection, [*self._command(collection, fresh.name), "-x", "reload"])

    def syncs(self, collection: Collection) -> tuple[float, float]:
        """Reload what has not changed, and a feed with a day more, in the cache just made."""
        folder = self.folder(collection)
        feed, more, usual = (folder / name for name in ("feed.xml", "more.xml", "usual.xml"))
        reload = [*self._command(collection, "fresh.db"), "-x", "reload"]
        same = self.run(collection, reload)
        feed.rename(usual)
        more.rename(feed)
        try:
            one = self.run(collection, reload)
        finally:
            feed.rename(more)
            usual.rename(feed)
        return same, one


def _write(file: Path, items: list[str]) -> None:
    head = f"<title>{_FEED}</title><link>https://arxiv.org/</link><description>all</description>"
    text = "\n".join(items)
    file.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}\n'
        f"{text}\n</channel></rss>\n",
        encoding="utf-8",
    )


def _item(entry: Entry) -> str:
    link = f"https://arxiv.org/abs/{entry.arxiv_id}"
    day = datetime.fromisoformat(entry.date).replace(tzinfo=UTC)
    return (
        f"<item><title>{escape(entry.title or entry.arxiv_id)}</title><link>{link}</link>"
        f"<guid>{link}</guid><author>{escape(', '.join(entry.authors))}</author>"
        f"<pubDate>{format_datetime(day)}</pubDate>"
        f"<description>{escape(entry.summary)}</description></item>"
    )
