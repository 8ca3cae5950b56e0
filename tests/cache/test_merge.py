from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cache.entries import EntryRow
from tui.cache.merge import EntryPaper, merge, rows_to_papers
from tui.models import EntryRef, Paper


def row(date: str, entry: int = 1, source: int = 0, **fields: Any) -> EntryPaper:
    document: EntryRow = {
        "id": "2505.00001",
        "date": date,
        "title": None,
        "arxiv_title": False,
        "votes": None,
        "names": "",
        "dialect": "ko",
        "digest": f"{date}.md",
        "labels": "",
    }
    assert fields.keys() <= document.keys()
    [paper] = rows_to_papers({str(entry): {**document, **fields}}, source)
    return paper


def merge_one(*rows: EntryPaper, period: str = "") -> Paper:
    [paper] = merge(rows, period)
    return paper


def test_paper_has_all_fields_of_a_complete_entry() -> None:
    fields = row(
        "2025-05-01", 7, 2, title="T", arxiv_title=True, votes=0, names="A B\nC", digest="x"
    )
    assert merge_one(fields) == Paper(
        paper_id="2505.00001",
        title="T",
        votes=0,
        author_lines="A B\nC",
        dates=("2025-05-01",),
        entries=(EntryRef("2025-05-01", "ko", "x", 2, 7),),
    )
    assert merge_one(fields).authors == ("A B", "C")


def test_paper_of_an_entry_without_data_has_defaults() -> None:
    paper = merge_one(row("2025-05-01"))
    assert paper.title == "2505.00001"
    assert paper.votes is None
    assert paper.authors == ()


def test_dates_and_entries_are_oldest_first() -> None:
    days = ("2025-05-02", "2024-12-31", "2025-05-02", "2025-01-01")
    paper = merge_one(*(row(day, entry) for entry, day in enumerate(days)))
    assert paper.dates == ("2024-12-31", "2025-01-01", "2025-05-02")
    assert [entry.number for entry in paper.entries] == [1, 3, 0, 2]


@pytest.mark.parametrize(
    ("field", "unsafe", "clean"),
    [
        ("title", "Two\nlines", "Two lines"),
        ("title", "Red \x1b[31mtext", "Red text"),
        ("title", "C1 \x9b31mtext", "C1 text"),
        ("title", "\u202eBidi", "Bidi"),
        ("title", "\x7fDelete", "Delete"),
        ("names", "\ufeffA\nB\r", "A\nB\n"),
        ("dialect", "k\x00o", "ko"),
        ("digest", "a\nb.md", "a b.md"),
    ],
)
def test_unsafe_characters_are_removed(field: str, unsafe: str, clean: str) -> None:
    fields: dict[str, Any] = {field: unsafe}
    paper = merge_one(row("2025-05-01", **fields))
    entry = paper.entries[0]
    texts = {"title": paper.title, "names": paper.author_lines, **entry._asdict()}
    assert texts[field] == clean


@pytest.mark.parametrize(
    "text", ["Gödel", "한국어 제목", "No\u00a0break", "x \u2264 y", "\U0001d53c"]
)
def test_harmless_characters_are_kept(text: str) -> None:
    paper = merge_one(row("2025-05-01", title=text, names=f"{text}\n{text}"))
    assert (paper.title, paper.author_lines) == (text, f"{text}\n{text}")


class TestTitle:
    def test_title_of_the_newest_entry_is_used(self) -> None:
        assert (
            merge_one(row("2025-05-01", title="old"), row("2025-05-02", title="new")).title == "new"
        )

    def test_entries_without_a_title_are_skipped(self) -> None:
        assert merge_one(row("2025-05-01", title="old"), row("2025-05-02")).title == "old"
        assert merge_one(row("2025-05-01", title="old"), row("2025-05-02", title="")).title == "old"

    def test_arxiv_title_takes_precedence_over_newer_ones(self) -> None:
        arxivs = row("2025-05-01", title="arXiv's", arxiv_title=True)
        assert merge_one(arxivs, row("2025-05-02", title="a model's")).title == "arXiv's"

    def test_newest_arxiv_title_is_used(self) -> None:
        old = row("2025-05-01", title="first version", arxiv_title=True)
        new = row("2025-05-02", title="second version", arxiv_title=True)
        last = row("2025-05-03", title=None, arxiv_title=True)
        assert merge_one(old, new, last).title == "second version"


class TestVotes:
    def test_votes_of_the_newest_date_with_votes_are_used(self) -> None:
        rows = row("2025-05-01", votes=50), row("2025-05-02", votes=3), row("2025-05-03")
        assert merge_one(*rows).votes == 3

    def test_zero_votes_are_not_missing(self) -> None:
        assert merge_one(row("2025-05-01", votes=50), row("2025-05-02", votes=0)).votes == 0

    def test_maximum_of_the_same_date_is_used(self) -> None:
        rows = [row("2025-05-01", n, n, votes=votes) for n, votes in enumerate([5, 8, None, 6])]
        assert merge_one(*rows).votes == 8

    @pytest.mark.parametrize(
        ("day", "votes"), [("2025-05-01", 50), ("2025-05-02", 3), ("2025-05-03", None)]
    )
    def test_day_has_its_own_votes(self, day: str, votes: int | None) -> None:
        rows = row("2025-05-01", votes=50), row("2025-05-02", votes=3), row("2025-05-03")
        assert merge_one(*rows, period=day).votes == votes
        # Everything else does not depend on the period.
        assert len(merge_one(*rows, period=day).dates) == 3

    @pytest.mark.parametrize("period", ["", "2025", "2025-05"])
    def test_longer_period_has_the_newest_votes(self, period: str) -> None:
        rows = row("2025-05-01", votes=50), row("2025-06-02", votes=3)
        assert merge_one(*rows, period=period).votes == 3


def test_authors_of_the_newest_entry_are_used() -> None:
    rows = (
        row("2025-05-01", names="Old"),
        row("2025-05-02", names="New\nNewer"),
        row("2025-05-03"),
    )
    assert merge_one(*rows).authors == ("New", "Newer")


def test_only_papers_of_the_period_are_merged() -> None:
    rows = [row("2025-05-01", id="a"), row("2025-06-01", id="a"), row("2025-06-02", id="b")]
    assert [paper.paper_id for paper in merge(rows, "2025-05")] == ["a"]
    assert [paper.paper_id for paper in merge(rows, "2025-06-02")] == ["b"]
    assert [paper.paper_id for paper in merge(rows, "2025")] == ["b", "a"]
    assert merge(rows, "2024") == []
    assert merge([]) == []


def test_papers_are_sorted_by_date_then_votes_then_id() -> None:
    rows = [
        row("2025-05-01", id="old", votes=99),
        row("2025-05-02", id="unknown"),
        row("2025-05-02", id="none", votes=0),
        row("2025-05-02", id="b", votes=7),
        row("2025-05-02", id="a", votes=7),
        row("2025-05-02", id="most", votes=10),
    ]
    ids = [paper.paper_id for paper in merge(rows)]
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
def test_result_does_not_depend_on_the_order_of_rows(
    data: st.DataObject, fields: list[tuple[int, EntryRow]]
) -> None:
    rows = [
        row(entry=entry, source=source, **document)
        for entry, (source, document) in enumerate(fields)
    ]
    shuffled = data.draw(st.permutations(rows))
    for period in ("", "2025-05", "2025-05-02"):
        papers = merge(rows, period)
        assert merge(shuffled, period) == papers
        assert {paper.paper_id for paper in papers} == {
            document["id"] for _, document in fields if document["date"].startswith(period)
        }
        assert all(list(paper.dates) == sorted(set(paper.dates)) for paper in papers)
