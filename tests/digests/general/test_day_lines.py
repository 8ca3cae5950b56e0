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
    "line",
    [
        "**Wednesday, May 14, 2025**",
        "**2025年5月14日（水）**",
        "**2025년 5월 14일 (수)**",
        "**星期三，2025年5月14日**",
        "**Thứ Tư, ngày 14 tháng 5 năm 2025**",
        "**Issue 41 · May 14, 2025**",
        "**2025-05-14 | Issue 41 | 3 papers**",
        "*No. 41 – 14.05.2025*",
        "- **日期**：2025-05-14",
        "- 2025-05-14",
        "###### 2025-05-14",
        "发行日：2025年5月14日",
        "**対象期間：2025年5月8日〜2025年5月14日**",
        "**Period: 8–14 May 2025**",
        "**기간: 2025년 5월 8일 ~ 5월 14일**",
    ],
)
def test_day_above_all_papers(line: str) -> None:
    papers = "\n".join(
        f"### {number}. {title}\n\nStairs.\n\n[Paper]({link})\n"
        for number, (title, link) in enumerate(zip(TITLES, LINKS, strict=True), start=1)
    )
    text = f"# Slow Stairs\n\n{line}\n\nHello again, and enjoy.\n\n## Papers\n\n{papers}"
    entries = read(text.encode(), "issues/41.md").entries
    assert [(entry.title, entry.date) for entry in entries] == [(t, DAYS[0]) for t in TITLES]


def test_day_of_a_part_without_papers_is_not_that_of_the_next_ones() -> None:
    text = f"# Stairs\n\n## 2025-05-14\n\nNo papers.\n\n## Later\n\n- [{TITLES[0]}]({LINKS[0]})\n"
    assert read(text.encode(), "notes.md").entries[0].date != "2025-05-14"


@pytest.mark.parametrize(
    "heading", ["25.05.14 세미나", "250514(수) 논문", "14-May-25", "14/5/25", "2025-05-14T09:00"]
)
def test_day_in_a_heading(heading: str) -> None:
    text = f"# Stairs\n\n## {heading}\n\n- [{TITLES[0]}]({LINKS[0]})\n"
    assert read(text.encode(), "notes.md").entries[0].date == "2025-05-14"


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


@pytest.mark.parametrize("paper", ["[{title}]({link})\n{day}\n", "{title}\n{link}\n{day}\n"])
def test_day_below_the_link_of_each_paper(paper: str) -> None:
    days = ["2025-05-14", "2025-05-16", "2025-05-15"]
    papers = [
        paper.format(title=title, link=link, day=day)
        for title, link, day in zip(TITLES, LINKS, days, strict=True)
    ]
    text = "# Stairs\n\n## Houses\n\n" + "\n".join(papers)
    entries = read(text.encode(), "stairs.md").entries
    assert [(entry.title, entry.date) for entry in entries] == [*zip(TITLES, days, strict=True)]


@pytest.mark.parametrize(
    "line", ["**Last updated: 2025.05.14**", "> Last modified: May 14, 2025", "Updated: 2025-05-14"]
)
def test_day_of_the_last_update_is_the_only_one(line: str) -> None:
    text = f"# Stairs\n\n{line}\n\n## Houses\n\n- [{TITLES[0]}]({LINKS[0]})\n"
    (entry,) = read(text.encode(), "stairs.md").entries
    assert entry.date == "2025-05-14"
    dated = text.replace("- [", "- 2024-03-02: [")
    assert [entry.date for entry in read(dated.encode(), "stairs.md").entries] == ["2024-03-02"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("29/03", "05/04"), ["2021-03-29", "2021-04-05"]),
        (("03/29", "04/05"), ["2021-03-29", "2021-04-05"]),
        (("04/05", "05/04"), ["2021-04-05", "2021-05-04"]),
    ],
)
def test_days_and_months_without_a_year(days: tuple[str, str], expected: list[str]) -> None:
    rows = "".join(
        f"| {day} | [Quiet Stairs in Houses](https://arxiv.org/abs/2103.0800{number}) |\n"
        for number, day in enumerate(days)
    )
    text = f"## Schedule 2021\n\n| Date | Paper |\n|---|---|\n{rows}"
    assert [entry.date for entry in read(text.encode(), "index.md").entries] == expected


@pytest.mark.parametrize("below", ["14 April", "04/05", "05/14", "**04/05**"])
def test_days_below_a_date_that_may_be_read_in_two_ways(below: str) -> None:
    text = (
        "# Digest of 03/04/2025\n\n"
        f"{below}\n\n- [Quiet Stairs in Houses](https://arxiv.org/abs/2504.08001)\n"
        f"- {below}: [Loud Stairs in Houses](https://arxiv.org/abs/2504.08002)\n"
    )
    days = [entry.date for entry in read(text.encode(), "index.md").entries]
    assert len(days) == 2
    assert all(day.startswith("2025-0") for day in days)
