"""Categories and other labels, and files that only complete what digests say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cache.cached_source import CachedSource
from tui.cache.merge import EntryPaper, merge, rows_to_papers
from tui.library.library import Library
from tui.library.search.search import search
from tui.models import CROSS, REPLACED, UNDATED, UNLISTED, Paper, version_label
from tui.query.parser import parse


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    return CachedSource(tmp_path)


def listed(number: int, *categories: str, **fields: Any) -> dict[str, Any]:
    """Return a paper as the dialect jsonl has it."""
    common = {"id": f"2505.{number:05}", "title": f"Paper {number}", "summary": "Wind."}
    return {**common, "categories": list(categories), **fields}


def found(library: Library, query: str) -> list[str]:
    papers = library.papers(with_replaced=parse(query).needs_replaced)
    return sorted(paper.paper_id for paper in search(library, papers, parse(query)))


def row(date: str, *labels: str, entry: int = 1, **fields: Any) -> EntryPaper:
    common = {"id": "2505.00001", "title": None, "arxiv_title": True, "votes": None, "names": ""}
    other = {"dialect": "atom", "digest": f"{date}.xml", "labels": " ".join(labels), "date": date}
    [paper] = rows_to_papers({str(entry): {**common, **other, **fields}}, 0)
    return paper


def test_categories_and_code_are_searched(source: CachedSource) -> None:
    code = "See https://github.com/ann/wind for code."
    papers = [
        listed(1, "cs.CL", "cs.LG", "68T50", "I.2.7"),
        listed(2, "cs.LG", summary=code),
        listed(3, "cond-mat.mtrl-sci"),
        listed(4, summary="Not https://github.com/ or https://mygithub.com/a/b."),
    ]
    source.write("2025-05-02.jsonl", "\n".join(map(json.dumps, papers)))
    source.sync()
    library = source.library()
    first = next(p for p in library.papers() if p.paper_id == "2505.00001")
    assert first.categories == ("cs.CL", "cs.LG")
    assert found(library, "cat:cs.CL") == ["2505.00001"]
    assert found(library, "cat:CS.lg") == ["2505.00001", "2505.00002"]
    assert found(library, "cat:cs") == ["2505.00001", "2505.00002"]
    assert found(library, "cat:c") == []
    assert found(library, "cat:cond-mat -cat:cs") == ["2505.00003"]
    assert found(library, "has:code") == ["2505.00002"]


def test_details_complete_a_paper_and_list_none(source: CachedSource) -> None:
    source.write("2025-05-02.jsonl", json.dumps({**listed(1), "title": "", "summary": ""}))
    details = [
        {"id": "2505.00001", "title": "Wind", "upvotes": 7, "summary": "It blows.",
         "authors": [{"name": "Ann Lee"}], "submittedOnDailyAt": "2024-01-01T00:00:00Z"},
        {"id": "2505.00002", "title": "Of no digest", "upvotes": 1},
    ]  # fmt: skip
    source.write("2025-05-02.details.json", json.dumps(details))
    source.sync()
    library = source.library()
    [paper] = library.papers("2025-05-02")
    assert library.papers() == [paper] == list(library.papers("2025-05"))
    assert (paper.title, paper.votes, paper.authors) == ("Wind", 7, ("Ann Lee",))
    assert paper.dates == ("2025-05-02",)
    assert {entry.digest for entry in paper.entries} == {
        "2025-05-02.jsonl", "2025-05-02.details.json",
    }  # fmt: skip
    assert "It blows." in library.summaries(paper)[0].markdown
    assert library.period_counts.counts[""] == len(library.ids()) == 1
    assert not [problem for problem in library.problems() if "details" in problem.file]
    # Without the digest, the paper is gone, whatever is known about it.
    (source.digests / "2025-05-02.jsonl").unlink()
    source.sync()
    assert source.library().papers("2025-05-02") == source.library().papers() == []


def test_replaced_papers_are_returned_only_on_request() -> None:
    rows = [
        row("2025-05-02", "cs.CL", UNLISTED, REPLACED, version_label(2, "2025-05-02")),
        row("2025-05-02", "cs.LG", id="2505.00002"),
    ]
    assert [paper.paper_id for paper in merge(rows, "2025-05-02")] == ["2505.00002"]
    both = merge(rows, "2025-05-02", with_replaced=True)
    assert {paper.paper_id: paper.dates for paper in both} == {
        "2505.00001": ("2025-05-02",), "2505.00002": ("2025-05-02",),
    }  # fmt: skip
    assert parse("is:replaced").needs_replaced
    assert parse("(a is:replaced) OR b").needs_replaced
    assert not parse("-is:replaced is:revised").needs_replaced


@pytest.mark.parametrize(
    ("others", "labels"),
    [
        pytest.param([("2025-05-02", CROSS)], f"cs.CL {CROSS}", id="cross-listed everywhere"),
        pytest.param([("2025-05-01",)], "cs.CL", id="listed as new elsewhere"),
        pytest.param([("2025-05-01", UNLISTED)], f"cs.CL {CROSS}", id="details change nothing"),
        pytest.param(
            [("2025-06-01", UNLISTED, "+v2@2025-06-01")],
            f"cs.CL {CROSS} +v2@2025-06-01",
            id="newer version",
        ),
        pytest.param(
            [("2025-05-01", UNLISTED, "+v2@2025-06-01"), ("2025-06-01", CROSS)],
            f"cs.CL {CROSS}",
            id="listed again since that version",
        ),
    ],
)
def test_labels_are_merged(others: list[tuple[str, ...]], labels: str) -> None:
    rows = [row(day, *other, entry=number) for number, (day, *other) in enumerate(others, 2)]
    [paper] = merge([row("2025-05-01", "cs.CL", CROSS), *rows])
    assert paper.labels == labels
    assert (paper.newer_version == (2, "2025-06-01")) == ("+v2" in labels)


def test_details_of_undated_papers_are_undated(source: CachedSource) -> None:
    source.write("reading.jsonl", json.dumps({**listed(1), "title": ""}))
    source.write("undated.details.json", json.dumps([{"id": "2505.00001", "title": "Wind",
                                                      "upvotes": 2}]))  # fmt: skip
    source.sync()
    [paper] = source.library().papers(UNDATED)
    assert (paper.title, paper.votes, paper.dates) == ("Wind", 2, ())


def test_labels_of_another_users_cache_are_cleaned() -> None:
    [(paper, _is_arxiv_title)] = [row("2025-05-01", "cs.CL\x1b[31m")]
    assert isinstance(paper, Paper)
    assert "\x1b" not in paper.labels
