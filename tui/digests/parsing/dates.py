"""Dates in headings and paths."""

from __future__ import annotations

import re
from datetime import date

from tui.digests.parsing.written_days import exact_day_in

_SEPARATOR = r"\s?[-‐‑–—_./\\年月년월]\s?"
_DATE = re.compile(
    r"(?<!\d)(?:"
    rf"(?P<year>20\d\d){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})"
    r"|(?P<compact>20\d{6})(?:\d{4}(?:\d\d)?)?"  # a time may follow: 202505010300
    r")(?!\d)"
)
_SPAN = r"20\d\d-?\d\d-?\d\d\s?(?:[-_~–]|to|_to_)\s?20\d\d-?\d\d-?\d\d"

_PREPRINT_NUMBER = re.compile(r"10[-._]\d{4,5}[-._/]\d{4}[-._]\d\d[-._]\d\d[-._]\d{6,8}")


def contains_date(text: str) -> bool:
    """Return whether the text contains something written like a date, even an impossible one."""
    return "20" in text and _DATE.search(text) is not None


def day_in(text: str) -> str | None:
    """Return the first valid date in the text in ISO format, or None.

    A range of days (``March 31 - April 6, 2025``) is its last day, unless both are ISO dates.
    """
    return next(filter(None, map(_iso_date, _DATE.finditer(text))), None) or _worded_day(text)


def _worded_day(text: str) -> str | None:
    """Return the date in a text that has a month's name, or month and day without a separator."""
    day = exact_day_in(text) if "20" in text else None
    return day if day and re.match(r"20\d\d-", day) else None


def day_in_path(path: str) -> str | None:
    """Return the date in a path (``2025/05/01.md``, ``20250501.md``) in ISO format, or None.

    The last one counts, because the file name is more specific than its folders.
    """
    path = without_preprint_numbers(path)
    days = [_iso_date(match) for match in _DATE.finditer(path)]
    day = next(filter(None, reversed(days)), None)
    return day or _worded_day(path)


def without_preprint_numbers(path: str) -> str:
    """Return a path without DOIs of preprints, which have a date: ``10.1101/2025.04.11.648321``."""
    return _PREPRINT_NUMBER.sub("", path) if "10" in path else path


def issue_day_in_path(path: str) -> str | None:
    """Return the day after which a folder or file is named, or None if it is a span of days."""
    return None if re.search(_SPAN, path) else day_in_path(path)


def _iso_date(match: re.Match[str]) -> str | None:
    if compact := match["compact"]:
        return _iso(compact[:4], compact[4:6], compact[6:])
    return _iso(match["year"], match["month"], match["day"])


def _iso(year: str, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
