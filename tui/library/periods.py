"""Periods: years, months and days as ``2025``, ``2025-05``, ``2025-05-22``; ``""`` for all days.

UNDATED is the period of the papers without any day.
"""

from __future__ import annotations

from datetime import date

from tui.i18n import N_, _
from tui.models import UNDATED
from tui.query.typed_dates import date_parts, iso_period

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip

_SHORT_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
    N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def parent(period: str) -> str:
    """Return the month of a day, the year of a month, or else ``""``."""
    if is_undated(period):
        return ""
    return period[:7] if len(period) == 10 else period[:4] if len(period) == 7 else ""


def is_undated(period: str) -> bool:
    """Return whether a period is that of the papers without any day, or a part of its name."""
    return period[:4] == UNDATED[:4]


def is_day(period: str) -> bool:
    """Return whether a period is a day."""
    return len(period) == 10


def weekday(day: str) -> str:
    """Return the short weekday name of a day."""
    return weekdays()[date.fromisoformat(day).weekday()]


def weekdays() -> list[str]:
    """Return the short weekday names, Monday first."""
    return [_(name) for name in _WEEKDAYS]


def short_month(period: str) -> str:
    """Return the short month name of a month or day."""
    return _(_SHORT_MONTHS[int(period[5:7]) - 1])


def month_name(period: str) -> str:
    """Return the month name of a month or day."""
    return _(_MONTHS[int(period[5:7]) - 1])


def format_period(period: str) -> str:
    """Return a period for display: ``Thu 22 May 2025``, ``May 2025``."""
    if not period:
        return _("All days")
    if is_undated(period):
        return _("Undated")
    year = period[:4]
    if len(period) == 4:
        return _("{year}").format(year=year)
    if not is_day(period):
        return _("{month} {year}").format(month=month_name(period), year=year)
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday(period), day=int(period[8:]), month=month_name(period), year=year
    )


def is_today(day: str) -> bool:
    """Return whether a day is the current one."""
    from tui.query.relative_dates import current_day

    return day == current_day().isoformat()


def recent_day(day: str) -> str:
    """Return a day for display where space is short: ``Tue`` or ``28 May``."""
    from tui.query.relative_dates import current_day

    if 0 < (current_day() - date.fromisoformat(day)).days < len(_WEEKDAYS):
        return weekday(day)
    return day_and_month(day)


def day_and_month(day: str) -> str:
    """Return a day for display without its year: ``28 May``."""
    return _("{day} {month}").format(day=int(day[8:]), month=short_month(day))


def parse_period(text: str, newest: str) -> str | None:
    """Parse a date as people type it.

    Args:
        text: ``all``; or a year, month or day (``2025``, ``2025-5``, ``25.05.22``, ``20250522``,
            ``2025년 5월 22일``); or the end of a date (``22``, ``5-22``, ``22.``, ``5월 22일``); or
            one that depends on the current day (``today``, ``-7d``, ``month``).
        newest: the day whose year or month completes the end of a date.

    Returns:
        The period, ``""`` for ``all``; None if it is not a date.
    """
    text = text.strip().casefold()
    if text in {"all", "*"}:
        return ""
    if period := iso_period(text):
        return period
    from tui.query.relative_dates import relative_date, resolve

    if relative := relative_date("".join(text.split())):
        days = resolve(relative)
        return days.first if days and days.first == days.last else None
    parts = date_parts(text)
    if len(parts) == 1 and len(parts[0]) < 3:
        return iso_period(f"{newest[:7]}-{parts[0]}")
    if len(parts) == 2 and len(parts[0]) < 3:
        return iso_period(f"{newest[:4]}-{parts[0]}-{parts[1]}")
    return None
