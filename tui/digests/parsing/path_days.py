"""The day after which a digest's file or folder is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.digests.parsing.dates import day_in_path, without_preprint_numbers
from tui.digests.parsing.numeric_dates import NumericDates, year_of
from tui.digests.parsing.written_days import (
    exact_day_in,
    short_day,
    short_day_at_start,
    span_in,
    year_in,
)

_SUFFIX = re.compile(r"(?:\.[A-Za-z]\w{0,9})+$")
_MAX_FOLDERS = 3
"""Folders that a date may be spread over: ``2025/April/14.md``."""


class PathDays(NamedTuple):
    """The day in a path.

    Attributes:
        day: the day, as `day_written_in` returns it, or None.
        span: the day that stands for a week or month, if there is no day; or None.
        year: the year, or an empty text.
    """

    day: str | None
    span: str | None
    year: str


def days_in_path(path: str) -> PathDays:
    """Return the day in a path; the file name is more specific than its folders."""
    *folders, name = without_preprint_numbers(path).split("/")
    parts = [*folders, _SUFFIX.sub("", name)]
    year = next((found for part in reversed(parts) if (found := year_in(part))), "")
    day = day_in_path(path) or _search(parts, lambda text: exact_day_in(text, year))
    if day is None:
        day = next(filter(None, (short_day(part, year) for part in reversed(parts))), None)
    if day is None:
        day = next(filter(None, map(short_day_at_start, reversed(parts))), None)
    span = None if day else _search(parts, lambda text: span_in(text, year))
    return PathDays(day, span, year or year_of(day or span))


def day_or_span_in_path(path: str) -> str | None:
    """Return the day of the papers of a file whose text has none, in ISO format, or None.

    That is the date in its path, the last day of the week (``2025-W15``) or range of days
    (``2025/0407-0413.md``) in it, or the first of the month (``2025-04``).
    """
    found = days_in_path(path)
    return NumericDates("", path).resolve(found.day) or found.span


def _search(parts: list[str], find: Callable[[str], str | None]) -> str | None:
    return next(filter(None, map(find, _texts(parts))), None)


def _texts(parts: list[str]) -> Iterator[str]:
    """Yield the parts of a path from the last one on, each alone and below its folders."""
    for end in range(len(parts), 0, -1):
        for count in range(1, min(_MAX_FOLDERS, end) + 1):
            yield " ".join(parts[end - count : end])
