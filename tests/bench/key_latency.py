"""Rows of key latency: the longest time until a key takes effect during long work.

The keys move the focus between the sidebar and the papers, which draws little, again and again.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable

from tests.bench.browser import Browser
from tests.bench.sample_libraries import BenchOptions, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND
from tests.support.home import Home

SIDEBAR_KEY, TABLE_KEY = "1", "2"
PAUSE_SECONDS = 0.03
"""Pause before the next key, so that keys do not count as a burst."""

COLD_QUERY = "diffusion"

TIMEOUT_SECONDS = 300.0
"""Limit for the long work."""


def measure_waits(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Press the keys while idle, while all papers load, and while a query reads summaries."""
    papers = library.papers
    with Browser(library, options) as browser:
        browser.settle()
        left = iter(range(options.times))
        longest = _longest_wait(browser, lambda: next(left, None) is None)
        samples.add("alive-idle", papers, round_number, longest)
        browser.wait_for_silence(options.quiet)
        browser.send("0")
        browser.read_for_seconds(PAUSE_SECONDS)
        longest = _longest_wait(browser, lambda: browser.status.startswith(" All days   "))
        samples.add("alive-all", papers, round_number, longest)
        browser.wait_for_silence(options.quiet)
        found = f" {library.count_matches(COLD_QUERY)} of {papers} papers"
        browser.open_search()
        browser.send(f"{COLD_QUERY}\r")
        browser.wait_until(lambda: "Search in" not in browser.rows[-1] or found in browser.status)
        longest = _longest_wait(browser, lambda: found in browser.status)
        samples.add("alive-search", papers, round_number, longest)


def measure_waits_in_import(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Press the keys during the first import."""
    root = library.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, library.home.extra_environment)
    home.configure("read_after = 0\n")
    with Browser(library, options, home) as browser:
        browser.wait_until(lambda: browser.has_sidebar)
        longest = _longest_wait(
            browser,
            lambda: (
                "Reading digests" not in browser.status and browser.sidebar_total == library.papers
            ),
        )
    samples.add("alive-import", library.papers, round_number, longest)
    shutil.rmtree(root)


def _longest_wait(browser: Browser, is_over: Callable[[], bool]) -> float:
    """Press the keys until the work is done; return the longest latency in milliseconds."""
    longest, until = 0.0, time.monotonic() + TIMEOUT_SECONDS
    keys = itertools.cycle((SIDEBAR_KEY, TABLE_KEY))
    while True:
        key, seen = next(keys), browser.sidebar_colours
        answer = browser.time_keys(key, lambda seen=seen: browser.sidebar_colours != seen)  # type: ignore[misc]
        longest = max(longest, answer.seconds * MILLISECONDS_PER_SECOND)
        # End with the focus where it was.
        if key == TABLE_KEY and is_over():
            return longest
        assert time.monotonic() < until, f"the work does not end:\n{browser.text}"
        browser.read_for_seconds(PAUSE_SECONDS)
