"""Days: as headings and paths write them, and which of the two counts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tui.i18n import N_

if TYPE_CHECKING:
    from tui.digests.parsing.markdown_lines import MarkdownLine
    from tui.digests.parsing.report import ReportProblem

_SEPARATOR = r"\s?[-‐‑–—_./\\년월]\s?"
_DAY = re.compile(
    r"(?<!\d)(?:"
    rf"(?P<year>20\d\d){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})"
    r"|(?P<compact>20\d{6})(?:\d{4}(?:\d\d)?)?"  # a time of day may follow: 202505010300
    r")(?!\d)"
)


def contains_date(text: str) -> bool:
    """Whether something in the text is written like a day, be it in the calendar or not."""
    return _DAY.search(text) is not None


def day_in(text: str) -> str | None:
    """Return the first day told in the text as an ISO string, or None."""
    days = (_iso(match) for match in _DAY.finditer(text))
    return next(filter(None, days), None)


def day_in_path(path: str) -> str | None:
    """Return the day a path tells (``2025/05/01.md``, ``20250501.md``), or None.

    The last one counts, as the file's name is closer to what is in it than its folders are.
    """
    days = [_iso(match) for match in _DAY.finditer(path)]
    return next(filter(None, reversed(days)), None)


def _iso(match: re.Match[str]) -> str | None:
    if compact := match["compact"]:
        year, month, day = compact[:4], compact[4:6], compact[6:]
    else:
        year, month, day = match["year"], match["month"], match["day"]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_NO_DAY = {
    (True, True): N_("the date of this heading is not in the calendar: the path's {day} is used"),
    (False, True): N_("the date of this heading is missing: the path's {day} is used"),
    (True, False): N_(
        "the date of this heading is not in the calendar and the path tells none: its papers are"
        " left out; write the day into the heading, like 2025-05-01"
    ),
    (False, False): N_(
        "the date of this heading is missing and the path tells none: its papers are"
        " left out; write the day into the heading, like 2025-05-01"
    ),
}
"""What to say of a heading without a day, by whether it tries to tell one and the path does."""


class DayTracker:
    """Gives the papers below each digest heading of a file their day.

    The heading's day wins over the path's. What is odd is reported once, and only where papers
    depend on it.
    """

    def __init__(self, path: str, report: ReportProblem) -> None:
        """Begin a file.

        Args:
            path: the file; it tells the day where a heading does not.
            report: takes what is odd.
        """
        self._path_day = day_in_path(path)
        self._report = report
        self._heading: MarkdownLine | None = None
        self._day: str | None = None
        self._asked = False
        self._compared: set[str] = set()

    def start_digest(self, heading: MarkdownLine) -> None:
        """Go on to the papers below a digest heading."""
        self.end_digest()
        self._heading, self._asked = heading, False

    def end_digest(self) -> None:
        """Leave the papers below the last heading; report it if there were none."""
        if self._heading and not self._asked and contains_date(self._heading.text):
            self._report(self._heading.line, N_("no papers below this heading"))

    def day(self) -> str | None:
        """Return the day of a paper below the heading, or None where nothing tells it."""
        if self._heading and not self._asked:
            self._asked = True
            self._day = self._choose(self._heading)
        return self._day

    def _choose(self, heading: MarkdownLine) -> str | None:
        told = day_in(heading.text)
        if told is None:
            words = _NO_DAY[contains_date(heading.text), self._path_day is not None]
            values = {"day": self._path_day} if self._path_day else {}
            self._report(heading.line, words, **values)
            return self._path_day
        if self._path_day and self._path_day != told and told not in self._compared:
            self._compared.add(told)
            words = N_("the path says {path_day}, the heading {day}: the heading's is used")
            self._report(heading.line, words, path_day=self._path_day, day=told)
        return told
