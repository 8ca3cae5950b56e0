"""Posts about one paper, whose title is in their front matter."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
OTHER = "https://arxiv.org/abs/2301.00001"
TEXT = "Stairs of old houses are climbed without a sound."
FRONT = f'title: "Quiet Stairs of Old Houses"\ndate: {DAY}\n'


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("", f"[Paper]({LINK}) | [Code](https://github.com/lab/stairs)"),
        ("", f"- [arXiv]({LINK})\n- [Code](https://github.com/lab/stairs)"),
        ("", f"## Links\n\n- [arXiv]({LINK})\n"),
        ("", f"{LINK}\n\n## References\n\n- {OTHER}"),
        ("params:\n  arxiv: '2505.08001'\n", ""),
        ("extra:\n  paper_url: " + LINK + "\n  authors: [Ada Bell]\n", ""),
        ("links:\n  - name: arXiv\n    url: " + LINK + "\n", ""),
        (f"links:\n  - name: Code\n    url: https://x.org\n  - name: PDF\n    url: {LINK}\n", ""),
    ],
)
def test_post_about_a_paper(fields: str, body: str) -> None:
    text = f"---\n{FRONT}{fields}---\n\n{body}\n\n{TEXT}\n"
    (entry,) = read(text.encode(), "content/posts/stairs.md").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs of Old Houses")
    assert entry.date == DAY
    assert TEXT in entry.summary


@pytest.mark.parametrize("table", ["params", "extra"])
def test_table_in_toml(table: str) -> None:
    text = (
        f'+++\ntitle = "Quiet Stairs"\ndate = {DAY}\n[{table}]\narxiv = "2505.08001"\n+++\n{TEXT}'
    )
    (entry,) = read(text.encode(), "content/stairs.md").entries
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "Quiet Stairs", DAY)
    assert entry.summary == TEXT


def test_authors_with_names_are_no_papers() -> None:
    names = "authors:\n  - name: Ada Bell\n  - name: Cy Dorn\n"
    text = f"---\n{FRONT}{names}---\n[Paper]({LINK})\n\n{TEXT}\n"
    (entry,) = read(text.encode(), "content/stairs.md").entries
    assert entry.authors == ("Ada Bell", "Cy Dorn")


def test_list_whose_items_have_titles_is_one_of_papers() -> None:
    papers = f"papers:\n  - title: Stairs\n    url: {LINK}\n  - title: Walls\n    url: {OTHER}\n"
    text = f"---\ntitle: Weekly Reading of Ours\ndate: {DAY}\n{papers}---\nEnjoy!\n"
    entries = read(text.encode(), "content/weekly.md").entries
    assert {entry.title for entry in entries} == {"Stairs", "Walls"}


@pytest.mark.parametrize("body", [f"- {LINK}\n- {OTHER}", f"We read [a paper]({LINK}) with joy."])
def test_post_with_several_links_or_a_mention_is_not_about_a_paper(body: str) -> None:
    text = f"---\n{FRONT}---\n\n{body}\n"
    titles = [entry.title for entry in read(text.encode(), "content/stairs.md").entries]
    assert "Quiet Stairs of Old Houses" not in titles


def test_only_paper_that_a_post_links_to_by_its_title() -> None:
    front = f"---\ntitle: Thoughts on Stairs\ndate: {DAY}\n---\n\n"
    post = (
        f"Today I read [Quiet Stairs in Houses]({LINK}), and liked it.\n\n## Intro\n\n"
        "Stairs are good, and they are what this post is about, besides the paper above.\n"
    )
    (entry,) = read((front + post).encode(), "post.md").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs in Houses")
    assert entry.date == DAY
    assert "## Intro" in entry.summary
    assert not read(post.encode(), "post.md").entries
    other = f"{post}\nIt cites [an older paper](https://arxiv.org/abs/2401.00001) more than once.\n"
    assert not read((front + other).encode(), "post.md").entries


def test_note_about_a_paper_of_a_publisher() -> None:
    link = "https://www.nature.com/articles/s41928-026-01662-9"
    text = f"---\ntitle: Quiet Stairs in Houses\ndate: {DAY}\nsource: {link}\n---\n\nStairs.\n"
    (entry,) = read(text.encode(), "stairs.md").entries
    assert (entry.paper_id, entry.title) == (
        "doi:10.1038/s41928-026-01662-9", "Quiet Stairs in Houses",
    )  # fmt: skip


def test_source_in_the_last_section_of_a_note() -> None:
    front = f"---\ntitle: 조용한 계단\ndate: {DAY}\n---\n\n# 조용한 계단\n\n계단이 조용하다.\n"
    text = f"{front}\n## 원본\n\n- 출처: {LINK}\n- 신뢰도: ⭐⭐\n"
    (entry,) = read(text.encode(), "note.md").entries
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "조용한 계단", DAY)
