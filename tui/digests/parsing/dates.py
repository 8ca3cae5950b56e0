"""Dates in headings and paths, and which of the two a paper gets."""

from __future__ import annotations

import re
from datetime import date

from tui.digests.parsing.markdown_lines import MarkdownLine
from tui.digests.registry import ReportProblem
from tui.i18n import N_

_SEPARATOR = r"\s?[-‐‑–—_./\\年月년월]\s?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"(?<!\d)(?:"
    rf"(?P<year>20\d\d){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})"
    r"|(?P<compact>20\d{6})(?:\d{4}(?:\d\d)?)?"  # a time may follow: 202505010300
    r")(?!\d)"
)
# Only searched for if there is no date of the usual form.
_WORDED = (
    r"(?<![^\W_])(?:"
    rf"(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?[-\s._]{{1,2}}(?P<name1>{_MONTH_NAME})[-\s,._]{{1,2}}(?P<year1>20\d\d)"
    rf"|(?P<name2>{_MONTH_NAME})[-\s._]{{1,2}}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[-\s,._]{{1,3}}(?P<year2>20\d\d)"
    r"|(?P<compact3>[01]\d[0-3]\d)[,\s_-]{1,2}(?P<year3>20\d\d)"
    r"|(?P<year4>20\d\d)(?P<compact4>[/_-][01]\d[0-3]\d|[01]\d/[0-3]\d)"
    r")(?!\d)"
)
_MONTH_RANGE = (
    rf"(?P<first>{_MONTH_NAME})\s?\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[-–—~]|to)\s?"
    rf"(?P<last>{_MONTH_NAME})?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\W{{1,6}}(?P<year>20\d\d))?"
)
_WEEK = r"(?<!\d)(?P<year>20\d\d)(?:[-_/ ]?w|.{1,12}?\bweek[-_ ]?)(?P<week>\d{1,2})(?!\d)"
_DAY_RANGE = (
    r"(?<!\d)(?P<year>20\d\d)/(?:.*/)?[01]\d[0-3]\d[-_~](?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"
)
_SPAN = r"20\d\d-?\d\d-?\d\d\s?(?:[-_~–]|to|_to_)\s?20\d\d-?\d\d-?\d\d"
_NAMED_MONTH = rf"(?<![a-z])(?P<name>{_MONTH_NAME})[-\s_]?(?P<year>20\d\d)(?!\d)"
_NUMBERED_MONTH = r"(?<!\d)(?P<year>20\d\d)[-_./](?P<month>0[1-9]|1[0-2])(?![\d-]*\d)"


def contains_date(text: str) -> bool:
    """Return whether the text contains something written like a date, even an impossible one."""
    return _DATE.search(text) is not None


def day_in(text: str) -> str | None:
    """Return the first valid date in the text in ISO format, or None.

    A range of days (``March 31 - April 6, 2025``) is its last day.
    """
    return next(filter(None, map(_iso_date, _DATE.finditer(text))), None) or _worded_day(text)


def _worded_day(text: str) -> str | None:
    """Return the date in a text that has a month's name, or month and day without a separator."""
    if "20" not in text:
        return None
    if match := re.search(_MONTH_RANGE, text, re.IGNORECASE):
        year = match["year"] or next(iter(re.findall(r"(?<!\d)20\d\d(?!\d)", text)), "0")
        return _iso(year, _month_number(match["last"] or match["first"]), match["day"])
    for match in re.finditer(_WORDED, text, re.IGNORECASE):
        if match["name1"]:
            parts = match["year1"], _month_number(match["name1"]), match["day1"]
        elif match["name2"]:
            parts = match["year2"], _month_number(match["name2"]), match["day2"]
        else:
            digits = re.sub(r"\D", "", match["compact3"] or match["compact4"])
            parts = match["year3"] or match["year4"], int(digits[:2]), digits[2:]
        if found := _iso(*parts):
            return found
    return None


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def day_in_path(path: str) -> str | None:
    """Return the date in a path (``2025/05/01.md``, ``20250501.md``) in ISO format, or None.

    The last one counts, because the file name is more specific than its folders.
    """
    days = [_iso_date(match) for match in _DATE.finditer(path)]
    day = next(filter(None, reversed(days)), None)
    return day or (None if re.search(_DAY_RANGE, path) else _worded_day(path))


def issue_day_in_path(path: str) -> str | None:
    """Return the day after which a folder or file is named, or None if it is a span of days."""
    return None if re.search(_SPAN, path) else day_in_path(path)


def day_or_span_in_path(path: str) -> str | None:
    """Return the day of the papers of a file whose text has none, in ISO format, or None.

    That is the date in its path, the last day of the week (``2025-W15``) or range of days
    (``2025/0407-0413.md``) in it, or the first of the month (``2025-04``).
    """
    if day := day_in_path(path):
        return day
    if match := re.search(_DAY_RANGE, path):
        return _iso(match["year"], match["month"], match["day"])
    if match := re.search(_WEEK, path, re.IGNORECASE):
        return _last_day_of_week(int(match["year"]), int(match["week"]))
    if match := re.search(_NAMED_MONTH, path, re.IGNORECASE):
        return _iso(match["year"], _month_number(match["name"]), 1)
    match = re.search(_NUMBERED_MONTH, path)
    return _iso(match["year"], match["month"], 1) if match else None


def _last_day_of_week(year: int, week: int) -> str | None:
    try:
        return date.fromisocalendar(year, week, 7).isoformat()
    except ValueError:
        return None


def _iso_date(match: re.Match[str]) -> str | None:
    if compact := match["compact"]:
        return _iso(compact[:4], compact[4:6], compact[6:])
    return _iso(match["year"], match["month"], match["day"])


def _iso(year: str, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_NO_DAY = {
    (True, True): N_("the date in this heading does not exist; using the path's date, {day}"),
    (False, True): N_("no date in this heading; using the path's date, {day}"),
    (True, False): N_(
        "the date in this heading does not exist and the path has none; papers skipped. Add a date"
        " to the heading, like 2025-05-01"
    ),
    (False, False): N_(
        "no date in this heading or the path; papers skipped. Add a date to the heading, like"
        " 2025-05-01"
    ),
}
"""Message by whether the heading contains something like a date, and whether the path has one."""


class DayTracker:
    """Determines the date of the papers below each digest heading of a file.

    The heading's date takes precedence over the path's. A problem is reported once, and only if a
    paper depends on it.
    """

    def __init__(self, path: str, report: ReportProblem) -> None:
        """Start a file.

        Args:
            path: the path of the file; its date is used where a heading has none.
            report: called with each problem.
        """
        self._path_day = day_or_span_in_path(path)
        self._report = report
        self._heading: MarkdownLine | None = None
        self._day: str | None = None
        self._has_papers = False
        self._reported_days: set[str] = set()

    def start_digest(self, heading: MarkdownLine) -> None:
        """Go on to the papers below a digest heading."""
        self.end_digest()
        self._heading, self._has_papers = heading, False

    def end_digest(self) -> None:
        """Leave the current digest; report it if it had a date but no papers."""
        if self._heading and not self._has_papers and contains_date(self._heading.text):
            self._report(self._heading.line, N_("no papers below this heading"))

    def day(self) -> str | None:
        """Return the date of a paper below the current heading, or None if it is unknown."""
        if self._heading and not self._has_papers:
            self._has_papers = True
            self._day = self._choose_day(self._heading)
        return self._day

    def _choose_day(self, heading: MarkdownLine) -> str | None:
        day = day_in(heading.text)
        if day is None:
            template = _NO_DAY[contains_date(heading.text), self._path_day is not None]
            values = {"day": self._path_day} if self._path_day else {}
            self._report(heading.line, template, **values)
            return self._path_day
        if self._path_day and self._path_day != day and day not in self._reported_days:
            self._reported_days.add(day)
            template = N_("the path says {path_day}, the heading {day}; using the heading's date")
            self._report(heading.line, template, path_day=self._path_day, day=day)
        return day
