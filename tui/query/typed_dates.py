"""Dates as people write them: ``2025-5-1``, ``2025. 5. 1.``, ``20250501``, ``2025년 5월 1일``."""

from __future__ import annotations

import re
from datetime import date

# Compiled on first use: the first screen needs no dates.
_SEPARATOR = r"\s*[-‐‑‒–—−./]\s*"
_EAST_ASIAN = (
    r"(?:(?P<year>\d{4}|\d\d)\s*[년年]\s*)?(?:(?P<month>\d{1,2})\s*[월月]\s*)?"
    r"(?:(?P<day>\d{1,2})\s*[일日])?"
)


def date_parts(text: str) -> list[str]:
    """Split a date, or the end of one, into its numbers.

    Args:
        text: for example ``2025-5-1``, ``5/1``, ``20250501`` or ``5월 1일``.

    Returns:
        One to three parts of decimal digits, the year, month or day last; empty if the text is
        something else.
    """
    text = text.strip()
    if text.isdecimal() and len(text) == 8:
        return [text[:4], text[4:6], text[6:]]
    if match := re.fullmatch(_EAST_ASIAN, text):
        year, month, day = match.groups(default="")
        # A year and a day without the month are not a date.
        is_complete = (len(year) == 4 and (month or not day)) or (year and month and day)
        is_end = day and not year
        return list(filter(None, [year, month, day])) if is_complete or is_end else []
    parts = [part for part in re.split(_SEPARATOR, text) if part]
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return []
    return parts


def iso_period(text: str) -> str | None:
    """Return a year, month or day in ISO format, such as ``2025-05``.

    Args:
        text: a date that begins with the year. The year of a day may have two digits.

    Returns:
        None if the text is something else, or no date of the calendar.
    """
    parts = date_parts(text)
    if not parts or (len(parts[0]) != 4 and len(parts) < 3):
        return None
    try:
        year, *rest = map(int, parts)
        year += 2000 if len(parts[0]) < 3 else 0
        day = date(year, *[*rest, 1, 1][:2])
    except (ValueError, OverflowError):  # not in the calendar, or too many digits
        return None
    return day.isoformat()[: (4, 7, 10)[len(rest)]]
