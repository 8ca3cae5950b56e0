"""Rows of key latency: the longest time until a key takes effect during long work.

The keys repeatedly move the focus between the sidebar and the papers, which draws little.
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

SIDEBAR_KEY, TABLE_KEY = "\x1b[Z", "\t"
"""Keys that move the focus at once, unlike the numbers of panes: Shift+Tab and Tab."""

PAUSE_SECONDS = 0.03
"""Pause before the next key, so that keys do not count as a burst."""

COLD_QUERY = "diffusion"

TIMEOUT_SECONDS = 300.0
"""Limit for the long work."""


def measure_key_latency(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Press the keys while idle, while all papers load, and while a query reads summaries."""
    papers = library.papers
    with Browser(library, options) as browser:
        browser.settle()
        remaining = iter(range(options.times))
        longest = _longest_latency(browser, lambda: next(remaining, None) is None)
        samples.add("key-latency-idle", papers, round_number, longest)
        browser.wait_for_silence(options.quiet_seconds)
        browser.send("0")
        browser.read_for_seconds(PAUSE_SECONDS)
        longest = _longest_latency(browser, lambda: browser.status.startswith(" All days   "))
        samples.add("key-latency-all", papers, round_number, longest)
        browser.wait_for_silence(options.quiet_seconds)
        count_text = f" {library.count_matches(COLD_QUERY):,}/{papers:,} "
        browser.open_search()
        browser.send(f"{COLD_QUERY}\r")
        browser.wait_until(
            lambda: "Search in" not in browser.rows[-1] or count_text in browser.status
        )
        longest = _longest_latency(browser, lambda: count_text in browser.status)
        samples.add("key-latency-search", papers, round_number, longest)


def measure_key_latency_in_import(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Press the keys during the first import."""
    root = library.folder / "fresh"
    shutil.rmtree(root, ignore_errors=True)
    home = Home(root, library.home.extra_environment)
    home.configure("read_after = 0\n")
    with Browser(library, options, home) as browser:
        browser.wait_until(lambda: browser.has_sidebar)
        longest = _longest_latency(
            browser,
            lambda: (
                "Reading digests" not in browser.status and browser.sidebar_total == library.papers
            ),
        )
    samples.add("key-latency-import", library.papers, round_number, longest)
    shutil.rmtree(root)


def _longest_latency(browser: Browser, is_over: Callable[[], bool]) -> float:
    """Press the keys until the work is done; return the longest latency in milliseconds."""
    longest, deadline = 0.0, time.monotonic() + TIMEOUT_SECONDS
    keys = itertools.cycle((SIDEBAR_KEY, TABLE_KEY))
    while True:
        key, colors = next(keys), browser.sidebar_colors
        timing = browser.time_keys(key, lambda colors=colors: browser.sidebar_colors != colors)  # type: ignore[misc]
        longest = max(longest, timing.seconds * MILLISECONDS_PER_SECOND)
        # End with the focus in the papers, as at the beginning.
        if key == TABLE_KEY and is_over():
            return longest
        assert time.monotonic() < deadline, f"the work did not end:\n{browser.text}"
        browser.read_for_seconds(PAUSE_SECONDS)
