"""Dates like ``03/04/2025``, of which only other dates show which number is the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from tui.digests.parsing.written_days import iso_day
from tui.paper_ids.arxiv import submission_month

_MAX_NUMERIC_DATES = 400
_MONTHS = 12
_ALONE = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|[-*+|][ \t]+)?(\d{1,2})/(\d{1,2})[ \t]*(?:[|:：–—-]|$)", re.MULTILINE
)
"""A day without a year, in a cell or at the start of a line."""

_MAX_CHARS_BEFORE_YEAR = 6
"""Characters of day, month and what separates them."""


class NumericDates:
    """Decides whether ``03/04/2025`` is in March or in April, for the dates of one digest.

    A number above 12 in any of them is a day. Otherwise the dates are read so that they follow
    the months of the papers' ids most closely; else days come first, except before slashes.

    Args:
        text: the digest.
        path: its path.
    """

    def __init__(self, text: str, path: str) -> None:
        self._text, self._path = text, path
        self._is_day_first: bool | None = None

    def resolve(self, day: str | None, arxiv_ids: Iterable[str] = ()) -> str | None:
        """Return a day in ISO format.

        Args:
            day: the result of `day_written_in`.
            arxiv_ids: the papers of the digest.
        """
        if day is None or day[:4].isdigit():
            return day
        if self._is_day_first is None:
            self._is_day_first = self._find_order(day, arxiv_ids)
        first, second, year = re.split(r"[-./_]", day)
        if self._is_day_first:
            return iso_day(year, second, first) or iso_day(year, first, second)
        return iso_day(year, first, second) or iso_day(year, second, first)

    def _find_order(self, day: str, arxiv_ids: Iterable[str]) -> bool:
        dates = list(self._dates())
        for first, second, _year in dates:
            if (first > _MONTHS) != (second > _MONTHS):
                return first > _MONTHS
        months = [found for found in map(submission_month, arxiv_ids) if found]
        if months:
            newest = max(year * 12 + month for year, month in months)
            distances = [
                sum(abs(year * 12 + parts[index] - newest) for *parts, year in dates)
                for index in (0, 1)
            ]
            if distances[0] != distances[1]:
                return distances[1] < distances[0]
        return "/" not in day

    def _dates(self) -> Iterator[tuple[int, int, int]]:
        for text in (self._path, self._text):
            for first, second, year in islice(_numeric_dates(text), _MAX_NUMERIC_DATES):
                yield int(first), int(second), int(year)
        for alone in islice(_ALONE.finditer(self._text), _MAX_NUMERIC_DATES):
            day, month = int(alone[1]), int(alone[2])
            if (day > _MONTHS) != (month > _MONTHS):
                yield day, month, 0


def year_of(day: str | None) -> str:
    """Return the year of a day as `day_written_in` returns it; empty without a day."""
    if day is None:
        return ""
    return day[:4] if day[:4].isdigit() else day[-4:]


def _numeric_dates(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the three numbers of each date; searching for its year first is much faster."""
    before_year = re.compile(r"(?<![\d.])(\d{1,2})([-./_])(\d{1,2})\2\Z")
    for year in re.finditer(r"20(?<=[-./_]20)\d\d(?!\d)", text):
        start = max(year.start() - _MAX_CHARS_BEFORE_YEAR, 0)
        if match := before_year.search(text, start, year.start()):
            yield match[1], match[3], year[0]
