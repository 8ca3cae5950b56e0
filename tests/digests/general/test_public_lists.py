"""Lists and pages that people keep in public, in layouts of their own."""

from __future__ import annotations

import pytest

from tui.digests.reader import read
from tui.models import Entry

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
OTHER = "https://arxiv.org/abs/2505.08002"


def entries(text: str, path: str = f"{DAY}.md") -> list[Entry]:
    return list(read(text.encode(), path).entries)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("arXiv 2023.10, Quiet Stairs in Old Houses, [arXiv]({})", "Quiet Stairs in Old Houses"),
        ("ICML 2023 oral, Quiet Stairs in Houses, [arXiv]({})", "Quiet Stairs in Houses"),
        ("CoRL 2023, **QST**: a Quiet Stairs Benchmark for Houses, [arXiv]({})",
         "QST: a Quiet Stairs Benchmark for Houses"),
        ("The **quiet stairs** of old houses at night, [arXiv]({})",
         "The quiet stairs of old houses at night"),
        ("**Quiet Stairs**: they are in old houses, and quiet. [arXiv]({})", "Quiet Stairs"),
    ],
)  # fmt: skip
def test_titles_between_venues_names_and_links(line: str, title: str) -> None:
    (entry,) = entries(f"# Papers\n\n- {line.format(LINK)}\n", "README.md")
    assert entry.title == title
    assert entry.date == ("2023-10-01" if line.startswith("arXiv") else "0001-01-01")


def test_pages_of_a_conference_are_no_papers() -> None:
    text = (
        "# Papers\n\n- [ICLR 2024 submissions](https://openreview.net/group?id=ICLR.cc/2024)\n"
        "- [NeurIPS 2023 papers](https://neurips.cc/virtual/2023/papers.html)\n"
        "- [ICCV 2023 accepted](https://openaccess.thecvf.com/ICCV2023?day=all)\n"
        f"- [Quiet Stairs in Old Houses]({LINK})\n"
    )
    assert [entry.paper_id for entry in entries(text)] == ["2505.08001"]


@pytest.mark.parametrize("venue", ["arXiv", "ICLR 2025", "Nature"])
def test_names_with_an_institution_before_et_al(venue: str) -> None:
    names = f"*Ada Bell(University of Example) et al. {venue}.*"
    (entry,) = entries(f"# Papers\n\n- [2025/05] **Quiet Stairs.** {names}[[paper]({LINK})]\n")
    assert (entry.title, entry.authors) == ("Quiet Stairs", ("Ada Bell", "et al."))


def test_papers_in_quotations() -> None:
    paper = (
        "> ### {}. {} Stairs: Counting from a Single Step\n>\n"
        "> | 属性 | 内容 |\n> |:---:|:---|\n"
        "> | 📅 发布日期 | 2025-05-14 |\n> | 👤 作者 | Ada Bell |\n>\n"
        "> **📄 摘要：**\n> Stairs.\n>\n"
        "> 🔗 [阅读论文]({})\n\n---\n\n"
    )
    text = "# Stairs Daily\n\n## 📑 论文列表\n\n"
    text += paper.format(1, "Quiet", LINK) + paper.format(2, "Loud", OTHER)
    assert [(entry.title, entry.authors, entry.date) for entry in entries(text, "README.md")] == [
        ("Quiet Stairs: Counting from a Single Step", ("Ada Bell",), DAY),
        ("Loud Stairs: Counting from a Single Step", ("Ada Bell",), DAY),
    ]


def test_link_above_the_title_and_remarks_below() -> None:
    text = (
        f"좋은 논문 두 편.\n\n{LINK}\nQuiet Stairs: Making Houses Rest\n\n"
        "계단이 조용하다. 오래되었다.\n\n"
        "https://openreview.net/forum?id=1FvkSpWosOl\nAre Stairs Better Than Lifts?\n\n"
        "또 계단이다.\n"
    )
    quiet, better = entries(text, f"{DAY}.md")
    assert (quiet.title, better.title) == (
        "Quiet Stairs: Making Houses Rest", "Are Stairs Better Than Lifts?",
    )  # fmt: skip
    assert "계단이 조용하다." in quiet.summary


def test_headings_with_wide_spaces_and_links_at_the_end_of_each_section() -> None:
    section = (
        "## {} Stairs: Diffusion  Models of Houses\n\n"
        "**1. 介绍本文的主要工作：**\n\n提出了楼梯。\n\n"
        "**2. 核心关键词：**\n\n- `Stairs`\n\n"
        "[到 Huggingface 论文主页查看详情](https://huggingface.co/papers/{})\n"
    )
    text = "# 每日论文速览\n\n" + "".join(
        section.format(word, paper_id)
        for word, paper_id in {
            "Quiet": "2505.08001", "Loud": "2505.08002", "Long": "2505.08003",
        }.items()
    )  # fmt: skip
    assert [entry.title for entry in entries(text)] == [
        f"{word} Stairs: Diffusion Models of Houses" for word in ("Quiet", "Loud", "Long")
    ]


def test_day_of_an_update_in_a_section_far_above() -> None:
    text = (
        "# Daily Papers of Ours\n\n"
        + "## Why\n\nFor you.\n\n" * 9
        + "## Statistics\n\n**Last Updated:** May 14, 2025\n\n## Papers\n\n"
        + f"### Quiet Stairs\n\n**Links:** [arXiv]({LINK})\n\n"
        + f"### Loud Stairs\n\n**Links:** [arXiv]({OTHER})\n"
    )
    assert [entry.date for entry in entries(text, "README.md")] == [DAY] * 2


@pytest.mark.parametrize("title", ["Quiet Stairs ({})", "Quiet Stairs ([Link]({}))"])
def test_address_in_brackets_behind_a_title(title: str) -> None:
    link = "https://eprint.iacr.org/2024/418"
    text = f"---\ntitle: This Week\ndate: {DAY}\n---\n\n# {title.format(link)}\n\nI read it.\n\n"
    text += f"# {title.replace('Quiet', 'Loud').format(link[:-1] + '9')}\n\nI read it, too.\n"
    assert [entry.title for entry in entries(text)] == ["Quiet Stairs", "Loud Stairs"]
    (entry,) = entries(f"### {title.format(LINK)}\n- **What's New**: Stairs.\n")
    assert entry.title == "Quiet Stairs"


def test_pages_of_the_same_site_that_are_named_by_ids() -> None:
    cards = "".join(
        f"<a class='card' href='../paper/{paper_id}.html'><h3>{word} Stairs of Houses</h3>\n"
        f"<p class='tldr'>계단 {word}.</p></a>\n"
        for word, paper_id in {"Quiet": "2505.08001", "Loud": "2505.08002"}.items()
    )
    found = entries(
        f"<!doctype html><html><body><h1>Issue</h1>{cards}</body></html>", f"{DAY}.html"
    )
    assert {entry.paper_id for entry in found} == {"2505.08001", "2505.08002"}


@pytest.mark.parametrize("votes", ["<span>👍 231</span>", "<span class='likes'>231</span>"])
def test_votes_of_a_page_beside_other_words(votes: str) -> None:
    cards = "".join(
        f"<a href='{link}'><h3>{word} Stairs of Houses</h3>\n"
        f"<div>{votes}<span>계단</span><span>소리</span>"
        "<span class='date'>2025.05.14</span></div></a>"
        for word, link in {"Quiet": LINK, "Loud": OTHER}.items()
    )
    found = entries(f"<!doctype html><html><body>{cards}</body></html>", "page.html")
    assert [(entry.votes, entry.date) for entry in found] == [(231, DAY)] * 2


@pytest.mark.parametrize("comments", ["# Papers to read\n#\n# One link per line.\n", "# To read\n"])
def test_links_on_lines_below_comments(comments: str) -> None:
    links = f"{LINK}\n{OTHER}\n\n{LINK[:-1]}3\n"
    found = entries(comments + links, "papers.txt")
    assert [entry.paper_id for entry in found] == ["2505.08001", "2505.08002", "2505.08003"]
    assert {entry.title for entry in found} == {None}


def test_days_and_examples_among_the_comments_of_a_list() -> None:
    text = f"# One link per line:\n# 2501.12345\n\n# {DAY}\n{LINK}\n{OTHER}\n{LINK[:-1]}3\n"
    assert [(entry.paper_id, entry.date) for entry in entries(text, "papers.txt")] == [
        ("2505.08001", DAY), ("2505.08002", DAY), ("2505.08003", DAY),
    ]  # fmt: skip


def test_headings_above_each_link_are_titles() -> None:
    text = f"# Quiet Stairs of Houses\n{LINK}\n# Loud Stairs of Houses\n{OTHER}\n"
    assert [entry.title for entry in entries(text, "papers.txt")] == [
        "Quiet Stairs of Houses", "Loud Stairs of Houses",
    ]  # fmt: skip


@pytest.mark.parametrize("venue", ["bioRxiv", "Nature", "medRxiv 2025", "ICLR 2025"])
@pytest.mark.parametrize("names", ["Bell, Dorn et al.", "Ada Bell, Cy Dorn"])
def test_names_and_a_venue_in_brackets(names: str, venue: str) -> None:
    (entry,) = entries(f"# Log\n\n- [x] **Quiet Stairs of Houses** ({names}, {venue}) {LINK}\n")
    assert " ".join(entry.authors) == names.replace(",", "")


def test_titles_in_bold_links_alone_in_their_sections() -> None:
    paper = "**[{} Stairs of Houses]({})** (발표: 지훈)\n- **TL;DR**: 계단이 조용하다.\n\n"
    text = f"# Paper Club (2025-05-14)\n\n## Systems\n\n{paper.format('Quiet', LINK)}"
    text += f"## Agents\n\n{paper.format('Loud', 'https://openreview.net/forum?id=1FvkSpWosOl')}"
    text += f"## Theory\n\n{paper.format('Long', OTHER)}## Next\n\n다음 주는 쉽니다.\n"
    assert [entry.title for entry in entries(text, "club.md")] == [
        f"{word} Stairs of Houses" for word in ("Quiet", "Loud", "Long")
    ]


def test_a_line_of_authors_in_italics_ends_where_they_end() -> None:
    names = "Jonathan Reyes, Nguyễn Thị Minh Châu, Astrid Bakke"
    text = f"# Bản tin 14/05/2025\n\n1. **[Quiet Stairs]({LINK})** (👍 53)\n   *Tác giả: {names}*\n"
    text += "   Nhóm tác giả cài những bí mật, không cần truy cập trọng số.\n"
    (entry,) = entries(text)
    assert entry.authors == tuple(names.split(", "))


REPORT = "https://lab.example.org/reports/stairs-2.pdf"


@pytest.mark.parametrize(
    "item",
    [
        "- **Quiet Stairs: A Report** Ada Bell, Cy Dorn. [[Paper]({})] [[Code](https://x.org)]",
        "- **Quiet Stairs: A Report**<br>\n  *Ada Bell, Cy Dorn*<br>\n  2026. [[Paper]({})]",
        "- [[PDF]({})] **Quiet Stairs: A Report**, Ada Bell, Cy Dorn",
    ],
)
def test_links_that_say_paper_lead_to_one_in_a_list_of_papers(item: str) -> None:
    others = f"- **Loud Walls**. [[Paper]({LINK})]\n- **Old Doors**. [[Paper]({OTHER})]\n"
    tools = f"- **A Tool** [[Code]({REPORT})]\n- Talks: [[paper]({REPORT})] [[paper](https://y.org/2.pdf)]"
    reports = f"## Reports\n\n{item.format(REPORT)}\n"
    text = f"# Awesome\n\n## A\n\n{others}\n{reports}\n## Tools\n\n{tools}\n"
    loud, old, report = entries(text, "README.md")
    assert (loud.title, old.title) == ("Loud Walls", "Old Doors")
    assert report.paper_id == f"url:{REPORT}"
    assert report.title == "Quiet Stairs: A Report"
    assert report.authors == ("Ada Bell", "Cy Dorn")


def test_links_that_say_paper_are_no_papers_elsewhere() -> None:
    text = f"# A Project\n\n- **Quiet Stairs** [[Paper]({REPORT})]\n\nAfter [it]({LINK}).\n"
    assert not [e for e in entries(text, "README.md") if e.paper_id.startswith("url:")]


@pytest.mark.parametrize(
    "item",
    [
        "**Resources**: [Paper]({})",
        "Links: [Paper]({}) and [Code](https://x.org)",
        "Our post about the [paper]({}) of last week",
        "Code of the demo, see the [PDF]({})",
    ],
)
def test_sentences_with_a_link_that_says_paper_are_no_papers(item: str) -> None:
    papers = f"- [Quiet Stairs in Houses]({LINK})\n- [Loud Stairs in Houses]({OTHER})\n"
    text = f"# Reading\n\n{papers}\nFurther:\n\n- {item.format(REPORT)}\n"
    assert [e.title for e in entries(text)] == ["Quiet Stairs in Houses", "Loud Stairs in Houses"]
