"""The days of the papers of a digest: in its path, above the papers, and in their own fields."""

from __future__ import annotations

from functools import partial

from tui.digests.general.found_paper import FoundPaper
from tui.digests.parsing.numeric_dates import NumericDates
from tui.digests.parsing.path_days import PathDays
from tui.models import UNDATED


class DayChooser:
    """Chooses the days of the papers of a digest.

    Args:
        papers: all papers of the digest.
        path_days: the day in its path.
        numeric: reads dates such as ``03/04/2025``.
    """

    def __init__(
        self, papers: list[FoundPaper], path_days: PathDays, numeric: NumericDates
    ) -> None:
        self._path_days = path_days
        self._resolve = partial(numeric.resolve, arxiv_ids=[paper.paper_id for paper in papers])
        for paper in papers:
            paper.dated = self._resolve(paper.dated)
        # A file of several days may be named after the day on which it was written.
        self._has_days = len(set(filter(None, map(_issue_day, papers)))) > 1
        self._days_in_month = _days_in_month(papers, path_days.span)

    def days_of(self, paper: FoundPaper) -> tuple[str, str | None]:
        """Return the day of the issue in which a paper is, or UNDATED; and that of publication."""
        path_days = self._path_days
        days = [
            _issue_day(paper) if self._has_days else None,
            path_days.day,
            _issue_day(paper),
            paper.featured,
            paper.dated if self._days_in_month else None,
            path_days.span,
            paper.dated,
            paper.published,
        ]
        day = next(filter(None, map(self._resolve, days)), UNDATED)
        published = self._resolve(paper.published)
        if published is None and paper.dated != day:
            published = paper.dated
        return day, published


def _issue_day(paper: FoundPaper) -> str | None:
    """Return the day above a paper; if that is a month, and the paper has a day in it, this day."""
    day, dated = paper.issue_day, paper.dated
    is_in_month = day and dated and day.endswith("-01") and dated.startswith(day[:8])
    return dated if is_in_month else day


def _days_in_month(papers: list[FoundPaper], span: str | None) -> bool:
    """Return whether all papers have a day in the month after which their file is named.

    Args:
        papers: all papers of the file.
        span: the day that stands for a period in its path, or None; of a month it is the first.
    """
    if span is None or not span.endswith("-01"):
        return False
    return all(paper.dated and paper.dated.startswith(span[:8]) for paper in papers)
