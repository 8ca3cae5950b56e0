"""Rows of a mark: from the key until it is on disk, and until the reader is told."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.bench.browser import Browser
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Ways
from tests.bench.starts import MS
from tests.pty.harness import TIMEOUT_SECONDS

_LOOK = 0.0002
"""Seconds between two looks at a file."""

_ID = re.compile(r"\b(\d{4})\.\d{5}\b")


def measure_marks(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Star papers, where as many marks are kept as there are papers."""
    papers = collection.papers
    with Browser(collection, ways, collection.marked) as browser:
        browser.settle()
        for _ in range(max(1, ways.times // 2)):
            month = _ID.search(browser.rows[browser.cursor_line or 1])
            assert month is not None
            file = collection.marks / f"{month.group(1)}.json"
            before = file.stat().st_ino
            pressed = browser.press_at_once("*")
            samples.note("mark", papers, turn, (_replaced(file, before) - pressed) * MS)
            browser.wait_until(lambda: "tar" in browser.status.split("papers")[0])
            samples.note("mark-told", papers, turn, (browser.came - pressed) * MS)
            browser.still(ways.quiet)
            browser.send("j")
            browser.still(ways.quiet)


def _replaced(file: Path, before: int) -> float:
    """Return when another file has taken the place of one."""
    until = time.monotonic() + TIMEOUT_SECONDS
    while file.stat().st_ino == before:
        assert time.monotonic() < until, f"{file} stays as it was"
        time.sleep(_LOOK)
    return time.monotonic()
