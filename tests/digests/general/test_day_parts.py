"""Days whose year, month and day are keys, columns or fields of their own."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

PAPER = {"title": "Quiet Stairs", "link": "https://arxiv.org/abs/2505.08001"}
OTHER = {"title": "Loud Stairs", "link": "https://arxiv.org/abs/2505.08002"}


def days(value: object, path: str = "archive.json") -> list[tuple[str | None, str]]:
    text = value if isinstance(value, str) else json.dumps(value)
    return [(entry.title, entry.date) for entry in read(text.encode(), path).entries]


@pytest.mark.parametrize(
    "value",
    [
        {"2025": {"05": {"14": [PAPER], "15": [OTHER]}}},
        {"2025": {"5": {"14": {"papers": [PAPER]}, "15": {"papers": [OTHER]}}}},
        {"2025": {"May": {"14": [PAPER], "15": [OTHER]}}},
        {"2025年": {"5月": {"14日": [PAPER], "15日": [OTHER]}}},
        {"2025-05": {"14": {"2505.08001": PAPER}, "15": {"2505.08002": OTHER}}},
        {"May 2025": {"14th": [PAPER], "15th": [OTHER]}},
        {"2025": {"05": {"04": PAPER, "14": PAPER, "15": OTHER}}},
        {"year": 2025, "months": [{"month": "May", "days": [
            {"day": 14, "papers": [PAPER]}, {"day": 15, "papers": [OTHER]}]}]},
        {"year": 2025, "month": 5, "days": [
            {"day": 14, "papers": [PAPER]}, {"day": 15, "papers": [OTHER]}]},
        [{"year": 2025, "month": 5, "day": 14, "papers": [PAPER]},
         {"year": 2025, "month": 5, "day": 15, "papers": [OTHER]}],
        [{"year": 2025, "month": 5, "day": 14, **PAPER},
         {"year": 2025, "month": 5, "day": 15, **OTHER}],
        {"month": "2025-05", "papers": [{"day": "14", **PAPER}, {"day": "15", **OTHER}]},
    ],
)  # fmt: skip
def test_days_in_parts(value: object) -> None:
    found = dict(days(value))
    assert found == {"Quiet Stairs": "2025-05-14", "Loud Stairs": "2025-05-15"}


def test_yaml() -> None:
    text = f"2025:\n  05:\n    14:\n      - {{title: Quiet Stairs, url: '{PAPER['link']}'}}\n"
    assert days(text, "archive.yml") == [("Quiet Stairs", "2025-05-14")]


def test_columns() -> None:
    text = f"Year,Month,Day,Title,Link\n2025,May,14,Quiet Stairs,{PAPER['link']}\n"
    assert days(text, "archive.csv") == [("Quiet Stairs", "2025-05-14")]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ({"2025-05": {"1": PAPER, "2": OTHER}}, "2025-05-01"),
        ({"2025-05-14": {"1": [PAPER], "2": [OTHER]}}, "2025-05-14"),
        ({"2025-W22": {"1": [PAPER], "2": [OTHER]}}, "2025-06-01"),
        ({"2025-05": {"2025-05-14": {"1": [PAPER], "2": [OTHER]}}}, "2025-05-14"),
        ({"2025": {"05": {"14": {"1": PAPER, "2": OTHER}}}}, "2025-05-14"),
    ],
)
def test_numbers_above_papers_are_ranks(value: object, day: str) -> None:
    assert days(value) == [("Quiet Stairs", day), ("Loud Stairs", day)]


def test_month_of_publication_comes_last() -> None:
    paper = {"year": "2025", "month": "4", **PAPER}
    assert days({"2025-05-14": [paper]}) == [("Quiet Stairs", "2025-05-14")]
    assert days([paper]) == [("Quiet Stairs", "2025-04-01")]
