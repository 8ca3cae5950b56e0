from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cache.collecting import Collection
from tests.writing import Told, block_digest, ko_digest
from tui.library import Library
from tui.model import Marks
from tui.query import parse
from tui.search import search

DIFFUSION, AGENT, BLOCK = "2505.00001", "2505.00002", "2505.00003"


@pytest.fixture
def papers(tmp_path: Path) -> Collection:
    made = Collection(tmp_path)
    made.write(
        "1.md",
        ko_digest(
            "2025-05-02",
            [
                Told(DIFFUSION, "Sparse Diffusion", 40, ("Kim Min",), "확산 모델 for video."),
                Told(AGENT, "Web Agent", 10, ("Lee",), ""),
            ],
        ),
    )
    made.write("2.md", block_digest("2025-05-01", [Told(BLOCK, "Planner", summary="Video plans.")]))
    made.write("3.md", ko_digest("2025-04-01", [Told(AGENT, "Agent", 3, (), "An old telling.")]))
    made.sync()
    return made


def found(library: Library, query: str, marks: dict[str, Marks] | None = None) -> list[str]:
    papers = search(library, library.papers(), parse(query), marks)
    return [paper.arxiv_id for paper in papers]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [DIFFUSION, AGENT, BLOCK]),
        ("nothing", []),
        ("title:agent", [AGENT]),
        ("title:video", []),
        ("video", [DIFFUSION, BLOCK]),
        ("확산", [DIFFUSION]),
        ('"old telling"', [AGENT]),
        ("author:kim", [DIFFUSION]),
        (AGENT, [AGENT]),
        ("votes:>=10", [DIFFUSION, AGENT]),
        ("votes:3", []),
        ("-votes:>=10", [BLOCK]),
        ("video votes:>=10", [DIFFUSION]),
        ("-video", [AGENT]),
        ("agent OR plans", [AGENT, BLOCK]),
        ("date:2025-04", [AGENT]),
        ("source:2.md", [BLOCK]),
        ("section:motivation", [BLOCK]),
        ("has:summary", [DIFFUSION, AGENT, BLOCK]),
        ("has:votes", [DIFFUSION, AGENT]),
        ("is:starred", []),
    ],
)
def test_what_is_found(papers: Collection, query: str, expected: list[str]) -> None:
    assert found(papers.library(), query) == expected


def test_order_is_the_papers(papers: Collection) -> None:
    library = papers.library()
    backward = library.papers()[::-1]
    assert list(search(library, backward, parse("video"))) == [backward[0], backward[2]]


def test_marks(papers: Collection) -> None:
    marks = {AGENT: Marks(starred=True, tags=("rl",)), BLOCK: Marks(read=True)}
    library = papers.library()
    assert found(library, "is:starred", marks) == [AGENT]
    assert found(library, "tag:rl", marks) == [AGENT]
    assert found(library, "is:unread", marks) == [DIFFUSION, AGENT]


def test_papers_without_a_text(papers: Collection) -> None:
    papers.write("3.md", "nothing any more")
    papers.sync()
    assert found(papers.library(), "-has:summary") == [AGENT]


def test_summaries_are_read_only_where_all_else_holds(papers: Collection) -> None:
    # Nobody sees what was read, but for the damage that reading meets.
    for month in ("2025-04", "2025-05"):
        papers.file(f"{month}.texts").write_text("{")
    library = papers.library()
    assert found(library, "votes:>=10 title:agent") == [AGENT]
    assert found(library, "old date:2025-03") == []
    assert library.damage == []
    assert found(library, "old votes:10 date:2025-04") == []
    assert len(library.damage) == 2


def test_finds_come_one_by_one(papers: Collection) -> None:
    library = papers.library()
    results: Iterator[object] = search(library, iter(library.papers()), parse("video"))
    assert next(results) == library.papers()[0]
