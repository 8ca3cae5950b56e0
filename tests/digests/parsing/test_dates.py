from __future__ import annotations

import pytest

from tui.digests.parsing.dates import contains_date, day_in, day_in_path
from tui.digests.parsing.path_days import day_or_span_in_path


@pytest.mark.parametrize(
    "text",
    [
        "Daily Papers (2025-05-02)",
        "Daily Papers – 2025-05-02",
        "2025.05.02",
        "2025. 5. 2.",
        "2025/5/2",
        "2025년 5월 2일",
        "20250502",
        "2025–05–02",
    ],
)
def test_date_in_a_heading_is_found(text: str) -> None:
    assert day_in(text) == "2025-05-02"


@pytest.mark.parametrize(
    "text", ["Daily Papers", "May 2025", "2505.04921", "12025-05-02", "1925-05-02"]
)
def test_other_numbers_in_a_heading_are_not_a_date(text: str) -> None:
    assert day_in(text) is None
    assert not contains_date(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "2025-00-10"])
def test_impossible_date_is_rejected(text: str) -> None:
    assert day_in(text) is None
    assert contains_date(text)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/05/01.md", "2025-05-01"),
        ("logs\\2025\\05\\01.md", "2025-05-01"),
        ("output/summaries/2025-05-22.md", "2025-05-22"),
        ("2025/05/2025-05-22.md", "2025-05-22"),
        ("20250522.md", "2025-05-22"),
        ("20250522_0930.md", "2025-05-22"),
        ("202505220930.md", "2025-05-22"),
        ("2025-05/22.md", "2025-05-22"),
        ("backup-2024-01-02/2025/05/22.md", "2025-05-22"),
        ("2025-05-22/2025-02-30.md", "2025-05-22"),
        ("README.md", None),
        ("2505.04921.md", None),
        ("2025/README.md", None),
        ("", None),
    ],
)
def test_date_in_a_path_is_found(path: str, day: str | None) -> None:
    assert day_in_path(path) == day


@pytest.mark.parametrize(
    "text",
    [
        "9-Sep-2025", "9 September 2025", "Sep 9, 2025", "September 9th, 2025", "0909, 2025",
        "2025年9月9日", "2025년 9월 9일", "2025.09.09", "20250909_Tue",
        "September 3 - September 9, 2025",
        "Papers of the Week (September 3 - 9) - 2025",
    ],
)  # fmt: skip
def test_dates_in_words_are_read(text: str) -> None:
    assert day_in(text) == "2025-09-09"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("reports/2025-W15.md", "2025-04-13"),
        ("2025/week-15.md", "2025-04-13"),
        ("2025/0407-0413.md", "2025-04-13"),
        ("weekly/20250407-20250413.md", "2025-04-13"),
        ("docs/202504/14/README.md", "2025-04-14"),
        ("2025/0414.md", "2025-04-14"),
        ("9-Apr-2025/README.md", "2025-04-09"),
        ("apr_2025.md", "2025-04-01"),
        ("2025-04.md", "2025-04-01"),
        ("2025-W60.md", None),
        ("papers.md", None),
    ],
)
def test_spans_in_paths_are_their_last_day_and_months_their_first(
    path: str, day: str | None
) -> None:
    assert day_or_span_in_path(path) == day
