"""Days on lines of their own, and names in cells with the title."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

LINKS = [f"https://arxiv.org/abs/2505.0800{number}" for number in (1, 2, 3)]
TITLES = ["Quiet Stairs in Houses", "Loud Stairs in Towers", "No Stairs at All"]
DAYS = ["2025-05-14", "2025-05-14", "2025-05-15"]


@pytest.mark.parametrize(
    "day_lines",
    [
        ("📅 2025-05-14", "📅 2025-05-15"),
        ("2025년 5월 14일:", "2025년 5월 15일:"),
        ("14 May 2025", "15 May 2025"),
        ("***May 14, 2025 (Wed)***", "***May 15, 2025 (Thu)***"),
        ("2025.05.14", "2025.05.15"),
        ("二〇二五年五月十四日", "二〇二五年五月十五日"),
    ],
)
@pytest.mark.parametrize(
    "paper",
    [
        "**{title}**\n✍️ Ada Bell, Cy Dorn\n{link}\nStairs.",
        "{title}\n{link}\n\nStairs.",
        "- [{title}]({link})\n  Stairs.",
        "| {title} | [pdf]({link}) | Stairs. |",
        "## {title}\n\nLink: {link}\n\nStairs.",
    ],
)
def test_lines_with_days_between_papers(day_lines: tuple[str, str], paper: str) -> None:
    papers = [
        paper.format(title=title, link=link) for title, link in zip(TITLES, LINKS, strict=True)
    ]
    text = "\n\n".join([day_lines[0], *papers[:2], day_lines[1], papers[2]])
    entries = read(text.encode(), "channel.md").entries
    assert [entry.title for entry in entries] == TITLES
    if not paper.startswith("#"):  # what is below a heading belongs to its paper
        assert [entry.date for entry in entries] == DAYS
        assert not any("2025" in entry.summary or "May" in entry.summary for entry in entries)


@pytest.mark.parametrize(
    "column", ["Title & Authors", "Title and Authors", "Title (Authors)", "标题与作者", "제목/저자"]
)
def test_name_in_the_cell_of_the_title(column: str) -> None:
    text = (
        f"| {column} | Links |\n|---|---|\n"
        f"| [**{TITLES[0]}**]({LINKS[0]})<br>Ada Bell | [Paper]({LINKS[0]}) |\n"
    )
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert (entry.title, entry.authors, entry.summary) == (TITLES[0], ("Ada Bell",), "")


@pytest.mark.parametrize(
    "text",
    [
        "# 論文 2025年5月\n\n| 日付 | タイトル |\n|---|---|\n| 5/14 | [{title}]({link}) |\n",
        "## 2025\n### May\n- **[05-14]** {title} [[paper]]({link})\n",
        "## May 2025\n- 05/14: [{title}]({link})\n",
    ],
)
def test_day_without_a_year_below_a_month(text: str) -> None:
    (entry,) = read(text.format(title=TITLES[0], link=LINKS[0]).encode(), "README.md").entries
    assert (entry.title, entry.date) == (TITLES[0], "2025-05-14")
