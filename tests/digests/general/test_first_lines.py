"""Days, names and numbers beside the title in the first line about a paper."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"


@pytest.mark.parametrize(
    "line",
    [
        f"- 2025-05-14 | [{TITLE}]({LINK}) | Ada Bell, Cy Dorn",
        f"- [2025/05/14] **{TITLE}** [[paper]({LINK})]",
        f"- **`2025-05-14`** {TITLE} [[paper]({LINK})]",
        f"- [{TITLE}]({LINK}) (2025-05-14) Ada Bell, Cy Dorn",
        f"* May 14, 2025: [{TITLE}]({LINK}) by Ada Bell and Cy Dorn",
        f"1. **{TITLE}**, Ada Bell, Cy Dorn, May 14, 2025. [[arXiv]({LINK})]",
        f"1. {TITLE} (arXiv, 14 May 2025). [[arXiv]({LINK})]",
        f"- 【2025年5月14日】{TITLE} {LINK}",
        f"- 2025년 5월 14일: [{TITLE}]({LINK})",
        f"### 3. [2025-05-14] {TITLE}\n- Link: {LINK}",
        f"### 2025-05-14: {TITLE}\n- Link: {LINK}",
    ],
)
def test_day_beside_a_title(line: str) -> None:
    (entry,) = read(f"# Stairs\n\n{line}\n".encode(), "README.md").entries
    assert (entry.title, entry.date, entry.summary) == (TITLE, DAY, "")


@pytest.mark.parametrize(
    "day", ["[2025/05]", "(May 2025)", "2025.05", "`05/2025`", "[arXiv 2025.05]"]
)
def test_month_before_a_title(day: str) -> None:
    (entry,) = read(f"- {day} **{TITLE}** [[pdf]({LINK})]".encode(), "README.md").entries
    assert (entry.title, entry.date, entry.summary) == (TITLE, "2025-05-01", "")


def test_years_of_a_title_are_no_day() -> None:
    text = f"- 2020-2025: Stairs (2025) [pdf]({LINK})"
    (entry,) = read(text.encode(), "README.md").entries
    assert (entry.title, entry.date) == ("2020-2025: Stairs", "0001-01-01")


@pytest.mark.parametrize(
    "line",
    [
        f'1. "{TITLE}" by Ada Bell and Cy Dorn, arXiv:2505.08001',
        f"1. “{TITLE},” Ada Bell and Cy Dorn, arXiv:2505.08001",
        f"- «{TITLE}», Ada Bell, Cy Dorn — {LINK}",
        f"- *{TITLE}* by Ada Bell and Cy Dorn ({LINK})",
        f"- _{TITLE}_, Ada Bell, Cy Dorn, [arXiv:2505.08001]({LINK})",
        f"- {TITLE}, by Ada Bell and Cy Dorn. {LINK}",
        f"- {TITLE} - Ada Bell, Cy Dorn - {LINK}",
        f"- {TITLE} (Ada Bell, Cy Dorn) {LINK}",
        f"- {TITLE}. *Ada Bell, Cy Dorn.* [[Paper]({LINK})]",
        f"- Ada Bell, Cy Dorn. *{TITLE}*. {LINK}",
    ],
)
def test_names_beside_a_title(line: str) -> None:
    (entry,) = read(line.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors, entry.summary) == (TITLE, ("Ada Bell", "Cy Dorn"), "")


def test_one_name_behind_a_quoted_title() -> None:
    (entry,) = read(f'- "{TITLE}" by A. Bell, arXiv:2505.08001'.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == (TITLE, ("A. Bell",))


def test_initials_behind_family_names() -> None:
    text = f"- Bell AK, Dorn C. {TITLE}. arXiv:2505.08001"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == (TITLE, ("A. K. Bell", "C. Dorn"))


@pytest.mark.parametrize(
    "title",
    [
        "Stairs - Large Language Models and Human Feedback",
        "Kittens of *Felis catus* On Stairs",
        "Climbing by Design",
        "Stairs. A Short Story",
    ],
)
def test_titles_that_look_as_if_they_had_names(title: str) -> None:
    (entry,) = read(f"- {title} [pdf]({LINK})".encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == (title, ())


def test_sentence_with_commas_is_no_list_of_names() -> None:
    text = f"1. **{TITLE}**, arXiv:2505.08001\n   A short and lovely argument with one picture."
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.authors, entry.summary) == ((), "A short and lovely argument with one picture.")


@pytest.mark.parametrize(
    "number",
    [
        "1️⃣ ", "① ", "第1篇：", "第一篇：", "一、", "1위: ", "1位 ", "#1 - ", "❶ ", "01｜", "（3）",
        "【3】", "No. 3 ", "第3回 ", "第3回：", "论文一：", "（一）", "N°3 ", "№ 3 ", "1．",
        "その1：", "1편. ", "3번째 논문: ", "두 번째 논문: ", "1 – ", "3 ▸ ", "1 · ", "#03｜",
        "[1/3] ", "01_", "Day 3: ", "Top 3. ", "Bài số 3: ", "01 ", "〔3〕",
    ],
)  # fmt: skip
def test_numbers_before_a_title(number: str) -> None:
    text = f"### {number}{TITLE}\n- Link: {LINK}\n"
    assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == [TITLE]


@pytest.mark.parametrize(
    "title", ["3D Stairs", "3-D Stairs", "1/2 Stairs", "No Stairs", "10 Stairs"]
)
def test_numbers_of_a_title_stay(title: str) -> None:
    text = f"### 2. {title} of Old Houses\n- Link: {LINK}\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert entry.title == f"{title} of Old Houses"


def test_badges_are_no_summary() -> None:
    badge = "[![arXiv](https://example.org/a.svg)]"
    text = (
        f"- **{TITLE}** {badge}({LINK}) [![Stars](https://example.org/b.svg)](https://example.org)"
        "\n  Ada Bell, Cy Dorn\n"
    )
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == (TITLE, ("Ada Bell", "Cy Dorn"))
    assert entry.summary == ""


@pytest.mark.parametrize("mark", ["**", "__"])
def test_bold_label_of_a_link(mark: str) -> None:
    text = f"- [{mark}{TITLE}{mark}]({LINK}) - Stairs are quiet."
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.summary) == (TITLE, "Stairs are quiet.")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (
            f"- **{TITLE}** (Ada Bell, Cy Dorn): stairs. [Zum Artikel]({LINK})",
            ("Ada Bell", "Cy Dorn"),
        ),
        (f'- Speaker: Mia — "{TITLE}" (Bell, A. et al., 2025) — {LINK}', ("A. Bell", "et al.")),
        (f'- Speaker: Mia | "{TITLE}" (Bell, A., 2025) | {LINK}', ("A. Bell",)),
        (f"1. **{TITLE}**\n   - 👥 Ada Bell\n   - 🔗 {LINK}", ("Ada Bell",)),
        (f"1. **{TITLE}**\n   - by Ada Bell\n   - {LINK}", ("Ada Bell",)),
        (f"- {TITLE}, *Ada Bell* [[paper]]({LINK})", ("Ada Bell",)),
        (f"2/ {TITLE}\nby Ada Bell\n{LINK}\nStairs.", ("Ada Bell",)),
        (f"[민수] [오전 9:12] {TITLE}\n{LINK}\n", ()),
        (f"[14/05/2025, 9:12:33] {TITLE}\n{LINK}\n", ()),
    ],
)
def test_what_stands_around_a_title(lines: str, authors: tuple[str, ...]) -> None:
    (entry,) = read(lines.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == (TITLE, authors)


def test_titles_in_bold_after_the_list_of_another_paper() -> None:
    papers = "".join(
        f"**{number}. {TITLE} {number}**\n\n* 作者：Ada Bell\n* 链接：{LINK}{number}\n\n"
        for number in range(3)
    )
    entries = read(f"今天的论文：\n\n{papers}".replace("08001", "0800").encode(), "a.md").entries
    assert [entry.title for entry in entries] == [f"{TITLE} {number}" for number in range(3)]


def test_keys_without_accents() -> None:
    record = {"tieu_de": TITLE, "tac_gia": ["Vũ Sơn"], "lien_ket": LINK, "luot_thich": 15}
    (entry,) = read(json.dumps({"bai_bao": [record]}).encode(), "2025-05-14.json").entries
    assert (entry.title, entry.authors, entry.votes) == (TITLE, ("Vũ Sơn",), 15)


def test_numbers_in_bold_before_linked_titles() -> None:
    text = "\n\n".join(
        f"**{number}. [{title}](https://arxiv.org/abs/2505.0800{number})** - by {names}\nStairs."
        for number, title, names in (
            (1, "Quiet Stairs of Houses", "Ada Bell, Cy Dorn"),
            (2, "Loud Stairs of Towers", "Eve Funk, Gil Hart"),
        )
    )
    entries = read(f"# Papers of 2025-05-14\n\n{text}\n".encode(), "digest.md").entries
    assert [(entry.title, entry.authors, entry.summary, entry.date) for entry in entries] == [
        ("Quiet Stairs of Houses", ("Ada Bell", "Cy Dorn"), "Stairs.", "2025-05-14"),
        ("Loud Stairs of Towers", ("Eve Funk", "Gil Hart"), "Stairs.", "2025-05-14"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "**[ICLR 2025]** {title} [[paper]]({link})",
        "**[ICLR'25]** [{title}]({link})",
        "[NeurIPS 2024 Oral] {title} [[paper]]({link})",
        "**[CoRL 2024 (Spotlight)] {title}** [[paper]]({link})",
        "[[ACL Findings 2025] {title}]({link})",
        "`[arXiv 2025]` **{title}** [[paper]]({link})",
        "【CVPR 2025】{title} [[paper]]({link})",
        "(ICLR 2025) [{title}]({link})",
        "**{title} (ICLR 2025)** [[paper]]({link})",
        "**{title} [ICLR 2025 Oral]** [[paper]]({link})",
        "[{title} (2025)]({link})",
        "[{title} (arXiv 2025)]({link})",
    ],
)
def test_venue_beside_a_title(line: str) -> None:
    text = f"# Stairs\n\n- {line.format(title='Quiet Stairs and Loud Ones', link=LINK)}\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs and Loud Ones", ())


@pytest.mark.parametrize(
    "line",
    [
        "[LLM] {title} [[paper]]({link})",
        "[LLM][New] [{title}]({link})",
        "**[Reader's pick] {title}** [[paper]]({link})",
        "【推荐】{title} [[paper]]({link})",
        "`RL` [{title}]({link})",
        "`RL` **{title}** [[paper]]({link})",
    ],
)
def test_tags_before_a_title(line: str) -> None:
    line = line.format(title=TITLE, link=LINK)
    for text in (f"# Stairs\n\n- {line}\n", f"# Stairs\n\n## {line}\n\nThey are old.\n"):
        assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == [TITLE]


@pytest.mark.parametrize(
    "title", ["[CLS] Is All You Hear", "[Re] Quiet Stairs", "[Stairs 101] for Houses"]
)
def test_brackets_of_a_title_stay(title: str) -> None:
    text = f"# Stairs\n\n- **{title}** [[paper]]({LINK})\n"
    assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == [title]


@pytest.mark.parametrize("praise", ["⭐ 856", "(⭐ 1.2k)", "🔥🔥🔥", "⭐", "❤️ ✨", "🆕"])
def test_praise_behind_a_title(praise: str) -> None:
    text = f"## 1. {TITLE} {praise}\n\n- Link: {LINK}\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert entry.title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "- [2505.08001 — {title}](2025-05-14/2505.08001.md)",
        "- [2505.08001: {title}](notes/2505.08001.md)",
        "### 4 [{title}](/posts/quiet-stairs)\n\nNew | #stairs | [arxiv]({link})",
        "- [ ] [{title}](https://example.org/research/stairs) (Feb 3, 2025)\n  - Paper: {link}",
    ],
)
def test_title_that_links_to_something_else(line: str) -> None:
    text = f"# Stairs\n\n{line.format(title=TITLE, link=LINK)}\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", TITLE)


def test_link_that_is_named_by_a_doi() -> None:
    link = "[doi:10.1101/2025.01.02.123456](https://doi.org/10.1101/2025.01.02.123456)"
    text = f"# Stairs\n\n### 1. {TITLE}\n\n- Link: {link}\n\n## Links\n\n- {link} - {TITLE}\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.paper_id, entry.title) == ("doi:10.1101/2025.01.02.123456", TITLE)
