"""Years, months and days as their names: ``2025``, ``2025-05``, ``2025-05-22``; ``""`` is all."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parent(period: str) -> str:
    """Return what a period is part of; all is part of all."""
    return period[:7] if len(period) == 10 else period[:4] if len(period) == 7 else ""


def is_day(period: str) -> bool:
    """Tell whether a period is a single day."""
    return len(period) == 10


def weekday(day: str) -> str:
    """Return the name of a day's weekday, three letters long."""
    return _WEEKDAYS[date.fromisoformat(day).weekday()]


def spoken(period: str) -> str:
    """Return a period as a person would write it: ``Thu 22 May 2025``, ``May 2025``."""
    if not period:
        return "All days"
    if len(period) == 4:
        return period
    month = f"{MONTHS[int(period[5:7]) - 1]} {period[:4]}"
    return f"{weekday(period)} {int(period[8:])} {month}" if is_day(period) else month


def parse_period(text: str, newest: str) -> str | None:
    """Read what a person types for a date.

    Args:
        text: a year, month or day in numbers (``2025``, ``2025-5``, ``25.05.22``, ``20250522``),
            or the end of one (``22``, ``5-22``, ``22.``), which is then completed from ``newest``.
        newest: the day to complete it from.

    Returns:
        The period, ``""`` for ``all``; None if it is none.
    """
    text = text.strip().casefold()
    if text in {"all", "*"}:
        return ""
    if text.isdecimal() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = [part for part in text.replace("/", "-").replace(".", "-").split("-") if part]
    if not parts or len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return None
    try:
        numbers = [int(part) for part in parts]
        if len(parts[0]) == 4 or len(parts) == 3:
            year, *rest = numbers
            year += 2000 if len(parts[0]) < 3 else 0
        else:
            year = int(newest[:4])
            rest = numbers if len(numbers) == 2 else [int(newest[5:7]), numbers[0]]
        complete = date(year, *[*rest, 1, 1][:2])
    except (ValueError, OverflowError):  # no such day, or a number of any length
        return None
    return complete.isoformat()[: (4, 7, 10)[len(rest)]]
