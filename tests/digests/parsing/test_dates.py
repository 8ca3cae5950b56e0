from __future__ import annotations

import pytest

from tui.digests.parsing.dates import contains_date, day_in, day_in_path


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
