"""Titles in the table: whole if possible, without LaTeX, and before all other columns."""

from __future__ import annotations

import pytest

from tests.bench.titles import share_cut
from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.settings import Settings
from tui.marks.edits import set_tags
from tui.marks.store import MarkStore
from tui.models import Paper
from tui.query.columns import COLUMNS

LENGTHS = (41, 52, 58, 63, 66, 68, 71, 72, 74, 77, 79, 81, 88, 97, 106)
"""Cells of the titles of a usual day."""


def title_of(cells: int) -> str:
    words = ("Counting the wind of " * 9)[: cells - 1]
    return f"{words.rstrip():x<{cells}}"


async def test_titles_are_whole_before_authors_are_shown(source: DigestSource) -> None:
    papers = [
        DigestPaper(f"2505.{cells:05}", title_of(cells), 9, "Ada Bell, Cy Dorn, Eve Frost")
        for cells in LENGTHS
    ]
    source.add("2025-05-01", *papers)
    source.sync()
    async with open_app(source.options(), (120, 60)) as driver:
        rows = driver.pane("table")
        whole = [paper.title for paper in papers if any(paper.title in row for row in rows)]
        assert len(whole) >= len(papers) * 2 / 3
        [shortest] = [row for row in rows if papers[0].title in row]
        assert shortest.endswith("Bell +2")
        assert all("Ada Bell, Cy Dorn" not in row for row in rows)
    async with open_app(source.options(), (100, 60)) as driver:
        assert "Authors" not in driver.pane("table")[0]


@pytest.mark.parametrize("authors", ["Ada Bell, Cy Dorn", ""])
async def test_sorting_by_authors_keeps_them(source: DigestSource, authors: str) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", title_of(90), 9, authors))
    source.sync()
    async with open_app(source.options(settings=Settings(sort="authors")), (130, 40)) as driver:
        assert ("Bell" in driver.pane("table")[1]) is bool(authors)


def test_a_third_of_the_titles_may_be_cut_at_120_columns() -> None:
    day = [
        Paper(f"2505.{cells:05}", title_of(cells), 123, "Ada Bell\nCy Dorn", ("2025-05-01",), ())
        for cells in LENGTHS
    ]
    assert share_cut([day], 120) <= 1 / 3
    assert share_cut([day], 149) <= 0.1
    assert share_cut([day], 150) <= 0.2
    assert share_cut([day], 200) <= 0.1


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (r"$\nabla^2$DFT: Forces", "nabla²DFT: Forces"),
        (r"M$^{2}$UGen: Music", "M²UGen: Music"),
        (r"$\textit{Trans-LoRA}$: Moving", "Trans-LoRA: Moving"),
        (r"Cats \& Dogs for $5 and $10", "Cats & Dogs for $5 and $10"),
        (r"\textbf{Bold} Claims of Erd\H{o}s", r"Bold Claims of Erd\H{o}s"),
    ],
)
async def test_latex_in_titles_is_typeset(source: DigestSource, title: str, shown: str) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", title))
    source.sync()
    async with open_app(source.options()) as driver:
        assert shown in driver.pane("table")[1]
        assert any(line.strip() == shown for line in driver.pane("viewer"))
        await driver.press("enter")
        assert shown in driver.text


async def test_columns_without_content_are_left_out(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", "One", None, ""))
    source.add("2025-05-02", DigestPaper("2505.00002", "Two", 5, "Ada Bell"))
    source.sync()
    async with open_app(source.options(period="2025-05-01")) as driver:
        assert driver.pane("table")[0].split() == ["Title", "arXiv"]
        await driver.press("right_square_bracket")
        assert driver.pane("table")[0].split() == ["Votes▾", "Title", "Authors", "arXiv"]
        await driver.press("0")
        assert driver.pane("table")[0].split() == ["Votes▾", "Title", "Authors", "Date", "arXiv"]


async def test_missing_votes_are_blank(source: DigestSource) -> None:
    source.add(
        "2025-05-01", DigestPaper("2505.00001", "One", 5), DigestPaper("2505.00002", "Two", None)
    )
    source.sync()
    async with open_app(source.options()) as driver:
        assert driver.pane("table")[2].split()[:2] == ["∙", "Two"]


async def test_tags_follow_the_title_unless_they_have_a_column(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", title_of(90)), DigestPaper("2505.00002"))
    source.sync()
    marks = MarkStore(source.cache.parent / "marks")
    marks.apply(set_tags(["2505.00001", "2505.00002"], ("rl", "강화학습")))
    async with open_app(source.options(marks=marks)) as driver:
        heading, *rows = driver.pane("table")
        assert "Tags" not in heading
        assert "⋯  #rl #강화학습" in "\n".join(rows)
        assert "Counting Wind  #rl #강화학습" in "\n".join(rows)
    columns = tuple(column.name for column in COLUMNS)
    settings = Settings(read_after=0, watch=False, columns=columns, layout="below")
    async with open_app(source.options(marks=marks, settings=settings), (160, 40)) as driver:
        heading, *rows = driver.pane("table")
        assert "Tags" in heading
        assert "#rl" not in "\n".join(rows)


async def test_rank_of_a_sort_column_does_not_touch_the_next_heading(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.press("s", "b", "b", "b")
        for _ in range(5):
            heading = driver.pane("table")[0]
            assert len(heading.split()) == len(driver.screen.panes.table._layout.columns) - 1
            await driver.press("b")
