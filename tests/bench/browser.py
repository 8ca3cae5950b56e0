"""Broadsheet on a timed terminal, and the state of its screen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.bench.sample_libraries import BenchOptions, SampleLibrary, status_date
from tests.bench.timed_terminal import TimedTerminal
from tests.support.home import Home

COLUMNS, LINES = 120, 40
_PAPER_ROW = re.compile(r"  \S+ \S+ \S")
"""The start of a title, after the votes if there are any."""
_TOTAL = re.compile(r" All days +([\d,]+)")
_TABLE_COLUMN = 60
"""A column of the screen that is inside a title."""
_SIDEBAR_COLUMN = 20
_TABLE_LINES = range(1, 15)
"""Lines that always show papers."""


class Browser(TimedTerminal):
    """Broadsheet, opened on a library.

    Args:
        library: the library.
        options: how to measure.
        home: the user's home (default: that of the library).
        digests: the folder to open (default: that of the library).
    """

    def __init__(
        self,
        library: SampleLibrary,
        options: BenchOptions,
        home: Home | None = None,
        digests: Path | None = None,
    ) -> None:
        home = home or library.home
        self._options = options
        self._newest = library.newest
        super().__init__(
            [*home.program, str(digests or library.digests)],
            environment=home.environment, at=home.root, columns=COLUMNS, lines=LINES,
        )  # fmt: skip

    @property
    def status(self) -> str:
        """The status line; the prompt of a search has a hint below it."""
        return self.rows[-3 if "Search in" in self.rows[-1] else -2]

    @property
    def cursor_line(self) -> int | None:
        """The line of the table with the cursor, recognized by its background."""
        backgrounds = {line: self.cell_background(_TABLE_COLUMN, line) for line in _TABLE_LINES}
        common, _ = Counter(backgrounds.values()).most_common(1)[0]
        return next((line for line, color in backgrounds.items() if color != common), None)

    @property
    def first_paper(self) -> str:
        """The first visible paper."""
        return self.rows[1][24:]

    @property
    def has_first_screen(self) -> bool:
        """Whether the dates and the papers of the newest day are on the screen."""
        return (
            f"{self._newest.day} {self._newest:%a}" in self.text
            and status_date(self._newest) in self.status
            and _PAPER_ROW.search(self.first_paper) is not None
        )

    @property
    def has_first_summary(self) -> bool:
        """Whether the summary of the first paper is on the screen."""
        return (
            f"votes   {self._newest}" in self.text or f"   {self._newest}   arxiv.org/" in self.text
        )

    @property
    def sidebar_colors(self) -> frozenset[str]:
        """The backgrounds of the lines of the sidebar, which depend on the focus."""
        return frozenset(self.cell_background(_SIDEBAR_COLUMN, line) for line in range(LINES - 2))

    @property
    def has_sidebar(self) -> bool:
        return self.rows[0].startswith(" All days")

    @property
    def sidebar_total(self) -> int | None:
        """The number of papers in the sidebar, or None if it is hidden."""
        match = _TOTAL.match(self.rows[0])
        return int(match.group(1).replace(",", "")) if match else None

    def settle(self) -> None:
        """Wait until the first screen and its summary are complete."""
        self.wait_until(lambda: self.has_first_summary)
        self.wait_for_silence(self._options.quiet_seconds)

    def show_all(self) -> None:
        """Show all days, and wait for the summary."""
        self.send("0")
        self.wait_until(lambda: self.status.startswith(" All days"))
        self.wait_for_silence(self._options.quiet_seconds)

    def open_search(self) -> None:
        """Open the search."""
        self.send("/")
        self.wait_until(lambda: "Search in" in self.rows[-1])
        self.wait_for_silence(self._options.quiet_seconds)

    def leave_search(self) -> None:
        """Close the search prompt, and clear the query."""
        self.press("escape")
        self.wait_until(lambda: "Search in" not in self.rows[-1])
        self.wait_for_silence(self._options.quiet_seconds)
        if "   /" in self.status:
            self.press("escape")
            self.wait_until(lambda: "   /" not in self.status)
            self.wait_for_silence(self._options.quiet_seconds)
