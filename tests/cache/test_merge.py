from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cache.merge import LocatedRow, merge
from tui.cache.serialization import EntryRow
from tui.models import EntryRef, Paper


def row(date: str, entry: int = 1, source: int = 0, **told: Any) -> LocatedRow:
    document: EntryRow = {
        "id": "2505.00001",
        "date": date,
        "title": None,
        "arxiv_title": False,
        "votes": None,
        "names": "",
        "dialect": "ko",
        "digest": f"{date}.md",
    }
    assert told.keys() <= document.keys()
    return source, str(entry), cast("EntryRow", {**document, **told})


def one(*rows: LocatedRow, period: str = "") -> Paper:
    [paper] = merge(rows, period)
    return paper


def test_all_that_one_entry_tells() -> None:
    told = row("2025-05-01", 7, 2, title="T", arxiv_title=True, votes=0, names="A B\nC", digest="x")
    assert one(told) == Paper(
        arxiv_id="2505.00001",
        title="T",
        votes=0,
        author_lines="A B\nC",
        dates=("2025-05-01",),
        entries=(EntryRef("2025-05-01", "ko", "x", 2, 7),),
    )
    assert one(told).authors == ("A B", "C")


def test_entry_that_tells_nothing() -> None:
    paper = one(row("2025-05-01"))
    assert paper.title == "2505.00001"
    assert paper.votes is None
    assert paper.authors == ()


def test_dates_and_tellings_are_oldest_first() -> None:
    days = ("2025-05-02", "2024-12-31", "2025-05-02", "2025-01-01")
    paper = one(*(row(day, entry) for entry, day in enumerate(days)))
    assert paper.dates == ("2024-12-31", "2025-01-01", "2025-05-02")
    assert [telling.number for telling in paper.entries] == [1, 3, 0, 2]


class TestTitle:
    def test_newest_of_its_kind(self) -> None:
        assert one(row("2025-05-01", title="old"), row("2025-05-02", title="new")).title == "new"

    def test_newest_that_is_told(self) -> None:
        assert one(row("2025-05-01", title="old"), row("2025-05-02")).title == "old"
        assert one(row("2025-05-01", title="old"), row("2025-05-02", title="")).title == "old"

    def test_arxivs_own_even_if_older(self) -> None:
        arxivs = row("2025-05-01", title="arXiv's", arxiv_title=True)
        assert one(arxivs, row("2025-05-02", title="a model's")).title == "arXiv's"

    def test_newest_of_arxivs_own(self) -> None:
        old = row("2025-05-01", title="first version", arxiv_title=True)
        new = row("2025-05-02", title="second version", arxiv_title=True)
        last = row("2025-05-03", title=None, arxiv_title=True)
        assert one(old, new, last).title == "second version"


class TestVotes:
    def test_newest_date_that_tells_them(self) -> None:
        rows = row("2025-05-01", votes=50), row("2025-05-02", votes=3), row("2025-05-03")
        assert one(*rows).votes == 3

    def test_zero_is_told(self) -> None:
        assert one(row("2025-05-01", votes=50), row("2025-05-02", votes=0)).votes == 0

    def test_most_of_those_told_on_one_date(self) -> None:
        rows = [row("2025-05-01", n, n, votes=votes) for n, votes in enumerate([5, 8, None, 6])]
        assert one(*rows).votes == 8

    @pytest.mark.parametrize(
        ("day", "votes"), [("2025-05-01", 50), ("2025-05-02", 3), ("2025-05-03", None)]
    )
    def test_of_a_day_are_that_days(self, day: str, votes: int | None) -> None:
        rows = row("2025-05-01", votes=50), row("2025-05-02", votes=3), row("2025-05-03")
        assert one(*rows, period=day).votes == votes
        # All else is the paper's, whichever day is looked at.
        assert len(one(*rows, period=day).dates) == 3

    @pytest.mark.parametrize("period", ["", "2025", "2025-05"])
    def test_of_a_longer_period_are_the_newest(self, period: str) -> None:
        rows = row("2025-05-01", votes=50), row("2025-06-02", votes=3)
        assert one(*rows, period=period).votes == 3


def test_authors_are_the_newest_told() -> None:
    rows = (
        row("2025-05-01", names="Old"),
        row("2025-05-02", names="New\nNewer"),
        row("2025-05-03"),
    )
    assert one(*rows).authors == ("New", "Newer")


def test_only_papers_of_the_period() -> None:
    rows = [row("2025-05-01", id="a"), row("2025-06-01", id="a"), row("2025-06-02", id="b")]
    assert [paper.arxiv_id for paper in merge(rows, "2025-05")] == ["a"]
    assert [paper.arxiv_id for paper in merge(rows, "2025-06-02")] == ["b"]
    assert [paper.arxiv_id for paper in merge(rows, "2025")] == ["b", "a"]
    assert merge(rows, "2024") == []
    assert merge([]) == []


def test_order() -> None:
    rows = [
        row("2025-05-01", id="old", votes=99),
        row("2025-05-02", id="unknown"),
        row("2025-05-02", id="none", votes=0),
        row("2025-05-02", id="b", votes=7),
        row("2025-05-02", id="a", votes=7),
        row("2025-05-02", id="most", votes=10),
    ]
    ids = [paper.arxiv_id for paper in merge(rows)]
    assert ids == ["most", "a", "b", "none", "unknown", "old"]


documents = st.fixed_dictionaries(
    {
        "id": st.sampled_from("ab"),
        "date": st.sampled_from(["2025-05-01", "2025-05-02", "2025-06-01"]),
        "title": st.sampled_from([None, "", "T", "U"]),
        "arxiv_title": st.booleans(),
        "votes": st.sampled_from([None, 0, 3, 50]),
        "names": st.sampled_from(["", "A", "B\nC"]),
        "dialect": st.sampled_from(["ko", "block"]),
        "digest": st.sampled_from(["1.md", "2.md"]),
    }
)


@given(st.data(), st.lists(st.tuples(st.integers(0, 2), documents), max_size=12))
def test_order_of_rows_does_not_matter(
    data: st.DataObject, told: list[tuple[int, EntryRow]]
) -> None:
    rows = [(source, str(entry), document) for entry, (source, document) in enumerate(told)]
    shuffled = data.draw(st.permutations(rows))
    for period in ("", "2025-05", "2025-05-02"):
        papers = merge(rows, period)
        assert merge(shuffled, period) == papers
        assert {paper.arxiv_id for paper in papers} == {
            document["id"] for _, document in told if document["date"].startswith(period)
        }
        assert all(list(paper.dates) == sorted(set(paper.dates)) for paper in papers)
