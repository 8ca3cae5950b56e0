"""Posts of newsletters, blogs and chats whose fields stand in places of their own."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read
from tui.models import Entry

LINK = "https://arxiv.org/abs/2505.0800"
DAY = "2025-05-14"


def entries(text: str, path: str = "post.md") -> tuple[Entry, ...]:
    return read(text.encode(), path).entries


def test_labels_in_bold_without_a_colon() -> None:
    (entry,) = entries(f"### [Quiet Stairs]({LINK}1)\n\n**저자** Ada Bell, Cy Dorn\n\nText.\n")
    assert entry.authors == ("Ada Bell", "Cy Dorn")


@pytest.mark.parametrize("remark", ["(18 minute read)", "(5 min)", "（3分钟阅读）"])
def test_reading_time_behind_a_title(remark: str) -> None:
    (entry,) = entries(f"### [Quiet Stairs {remark}]({LINK}1)\n\nText.\n")
    assert entry.title == "Quiet Stairs"


def test_original_title_that_is_a_link_below_a_translation() -> None:
    parts = [
        f"## {n}. 静かな階段：歩く研究\n\n- **原題**: [Quiet Stairs {n}]({LINK}{n})\n"
        "- **著者**: Ada Bell\n\n階段の話です。\n\n"
        for n in (1, 2)
    ]
    page = "---\ntitle: 論文メモ（2025/05/14）\nprivate: false\n---\n\n# 論文\n\n" + "".join(parts)
    found = [(entry.title, entry.date, entry.authors) for entry in entries(page)]
    assert found == [(f"Quiet Stairs {n}", DAY, ("Ada Bell",)) for n in (1, 2)]


def test_title_with_what_looks_like_names() -> None:
    title = "Quiet Stairs by Moving Feet, Not Hands"
    (entry,) = entries(f"## 2. {title}\n\n> Paper: {LINK}1\n> Authors: Ada Bell\n\nText.\n")
    assert (entry.title, entry.authors) == (title, ("Ada Bell",))


@pytest.mark.parametrize("heading", ["更新日期：2025.05.14", "Cập nhật 14/05/2025"])
def test_headings_of_updates(heading: str) -> None:
    page = f"# Papers\n\n## {heading}\n\n- **Quiet Stairs** [pdf]({LINK}1)\n"
    (entry,) = entries(page)
    assert (entry.title, entry.date) == ("Quiet Stairs", DAY)


def test_minutes_with_a_table_and_titles_in_bold() -> None:
    parts = [
        f"## 論文{n}（発表：田村）\n\n**Quiet stairs in very old towns of the north {n}**\n\n"
        f"著者：Ada Bell\nリンク：{LINK}{n}\n\n### 概要\n階段の話 {n}。\n\n"
        for n in (1, 2)
    ]
    table = "| 項目 | 内容 |\n|---|---|\n| 日時 | 2025年5月14日（水） 17:00〜18:40 |\n\n"
    found = entries(f"# 第42回 輪読会\n\n{table}{''.join(parts)}", "42.md")
    assert [entry.date for entry in found] == [DAY, DAY]
    assert all(f"階段の話 {n}" in entry.summary for n, entry in enumerate(found, start=1))


def test_channel_of_a_messenger_with_days() -> None:
    text = "".join(
        f"Stairs Daily, [{13 + n}.05.2025 08:0{n}]\n📌 Quiet Stairs {n}\n👤 Ada Bell, Cy Dorn\n"
        f"📝 Stairs are climbed.\n🔗 {LINK}{n}\n#stairs\n\n"
        for n in (1, 2)
    )
    found = [(entry.title, entry.date) for entry in entries(text, "channel.txt")]
    assert found == [("Quiet Stairs 1", DAY), ("Quiet Stairs 2", "2025-05-15")]


def test_names_of_signs() -> None:
    text = "".join(
        f"**Quiet Stairs {n}**\n:busts_in_silhouette: Ada Bell, Cy Dorn\n:label: cs.CL, cs.IR\n"
        f":arrow_up: 4{n}\nStairs are climbed.\n<{LINK}{n}>\n\n"
        for n in (1, 2)
    )
    found = [(each.authors, each.votes, each.labels) for each in entries(text, f"{DAY}.txt")]
    assert found == [(("Ada Bell", "Cy Dorn"), 40 + n, ("cs.CL", "cs.IR")) for n in (1, 2)]


@pytest.mark.parametrize("is_last", [True, False])
def test_day_and_votes_in_the_last_lines(is_last: bool) -> None:
    votes = "" if is_last else "\n👍 7"
    parts = [f"## Quiet Stairs {n}\n\n{LINK}{n}{votes}\n\nText.\n\n" for n in (1, 2, 3)]
    found = entries(f"# Stairs\n\n{''.join(parts)}\n\n发布于 2025-05-14 10:22\n\n▲ 赞同 214\n")
    assert {entry.date for entry in found} == {DAY}
    assert {entry.votes for entry in found} == ({None} if is_last else {7})


def test_cards_in_chats() -> None:
    card = {
        "title": "Quiet Stairs",
        "title_link": f"{LINK}1",
        "text": "Stairs are climbed by people of all ages.",
        "fields": [{"title": "Authors", "value": "Ada Bell, Cy Dorn"}, {"title": "x"}],
    }
    message = {"type": "message", "ts": "1747224000.0001", "text": "1 new", "attachments": [card]}
    (entry,) = entries(json.dumps([message]), f"{DAY}.json")
    assert (entry.title, entry.authors) == ("Quiet Stairs", ("Ada Bell", "Cy Dorn"))


def test_lines_of_another_crawler() -> None:
    line = {
        "arxiv_id": "2505.08001", "title": "Quiet Stairs", "categories": ["cs.CV"], "likes": 26,
        "summary_zh": "楼梯很安静。", "pdf": "https://arxiv.org/pdf/2505.08001",
    }  # fmt: skip
    (entry,) = entries(json.dumps(line) + "\n", f"{DAY}.jsonl")
    assert (entry.votes, "楼梯很安静" in entry.summary) == (26, True)


@pytest.mark.parametrize("line", ["{} by Ada Bell, Cy Dorn", "{} - Ada Bell, Cy Dorn"])
def test_names_beside_a_title_and_behind_a_label(line: str) -> None:
    title = "Quiet Stairs in Very Old Houses"
    text = (
        f"## 2. {line.format(title)}\n\n> Paper: {LINK}1\n> Authors: Ada Bell, Cy Dorn\n\nText.\n"
    )
    (entry,) = entries(text)
    assert (entry.title, entry.authors) == (title, ("Ada Bell", "Cy Dorn"))


def test_titles_below_headlines_of_the_editor() -> None:
    papers = "".join(
        f"## {number}. Why stairs are {word}\n\n"
        f"📄 [{word.title()} Stairs in Old Houses]({LINK}{number})\n"
        "*Ada Bell and Cy Dorn (Example University)*\n\nIf you have climbed them, this is it.\n\n"
        for number, word in enumerate(("quiet", "loud"), start=1)
    )
    links = "## Quick links\n\n- The schedule is [out](https://neurips.cc/virtual/2025/calendar).\n"
    found = entries(f"# Letter of 14 May 2025\n\n{papers}{links}")
    assert [entry.title for entry in found] == [
        "Quiet Stairs in Old Houses",
        "Loud Stairs in Old Houses",
    ]
    assert {entry.authors for entry in found} == {("Ada Bell", "Cy Dorn")}


def test_link_below_the_text_of_a_message() -> None:
    text = (
        "--------------- 2025년 5월 14일 수요일 ---------------\n"
        "[박선우] [오전 8:49] 좋은 아침입니다~ 두 개 공유드려요\n"
        f"[박선우] [오전 8:51] 1) Loud Stairs of Towers\n{LINK}2\n시끄럽다.\n"
        "[최현] [오전 9:20] 하나 올릴게요\n\n"
        "[2505.08001] Quiet Stairs: Learning from Old Houses\nAda Bell, Cy Dorn\n\n"
        f"계단이 조용하다. 집이 오래되었다.\n{LINK}1\n[박선우] [오후 10:55] 👍\n"
    )
    _, entry = entries(text, f"{DAY}.txt")
    assert entry.title == "Quiet Stairs: Learning from Old Houses"
    assert entry.authors == ("Ada Bell", "Cy Dorn")
    assert "계단이 조용하다." in entry.summary


def test_names_below_a_translated_title() -> None:
    cards = "".join(
        f"<tr><td class='card'><h2><a href='{LINK}{number}'>{word} Stairs in Old Houses</a></h2>\n"
        f"<p class='ko'>오래된 집의 계단 {number}</p>\n"
        f"<p class='meta'>Ada Bell, Cy Dorn &nbsp;|&nbsp; 👍 12{number} 추천</p>\n"
        "<p>계단이다.</p></td></tr>\n"
        for number, word in enumerate(("Quiet", "Loud"))
    )
    found = entries(f"<html><body><h1>레터</h1><table>{cards}</table></body></html>", f"{DAY}.html")
    assert [(entry.authors, entry.votes) for entry in found] == [
        (("Ada Bell", "Cy Dorn"), 120), (("Ada Bell", "Cy Dorn"), 121),
    ]  # fmt: skip


def test_whole_title_in_a_field_below_a_short_one() -> None:
    text = (
        "## [[Quiet Stairs of Houses]]\n\ntítulo:: Quiet Stairs of Houses: What They Do at Night\n"
        f"autores:: Ada Bell, Cy Dorn y otros\narxiv:: [2505.08001]({LINK}1)\nestado:: #leído\n"
    )
    (entry,) = entries(text, f"{DAY}.md")
    assert entry.title == "Quiet Stairs of Houses: What They Do at Night"
    assert entry.authors == ("Ada Bell", "Cy Dorn", "et al.")


def test_table_of_a_notes_program_whose_title_is_the_name() -> None:
    text = (
        "\ufeff이름,저자,링크,발표일,요약,메모\n"
        f'Quiet Stairs,"Ada Bell, Cy Dorn",{LINK}1,2025년 5월 14일,"조용하다.\n오래되었다.",'
        "- 2306.10191\n"
    )
    (entry,) = entries(text, "논문 DB_all.csv")
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "Quiet Stairs", DAY)
