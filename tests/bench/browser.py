"""Broadsheet on a timed terminal, and what can be read off its screen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.bench.stage import Collection, Ways, in_words
from tests.bench.watched import Watched
from tests.support.home import Home

COLUMNS, LINES = 120, 40
_PAPER = re.compile(r" \d{4}\.\d{5} *$|\d{4}-\d\d-\d\d *$", re.MULTILINE)
_TOTAL = re.compile(r" All days +(\d+)")
_IN_TABLE = 60
"""A column, somewhere in a title."""
_IN_SIDEBAR = 20
_TABLE = range(1, 15)
"""Lines of papers, as far as they are seen whatever else is."""


class Browser(Watched):
    """The browser, on one collection.

    Args:
        collection: what to open.
        ways: how to measure.
        home: whose browser it is; that of the collection's reader if None.
        digests: what to open instead.
    """

    def __init__(
        self,
        collection: Collection,
        ways: Ways,
        home: Home | None = None,
        digests: Path | None = None,
    ) -> None:
        home = home or collection.home
        self._ways = ways
        self._newest = collection.newest
        super().__init__(
            [*home.program, str(digests or collection.digests)],
            environment=home.environment, at=home.root, columns=COLUMNS, lines=LINES,
        )  # fmt: skip

    @property
    def status(self) -> str:
        """The status line."""
        return self.rows[-2]

    @property
    def cursor_line(self) -> int | None:
        """The line of the table that the cursor is on, by its colour."""
        behind = {line: self.cell_background(_IN_TABLE, line) for line in _TABLE}
        usual, _ = Counter(behind.values()).most_common(1)[0]
        return next((line for line, colour in behind.items() if colour != usual), None)

    @property
    def first_row(self) -> str:
        """The first paper that is seen."""
        return self.rows[1][24:]

    @property
    def has_first_screen(self) -> bool:
        """Whether the dates and the newest day's papers stand there."""
        return (
            f"{self._newest.day} {self._newest:%a}" in self.text
            and in_words(self._newest) in self.status
            and _PAPER.search(self.text) is not None
        )

    @property
    def has_first_summary(self) -> bool:
        """Whether the first paper can be read."""
        return (
            f"votes   {self._newest}" in self.text or f"   {self._newest}   arxiv.org/" in self.text
        )

    @property
    def sidebar_colours(self) -> frozenset[str]:
        """The colours behind the lines of the sidebar, which tell whether the focus is there."""
        return frozenset(self.cell_background(_IN_SIDEBAR, line) for line in range(LINES - 2))

    @property
    def has_sidebar(self) -> bool:
        return self.rows[0].startswith(" All days")

    @property
    def total(self) -> int | None:
        """How many papers the sidebar counts; None where it is hidden."""
        found = _TOTAL.match(self.rows[0])
        return int(found.group(1)) if found else None

    def settle(self) -> None:
        """Wait until the first screen and all that comes after it are there."""
        self.wait_until(lambda: self.has_first_summary)
        self.still(self._ways.quiet)

    def show_all(self) -> None:
        """Go to all days, and wait for the summary."""
        self.send("0")
        self.wait_until(lambda: self.status.startswith(" All days"))
        self.still(self._ways.quiet)

    def ask(self) -> None:
        """Open the search."""
        self.send("/")
        self.wait_until(lambda: "Search in" in self.rows[-1])
        self.still(self._ways.quiet)

    def leave_search(self) -> None:
        """Close the search, and forget what was searched for."""
        self.press("escape")
        self.wait_until(lambda: "Search in" not in self.rows[-1])
        self.still(self._ways.quiet)
        if " papers   /" in self.status:
            self.press("escape")
            self.wait_until(lambda: " papers   /" not in self.status)
            self.still(self._ways.quiet)
