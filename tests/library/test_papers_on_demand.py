"""The papers of a library that is too large for memory, compared with the same ones in memory."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache.merge import EntryPaper, rows_to_papers
from tui.cache.source_cache import CacheLocator
from tui.cli.find_papers import paper_finder
from tui.cli.open_library import read_library
from tui.cli.source_selection import SourceSelection
from tui.library import library as library_module
from tui.library import papers_on_demand
from tui.library.export.formats import with_marks
from tui.library.library import Library
from tui.library.omissions import Omissions
from tui.library.papers_on_demand import PapersOnDemand, papers_among, row_of
from tui.library.scope import ALL
from tui.library.search.search import search, search_in_batches
from tui.library.view import View, can_sort_by
from tui.marks.store import MarkStore
from tui.models import Paper
from tui.query.columns import COLUMNS_BY_NAME
from tui.query.parser import parse
from tui.query.sorting import parse_sort
from tui.runtime.task import Task

DAYS = [
    *("2024-11-30", "2024-12-01", "2024-12-15", "2025-01-02", "2025-01-03"),
    *("2025-03-01", "2025-03-31", "2025-05-01"),
]
NUMBER = 60
"""Papers in the source."""


def write_random_digests(source: CachedSource, *, with_votes: set[str]) -> None:
    """Write a digest for each day; some papers are listed on several days, or without any."""
    random = Random(7)
    for day in DAYS:
        chosen = random.sample(range(NUMBER), 14)
        votes = [
            random.choice((None, *range(30))) if day[:7] in with_votes else None for _ in chosen
        ]
        papers = [
            SamplePaper(f"2411.{number:05}", title=f"Title {random.random()}", votes=count)
            for number, count in zip(chosen, votes, strict=True)
        ]
        source.write(f"{day}.md", ko_digest(day, papers))
    ids = [f"2411.{number:05}" for number in range(0, NUMBER + 9, 5)]
    lines = [f"- [The Paper {each}](https://arxiv.org/abs/{each})" for each in ids]
    source.write("undated.md", "\n".join(lines))
    source.sync()


@pytest.fixture(params=[set(), {"2024-12", "2025-05"}, {day[:7] for day in DAYS}])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> CachedSource:
    """Return a source with votes in no month, in some, or in all."""
    source = CachedSource(tmp_path)
    write_random_digests(source, with_votes=request.param)
    return source


@pytest.fixture
def in_memory(source: CachedSource, monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    with monkeypatch.context() as patch:
        patch.setattr(library_module, "MAX_PAPERS_IN_MEMORY", 1000)
        papers = source.library().papers()
    assert isinstance(papers, list)
    assert len(papers) > 50
    return papers


@pytest.fixture
def on_demand(source: CachedSource, monkeypatch: pytest.MonkeyPatch) -> PapersOnDemand:
    return open_on_demand(source.library(), monkeypatch)


def open_on_demand(library: Library, monkeypatch: pytest.MonkeyPatch) -> PapersOnDemand:
    monkeypatch.setattr(library_module, "MAX_PAPERS_IN_MEMORY", -10_000)
    monkeypatch.setattr(papers_on_demand, "MAX_KEPT_PAPERS", 20)
    papers = library.papers()
    assert isinstance(papers, PapersOnDemand)
    return papers


def test_they_are_the_same_papers(on_demand: PapersOnDemand, in_memory: list[Paper]) -> None:
    assert len(on_demand) == len(in_memory)
    assert list(on_demand) == in_memory
    assert [on_demand[row] for row in range(len(in_memory))] == in_memory
    assert [on_demand[-1 - row] for row in range(len(in_memory))] == in_memory[::-1]
    assert list(reversed(on_demand)) == in_memory[::-1]
    for each in (slice(3, 40), slice(None), slice(50, 900), slice(9, 3), slice(-5, None)):
        assert on_demand[each] == in_memory[each]
    assert on_demand[::7] == in_memory[::7]
    with pytest.raises(IndexError):
        on_demand[len(in_memory)]


def test_papers_are_found_by_id(on_demand: PapersOnDemand, in_memory: list[Paper]) -> None:
    for row in (30, 0, len(in_memory) - 1, 12):
        assert row_of(on_demand, in_memory[row].paper_id) == row
    assert row_of(on_demand, "2411.99999") is None
    ids = {paper.paper_id for paper in in_memory[::4]} | {"2411.99999"}
    assert papers_among(on_demand, ids) == papers_among(in_memory, ids)


@pytest.mark.parametrize("order", ["-votes", "votes", "-votes,-date", "-date"])
@pytest.mark.parametrize("min_votes", [0, 10])
def test_lists_are_the_same(
    on_demand: PapersOnDemand, in_memory: list[Paper], order: str, min_votes: int
) -> None:
    hidden = {paper.paper_id for paper in in_memory[::6]} | {"2411.99999"}
    view = View(ALL, min_votes, parse_sort(order))
    expected = view.listing(in_memory, len(in_memory), Omissions(hidden))
    listing = view.listing(on_demand, len(on_demand), Omissions(hidden))
    assert list(listing.papers) == expected.papers
    assert listing._replace(papers=()) == expected._replace(papers=())
    for row in (0, 20, len(expected.papers) - 1):
        if 0 <= row < len(expected.papers):
            assert row_of(listing.papers, expected.papers[row].paper_id) == row


@pytest.mark.parametrize(
    "query",
    [
        "0.1",
        "title:7",
        "2411.00010",
        '"title 0"',
        "paper OR 12",
        "00010 title OR paper",
        "-0001",
        "ㄱㄴ",
    ],
)
def test_searches_find_the_same(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    library = source.library()
    papers = open_on_demand(library, monkeypatch)
    hidden = {paper.paper_id for paper in list(papers)[::6]}
    for each in (papers, papers.without(hidden), papers.voted_first(papers.voted())):
        expected = [*search(source.library(), list(each), parse(query))]
        assert [*search(library, each, parse(query))] == expected
        assert expected or each is not papers or query == "ㄱㄴ"


def test_search_for_a_word_reads_only_papers_that_have_it(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = source.library()
    papers = open_on_demand(library, monkeypatch)
    numbers: list[str] = []

    def parse_rows(entries: Mapping[str, Any], source_number: int) -> list[EntryPaper]:
        numbers.extend(entries)
        return rows_to_papers(entries, source_number)

    monkeypatch.setattr("tui.cache.source_cache.rows_to_papers", parse_rows)
    searched = [*search_in_batches(library, papers, parse("00010"))]
    [paper] = [paper for _searched, found in searched for paper in found]
    assert paper.paper_id == "2411.00010"
    assert set(numbers) == {str(entry.number) for entry in paper.entries}
    # All rows count as searched, in the order of the list.
    rows = [number for number, _found in searched]
    assert rows == sorted(rows)
    assert rows[-1] == len(papers)


@pytest.mark.parametrize("checks", [0, 5, 40])
def test_search_for_a_word_can_be_cancelled(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch, checks: int
) -> None:
    library = source.library()
    papers = open_on_demand(library, monkeypatch)
    answers = chain(repeat(False, checks), repeat(True))
    task = Task(is_cancelled=lambda: next(answers))
    searched = [number for number, _ in search_in_batches(library, papers, parse("0"), task=task)]
    assert len(papers) not in searched
    assert bool(searched) == (checks == 40)


def test_other_orders_need_all_papers(on_demand: PapersOnDemand) -> None:
    for order in ("title", "-votes,title", "date", *COLUMNS_BY_NAME):
        if order in {"votes", "marks", "tags"} or not COLUMNS_BY_NAME.get(order):
            continue
        assert not can_sort_by(on_demand, parse_sort(order)), order


def test_papers_are_in_memory_if_most_have_votes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MAX_PAPERS_IN_MEMORY", 20)
    for months in (set(), {day[:7] for day in DAYS}):
        folder = tmp_path / str(len(months))
        folder.mkdir()
        source = CachedSource(folder)
        write_random_digests(source, with_votes=months)
        assert isinstance(source.library().papers(), list) == bool(months)


class TestReading:
    @pytest.fixture
    def source(self, tmp_path: Path) -> CachedSource:
        """Return a source with ten papers in each of three months, and votes in one."""
        source = CachedSource(tmp_path)
        for number, month in enumerate(("2025-03", "2025-04", "2025-05")):
            votes = 5 if month == "2025-04" else None
            papers = [SamplePaper(f"2503.{number}{each:04}", votes=votes) for each in range(10)]
            source.write(f"{month}.md", ko_digest(f"{month}-01", papers))
        source.sync()
        return source

    def test_only_months_that_are_needed_are_read(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source.file("2025-03.rows").write_text("damaged")
        library = source.library()
        papers = open_on_demand(library, monkeypatch)
        listed = View(ALL, 0, parse_sort("-votes")).listing(papers, len(papers)).papers
        assert [paper.dates[-1][:7] for paper in listed[:20]] == ["2025-04"] * 10 + ["2025-05"] * 10
        assert not library.read_errors
        assert listed[29]
        assert library.read_errors

    def test_paper_stands_for_those_that_cannot_be_read(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source.file("2025-04.rows").write_text("damaged")
        papers = open_on_demand(source.library(), monkeypatch)
        assert len(papers) == 30
        assert papers[14] in papers[:10]
        assert [paper.dates[-1][:7] for paper in papers] == ["2025-05"] * 10 + ["2025-03"] * 10

    def test_export_without_papers_that_cannot_be_read_is_refused(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        papers = open_on_demand(source.library(), monkeypatch)
        assert len(with_marks(papers, {})) == 30
        source.file("2025-04.rows").write_text("damaged")
        papers = open_on_demand(source.library(), monkeypatch)
        with pytest.raises(OSError, match="10 papers of the list cannot be read"):
            with_marks(papers, {})


def test_damage_is_repaired_before_papers_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(library_module, "MAX_PAPERS_IN_MEMORY", -10_000)
    source = CachedSource(tmp_path)
    for month in ("2025-04", "2025-05"):
        paper = SamplePaper(f"{month[2:4]}{month[5:]}.00001")
        source.write(f"{month}.md", ko_digest(f"{month}-01", [paper]))
    sources = SourceSelection((source.digests,), CacheLocator(source.caches), is_named=True)
    find = paper_finder(None, MarkStore(tmp_path / "marks"))
    expected = read_library(sources, find)
    source.file("2025-04.rows").write_text(
        source.file("2025-04.rows").read_text()[:-9] + "damaged!!"
    )
    assert read_library(sources, find) == expected
    assert "rebuilding the cache" in capsys.readouterr().err


def test_votes_are_noted_when_they_come_and_go(source: CachedSource) -> None:
    def months() -> object:
        return source.library().caches[0].months_with_votes()

    source.write("2025-06-01.md", ko_digest("2025-06-01", [SamplePaper("2506.00001", votes=None)]))
    source.sync()
    before = months()
    assert isinstance(before, frozenset)
    assert "2025-06" not in before
    source.write("2025-06-02.md", ko_digest("2025-06-02", [SamplePaper("2506.00002", votes=0)]))
    source.sync()
    assert months() == before | {"2025-06"}
    source.write("2025-06-02.md", ko_digest("2025-06-02", [SamplePaper("2506.00002", votes=None)]))
    source.sync()
    assert months() == before


def test_cache_of_an_earlier_version_gets_the_months_with_votes(source: CachedSource) -> None:
    folder = source.library().caches[0].folder
    expected = source.library().caches[0].months_with_votes()
    with folder.locked(), folder.edit("calendar") as database:
        table = database.keyed("votes")
        table.drop(list(table.documents()))
    assert source.library().caches[0].months_with_votes() is None
    source.write("more.md", ko_digest("2025-06-01", [SamplePaper("2506.00001", votes=None)]))
    source.sync()
    assert source.library().caches[0].months_with_votes() == expected
