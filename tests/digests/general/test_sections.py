"""Papers below headings that say when or what for, and what looks like a heading."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"


@pytest.mark.parametrize(
    "fields",
    [
        "*Presenter:* Mia\n\n*Paper:* [{title}]({link})\n\n*Authors:* Ada Bell, Cy Dorn",
        "- Presenter: Mia\n- Paper: [{title}]({link})\n- Authors: Ada Bell, Cy Dorn",
        "**Title:** {title}\n**Authors:** Ada Bell, Cy Dorn\n**Link:** {link}",
        "**Paper:** {title}\n**Authors:** Ada Bell, Cy Dorn\n**Link:** {link}",
        "発表者: 森\n論文: [{title}]({link})\n著者: Ada Bell, Cy Dorn",
        "_Статья: [{title}]({link})_\n_Авторы: Ada Bell, Cy Dorn_",
    ],
)
@pytest.mark.parametrize("heading", [DAY, "Session 3 (14 May 2025)", "Week 5: May 14, 2025"])
def test_fields_of_a_paper_below_a_day(fields: str, heading: str) -> None:
    paper = fields.format(title=TITLE, link=LINK)
    text = f"# Reading group\n\n## {heading}\n\n{paper}\n\nNotes:\n\n- Nobody knew.\n"
    (entry,) = read(text.encode(), "group.md").entries
    assert (entry.title, entry.date) == (TITLE, DAY)
    assert entry.authors == ("Ada Bell", "Cy Dorn")
    assert "Nobody knew." in entry.summary


def test_title_in_a_field_below_a_short_heading() -> None:
    text = f"## Stairs\n\n**Title:** {TITLE}\n**Link:** {LINK}\n"
    assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == [TITLE]


def test_translated_title_in_a_field_is_not_the_title() -> None:
    text = f"## Quiet Stairs\n\n**标题:** 安静的 楼梯 在 房子 里\n**Link:** {LINK}\n"
    assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == ["Quiet Stairs"]


@pytest.mark.parametrize("tags", ["#stairs #to-read", "#stairs", "#계단 #읽기", "#stairs/indoor"])
def test_tags_are_no_headings(tags: str) -> None:
    text = f"# Notes\n\n## {TITLE}\narxiv:: {LINK}\n{tags}\n\nStairs are quiet.\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert entry.title == TITLE
    assert "Stairs are quiet." in entry.summary


def test_headings_without_spaces() -> None:
    text = f"#Papers\n##{TITLE}\nlink: {LINK}\n"
    assert [entry.title for entry in read(text.encode(), f"{DAY}.md").entries] == [TITLE]


@pytest.mark.parametrize("heading", ["{}\n{}", "{1}\n{0}\n{1}"])
def test_underline_of_a_heading_is_not_in_the_summary(heading: str) -> None:
    text = "Papers of 2025-05-14\n====================\n\n" + "\n".join(
        f"{heading.format(title, '-' * len(title))}\n\nLink: https://arxiv.org/abs/{number}\n\n"
        "Stairs.\n"
        for number, title in (("2505.08001", "Quiet Stairs"), ("2505.08002", "Loud Stairs"))
    )
    entries = read(text.encode(), "digest.md").entries
    assert [(entry.title, entry.summary) for entry in entries] == [
        ("Quiet Stairs", "Stairs."),
        ("Loud Stairs", "Stairs."),
    ]


def test_lines_in_bold_that_every_paper_has() -> None:
    titles = ["Quiet Stairs in Old Houses", "Loud Stairs in Old Houses", "Long Stairs in Towns"]
    text = "# Digest\n\nGenerated: 2025-05-14 13:51 / 3 papers\n\n## Stairs\n\n" + "".join(
        f"### {title}\n\narXiv 2025 / Stairs\n\n**What is new**\n\nStairs.\n\n"
        f"**Why read it**\n\nThey are old.\n\n- Paper: https://arxiv.org/abs/2505.0800{number}\n\n"
        for number, title in enumerate(titles)
    )
    entries = read(text.encode(), "papers.md").entries
    assert [entry.title for entry in entries] == titles
    assert all("**Why read it**\n\nThey are old." in entry.summary for entry in entries)
    assert {entry.date for entry in entries} == {"2025-05-14"}
