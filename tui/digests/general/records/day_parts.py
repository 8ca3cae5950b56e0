"""Days in parts: ``{"2025": {"05": {"14": […]}}}``, ``{"year": 2025, "month": 5, "day": 14}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.written_days import day_of_month, iso_day, span_in, year_in

_MAX_CHARS = 20
_YEAR = re.compile(r"20\d\d")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])[月월]?")
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|[日号일月월])?")
_WEEK = re.compile(r"\bw\d|\d-?w\d|week|[周週주]", re.IGNORECASE)
_PARTS = {
    name: part
    for part, names in {
        "year": ("year", "Year", "年", "年份", "연도", "Jahr", "año", "année"),
        "month": ("month", "Month", "月", "月份", "월", "Monat", "mes", "mois"),
        "day": ("day", "Day", "日", "일", "Tag", "día", "jour"),
    }.items()
    for name in names
}


class DayParts(NamedTuple):
    """What is known of a day.

    Attributes:
        year: four digits; empty if unknown.
        month: its first day; empty if unknown.
        day: the day itself; empty if unknown.
    """

    year: str = ""
    month: str = ""
    day: str = ""


def parts_in_fields(fields: Mapping[str, object], above: DayParts) -> DayParts | None:
    """Return the parts of a day in the fields of an object, or None if it has no such fields.

    Args:
        fields: the object; of fields with the same meaning, the first counts.
        above: what the objects above it have.
    """
    if _PARTS.keys().isdisjoint(fields):
        return None
    found: dict[str, str] = {}
    for key, value in fields.items():
        if key in _PARTS and isinstance(value, str):
            found.setdefault(_PARTS[key], value.strip()[:_MAX_CHARS])
    if not found:
        return None
    year = found["year"] if _YEAR.fullmatch(found.get("year", "")) else above.year
    month = _first_of_month(found["month"], year) if "month" in found else above.month
    return DayParts(year, month, day_of_month(found.get("day", ""), month) or "")


def parts_in_key(
    key: str, value: object, siblings: Mapping[str, object], above: DayParts
) -> DayParts | None:
    """Return the parts of a day that are known below a key; None if it is no part of one.

    Args:
        key: a year, a month, the number of a day, or anything else.
        value: what it leads to.
        siblings: the object that has the key: other keys are months or days, too.
        above: what the keys and fields above it have.
    """
    if len(key) > _MAX_CHARS:
        return None
    if _NUMBER.fullmatch(key) is None:
        if month := _first_of_month(key, above.year):
            return DayParts(month[:4], month)
        return DayParts(year) if (year := year_in(key)) else None
    if above.day or not _may_be_day(value, siblings):
        return None
    if above.month:
        day = day_of_month(key, above.month)
        return above._replace(day=day) if day else None
    is_month = above.year and all(map(_MONTH.fullmatch, siblings))
    return DayParts(above.year, _first_of_month(key, above.year)) if is_month else None


def _may_be_day(value: object, siblings: Mapping[str, object]) -> bool:
    """Return whether the number above a value may be that of a day; above a paper it is a rank."""
    if isinstance(value, list) or any(name.startswith("0") for name in siblings):
        return True
    return isinstance(value, dict) and not any(field_of(key) is Field.TITLE for key in value)


def _first_of_month(text: str, year: str) -> str:
    """Return the first day of a month that is written in any way; empty for another text."""
    if number := _MONTH.fullmatch(text):
        return iso_day(year, number[1], "1") or ""
    span = span_in(text, year)
    return span if span and span.endswith("-01") and not _WEEK.search(text) else ""
