"""Days as people write them."""

from __future__ import annotations

import pytest

from tui.digests.parsing.numeric_dates import NumericDates
from tui.digests.parsing.path_days import day_or_span_in_path
from tui.digests.parsing.written_days import (
    day_of_month,
    day_written_in,
    exact_day_in,
    short_day,
)


@pytest.mark.parametrize(
    "text",
    [
        "2025-04-14", "2025.4.14", "2025/04/14 (Mon)", "20250414_Mon", "202504140930",
        "2025年4月14日", "2025年04月14日（周一）", "二〇二五年四月十四日", "２０２５年４月１４日",
        "2025년 4월 14일 (월)", "ngày 14 tháng 4 năm 2025", "14-Apr-2025", "14 April 2025",
        "April 14th, 2025", "Apr. 14 2025", "2025 April 14", "14. April 2025", "14 avril 2025",
        "14 de abril de 2025", "0414, 2025", "Mon, 14 Apr 2025 08:00:00 GMT", "2025-Apr-14",
        "2025-04-08 ~ 2025-04-14", "20250408-20250414", "20250408-0414", "2025.04.08 - 04.14",
        "April 8-14, 2025", "April 8 – April 14, 2025", "8-14 April 2025",
        "8 March - 14 April 2025", "2025年4月8日～14日", "2025년 4월 8일 ~ 4월 14일", "202504/14",
        "2025年4月8日〜4月14日", "2025年4月8日（火）〜4月14日（月）", "2025/4/8～4/14",
        "du 8 avril au 14 avril 2025", "del 8 al 14 de abril de 2025",
        "2025-04-14T09:00", "2025. 4. 14.", "14-Apr-25", "14 Apr '25", "Apr 14, '25", "2025 04 14",
    ],
)  # fmt: skip
def test_days_and_ranges(text: str) -> None:
    assert exact_day_in(text) == "2025-04-14"
    assert day_written_in(f"Papers: {text}") == "2025-04-14"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-W15", "2025-04-13"), ("Week 15, 2025", "2025-04-13"), ("2025 week 15", "2025-04-13"),
        ("2025年第15周", "2025-04-13"), ("2025년 15주차", "2025-04-13"),
        ("Tuần 15/2025", "2025-04-13"),
        ("2025년 4월 2주차", "2025-04-14"), ("April 2025", "2025-04-01"),
        ("apr_2025", "2025-04-01"),
        ("2025年4月", "2025-04-01"), ("2025-04", "2025-04-01"), ("Tháng 4/2025", "2025-04-01"),
    ],
)  # fmt: skip
def test_weeks_are_their_last_day_and_months_their_first(text: str, day: str) -> None:
    assert exact_day_in(text) is None
    assert day_written_in(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("April 14", "2025-04-14"), ("4月14日", "2025-04-14"), ("14 tháng 4", "2025-04-14"),
     ("week-15", "2025-04-13"), ("W15", "2025-04-13"), ("April", "2025-04-01")],
)  # fmt: skip
def test_the_year_may_be_known_from_elsewhere(text: str, day: str) -> None:
    assert day_written_in(text) is None
    assert day_written_in(text, "2025") == day


@pytest.mark.parametrize("text", ["04-14", "4/14", "0414", "04.14", "0408-0414", "04-14 Mon"])
def test_month_and_day_alone(text: str) -> None:
    assert short_day(text, "2025") == "2025-04-14"
    assert short_day(text, "") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("250414", "2025-04-14"), ("25.04.14", "2025-04-14"), ("25.04.14(월)", "2025-04-14"),
        ("25. 4. 14.", "2025-04-14"), ("'25.04.14", "2025-04-14"), ("25/04/14", "2025-04-14"),
        ("14/4/25", "14/4/2025"), ("4/14/25", "4/14/2025"), ("2504", None), ("24-25", None),
    ],
)  # fmt: skip
def test_years_of_two_digits(text: str, day: str | None) -> None:
    assert short_day(text, "") == day


def test_parts_of_days() -> None:
    assert day_of_month("14th", "2025-04-01") == day_of_month("14일", "2025-04-01") == "2025-04-14"
    assert day_of_month("14", "2025-04-07") is None


@pytest.mark.parametrize(
    "text",
    [
        "2504.08101", "2010.12345", "v1.2.2025a", "Do Ladders Lean? (2020-2025)", "GPT-4 in 2025",
        "Models may 3 times", "W4A8 quantization", "12 Angry Men", "2025", "1/2", "2025-13-40",
    ],
)  # fmt: skip
def test_other_numbers_are_no_days(text: str) -> None:
    assert day_written_in(text) is None


@pytest.mark.parametrize(
    ("text", "ids", "day"),
    [
        ("03/04/2025", [], "2025-03-04"),
        ("03.04.2025", [], "2025-04-03"),
        ("03/04/2025", ["2504.00001"], "2025-04-03"),
        ("03/04/2025", ["2503.00001"], "2025-03-04"),
        ("03/04/2025, 13/04/2025", ["2503.00001"], "2025-04-03"),
        ("03-04-2025 and 04-13-2025", [], "2025-03-04"),
        ("13/04/2025", [], "2025-04-13"),
    ],
)
def test_other_dates_decide_which_number_is_the_day(text: str, ids: list[str], day: str) -> None:
    written = day_written_in(text)
    assert NumericDates(text, "").resolve(written, ids) == day


@pytest.mark.parametrize(
    "path",
    [
        "2025/April/14.md", "2025/04-April/14.md", "papers/250414.md", "14-04-2025/list.md",
        "2025年4月/14日.md", "papers_04142025.md", "2025/April 14.md", "2025/0408-0414.md",
        "2025/14 Apr/README.md", "14-4-2025.md", "ngày 14-4-2025.md", "250414_seminar.md",
        "25.04.14 세미나.md", "25-04-14-notes.md", "2025 04 14.md",
    ],
)  # fmt: skip
def test_days_in_paths(path: str) -> None:
    assert day_or_span_in_path(path) == "2025-04-14"
