"""Authors in several fields, or in the list below a label."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
NAMES = ("Ada Bell", "Cy Dorn", "Eve Funk")


def authors(fields: str) -> tuple[str, ...]:
    text = f"# 2025-05-14\n\n## Quiet Stairs in Houses\n\n{fields}\n- Link: {LINK}\n\nQuiet.\n"
    (entry,) = read(text.encode(), "notes.md").entries
    assert "Ada Bell" not in entry.summary
    assert "Eve Funk" not in entry.summary
    return entry.authors


@pytest.mark.parametrize(
    ("first", "corresponding", "others"),
    [
        ("First author", "Corresponding author", "Other authors"),
        ("第一作者", "通讯作者", "其他作者"),
        ("筆頭著者", "責任著者", "共著者"),
        ("제1저자", "교신저자", "공동저자"),
    ],
)
def test_a_label_for_each_role(first: str, corresponding: str, others: str) -> None:
    lines = f"- {first}: Ada Bell (Example Lab)\n- {corresponding}: Cy Dorn\n"
    assert authors(f"{lines}- {others}: Eve Funk, Cy Dorn") == NAMES
    assert authors(f"{lines}- {others}:\n  - Eve Funk (Example Lab)") == NAMES


def test_first_author_beside_all_authors() -> None:
    assert authors("- First author: Cy Dorn\n- Authors: Ada Bell, Cy Dorn, Eve Funk") == NAMES


@pytest.mark.parametrize("label", ["Authors:", "**Authors:**", "作者："])
def test_list_below_a_label(label: str) -> None:
    assert authors(f"{label}\n- Ada Bell (Example Lab)\n- Cy Dorn\n- Eve Funk\n") == NAMES


@pytest.mark.parametrize("label", ["Links:", "**Links:**", "**链接：**"])
def test_links_in_a_list_below_a_label(label: str) -> None:
    paper = (
        "## {}\n\n**Authors:** Ada Bell, Cy Dorn\n\n{}\n- [paper](https://arxiv.org/abs/{})\n"
        "- [code](https://github.com/example/stairs)\n\nStairs are quiet.\n\n"
    )
    titles = ["Quiet Stairs in Houses", "Loud Stairs in Houses"]
    text = "# 2025-05-14\n\n" + "".join(
        paper.format(title, label, paper_id)
        for title, paper_id in zip(titles, ("2505.08001", "2505.08002"), strict=True)
    )
    assert [entry.title for entry in read(text.encode(), "notes.md").entries] == titles
