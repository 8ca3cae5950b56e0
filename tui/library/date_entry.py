"""Parse the dates that people type to go to them, including those relative to the current day."""

from __future__ import annotations

from tui.i18n import _, ngettext
from tui.library.periods import parse_period
from tui.library.scope import Scope
from tui.query.relative_dates import relative_date, span, weekday


def parse_date_entry(text: str, newest: str) -> Scope | None:
    """Return the scope of a date.

    Args:
        text: as for ``parse_period``; the name of a weekday; or days that are not a
            period, such as ``week`` or ``7d``.
        newest: the day whose year or month completes the end of a date.

    Returns:
        A period, or a query for the days; None if it is not a date.
    """
    period = parse_period(text, newest)
    if period is not None:
        return Scope(period)
    typed = "".join(text.casefold().split())
    if (day := weekday(typed)) is not None:
        return Scope(day.isoformat())
    relative = relative_date(typed)
    if relative is None:
        return None
    return Scope(query_text=f"date:{relative}", name=_name(relative))


def _name(relative: str) -> str:
    """Return the name of several days; a period has one already."""
    if relative == "week":
        return _("This week")
    if relative == "lastweek":
        return _("Last week")
    number, unit = span(relative)
    text = {
        "d": ngettext("Past day", "Past {number} days", number),
        "w": ngettext("Past week", "Past {number} weeks", number),
        "m": ngettext("Past month", "Past {number} months", number),
        "y": ngettext("Past year", "Past {number} years", number),
    }[unit]
    return text.format(number=number)
