"""Rows of waiting: how long a key is not answered, at most, while something long is going on.

The keys go to the sidebar and back to the papers, which little has to be drawn for. They are
pressed again and again.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable

from tests.bench.browser import Browser
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Ways
from tests.bench.starts import MS
from tests.support.home import Home

THERE, BACK = "1", "2"
BEFORE = 0.03
"""Seconds between an answer and the next key, so that keys do not count as come together."""

COLD = "diffusion"

LONGEST = 300.0
"""Seconds that anything may take."""


def measure_waits(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Press the keys at rest, while all papers are loaded, and while a query reads summaries."""
    papers = collection.papers
    with Browser(collection, ways) as browser:
        browser.settle()
        left = iter(range(ways.times))
        longest = _longest(browser, lambda: next(left, None) is None)
        samples.note("alive-idle", papers, turn, longest)
        browser.still(ways.quiet)
        browser.send("0")
        browser.pass_time(BEFORE)
        longest = _longest(browser, lambda: browser.status.startswith(" All days   "))
        samples.note("alive-all", papers, turn, longest)
        browser.still(ways.quiet)
        found = f" {collection.found(COLD)} of {papers} papers"
        browser.ask()
        browser.send(f"{COLD}\r")
        browser.wait_until(lambda: "Search in" not in browser.rows[-1] or found in browser.status)
        longest = _longest(browser, lambda: found in browser.status)
        samples.note("alive-search", papers, turn, longest)


def measure_waits_in_import(
    samples: Samples, turn: int, ways: Ways, collection: Collection
) -> None:
    """Press the keys while the browser reads all digests for the first time."""
    root = collection.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, collection.home.extra_environment)
    home.configure("read_after = 0\n")
    with Browser(collection, ways, home) as browser:
        browser.wait_until(lambda: browser.has_sidebar)
        longest = _longest(
            browser,
            lambda: "Reading digests" not in browser.status and browser.total == collection.papers,
        )
    samples.note("alive-import", collection.papers, turn, longest)
    shutil.rmtree(root)


def _longest(browser: Browser, is_over: Callable[[], bool]) -> float:
    """Press the keys until something is true; return the longest time it took to be answered."""
    longest, until = 0.0, time.monotonic() + LONGEST
    keys = itertools.cycle((THERE, BACK))
    while True:
        key, seen = next(keys), browser.sidebar_colours
        answer = browser.time(key, lambda seen=seen: browser.sidebar_colours != seen)  # type: ignore[misc]
        longest = max(longest, answer.seconds * MS)
        # It ends where it began.
        if key == BACK and is_over():
            return longest
        assert time.monotonic() < until, f"it goes on:\n{browser.text}"
        browser.pass_time(BEFORE)
