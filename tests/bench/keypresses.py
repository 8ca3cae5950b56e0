"""Rows of keys in a browser that is open: from the key to the frame that shows what it did."""

from __future__ import annotations

from tests.bench.browser import Browser
from tests.bench.memory import forget_most, most, resident
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Ways
from tests.bench.starts import MS

HELD = 200
DAYS = 3
FIRST_LINE = 1
COLD, WARM = "diffusion", ("reward", "reasoning", "graph")
STEPS = 4
"""As many thresholds there are above none, but for the highest."""
SORTS = 4
"""As many as there are columns: then it is sorted as at first."""


def measure_keys(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Press keys in one browser, one thing after the other."""
    with Browser(collection, ways) as browser:
        browser.settle()
        session = _Session(samples, turn, ways, browser, collection)
        session.moves()
        session.days()
        session.all_papers()
        session.order()
        session.held()
        session.search()


def measure_search(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Search in one browser, and do nothing else."""
    with Browser(collection, ways) as browser:
        browser.settle()
        browser.show_all()
        _Session(samples, turn, ways, browser, collection).search()


class _Session:
    """What is done in one browser."""

    def __init__(
        self,
        samples: Samples,
        turn: int,
        ways: Ways,
        browser: Browser,
        collection: Collection,
    ) -> None:
        self._samples = samples
        self._turn = turn
        self._ways = ways
        self._browser = browser
        self._collection = collection

    def _note(self, row: str, value: float) -> None:
        self._samples.note(row, self._collection.papers, self._turn, value)

    def moves(self) -> None:
        """Move down the newest day's papers."""
        browser = self._browser
        for _ in range(self._ways.times):
            before = browser.cursor_line
            answer = browser.time_settled(
                "j", lambda before=before: browser.cursor_line not in {None, before},  # type: ignore[misc]
                self._ways.quiet,
            )  # fmt: skip
            self._note("move", answer.seconds * MS)
            self._note("move-bytes", answer.size)
            self._note("summary", answer.settled * MS)
            self._note("summary-bytes", answer.settled_size)

    def days(self) -> None:
        """Go to older days, and back."""
        browser = self._browser
        days = min(DAYS, self._ways.times)
        for key in "[" * days + "]" * days:
            status, first = browser.status, browser.first_row
            answer = browser.time_settled(
                key,
                lambda status=status, first=first: (  # type: ignore[misc]
                    browser.status != status and browser.first_row != first
                ),
                self._ways.quiet,
            )
            self._note("day", answer.seconds * MS)
            self._note("day-summary", answer.settled * MS)

    def all_papers(self) -> None:
        """Show all days for the first time, and again."""
        browser = self._browser
        for number in range(1 + max(1, self._ways.times // 5)):
            first = browser.first_row
            answer = browser.time_settled(
                "0",
                lambda first=first: (  # type: ignore[misc]
                    browser.status.startswith(" All days") and browser.first_row != first
                ),
                self._ways.quiet,
            )
            self._note("all-again" if number else "all-first", answer.seconds * MS)
            if not number:
                self._note("memory-all", resident(browser.process.pid))
            browser.send("\x0f")  # Ctrl+O, back to the day
            browser.wait_until(lambda: not browser.status.startswith(" All days"))
            browser.still(self._ways.quiet)
        browser.show_all()

    def order(self) -> None:
        """Ask for more votes and fewer, and sort by every column."""
        steps = min(STEPS, self._ways.times)
        for row, keys in (("threshold", "+" * steps + "-" * steps), ("sort", "s" * SORTS)):
            for key in keys:
                status = self._browser.status
                answer = self._browser.time_settled(
                    key,
                    lambda status=status: self._browser.status != status,  # type: ignore[misc]
                    self._ways.quiet,
                )
                self._note(row, answer.seconds * MS)

    def held(self) -> None:
        """Let a key be held."""
        browser = self._browser
        browser.send("g")
        browser.wait_until(lambda: browser.cursor_line == FIRST_LINE)
        browser.still(self._ways.quiet)
        answer = browser.time_settled(
            "j" * HELD, lambda: browser.cursor_line != FIRST_LINE, self._ways.quiet
        )
        self._note("held", answer.settled * MS)

    def search(self) -> None:
        """Search summaries that nobody has read yet, and those that are in memory."""
        browser, pid = self._browser, self._browser.process.pid
        for number, word in enumerate((COLD, *WARM)):
            found = f" {self._collection.found(word)} of {self._collection.papers} papers"
            browser.ask()
            forget_most(pid)
            first = browser.time(word, lambda word=word: f"/{word} " in browser.status)  # type: ignore[misc]
            began = browser.came - first.seconds
            browser.wait_until(lambda found=found: found in browser.status)  # type: ignore[misc]
            self._note("query" if number else "query-cold", (browser.came - began) * MS)
            if not number:
                self._note("query-first", first.seconds * MS)
                self._note("memory-search", most(pid))
            browser.leave_search()
