from __future__ import annotations

import os
import weakref
from pathlib import Path
from random import Random

import pytest
from tinydb import TinyDB

from tests.cache.cached_source import CachedSource, contents
from tests.support.accounts import require_accounts
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest, write_digest
from tests.support.unprivileged import NOBODY_ID, as_nobody, folder_of_nobody
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.library import Library
from tui.models import Paper
from tui.storage.permissions import use_own_folders

P = "2505.00001"


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    return CachedSource(tmp_path)


def open_library(source: CachedSource, *texts: str) -> Library:
    """Sync digests with the given texts; return the library."""
    for number, text in enumerate(texts):
        source.write(f"{number}.md", text)
    source.sync()
    return source.library()


def ids(papers: object) -> list[str]:
    assert isinstance(papers, list)
    return [paper.paper_id for paper in papers]


def last_words(library: Library, paper: Paper) -> list[str]:
    return [summary.markdown.split()[-1] for summary in library.summaries(paper)]


def test_error_of_a_cache_of_another_user_has_a_remedy() -> None:
    require_accounts()  # root, to create files of two users
    with folder_of_nobody() as folder:
        source = CachedSource(folder)
        open_library(source, ko_digest("2025-05-01", [SamplePaper(P)]))
        file = source.library().caches[0].folder.file("2025-05.rows")
        for path in folder.rglob("*"):
            if path != file:
                os.chown(path, NOBODY_ID, NOBODY_ID)
        use_own_folders(lambda: [folder])
        with as_nobody():
            library = source.library()
            assert library.papers() == []
        use_own_folders(tuple)
    assert library.read_errors == [
        f"{file}: permission denied: it belongs to root; sudo chown -R $(id -u) {folder}"
    ]


class TestOneSource:
    def test_empty_cache_has_no_papers(self, source: CachedSource) -> None:
        library = source.library()
        assert library.period_counts.total == 0
        assert library.papers() == []
        assert library.papers("2025-05-01") == []
        assert library.paper(P) is None
        assert library.ids() == set()
        assert library.problems() == []
        assert library.period_counts.nearest_day("2025-05-01") is None
        assert library.read_errors == []
        assert not source.caches.exists()

    def test_source_without_digests_has_no_papers(self, source: CachedSource) -> None:
        assert open_library(source).papers() == []

    def test_paper_with_two_dates_is_merged(self, source: CachedSource) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-01", [SamplePaper(P, "Old", 5, ("A",), "first")]),
            ko_digest("2025-05-02", [SamplePaper(P, "New", 8, (), "second")]),
        )
        [paper] = library.papers()
        assert (paper.title, paper.votes, paper.authors) == ("New", 8, ("A",))
        assert paper.dates == ("2025-05-01", "2025-05-02")
        assert last_words(library, paper) == ["second", "first"]
        assert library.period_counts.counts["2025-05"] == 1
        assert [paper.votes for paper in library.papers("2025-05-01")] == [5]
        assert [paper.votes for paper in library.papers("2025-05-02")] == [8]

    def test_newer_date_without_votes_keeps_the_older_votes(self, source: CachedSource) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-01", [SamplePaper(P, votes=5)]),
            ko_digest("2025-05-02", [SamplePaper(P)]),
        )
        assert [paper.votes for paper in library.papers()] == [5]
        assert [paper.votes for paper in library.papers("2025-05-02")] == [None]

    @pytest.mark.parametrize("block_date", ["2025-05-01", "2025-05-02", "2025-05-03"])
    def test_entries_of_two_dialects_are_merged(
        self, source: CachedSource, block_date: str
    ) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-02", [SamplePaper(P, "arXiv's", 44, ("A", "B"), "korean")]),
            block_digest(block_date, [SamplePaper(P, "a model's", summary="block")]),
        )
        [paper] = library.papers()
        assert (paper.title, paper.votes, paper.authors) == ("arXiv's", 44, ("A", "B"))
        assert {entry.dialect for entry in paper.entries} == {
            "daily_papers",
            "daily_papers_ko",
        }
        assert sorted(last_words(library, paper)) == ["block", "korean"]

    def test_id_replaces_a_missing_title(self, source: CachedSource) -> None:
        untitled = block_digest("2025-05-02", [SamplePaper(P, None)])
        [paper] = open_library(source, untitled).papers()
        assert (paper.title, paper.votes, paper.authors) == (P, None, ())
        [paper] = open_library(
            source, untitled, block_digest("2025-05-01", [SamplePaper(P, "older title")])
        ).papers()
        assert paper.title == "older title"

    def test_papers_are_newest_first_then_by_votes_then_by_id(self, source: CachedSource) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-01", [SamplePaper("2505.00009", votes=100)]),
            ko_digest(
                "2025-05-02",
                [
                    SamplePaper("2505.00003", votes=2),
                    SamplePaper("2505.00002", votes=2),
                    SamplePaper("2505.00001"),
                    SamplePaper("2505.00004", votes=7),
                    SamplePaper("2505.00005", votes=0),
                ],
            ),
        )
        last_digits = [paper.paper_id[-1] for paper in library.papers()]
        assert last_digits == ["4", "2", "3", "5", "1", "9"]

    def test_papers_are_cached(self, source: CachedSource) -> None:
        library = open_library(source, ko_digest("2025-05-01", [SamplePaper(P)]))
        assert library.papers("2025") is library.papers("2025")

    def test_paper_is_found_by_its_id(self, source: CachedSource) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-01", [SamplePaper(P, "P", 5), SamplePaper("2505.00002", "Other")]),
            ko_digest("2025-06-01", [SamplePaper(P, "P", 8)]),
        )
        paper = library.paper(P)
        assert paper in library.papers()
        assert paper is not None
        assert paper.votes == 8
        assert library.paper("2505.99999") is None
        assert library.paper("") is None

    def test_nearest_day_is_found(self, source: CachedSource) -> None:
        days = ("2025-05-02", "2025-05-05", "2024-12-31")
        library = open_library(source, *(ko_digest(day, [SamplePaper(P)]) for day in days))
        assert library.period_counts.nearest_day("2025-05-05") == "2025-05-05"
        assert library.period_counts.nearest_day("2025-05-04") == "2025-05-02"
        assert library.period_counts.nearest_day("2025-05-01") == "2024-12-31"
        assert library.period_counts.nearest_day("2099-01-01") == "2025-05-05"
        assert library.period_counts.nearest_day("2024-01-01") == "2024-12-31"


class TestAcrossMonths:
    @pytest.fixture
    def library(self, source: CachedSource) -> Library:
        return open_library(
            source,
            ko_digest(
                "2025-04-01",
                [SamplePaper(P, "April", 4, ("A",), "april"), SamplePaper("2504.00001")],
            ),
            block_digest("2025-05-01", [SamplePaper(P, "May", summary="may")]),
            ko_digest("2025-06-01", [SamplePaper(P, "June", 6, (), "june")]),
        )

    @pytest.mark.parametrize("period", ["", "2025", "2025-04", "2025-05", "2025-06"])
    def test_paper_is_merged_from_all_months(self, library: Library, period: str) -> None:
        paper = next(paper for paper in library.papers(period) if paper.paper_id == P)
        assert (paper.title, paper.votes, paper.authors) == ("June", 6, ("A",))
        assert paper.dates == ("2025-04-01", "2025-05-01", "2025-06-01")
        assert last_words(library, paper) == ["june", "may", "april"]

    @pytest.mark.parametrize(("month", "votes"), [("04", 4), ("05", None), ("06", 6)])
    def test_paper_of_a_day_has_the_votes_of_that_day(
        self, library: Library, month: str, votes: int | None
    ) -> None:
        paper = next(paper for paper in library.papers(f"2025-{month}-01") if paper.paper_id == P)
        assert paper.votes == votes
        assert paper.title == "June"
        assert len(paper.dates) == 3

    def test_periods_are_counted(self, library: Library) -> None:
        assert library.period_counts.total == 2
        assert library.ids() == {P, "2504.00001"}
        assert library.days_by_id is library.days_by_id
        assert [library.period_counts.counts[f"2025-0{month}"] for month in (4, 5, 6)] == [2, 1, 1]
        assert len(library.papers("2025-04")) == 2
        assert ids(library.papers("2025-05")) == [P]


class TestTwoSources:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return tmp_path / "cache"

    def open(self, root: Path, *sources: Path) -> Library:
        for source in sources:
            sync(SourceCache(root, source))
        return Library([SourceCache(root, source) for source in sources])

    def test_papers_are_merged(self, root: Path, tmp_path: Path) -> None:
        a = write_digest(
            tmp_path / "a" / "1.md", ko_digest("2025-05-01", [SamplePaper(P, "T", 5, ("A",), "ko")])
        )
        b = write_digest(
            tmp_path / "b" / "1.md",
            block_digest(
                "2025-06-01", [SamplePaper(P, "t", summary="block"), SamplePaper("2506.00001")]
            ),
        )
        library = self.open(root, a.parent, b.parent)
        assert library.period_counts.total == 2
        assert library.period_counts.days() == ["2025-06-01", "2025-05-01"]
        for period in ("2025-05", "2025-06", "2025"):
            paper = next(paper for paper in library.papers(period) if paper.paper_id == P)
            assert (paper.title, paper.votes, paper.dates) == ("T", 5, ("2025-05-01", "2025-06-01"))
            assert last_words(library, paper) == ["block", "ko"]
            assert [entry.source for entry in paper.entries] == [0, 1]
        assert ids(library.papers()) == [P, "2506.00001"]
        assert library.ids() == {P, "2506.00001"}
        assert [library.paper(id_) for id_ in (P, "2506.00001")] == library.papers()
        # Opened alone, a source has its own data only.
        assert self.open(root, b.parent).papers()[0].title == "t"

    def test_same_file_in_several_sources_is_merged(self, root: Path, tmp_path: Path) -> None:
        file = write_digest(
            tmp_path / "a" / "may" / "1.md",
            ko_digest(
                "2025-05-01", [SamplePaper(P, "T", 5, ("A",), "once"), SamplePaper("2505.00002")]
            ),
        )
        library = self.open(root, tmp_path / "a", file.parent, file)
        assert library.period_counts.counts["2025-05-01"] == library.period_counts.total == 2
        paper = library.papers()[0]
        assert (paper.paper_id, paper.votes, paper.dates) == (P, 5, ("2025-05-01",))
        assert {entry.digest for entry in paper.entries} == {"may/1.md", "1.md"}
        assert last_words(library, paper) == ["once"]

    def test_counts_equal_those_of_a_single_source(self, root: Path, tmp_path: Path) -> None:
        days = ("2024-12-31", "2025-01-02", "2025-02-01", "2026-01-01")
        ids = ("2411.00001", "2412.00001", "2412.00002", "2501.00001", "2501.00002", "2601.00001")
        random = Random(7)
        parent = tmp_path / "both"
        first, second = parent / "one", parent / "other"
        for folder in (first, second):
            for day in days:
                papers = map(SamplePaper, random.sample(ids, 3))
                write_digest(folder / f"{day}.md", ko_digest(day, papers))
        library, single = self.open(root, first, second), self.open(root, parent)
        assert library.period_counts.counts == single.period_counts.counts
        assert (
            library.period_counts.recurring_months.keys()
            == single.period_counts.recurring_months.keys()
        )
        assert library.ids() == single.ids()

    def test_index_of_a_single_source_is_not_read(self, root: Path, tmp_path: Path) -> None:
        a = write_digest(
            tmp_path / "a.md", ko_digest("2025-05-01", [SamplePaper("2401.00001"), SamplePaper(P)])
        )
        b = write_digest(tmp_path / "b.md", ko_digest("2025-06-01", [SamplePaper(P)]))
        self.open(root, a, b)
        # Damage would be reported.
        SourceCache(root, a).folder.file("index-24q1").write_text("{")
        library = Library([SourceCache(root, source) for source in [a, b]])
        assert library.period_counts.counts[""] == 2
        assert library.period_counts.counts["2025-05-01"] == 2
        assert library.period_counts.recurring_months == {P: ["2025-05", "2025-06"]}
        assert library.read_errors == []

    def test_source_without_cache_is_ignored(self, root: Path, tmp_path: Path) -> None:
        a = write_digest(
            tmp_path / "a.md", ko_digest("2025-05-01", [SamplePaper(P, "T", 5, ("A",))])
        )
        self.open(root, a)
        library = Library([SourceCache(root, source) for source in [tmp_path / "gone", a]])
        assert ids(library.papers()) == [P]
        assert last_words(library, library.papers()[0]) == ["summary."]

    def test_damage_to_one_cache_does_not_affect_the_other(
        self, root: Path, tmp_path: Path
    ) -> None:
        a = write_digest(
            tmp_path / "a.md", ko_digest("2025-05-01", [SamplePaper(P, "T", 5, ("A",), "a")])
        )
        b = write_digest(
            tmp_path / "b.md", ko_digest("2025-05-01", [SamplePaper("2505.00002", "B", 3)])
        )
        self.open(root, a, b)
        for name in ("index-25q2", "2025-05.rows", "catalogue"):
            SourceCache(root, b).folder.file(name).write_text("{")
        library = Library([SourceCache(root, source) for source in [b, a]])
        assert ids(library.papers()) == ids(library.papers("2025-05-01")) == [P]
        assert library.paper(P) == library.papers()[0]
        assert library.paper("2505.00002") is None
        assert library.problems() == []
        assert library.ids() == {P}
        # Each file is reported once, although it was read several times.
        assert len(library.read_errors) == 3

    def test_library_without_sources_is_empty(self) -> None:
        library = Library([])
        assert library.ids() == set()
        assert library.papers() == []
        assert library.period_counts.nearest_day("2025-05-01") is None


class TestSummaries:
    def test_summary_has_the_text_of_its_entry(self, source: CachedSource) -> None:
        library = open_library(
            source, block_digest("2025-05-01", [SamplePaper(P, "T", summary="Words.")])
        )
        [paper] = library.papers()
        [summary] = library.summaries(paper)
        assert summary.entry == paper.entries[0]
        assert summary.markdown.endswith("Words.")
        assert [section.split()[-1] for section in summary.sections] == ["Motivation"]
        assert summary.thumbnail is None

    def test_summary_has_a_thumbnail(self, source: CachedSource) -> None:
        text = ko_digest("2025-05-01", [SamplePaper(P, "T", 5)])
        library = open_library(
            source, text.replace("Vote:", "![](https://x.example/1.png)\n\nVote:")
        )
        [summary] = library.summaries(library.papers()[0])
        assert summary.thumbnail == "https://x.example/1.png"

    def test_summary_in_a_file_that_another_program_wrote(self, source: CachedSource) -> None:
        papers = [SamplePaper(f"2505.{number:05}", summary=f"Words {number}.") for number in (1, 2)]
        library = open_library(source, ko_digest("2025-05-01", papers))
        [file] = source.cache.folder.path.glob("*.texts.json")
        with TinyDB(file) as database:
            database.table("entries").update({"added": True}, doc_ids=[1])
        assert [last_words(library, paper) for paper in library.papers()] == [["1."], ["2."]]

    def test_equal_summaries_are_returned_once(self, source: CachedSource) -> None:
        library = open_library(
            source,
            ko_digest("2025-05-01", [SamplePaper(P, summary="same")]),
            ko_digest("2025-05-02", [SamplePaper(P, summary="same")]),
        )
        [summary] = library.summaries(library.papers()[0])
        assert summary.entry.date == "2025-05-02"

    def test_empty_summary_is_returned_only_if_alone(self, source: CachedSource) -> None:
        empty = ko_digest("2025-05-02", [SamplePaper(P, summary="")])
        library = open_library(source, empty)
        assert [summary.markdown for summary in library.summaries(library.papers()[0])] == [""]
        library = open_library(
            source, empty, ko_digest("2025-05-01", [SamplePaper(P, summary="text")])
        )
        assert last_words(library, library.papers()[0]) == ["text"]

    def test_stale_library_never_returns_another_papers_summary(self, source: CachedSource) -> None:
        stale = open_library(
            source, ko_digest("2025-05-01", [SamplePaper(P, "Mine", summary="mine")])
        )
        [paper] = stale.papers()
        # After a rebuild, another paper's entry has the same number.
        source.write(
            "0.md", ko_digest("2025-05-01", [SamplePaper("2505.00002", summary="another's")])
        )
        source.sync(rebuild=True)
        [other_paper] = source.library().papers()
        assert other_paper.entries[0].number == paper.entries[0].number
        assert stale.summaries(paper) == []
        assert last_words(source.library(), other_paper) == ["another's"]

    def test_stale_library_finds_its_entry_after_a_rewrite(self, source: CachedSource) -> None:
        stale = open_library(source, ko_digest("2025-05-01", [SamplePaper(P, summary="old")]))
        [paper] = stale.papers()
        fresh = open_library(source, ko_digest("2025-05-01", [SamplePaper(P, summary="new")]))
        assert stale.summaries(paper) == []
        assert last_words(fresh, fresh.papers()[0]) == ["new"]


def test_unused_library_is_freed_at_once(source: CachedSource) -> None:
    library = open_library(source, ko_digest("2025-05-01", [SamplePaper(P)]))
    assert last_words(library, library.papers()[0]) == ["summary."]
    assert library.text_index.texts(library.papers()[0])
    newer = Library(library.caches, before=library)
    reference = weakref.ref(library)
    del library
    assert reference() is None
    assert ids(newer.papers()) == [P]


def test_cleared_caches_are_read_again(source: CachedSource) -> None:
    library = open_library(source, ko_digest("2025-05-01", [SamplePaper(P, votes=5)]))
    all_papers, text_index = library.papers(), library.text_index
    before = contents(library)
    library.clear_caches()
    assert library.papers_without_waiting("") is None
    assert library.text_index is not text_index
    assert library.papers() == all_papers
    assert library.papers() is not all_papers
    assert contents(library) == before


def test_papers_without_waiting_are_those_in_memory(source: CachedSource) -> None:
    library = open_library(source, ko_digest("2025-05-01", [SamplePaper(P, votes=5)]))
    assert library.papers_without_waiting("") is None
    assert ids(library.papers_without_waiting("2025-05-01")) == [P]
    all_papers = library.papers()
    assert library.papers_without_waiting("") is all_papers
    library.papers("2025-05")
    assert library.papers_without_waiting("") is None
    assert library.papers() is all_papers
    # A new library starts without cached papers.
    assert source.library().papers_without_waiting("") is None


def test_library_is_a_snapshot(source: CachedSource) -> None:
    library = open_library(source, ko_digest("2025-05-01", [SamplePaper(P)]))
    before = contents(library)
    open_library(
        source,
        ko_digest("2025-05-01", [SamplePaper(P)]),
        ko_digest("2025-05-02", [SamplePaper("2505.00002")]),
    )
    assert library.period_counts.counts == before["counts"]
    assert library.paper(P) == library.papers()[0]
    assert ids(source.library().papers()) == ["2505.00002", P]
