"""newsboat, a feed reader in C++, with the same papers as a local feed (Debian: newsboat)."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import ClassVar

from tests.bench.references.reference import ReferenceProgram
from tests.bench.rows import NEWSBOAT
from tests.bench.sample_libraries import NEW_DAY_PAPERS, SampleLibrary
from tests.bench.timed_terminal import TimedTerminal
from tui.models import Entry

_FEED = "Papers"


class Newsboat(ReferenceProgram):
    """Reads a feed of all papers."""

    name: ClassVar[str] = NEWSBOAT
    max_papers: ClassVar[int] = 5500

    def why_unavailable(self) -> str:
        """Return the name of the missing package, or an empty string if it is installed."""
        return "" if shutil.which("newsboat") else "newsboat is not installed (Debian: newsboat)"

    def version(self) -> str:
        """Return the version that it prints."""
        result = subprocess.run(["newsboat", "-v"], capture_output=True, text=True, check=True)
        return result.stdout.split()[1]

    def prepare(self, library: SampleLibrary) -> None:
        """Write the feed, and import it."""
        folder = self.folder(library)
        if (folder / "ready").exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        settings = "auto-reload no\nrefresh-on-startup no\nbind-key j down\n"
        (folder / "config").write_text(settings, encoding="utf-8")
        (folder / "urls").write_text(f"file://{folder / 'feed.xml'}\n", encoding="utf-8")
        items = [_item(entry) for entry in library.entries()]
        _write(folder / "feed.xml", items)
        # The papers of one day, with new ids, at the top of the feed.
        new = [item.replace("/abs/2", "/abs/9") for item in items[:NEW_DAY_PAPERS]]
        _write(folder / "more.xml", [*new, *items])
        self.time_command(library, [*self.command(library), "-x", "reload"])
        (folder / "ready").touch()

    def command(self, library: SampleLibrary) -> list[str]:
        """Return the command."""
        return self._command(library, "cache.db")

    def _command(self, library: SampleLibrary, cache: str) -> list[str]:
        folder = self.folder(library)
        return [
            "newsboat", "-u", str(folder / "urls"), "-c", str(folder / cache),
            "-C", str(folder / "config"),
        ]  # fmt: skip

    def shows_first_screen(self, text: str, library: SampleLibrary) -> bool:
        """Return whether the feed is listed with its number of papers."""
        return _FEED in text and f"/{library.papers})" in text

    def open_list(self, terminal: TimedTerminal) -> None:
        """Open the feed."""
        terminal.press("enter")
        terminal.wait_for("Articles in feed")

    def time_import(self, library: SampleLibrary) -> float:
        """Reload with an empty cache."""
        fresh = self.folder(library) / "fresh.db"
        fresh.unlink(missing_ok=True)
        return self.time_command(library, [*self._command(library, fresh.name), "-x", "reload"])

    def time_syncs(self, library: SampleLibrary) -> tuple[float, float]:
        """Reload the unchanged feed, and one with a new day, with the cache of the last import."""
        folder = self.folder(library)
        feed, longer, original = (
            folder / name for name in ("feed.xml", "more.xml", "original.xml")
        )
        reload = [*self._command(library, "fresh.db"), "-x", "reload"]
        unchanged_seconds = self.time_command(library, reload)
        feed.rename(original)
        longer.rename(feed)
        try:
            new_day_seconds = self.time_command(library, reload)
        finally:
            feed.rename(longer)
            original.rename(feed)
        return unchanged_seconds, new_day_seconds


def _write(file: Path, items: list[str]) -> None:
    head = f"<title>{_FEED}</title><link>https://arxiv.org/</link><description>all</description>"
    text = "\n".join(items)
    file.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}\n'
        f"{text}\n</channel></rss>\n",
        encoding="utf-8",
    )


def _item(entry: Entry) -> str:
    link = f"https://arxiv.org/abs/{entry.paper_id}"
    day = datetime.fromisoformat(entry.date).replace(tzinfo=UTC)
    return (
        f"<item><title>{escape(entry.title or entry.paper_id)}</title><link>{link}</link>"
        f"<guid>{link}</guid><author>{escape(', '.join(entry.authors))}</author>"
        f"<pubDate>{format_datetime(day)}</pubDate>"
        f"<description>{escape(entry.summary)}</description></item>"
    )
