"""Which date the papers below a digest heading get: the heading's or the path's."""

from __future__ import annotations

from tui.digests.parsing.dates import contains_date, day_in
from tui.digests.parsing.markdown_lines import MarkdownLine
from tui.digests.parsing.path_days import day_or_span_in_path
from tui.digests.registry import ReportProblem
from tui.i18n import N_
from tui.models import UNDATED

_NO_DAY = {
    (True, True): N_("the date in this heading does not exist; using the path's date, {day}"),
    (False, True): N_("no date in this heading; using the path's date, {day}"),
    (True, False): N_(
        "the date in this heading does not exist and the path has none; its papers are listed as"
        " undated. Add a date to the heading, like 2025-05-01"
    ),
    (False, False): N_(
        "no date in this heading or the path; its papers are listed as undated. Add a date to the"
        " heading, like 2025-05-01"
    ),
}
"""Message by whether the heading contains something like a date, and whether the path has one."""


class DayTracker:
    """Determines the date of the papers below each digest heading of a file.

    The heading's date takes precedence over the path's. A note is made once, and only if a paper
    depends on it.
    """

    def __init__(self, path: str, note: ReportProblem) -> None:
        """Start a file.

        Args:
            path: the path of the file; its date is used where a heading has none.
            note: called if another date is used, or a heading has no papers.
        """
        self._path_day = day_or_span_in_path(path)
        self._note = note
        self._heading: MarkdownLine | None = None
        self._day = UNDATED
        self._has_papers = False
        self._reported_days: set[str] = set()

    def start_digest(self, heading: MarkdownLine) -> None:
        """Go on to the papers below a digest heading."""
        self.end_digest()
        self._heading, self._has_papers = heading, False

    def end_digest(self) -> None:
        """Leave the current digest; report it if it had a date but no papers."""
        if self._heading and not self._has_papers and contains_date(self._heading.text):
            self._note(self._heading.line, N_("no papers below this heading"))

    def day(self) -> str:
        """Return the date of a paper below the current heading, or UNDATED."""
        if self._heading and not self._has_papers:
            self._has_papers = True
            self._day = self._choose_day(self._heading)
        return self._day

    def _choose_day(self, heading: MarkdownLine) -> str:
        day = day_in(heading.text)
        if day is None:
            template = _NO_DAY[contains_date(heading.text), self._path_day is not None]
            values = {"day": self._path_day} if self._path_day else {}
            self._note(heading.line, template, **values)
            return self._path_day or UNDATED
        if self._path_day and self._path_day != day and day not in self._reported_days:
            self._reported_days.add(day)
            template = N_("the path says {path_day}, the heading {day}; using the heading's date")
            self._note(heading.line, template, path_day=self._path_day, day=day)
        return day
