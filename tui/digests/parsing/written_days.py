"""Days as people write them: dates in several languages, ranges, weeks and months.

A range of days is its last day, a week its Sunday, and a month its first day. Dates like
``03/04/2025`` are returned as they are, because only the other dates of a digest show which number
is the day: see `tui.digests.parsing.numeric_dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from tui.digests.parsing.month_names import MONTH_NUMBERS

_MAX_TEXT_CHARS = 200
_MAX_MONTH_CHARS = 14
_LAST_MONTH = 12

_NAME = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_YEAR = r"(?:199\d|20\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MM, _DD = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)?"
_TO = r"\s*(?:[-‐‑–—~〜～_]|to|through|until|bis|au|al|đến|по|至|到|から|부터)\s*"
_SEPARATOR = r"\s?[-‐‑–—_./\\]\s?"
_GAP = r"(?:[-,._/]\s?|\s*)(?:de\s|of\s)?"
_WEEKDAY = (
    r"(?:\s?[(（]?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:周|星期)?[一二三四五六日月火水木金土]曜?日?"
    r"|[월화수목금토일](?:요일)?)[)）]?)?"
)
_BOUND = r"(?![^\W_])"
_START = r"(?<![\d.])"

_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_CHINESE_DIGITS["〇"] = "0"
_CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=\s?[年月日号周週])")


_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_NUMBER_OR_WEEK = re.compile(
    r"(?:19|20)\d\d(?:.{0,3}|\D{1,12}?(?:week|wk|kw|tuần)[-_ #]{0,2})\d|\d.{0,3}(?:19|20)\d\d"
    r"|\d(?:st|nd|rd|th)[^\W\d_]",  # 14thApril
    re.IGNORECASE | re.DOTALL,
)
"""What a day with four digits has, besides, unless it has a word of `_WORDS`."""

_WORD = re.compile(r"[^\W\d_]+")
_WORDS = frozenset({"tháng", "tuần", "week", "wk", "kw", "w", *MONTH_NUMBERS})
_SIGNS = frozenset("月월周週주")

_ReadMatch = Callable[[dict[str, str], str], str | None]


class _Form(NamedTuple):
    """A way of writing a day.

    Attributes:
        pattern: a regular expression; it is compiled on first use.
        read: returns the day of a match, given the year that is known from elsewhere.
    """

    pattern: str
    read: _ReadMatch


def _last_of_range(parts: dict[str, str], year: str) -> str | None:
    """Return the last day of a range, whose parts may be left out, or the only day."""
    return iso_day(
        parts.get("y2") or parts.get("y") or parts.get("y0") or year,
        parts.get("m2") or parts.get("m") or "",
        parts.get("d2") or parts.get("d") or "",
    )


def _numeric(parts: dict[str, str], _year: str) -> str:
    first, second = parts.get("b1") or parts["a"], parts.get("b2") or parts["b"]
    return parts.get("s", "-").join([first, second, parts["y"]])


def _week(parts: dict[str, str], year: str) -> str | None:
    year = parts.get("y") or parts.get("y0") or year
    if not year:
        return None
    try:
        return date.fromisocalendar(int(year), int(parts["w"]), 7).isoformat()
    except ValueError:
        return None


def _week_of_month(parts: dict[str, str], year: str) -> str | None:
    """Return the last day of the n-th week of a month, counted from its first day."""
    first = iso_day(parts.get("y") or year, parts["m"], "1")
    if first is None:
        return None
    last = date.fromisoformat(first) + timedelta(days=7 * int(parts["n"]) - 1)
    # The fifth week ends with the month.
    while last.isoformat()[:7] != first[:7] and last.day < 8:
        last -= timedelta(days=1)
    return last.isoformat()


def _first_of_month(parts: dict[str, str], year: str) -> str | None:
    return iso_day(parts.get("y") or year, parts["m"], "1")


_DAY_FORMS = (
    # 2025-04-14, 2025.4.14, 2025/04/07 - 04/13, 2025-04-07 to 2025-04-13
    _Form(
        rf"{_START}(?P<y>{_YEAR}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<d>\d{{1,2}})(?:(?=T\d\d)|{_BOUND}){_WEEKDAY}"
        rf"(?:{_TO}(?:(?P<y2>{_YEAR}){_SEPARATOR})?(?P<m2>{_MONTH})[-./](?P<d2>{_DAY}){_BOUND})?",
        _last_of_range,
    ),
    # 20250414, 20250407-20250413, 20250407-0413, 202504140930
    _Form(
        rf"{_START}(?P<y>20\d\d)(?P<m>{_MM})(?P<d>{_DD})(?:\d{{4}}(?:\d\d)?)?{_BOUND}"
        rf"(?:{_TO}(?P<y2>20\d\d)?-?(?P<m2>{_MM})-?(?P<d2>{_DD}){_BOUND})?",
        _last_of_range,
    ),
    # 2025年4月14日, 2025년 4월 7일 ~ 13일, 4月14日
    _Form(
        rf"(?:(?<!\d)(?P<y>{_YEAR}|\d\d)\s?[年년]\s?)?(?<!\d)(?P<m>{_MONTH})\s?[月월]\s?(?P<d>{_DAY})\s?[日号號일]"
        rf"{_WEEKDAY}(?:{_TO}(?:(?:(?P<y2>{_YEAR})\s?[年년]\s?)?(?P<m2>{_MONTH})\s?[月월]\s?)?(?P<d2>{_DAY})\s?[日号號일])?",
        _last_of_range,
    ),
    # ngày 14 tháng 4 năm 2025, 14 tháng 4, 2025
    _Form(
        rf"(?<!\d)(?P<d>{_DAY})\s?tháng\s?(?P<m>{_MONTH})(?:,?\s?(?:năm\s?)?(?P<y>{_YEAR}))?{_BOUND}",
        _last_of_range,
    ),
    # 14-Apr-25, 14 Apr '25
    _Form(
        rf"(?<!\d)(?P<d>{_DAY})(?:[-./](?P<m>{_NAME})[-./]|\s(?P<m2>{_NAME}),?\s['’])(?P<y>2\d){_BOUND}(?!:)",
        _last_of_range,
    ),
    # Apr 14, '25
    _Form(
        rf"(?<![^\W_])(?P<m>{_NAME})\s(?P<d>{_DAY}){_TH},?\s['’](?P<y>2\d){_BOUND}",
        _last_of_range,
    ),
    # June 23 - June 29, 2025; Apr 14th; 2025 April 14
    _Form(
        rf"(?:(?<!\d)(?P<y0>{_YEAR}){_GAP})?(?<![^\W_])(?P<m>{_NAME}){_GAP}(?P<d>{_DAY}){_TH}{_BOUND}"
        rf"(?:{_TO}(?:(?P<m2>{_NAME}){_GAP})?(?P<d2>{_DAY}){_TH}{_BOUND})?(?:\W{{1,4}}(?P<y>{_YEAR}){_BOUND})?",
        _last_of_range,
    ),
    # 14 April 2025, 9-Sep-2025, 28 April - 4 May 2025, 7-13 April
    _Form(
        rf"(?<!\d)(?P<d>{_DAY}){_TH}{_GAP}(?:(?P<m>{_NAME}))?(?:{_TO}(?P<d2>{_DAY}){_TH}{_GAP}(?P<m2>{_NAME}))?"
        rf"(?<=[a-zéûäçа-я.])(?:{_GAP}(?P<y>{_YEAR}){_BOUND})?",
        _last_of_range,
    ),
    # 0414, 2025
    _Form(rf"(?<!\d)(?P<m>{_MM})(?P<d>{_DD})[,\s_-]{{1,2}}(?P<y>20\d\d){_BOUND}", _last_of_range),
    # 2025 04 14
    _Form(rf"{_START}(?P<y>20\d\d)\s(?P<m>{_MM})\s(?P<d>{_DD})(?!\d)", _last_of_range),
    # 2025/0414, 202504/14
    _Form(rf"(?<!\d)(?P<y>20\d\d)[/_-](?P<m>{_MM})(?P<d>{_DD})(?![-_~]?\d)", _last_of_range),
    _Form(rf"(?<!\d)(?P<y>20\d\d)(?P<m>{_MM})/(?P<d>{_DD})(?!\d)", _last_of_range),
    # 14/04/2025, 04-14-2025, 14.4.2025
    _Form(
        rf"{_START}(?P<a>\d{{1,2}})(?P<s>[-./_])(?P<b>\d{{1,2}})(?:(?P=s)20\d\d)?"
        rf"(?:{_TO}(?P<b1>\d{{1,2}})(?P=s)(?P<b2>\d{{1,2}}))?(?P=s)(?P<y>20\d\d){_BOUND}",
        _numeric,
    ),
    # 14042025, 04142025
    _Form(r"(?<!\d)(?P<a>[0-3]\d)(?P<b>[0-3]\d)(?P<y>20\d\d)(?!\d)", _numeric),
)
_SPAN_FORMS = (
    # 2025-W15, 2025 week 15
    _Form(
        r"(?<!\d)(?P<y>20\d\d)(?:[-_/ ]?w|\D{1,12}?(?:week|wk|kw|tuần)[-_ #]{0,2})"
        r"(?P<w>\d{1,2})(?![^\W_])",
        _week,
    ),
    # Week 15, 2025; Tuần 15/2025; below a year, week-15 and W15
    _Form(
        r"(?:(?<![^\W\d_])(?:week|wk|kw|tuần)[-_ #]{0,2}|\Aw)(?P<w>\d{1,2})(?![^\W_])"
        r"(?:\W{1,5}(?:of\s|năm\s)?(?P<y>20\d\d)(?!\d))?",
        _week,
    ),
    # 2025년 4월 2주차, 4月第2週
    _Form(
        r"(?:(?<!\d)(?P<y>20\d\d)\s?[年년]\s?)?(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?:第|제)?\s?(?P<n>[1-5])\s?[周週주]",
        _week_of_month,
    ),
    # 2025年第15周, 제15주, 15주차
    _Form(
        r"(?:(?<!\d)(?P<y>20\d\d)\s?[年년]\s?(?:第|제)?|第|제)\s?(?P<w>\d{1,2})\s?[周週주]", _week
    ),
    _Form(r"(?<!\d)(?P<w>\d{1,2})\s?주차", _week),
    # April 2025, apr_2026, 2025 April
    _Form(
        rf"(?<![^\W_])(?P<m>{_NAME})[-,\s_/]{{0,3}}(?:de\s|of\s)?(?P<y>20\d\d)(?!\d)",
        _first_of_month,
    ),
    _Form(rf"(?<!\d)(?P<y>20\d\d)[-,\s_/]{{0,2}}(?:\d\d_)?(?P<m>{_NAME})", _first_of_month),
    # April, below a year
    _Form(rf"\A\W*(?:\d\d[-_. ])?(?P<m>{_NAME})\W*\Z", _first_of_month),
    # 2025年4月, 2025-04, tháng 4/2025, 04/2025
    _Form(rf"(?<!\d)(?P<y>20\d\d)\s?[年년]\s?(?P<m>{_MONTH})\s?[月월]", _first_of_month),
    _Form(rf"(?<![\d.])(?P<y>20\d\d)[-_./](?P<m>{_MM})(?![\d-]*\d)(?!\.\d)", _first_of_month),
    _Form(rf"(?<![\d./-])(?:tháng\s)?(?P<m>{_MONTH})[-/](?P<y>20\d\d)(?!\d)", _first_of_month),
)
# Of a text that is nothing else: 250414, 25.04.14; below a year 04-14, 4/14, 0414, 0407-0413.
_SHORT_YEAR = (
    rf"['’]?(?P<y>2\d)(?:(?P<s>[-_.]?)(?P<m>{_MM})(?P=s)(?P<d>{_DD})"
    rf"|[./]\s?(?P<m2>{_MONTH})[./]\s?(?P<d2>{_DAY}))\.?{_WEEKDAY}"
)
_SHORT_YEAR_AT_START = re.compile(
    rf"(?P<y>2\d)(?P<s>[-_.]?)(?P<m>{_MM})(?P=s)(?P<d>{_DD})\.?(?:{_WEEKDAY})(?=[\s_(\[（【:：-]+[^\W\d])",
    re.IGNORECASE,
)
"""``250414_seminar``, ``25.04.14(월) 세미나``"""

_DAY_BEFORE_SHORT_YEAR = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(2\d)")
_MONTH_AND_DAY = (
    rf"(?:(?P<m>{_MM})[-_.]?(?P<d>{_DD})|(?P<m3>{_MONTH})[-_./](?P<d3>{_DAY}))"
    rf"(?:{_TO}(?P<m2>{_MM})[-_.]?(?P<d2>{_DD}))?{_WEEKDAY}"
)


_SHORT_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})")
"""A day and a month in either order: ``29/03``."""


@lru_cache(maxsize=512)
def day_written_in(text: str, year: str = "") -> str | None:
    """Return the first day in a short text, such as a heading, a field or a file name.

    Args:
        text: on one line.
        year: the year that headings or folders above have, for dates without one; or empty.

    Returns:
        An ISO date, or a date like ``03/04/2025`` for
        `tui.digests.parsing.numeric_dates`; None if it has no day.
    """
    return _first(text, year, _DAY_FORMS, _SPAN_FORMS)


@lru_cache(maxsize=512)
def exact_day_in(text: str, year: str = "") -> str | None:
    """Return the first day in a short text, unless that is only a week or month."""
    return _first(text, year, _DAY_FORMS)


def span_in(text: str, year: str = "") -> str | None:
    """Return the day that stands for the week or month in a short text, or None."""
    return _first(text, year, _SPAN_FORMS)


def is_month(word: str) -> bool:
    """Return whether a word in lower case is the name of a month."""
    return word in MONTH_NUMBERS


def year_in(text: str) -> str:
    """Return the year in a text without month and day, such as ``2025`` or ``Papers of 2025``."""
    if "20" not in text:
        return ""
    years = re.findall(r"(?<![\d.-])20\d\d(?![\d.-])", text)
    return years[0] if len(years) == 1 else ""


@lru_cache(maxsize=512)
def short_day(text: str, year: str) -> str | None:
    """Return the day of a text that is nothing but its end, such as ``04-14``, or ``250414``.

    Args:
        text: on one line.
        year: the year that headings or folders above have; or empty.

    Returns:
        As `day_written_in`.
    """
    text = _normalize(text[:_MAX_TEXT_CHARS]).strip()
    if not text.lstrip("'’")[:1].isdecimal():
        return None
    # 4/14/25 and 14/4/25, but not 25/4/14
    if (numeric := _DAY_BEFORE_SHORT_YEAR.fullmatch(text)) and numeric[4] != numeric[1]:
        is_year_first = numeric[1].startswith("2") and f"20{numeric[4]}" != year
        if not is_year_first or iso_day(numeric[1], numeric[3], numeric[4]) is None:
            return "/".join((numeric[1], numeric[3], f"20{numeric[4]}"))
    if match := re.fullmatch(_SHORT_YEAR, text, re.IGNORECASE):
        return iso_day(match["y"], match["m"] or match["m2"], match["d"] or match["d2"])
    return _day_in_year(text, year) if year else None


def _day_in_year(text: str, year: str) -> str | None:
    """Return the day of a text that has no year; as ``05/04/2025`` if either may be the month."""
    if numeric := _SHORT_NUMERIC.fullmatch(text):
        first, second = numeric.groups()
        if max(int(first), int(second)) <= _LAST_MONTH:
            return f"{text}/{year}"
        return iso_day(year, first, second) or iso_day(year, second, first)
    match = re.fullmatch(_MONTH_AND_DAY, text, re.IGNORECASE)
    if match is None:
        return None
    month = match["m2"] or match["m"] or match["m3"]
    return iso_day(year, month, match["d2"] or match["d"] or match["d3"])


def short_day_at_start(text: str) -> str | None:
    """Return the day before other words whose year has two digits, or None: ``250414_seminar``."""
    match = _SHORT_YEAR_AT_START.match(text) if text.startswith("2") else None
    return iso_day(match["y"], match["m"], match["d"]) if match else None


def day_of_month(text: str, month: str | None) -> str | None:
    """Return the day of a text that is only its number, such as ``14`` or ``3rd``.

    Args:
        text: on one line.
        month: the day in a heading above; it is a month if it is its first day.
    """
    if not month or not month[:4].isdigit() or not month.endswith("-01"):
        return None
    number = re.fullmatch(rf"(\d{{1,2}}){_TH}\s?[日号일]?{_WEEKDAY}", text.strip(), re.IGNORECASE)
    return iso_day(month[:4], month[5:7], number[1]) if number else None


def _first(text: str, year: str, *groups: tuple[_Form, ...]) -> str | None:
    """Return the day of the first form of the first group that finds one in a text, or None."""
    text = _normalize(text[:_MAX_TEXT_CHARS])
    may_be_month = bool(year) and len(text) <= _MAX_MONTH_CHARS
    if not _may_have_day(text, may_be_month=may_be_month):
        return None
    year = year or year_in(text)
    for pattern, read in chain.from_iterable(map(_compiled, groups)):
        for match in pattern.finditer(text):
            parts = {name: value for name, value in match.groupdict().items() if value}
            if found := read(parts, year):
                return found
    return None


@lru_cache(maxsize=256)
def _may_have_day(text: str, *, may_be_month: bool) -> bool:
    """Return whether a text has what every day contains, unless it is a `short_day`.

    Args:
        text: normalized.
        may_be_month: whether it is as short as the name of a month, and the year is known.
    """
    has_digit = _DIGIT.search(text) is not None
    if not (has_digit or may_be_month):
        return False
    if not _WORDS.isdisjoint(_WORD.findall(text.lower())):
        return True
    if has_digit and not text.isascii() and not _SIGNS.isdisjoint(text):
        return True
    has_year = may_be_month or _FOUR_DIGITS.search(text) is not None
    return has_year and _NUMBER_OR_WEEK.search(text) is not None


@cache
def _compiled(forms: tuple[_Form, ...]) -> list[tuple[re.Pattern[str], _ReadMatch]]:
    return [(re.compile(form.pattern, re.IGNORECASE), form.read) for form in forms]


@lru_cache(maxsize=256)
def _normalize(text: str) -> str:
    """Return a text with ASCII digits instead of full-width and Chinese ones."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).replace("‐", "-")  # also the non-breaking hyphen
    return _CHINESE_NUMBER.sub(_arabic_number, text)


def _arabic_number(match: re.Match[str]) -> str:
    digits = match[0]
    if "十" in digits:
        tens, _, units = digits.partition("十")
        return (_CHINESE_DIGITS.get(tens, "") if tens else "1") + (
            _CHINESE_DIGITS.get(units, "") if units else "0"
        )
    return "".join(map(_CHINESE_DIGITS.__getitem__, digits))


def iso_day(year: str, month: str, day: str) -> str | None:
    """Return a date in ISO format; None if a part is empty, or the day does not exist."""
    if not (year and month and day):
        return None
    if not month.isdigit():
        month = str(MONTH_NUMBERS[month.rstrip(".").lower()])
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None
