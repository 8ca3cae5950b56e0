"""Rows of key presses: from a key to the frame that shows its effect."""

from __future__ import annotations

from tests.bench.browser import Browser
from tests.bench.memory import peak_megabytes, reset_peak, resident_megabytes
from tests.bench.sample_libraries import BenchOptions, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND

HELD_KEY_REPEATS = 200
DAY_STEPS = 3
FIRST_PAPER_LINE = 1
COLD_QUERY, WARM_QUERIES = "diffusion", ("reward", "reasoning", "graph")
THRESHOLD_STEPS = 4
"""Steps that each change the threshold."""
SORT_STEPS = 4
"""The number of sortable columns; after as many steps the first order is back."""


def measure_keys(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Press keys in one browser, one kind of key after the other."""
    with Browser(library, options) as browser:
        browser.settle()
        session = _Session(samples, round_number, options, browser, library)
        session.move_cursor()
        session.go_to_days()
        session.show_all_papers()
        session.change_threshold_and_sort()
        session.hold_key()
        session.search()


def measure_search(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Measure the list of all days, and searches in it."""
    with Browser(library, options) as browser:
        browser.settle()
        session = _Session(samples, round_number, options, browser, library)
        session.show_all_papers()
        session.search()


class _Session:
    """The measurements in one browser."""

    def __init__(
        self,
        samples: Samples,
        round_number: int,
        options: BenchOptions,
        browser: Browser,
        library: SampleLibrary,
    ) -> None:
        self._samples = samples
        self._turn = round_number
        self._options = options
        self._browser = browser
        self._library = library

    def _add(self, row: str, value: float) -> None:
        self._samples.add(row, self._library.papers, self._turn, value)

    def move_cursor(self) -> None:
        """Move down in the papers of the newest day."""
        browser = self._browser
        for _ in range(self._options.times):
            line = browser.cursor_line
            timing = browser.time_keys_until_settled(
                "j", lambda line=line: browser.cursor_line not in {None, line},  # type: ignore[misc]
                self._options.quiet_seconds,
            )  # fmt: skip
            self._add("move", timing.seconds * MILLISECONDS_PER_SECOND)
            self._add("move-bytes", timing.bytes_sent)
            self._add("summary", timing.settled_seconds * MILLISECONDS_PER_SECOND)
            self._add("summary-bytes", timing.settled_bytes)

    def go_to_days(self) -> None:
        """Go to older days and back."""
        browser = self._browser
        days = min(DAY_STEPS, self._options.times)
        for key in "[" * days + "]" * days:
            status, first = browser.status, browser.first_paper
            timing = browser.time_keys_until_settled(
                key,
                lambda status=status, first=first: (  # type: ignore[misc]
                    browser.status != status and browser.first_paper != first
                ),
                self._options.quiet_seconds,
            )
            self._add("day", timing.seconds * MILLISECONDS_PER_SECOND)
            self._add("day-summary", timing.settled_seconds * MILLISECONDS_PER_SECOND)

    def show_all_papers(self) -> None:
        """Show all days for the first time, and again."""
        browser = self._browser
        for number in range(1 + max(1, self._options.times // 5)):
            first = browser.first_paper
            timing = browser.time_keys_until_settled(
                "0",
                lambda first=first: (  # type: ignore[misc]
                    browser.status.startswith(" All days") and browser.first_paper != first
                ),
                self._options.quiet_seconds,
            )
            self._add(
                "all-again" if number else "all-first", timing.seconds * MILLISECONDS_PER_SECOND
            )
            if not number:
                self._add("memory-all", resident_megabytes(browser.process.pid))
            browser.send("\x0f")  # Ctrl+O, back to the day
            browser.wait_until(lambda: not browser.status.startswith(" All days"))
            browser.wait_for_silence(self._options.quiet_seconds)
        browser.show_all()

    def change_threshold_and_sort(self) -> None:
        """Raise and lower the vote threshold, and sort by every column."""
        steps = min(THRESHOLD_STEPS, self._options.times)
        for row, keys in (("threshold", "+" * steps + "-" * steps), ("sort", "s" * SORT_STEPS)):
            for key in keys:
                status = self._browser.status
                timing = self._browser.time_keys_until_settled(
                    key,
                    lambda status=status: self._browser.status != status,  # type: ignore[misc]
                    self._options.quiet_seconds,
                )
                self._add(row, timing.seconds * MILLISECONDS_PER_SECOND)

    def hold_key(self) -> None:
        """Send many repeats of a key at once."""
        browser = self._browser
        browser.send("g")
        browser.wait_until(lambda: browser.cursor_line == FIRST_PAPER_LINE)
        browser.wait_for_silence(self._options.quiet_seconds)
        timing = browser.time_keys_until_settled(
            "j" * HELD_KEY_REPEATS,
            lambda: browser.cursor_line != FIRST_PAPER_LINE,
            self._options.quiet_seconds,
        )
        self._add("held", timing.settled_seconds * MILLISECONDS_PER_SECOND)

    def search(self) -> None:
        """Search the summaries before and after they are in memory."""
        browser, pid = self._browser, self._browser.process.pid
        for number, word in enumerate((COLD_QUERY, *WARM_QUERIES)):
            count_text = f" {self._library.count_matches(word):,}/{self._library.papers:,} "
            browser.open_search()
            reset_peak(pid)
            first = browser.time_keys(word, lambda word=word: f"/{word} " in browser.status)  # type: ignore[misc]
            started = browser.last_frame_time - first.seconds
            browser.wait_until(lambda count_text=count_text: count_text in browser.status)  # type: ignore[misc]
            self._add(
                "query" if number else "query-cold",
                (browser.last_frame_time - started) * MILLISECONDS_PER_SECOND,
            )
            if not number:
                self._add("query-first", first.seconds * MILLISECONDS_PER_SECOND)
                self._add("memory-search", peak_megabytes(pid))
            browser.leave_search()
