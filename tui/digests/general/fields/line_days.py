"""The day of a paper in its first line, before or behind the title.

``[2025/05] **Title**``, ``2025-05-14: Title``, ``Title (May 2025)``
"""

from __future__ import annotations

import re

from tui.digests.general.tree.line_labels import without_number, without_symbols
from tui.digests.parsing.written_days import day_written_in, is_month, short_day

_MAX_DAY_CHARS = 40
_MAX_LINE_CHARS = 2000
_MAX_LEADING_CHARS = 40
"""Characters up to the end of the day that a line starts with."""

_MAX_START_CHARS = 50
"""The same with a number before the day."""

DIGIT = re.compile(r"[\d〇一二三四五六七八九十]")
"""Finds a digit; a text without one has no day."""

ANY_YEAR = "2000"
"""The year of days without one, where it matters only whether a text is a day."""

_BRACKETS = re.compile(r"[*_`]{0,3}[\[(（【]([^\[\]()（）【】\n]{4,32})[\])）】][*_`]{0,3}(?!\()")
_LEADING = re.compile(
    r"(?P<mark>[*_`]{1,6})?(?:(?P<iso>20\d\d[-./]\d\d?[-./]\d\d?|20\d{6})(?(mark)[*_`]{1,6})(?=\s)"
    r"|(?P<day>[^\W_][^\[\]()（）【】*`\n|·•:：—–]{3,30}?)"
    r"(?(mark)[*_`]{1,6}|(?=\s?[|·•:：—–]|\s-\s|\s?\[|\s?\*\*)))"
    r"[\s:：|·•—–-]*(?=\S)"
)
_ARXIV_AND_MONTH = re.compile(r"(?:arXiv )?(20\d\d\.(?:0?[1-9]|1[0-2])), (?=\S+ \S)")
"""``arXiv 2023.10, Title``"""

_AFTER_DAY = re.compile(r"[|·•:：—–\[*]|\s-\s")
"""What follows the day in `_LEADING`, unless it starts with its year or is between marks."""

_MAX_END_OF_DAY = 35
_PARTS = re.compile(r"\s*[|·•\n]\s*|\s[-–—]\s")
_COMMA = re.compile(r"\s*[,，]\s*")
_MONTH_DAY_YEAR = re.compile(r"[A-Z][a-z]{2,8}\.?\s\d\d?,\s20\d\d\b")
_BRACKETS_AT_END = re.compile(r"\s*[\[(（【]([^\[\]()（）【】\n]{4,32})[\])）】]\s*$")
_CHINESE_DATE = re.compile("[〇零一二三四五六七八九十年月日号號]+(?!曜)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS_BESIDE_DAYS = frozenset(
    """
    arxiv preprint submitted posted published announced updated on date added new week
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
    sun st nd rd th of de del den der le el ngày tháng năm tuần kw wk
    issue no vol volume edition number 星期 周 週 第 期 号 요일 thứ hai ba tư sáu bảy chủ nhật
    월요일 화요일 수요일 목요일 금요일 토요일 일요일 発行日 발행일 호
    period covering covers papers zeitraum période periodo período settimana semaine semana
    対象期間 集計期間 掲載期間 期間 기간 대상 수집 时间段 時段 统计周期 周期 范围
    日付 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 발행 게재 公開 发表 提交
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)


def split_leading_day(text: str, year: str = "") -> tuple[str | None, str]:
    """Split the day at the start of a line from the rest of it.

    Args:
        text: the line, without the marker of a list.
        year: of days without one; empty if unknown.

    Returns:
        The day as in `tui.digests.parsing.written_days`, and the text behind it; None and the whole
        text if it starts with something else.
    """
    text = text.lstrip()
    if DIGIT.search(text, 0, _MAX_START_CHARS) is None:
        return None, text
    if (found := _split_leading_day(text, year))[0]:
        return found
    day, rest = _split_leading_day(without_number(without_symbols(text)), year)
    return (day, rest) if day else (None, text)


def _split_leading_day(text: str, year: str) -> tuple[str | None, str]:
    if DIGIT.search(text, 0, _MAX_LEADING_CHARS) is None:
        return None, text
    if month := _ARXIV_AND_MONTH.match(text):
        return only_day(month[1], year), text[month.end() :]
    start = _BRACKETS.match(text) if text[:1] in "[(（【*_`" else None
    if start and (day := only_day(start[1], year)):
        return day, text[start.end() :].lstrip(" -–—:：|·•")
    has_year = text.startswith(("20", "*", "_", "`"))
    may_lead = has_year or _AFTER_DAY.search(text, 0, _MAX_END_OF_DAY)
    leading = _LEADING.match(text) if may_lead else None
    if leading and (day := only_day(leading["iso"] or leading["day"], year)):
        return day, text[leading.end() :]
    return None, text


def split_day(text: str) -> tuple[str | None, str]:
    """Split a day in brackets, or between separators, from what a line has beside its title."""
    if len(text) > _MAX_LINE_CHARS or DIGIT.search(text) is None:
        return None, text
    for bracket in _BRACKETS.finditer(text):
        if day := only_day(bracket[1]):
            before, after = text[: bracket.start()].rstrip(), text[bracket.end() :].lstrip()
            return day, f"{before} {after}".strip()
    for part in (*_PARTS.split(text), *_MONTH_DAY_YEAR.findall(text), *_COMMA.split(text)):
        if day := only_day(part):
            return day, text.replace(part, "", 1).strip(" ·|•–—,，-\n")
    return None, text


def split_day_at_end(title: str) -> tuple[str | None, str]:
    """Split the day in brackets at the end of a title from it."""
    title = title.rstrip(" .")
    bracket = _BRACKETS_AT_END.search(title) if title.endswith((")", "]", "）", "】")) else None
    day = only_day(bracket[1]) if bracket else None
    return (day, title[: bracket.start()]) if bracket and day else (None, title)


def only_day(text: str, year: str = "") -> str | None:
    """Return the day that a text is, apart from words such as ``submitted``; or None.

    Args:
        text: a part of a line.
        year: of days without one; empty if unknown.
    """
    text = text.strip(" *_`.:：,")
    if len(text) > _MAX_DAY_CHARS or DIGIT.search(text) is None:
        return None
    day = day_written_in(text, year) or short_day(text, year)
    if day is None:
        return None
    words = (word.lower() for word in _WORD.findall(_CHINESE_DATE.sub(" ", text)))
    return day if all(word in _WORDS_BESIDE_DAYS or is_month(word) for word in words) else None
