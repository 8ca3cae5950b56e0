"""Titles that the authors gave their papers, beside translated ones."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"
PATH = "2025-05-14.md"

LABELS = [
    ("原題", "家の中の静かな階段"),
    ("英題", "家の中の静かな階段"),
    ("論文タイトル", "家の中の静かな階段"),
    ("英文标题", "安静的楼梯"),
    ("Title (EN)", "安静的楼梯"),
    ("영문 제목", "집 안의 조용한 계단"),
    ("논문 제목", "집 안의 조용한 계단"),
    ("Tiêu đề tiếng Anh", "Cầu thang yên tĩnh"),
    ("Tên gốc", "Cầu thang yên tĩnh"),
    ("English title", "Cầu thang yên tĩnh"),
]


@pytest.mark.parametrize(("label", "translated"), LABELS)
def test_original_title_behind_a_label(label: str, translated: str) -> None:
    heading = f"## {translated}\n\n- **{label}**: {TITLE}\n- Link: {LINK}\n"
    item = f"- **{translated}**\n  - {label}: {TITLE}\n  - Link: {LINK}\n"
    row = f"| タイトル | {label} | Link |\n|---|---|---|\n| {translated} | {TITLE} | {LINK} |\n"
    record = json.dumps([{"title": translated, label: TITLE, "url": LINK}])
    for text in (heading, item, row, record):
        (entry,) = read(text.encode(), PATH).entries
        assert entry.title == TITLE
        assert translated in entry.summary


@pytest.mark.parametrize("label", ["中文标题", "한글 제목", "邦題", "Title (ZH)"])
def test_translation_behind_a_label_is_not_the_title(label: str) -> None:
    row = f"| Title | {label} | Link |\n|---|---|---|\n| {TITLE} | 静かな階段 | {LINK} |\n"
    (entry,) = read(row.encode(), PATH).entries
    assert entry.title == TITLE
    assert "静かな階段" in entry.summary


@pytest.mark.parametrize("column", ["TL;DR", "要約", "한줄평", "Votes", "Date", "Why"])
def test_columns_that_a_plain_table_does_not_have(column: str) -> None:
    text = (
        f"| Title | Authors | Link | {column} |\n|---|---|---|---|\n"
        f"| {TITLE} | Ada Bell, Cy Dorn | {LINK} | 2025-05-13: stairs are quiet in old houses |\n"
    )
    digest = read(text.encode(), PATH)
    assert digest.dialect == "general"
    (entry,) = digest.entries
    assert (entry.title, entry.authors) == (TITLE, ("Ada Bell", "Cy Dorn"))
    assert column in {"Votes", "Date"} or "old houses" in entry.summary


@pytest.mark.parametrize(
    ("both", "translated"),
    [
        (f"{TITLE} (집 안의 조용한 계단)", "집 안의 조용한 계단"),
        (f"집 안의 조용한 계단 ({TITLE})", "집 안의 조용한 계단"),
        (f"安静的楼梯：房屋研究（{TITLE}）", "安静的楼梯：房屋研究"),
        (f"{TITLE} / 静かな家の階段", "静かな家の階段"),
        (f"{TITLE}｜安静的楼梯研究", "安静的楼梯研究"),
        (f"Cầu thang yên tĩnh trong nhà - {TITLE}", "Cầu thang yên tĩnh trong nhà"),
    ],
)
def test_original_title_beside_its_translation(both: str, translated: str) -> None:
    heading = f"## 1. {both}\n\n- Authors: Ada Bell, Cy Dorn\n- Link: {LINK}\n"
    item = f"- **{both}**\n  - Authors: Ada Bell, Cy Dorn\n  - Link: {LINK}\n"
    line = f"- [{both}]({LINK}) - Ada Bell, Cy Dorn\n"
    fields = f"**Title:** {both}\n**Authors:** Ada Bell, Cy Dorn\n**Link:** {LINK}\n"
    for text in (heading, item, line, fields):
        (entry,) = read(text.encode(), PATH).entries
        assert (entry.title, entry.authors) == (TITLE, ("Ada Bell", "Cy Dorn"))
        assert translated in entry.summary


@pytest.mark.parametrize(
    "title",
    ["집 안의 조용한 계단 (Ada Bell, Cy Dorn)", "Étude des escaliers (Quiet Stairs in Towns)"],
)
def test_brackets_that_hold_no_original_title(title: str) -> None:
    (entry,) = read(f"## {title}\n\n- Link: {LINK}\n".encode(), PATH).entries
    assert entry.title == title or entry.authors == ("Ada Bell", "Cy Dorn")


def test_original_title_below_its_translation() -> None:
    text = "Reading club of today:\n\n" + "\n\n".join(
        f"*{number}. {translated}*\n  {title}\n  (Ada Bell, Cy Dorn)\n"
        f"  https://arxiv.org/abs/2505.0800{number}\n\n  Cầu thang này yên tĩnh."
        for number, translated, title in (
            (1, "Học máy", TITLE),
            (2, "Cầu thang trong những ngôi nhà cũ và yên tĩnh", "Old Stairs of Houses in Huế"),
        )
    )
    entries = read(text.encode(), "2025-05-14.txt").entries
    assert [entry.title for entry in entries] == [TITLE, "Old Stairs of Houses in Huế"]
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
    assert "Học máy" in entries[0].summary
