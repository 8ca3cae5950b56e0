"""Authors on lines with other things: a label, links, or an element of HTML."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"
NAMES = ("Ada Bell", "Cy Dorn")
CODE = "[code](https://example.org/a)"


@pytest.mark.parametrize(
    "line",
    [
        f"Ada Bell, Cy Dorn. [arXiv:2505.08001]({LINK})",
        f"Ada Bell and Cy Dorn. [arXiv:2505.08001]({LINK}), {CODE}",
        f"*Ada Bell, Cy Dorn.* [PDF]({LINK}) / {CODE}",
        f"Ada Bell, Cy Dorn (2025). {LINK}",
        f"Ada Bell, Cy Dorn, ICLR 2025. [link]({LINK})",
        f"Ada Bell、Cy Dorn。[arXiv]({LINK})",
        f"[arXiv]({LINK}) Ada Bell, Cy Dorn",
        f"by Ada Bell and Cy Dorn [arXiv]({LINK})",
        "Ada Bell and Cy Dorn, arXiv:2505.08001",
        f"**Ada Bell, Cy Dorn** ([arXiv]({LINK}), {CODE})",
        f"著者: Ada Bell, Cy Dorn　[論文]({LINK})",
        f"作者：Ada Bell，Cy Dorn；链接：{LINK}",
        f"Ada Bell, Cy Dorn · cs.RO · {LINK}",
        f"Ada Bell, Cy Dorn (cs.RO, cs.CV) [arXiv]({LINK})",
        f"저자: Ada Bell, Cy Dorn / 링크: {LINK}",
        f"Authors: Ada Bell, Cy Dorn. Link: {LINK}",
        f"[作者] Ada Bell，Cy Dorn\n  {LINK}",
    ],
)
@pytest.mark.parametrize("start", ["### {}\n\n", "- **{}**\n  "])
def test_names_beside_links(start: str, line: str) -> None:
    text = (
        f"# Notes\n\n## 14 May 2025\n\n{start.format(TITLE)}{line}\n\n"
        "  It starts from [an older paper](https://arxiv.org/abs/2311.04512), which I should read."
    )
    (entry,) = read(text.encode(), "notes.md").entries
    assert (entry.paper_id, entry.title, entry.authors) == ("2505.08001", TITLE, NAMES)
    assert entry.date == "2025-05-14"
    assert "an older paper" in entry.summary


def test_prose_with_a_link_names_no_paper() -> None:
    text = "# Notes\n\n## 14 May 2025\n\n### Stairs\n\nWe read Bell and Dorn, see <{}> and more.\n"
    assert read(text.format(LINK).encode(), "notes.md").entries == ()


@pytest.mark.parametrize("written", ["Survey", "Dataset", "Paper"])
def test_tag_in_brackets_before_a_title_is_no_label(written: str) -> None:
    text = f"# Notes\n\n- [{written}] {TITLE} {LINK}\n- [{written}] Loud Stairs {LINK[:-1]}2\n"
    assert len(read(text.encode(), "2025-05-14.md").entries) == 2


def test_labels_of_html_stay_in_their_item() -> None:
    papers = "".join(
        f'<h2>{day} May 2025</h2><ul>\n<li><a href="{LINK[:-1]}{day - 13}">{title}</a><br>\n'
        f'<span class="authors">{names}</span></li></ul>\n'
        for day, title, names in [(14, TITLE, "Ada Bell, Cy Dorn"), (15, "Loud Stairs", "Eva Fox")]
    )
    entries = read(f"<html><body>{papers}</body></html>".encode(), "index.html").entries
    assert [(entry.title, entry.authors, entry.date) for entry in entries] == [
        (TITLE, NAMES, "2025-05-14"),
        ("Loud Stairs", ("Eva Fox",), "2025-05-15"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "**{title}**. *Ada Bell, Cy Dorn.* ICLR 2025. [[paper]]({link})",
        "[{title}]({link}) - *Ada Bell, Cy Dorn* `arXiv` `RL`",
        "[{title}]({link}), Ada Bell, Cy Dorn, arXiv 2025",
        "[{title}]({link}), Ada Bell, Cy Dorn, arXiv preprint 2025",
        "**{title}** (ICLR 2025), *Ada Bell, Cy Dorn* [[paper]]({link})",
        "[{title}]({link})\n  - Ada Bell, Cy Dorn\n  - They measure stairs.",
    ],
)
def test_names_and_venue_of_an_item(line: str) -> None:
    item = line.format(title="Quiet Stairs in Houses", link="https://arxiv.org/abs/2505.08001")
    (entry,) = read(f"# Stairs\n\n- {item}\n".encode(), "2025-05-14.md").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs in Houses", ("Ada Bell", "Cy Dorn"))


@pytest.mark.parametrize(
    "line",
    [
        "**{title}** (ICLR 2025) [[paper]]({link})",
        "[{title}]({link})\n  - Stairs, ladders\n  - They measure stairs.",
        "[{title}]({link})\n  - They measure stairs, and more.",
    ],
)
def test_venue_and_remarks_of_an_item_are_no_names(line: str) -> None:
    item = line.format(title="Quiet Stairs in Houses", link="https://arxiv.org/abs/2505.08001")
    (entry,) = read(f"# Stairs\n\n- {item}\n".encode(), "2025-05-14.md").entries
    assert entry.authors == ()


@pytest.mark.parametrize("name", ["박지민", "山本彩", "渡辺さくら", "陈思远", "E Lindberg"])
def test_one_name_where_other_papers_have_names(name: str) -> None:
    text = (
        f"- [{TITLE}]({LINK}) (Ada Bell, Cy Dorn)\n- [Loud Stairs]({LINK[:-1]}2) ({name})\n"
        f"- [Soft Stairs of Houses]({LINK[:-1]}3) (필독)\n- [A Stair]({LINK[:-1]}4) (最新版)\n"
    )
    entries = read(text.encode(), "2025-05-14.md").entries
    assert [entry.authors for entry in entries] == [NAMES, (name,), (), ()]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("赵磊、孙悦；浙江大学", ("赵磊", "孙悦")),
        ("何静；北京大学", ("何静",)),
        ("Ada Bell; MIT", ("Ada Bell",)),
        ("Ada Bell, Cy Dorn; University of Essex", NAMES),
        ("Ada Bell; Cy Dorn", NAMES),
    ],
)
@pytest.mark.parametrize(
    "line", ["- **[{title}]({link})** — {names} 🔥", "- [{title}]({link})\n  - Authors: {names}"]
)
def test_institution_behind_names(line: str, written: str, names: tuple[str, ...]) -> None:
    text = line.format(title=TITLE, link=LINK, names=written)
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert entry.authors == names


@pytest.mark.parametrize("label", ["비고", "备注", "備考", "コメント", "Ghi chú", "Anmerkung"])
def test_column_of_remarks(label: str) -> None:
    columns = f"| Paper | Authors | {label} |\n|---|---|---|\n"
    text = f"{columns}| [{TITLE}]({LINK}) | Ada Bell | online |\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert "online" in entry.summary


@pytest.mark.parametrize(
    ("label", "authors"),
    [
        ("Roe et al. — Quiet Stairs in Houses (arXiv:2505.08001)", ("Roe", "et al.")),
        ("Jane Roe et al., 2025: Quiet Stairs in Houses", ("Jane Roe", "et al.")),
        ("Quiet Stairs in Houses (arXiv 2505.08001)", ()),
    ],
)
def test_names_before_the_title_of_a_link(label: str, authors: tuple[str, ...]) -> None:
    text = f"# Reading\n\n- [{label}]({LINK})\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert (entry.title, entry.authors) == (TITLE, authors)


def test_names_behind_an_id() -> None:
    names = "Ada Bell, Cy Dorn (Example University / Lab)"
    text = f"# {TITLE}\n\n**arXiv:2505.08001v2** (2025) — {names}\n\n## 1. Problem\n\nStairs.\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert (entry.title, entry.authors) == (TITLE, NAMES)


@pytest.mark.parametrize("bracket", ["({names}, ICLR 2024)", "（{names}, ICLR 2024）", "({names})"])
def test_names_in_brackets_behind_the_title_in_a_field(bracket: str) -> None:
    names = bracket.format(names="Ada Bell, Cy Dorn")
    paper = f"> 论文：**{TITLE}**{names}\n> 论文链接：<{LINK}>"
    text = f"# 安静楼梯 详解：可解释的楼梯\n\n{paper}\n\n---\n\n楼梯。\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert (entry.title, entry.authors) == (TITLE, NAMES)
    assert "安静楼梯 详解" in entry.summary
