"""Days in columns, fields and front matter whose label says when the paper was read."""

from __future__ import annotations

import json

import pytest

from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
NAMES = ("Ada Bell", "Cy Dorn")
TITLE = "Quiet Stairs in Houses"

LABELS = [
    ("Read on", "14 May 2025"),
    ("Reading date", "2025/5/14"),
    ("Presented", "2025-05-14"),
    ("Meeting", "Wed, 14 May 2025"),
    ("읽은 날", "2025. 5. 14."),
    ("발표일", "2025. 5. 14.(수)"),
    ("세미나 날짜", "25.05.14"),
    ("読んだ日", "2025年5月14日（水）"),
    ("輪読日", "5月14日"),
    ("阅读日期", "2025.5.14"),
    ("讨论日期（周）", "2025-05-14（三）"),
    ("Ngày đọc", "14/05/2025"),
    ("Ngày trình bày", "14-05-2025"),
]

DATA = [
    f"{{label}}\tTitle\tAuthors\tLink\n{{day}}\t{TITLE}\tAda Bell, Cy Dorn\t{LINK}\n",
    f"| {{label}} | Title | Authors | Link |\n|---|---|---|---|\n"
    f"| {{day}} | {TITLE} | Ada Bell, Cy Dorn | {LINK} |\n",
    f"---\ntitle: {TITLE}\nauthors: Ada Bell, Cy Dorn\nurl: {LINK}\n{{label}}: {{day}}\n---\n",
]
DATA_NAMES = ["tsv", "table", "front matter"]
LINES = f"# {TITLE}\n\n- Authors: Ada Bell, Cy Dorn\n- Link: {LINK}\n- {{label}}: {{day}}\n"


@pytest.mark.parametrize("text", [*DATA, LINES], ids=[*DATA_NAMES, "list"])
@pytest.mark.parametrize(("label", "day"), LABELS)
def test_day_behind_a_label(text: str, label: str, day: str) -> None:
    (entry,) = read(text.format(label=label, day=day).encode(), "2025/stairs.tsv").entries
    assert (entry.title, entry.authors, entry.date) == (TITLE, NAMES, "2025-05-14")


@pytest.mark.parametrize("text", DATA, ids=DATA_NAMES)
def test_day_behind_an_unknown_label_in_data(text: str) -> None:
    data = text.format(label="Logbook", day="2025-05-14").encode()
    assert read(data, "stairs.tsv").entries[0].date == "2025-05-14"


def test_year_of_a_heading_above_a_table() -> None:
    text = f"# 2025\n\n| 紹介日 | Title | Link |\n|---|---|---|\n| 5月14日 | {TITLE} | {LINK} |\n"
    assert read(text.encode(), "stairs.md").entries[0].date == "2025-05-14"


def test_line_with_a_label_for_a_day_and_no_day_stays() -> None:
    text = f"## {TITLE}\n- Link: {LINK}\n- Session: oral, in the large hall\n"
    assert "large hall" in read(text.encode(), "2025-05-14.md").entries[0].summary


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("First publication date", Field.PUBLISHED),
        ("刊行日", Field.PUBLISHED),
        ("Date modified", Field.UPDATED),
        ("논문 저자", Field.AUTHORS),
        ("tác giả bài báo", Field.AUTHORS),
        ("論文概要", Field.SUMMARY),
        ("Paper authors", Field.AUTHORS),
        ("水曜日", None),
        ("毎日", None),
        ("Due date", None),
        ("训练时间", None),
    ],
)
def test_parts_of_labels(label: str, field: Field | None) -> None:
    assert field_of(label) is field


def test_day_on_which_a_server_indexed_a_paper_is_not_that_of_the_paper() -> None:
    paper = {
        "indexed": {"date-parts": [[2025, 6, 20]], "date-time": "2025-06-20T08:00:00Z"},
        "DOI": "10.4321/usl.2025.0802",
        "title": ["Quiet Stairs"],
        "published": {"date-parts": [[2025, 5, 14]]},
    }
    (entry,) = read(json.dumps({"items": [paper]}).encode(), "works.json").entries
    assert entry.date == "2025-05-14"


def test_day_that_python_took_apart() -> None:
    parts = [2025, 5, 14, 8, 0, 0, 2, 134, 0]
    paper = {"title": "Quiet Stairs", "link": "https://arxiv.org/abs/2505.08001"}
    (entry,) = read(json.dumps([paper | {"published_parsed": parts}]).encode(), "a.json").entries
    assert (entry.date, entry.published) == ("2025-05-14", "2025-05-14")


def test_month_with_another_hyphen_below_a_chinese_name_of_a_title() -> None:
    text = (
        "# 楼梯\n\n| 时间 | 论文名称 | 关键词 | 论文链接 | 一句话总结 |\n|---|---|---|---|---|\n"
        "| 2025&#8209;05 | Quiet Stairs in Houses | 楼梯 "
        "| [arXiv](https://arxiv.org/abs/2505.08001) | 楼梯很安静。 |\n"
    )
    (entry,) = read(text.encode(), "stairs.md").entries
    assert (entry.title, entry.date) == ("Quiet Stairs in Houses", "2025-05-01")
    assert "论文名称" not in entry.summary


@pytest.mark.parametrize("name", ["一、前言", "1. Introduction", "서론", "はじめに"])
def test_link_in_the_first_section_of_a_note(name: str) -> None:
    text = f"# Quiet Stairs in Houses\n\n## {name}\n\n> Paper: <https://arxiv.org/abs/2505.08001>\n\nStairs.\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert entry.title == "Quiet Stairs in Houses"
