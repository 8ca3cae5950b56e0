from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest, write_digest
from tui.cache.merge import EntryPaper, rows_to_papers
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.config.paths import sample_data
from tui.library.library import Library
from tui.library.search.metadata_index import BLOCK_PAPERS
from tui.library.search.search import FIRST_BATCH, search, search_in_batches, search_library
from tui.models import Marks, Paper, Summary
from tui.query.normalization import metadata_text, normalize
from tui.query.parser import parse
from tui.query.query import compile_query
from tui.query.relevance import sort_matches
from tui.runtime.task import Task

DIFFUSION, AGENT, BLOCK = "2505.00001", "2505.00002", "2505.00003"
BLOCK_DIGEST = block_digest("2025-05-01", [SamplePaper(BLOCK, "Planner", summary="Video plans.")])


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    source = CachedSource(tmp_path)
    source.write(
        "1.md",
        ko_digest(
            "2025-05-02",
            [
                SamplePaper(
                    DIFFUSION, "Sparse Diffusion", 40, ("Kim Min",), "확산 모델 for video."
                ),
                SamplePaper(AGENT, "Web Agent", 10, ("Lee",), ""),
            ],
        ),
    )
    source.write("2.md", BLOCK_DIGEST)
    source.write(
        "3.md", ko_digest("2025-04-01", [SamplePaper(AGENT, "Agent", 3, (), "An old entry.")])
    )
    source.sync()
    return source


def find(library: Library, query: str, marks: dict[str, Marks] | None = None) -> list[str]:
    papers = search(library, library.papers(), parse(query), marks)
    return [paper.paper_id for paper in papers]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [DIFFUSION, AGENT, BLOCK]),
        ("nothing", []),
        ("title:agent", [AGENT]),
        ("title:video", []),
        ("video", [DIFFUSION, BLOCK]),
        ("확산", [DIFFUSION]),
        ('"old entry"', [AGENT]),
        ("author:kim", [DIFFUSION]),
        (AGENT, [AGENT]),
        ("votes:>=10", [DIFFUSION, AGENT]),
        ("votes:3", []),
        ("-votes:>=10", [BLOCK]),
        ("video votes:>=10", [DIFFUSION]),
        ("-video", [AGENT]),
        ("agent OR plans", [AGENT, BLOCK]),
        ("(video plans) OR web", [AGENT, BLOCK]),
        ("(video votes:40) OR (old date:2025-04)", [DIFFUSION, AGENT]),
        ("-(video OR old)", []),
        ("-(video plans)", [DIFFUSION, AGENT]),
        ("-(votes:40 OR has:votes) video", [BLOCK]),
        ("NOT (video AND (확산 OR nothing)) has:summary", [AGENT, BLOCK]),
        ("date:2025-04", [AGENT]),
        ("source:2.md", [BLOCK]),
        ("section:motivation", [BLOCK]),
        ("has:summary", [DIFFUSION, AGENT, BLOCK]),
        ("has:votes", [DIFFUSION, AGENT]),
        ("is:starred", []),
    ],
)
def test_matching_papers_are_found(source: CachedSource, query: str, expected: list[str]) -> None:
    assert find(source.library(), query) == expected
    found = search_library(source.library(), parse(query))
    assert [paper.paper_id for paper in found] == expected


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("확산", 1),
        ("title:agent votes:10", 2),
        ("agent", 2),
        ("author:kim", 1),
        ("nothing", 0),
        ("video OR lee", 4),
        ("video planner", 1),
        # These need more than their words.
        ("-video", 4),
        ("video OR votes:10", 4),
        ('author:"kim, min"', 4),
        ("ㅎㅅ", 4),
    ],
)
def test_only_papers_with_the_words_are_read(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch, query: str, rows: int
) -> None:
    parsed: list[str] = []

    def parse_rows(entries: Mapping[str, Any], number: int) -> list[EntryPaper]:
        parsed.extend(entries)
        return rows_to_papers(entries, number)

    monkeypatch.setattr("tui.cache.source_cache.rows_to_papers", parse_rows)
    assert [*search_library(source.library(), parse(query))] or rows in {0, 4}
    assert len(parsed) == rows


def test_unreadable_month_is_reported_by_a_search_for_words(source: CachedSource) -> None:
    file = source.file("2025-05.rows")
    data = file.read_bytes()
    # Its checksum is wrong now.
    file.write_bytes(data.replace(b"Sparse", b"Sparze"))
    library = source.library()
    assert [paper.paper_id for paper in search_library(library, parse("entry"))] == [AGENT]
    [error] = library.read_errors
    assert "2025-05.rows.json: is damaged" in error


def test_words_in_the_title_are_most_relevant(source: CachedSource) -> None:
    papers = [
        SamplePaper("2505.00010", "Other", summary="Video planner."),
        SamplePaper("2505.00011", "Other", authors=("Paul Video",), summary="Nothing."),
        SamplePaper("2505.00012", "On VIDEO", summary="Nothing."),
        SamplePaper("2505.00013", "Planner and video", summary="Nothing."),
    ]
    source.write("2.md", ko_digest("2025-05-01", papers))
    source.sync()
    library = source.library()

    def sorted_ids(query: str) -> str:
        parsed = parse(query)
        scores: dict[str, int] = {}
        matches = search(library, library.papers(), parsed, scores=scores)
        found = sort_matches(matches, parsed, scores)
        return " ".join(paper[0][-2:] for paper in found)

    # Equally relevant papers stay in the order of the library.
    assert sorted_ids("video") == "12 13 11 01 10"
    assert sorted_ids("video planner") == "13 10"
    assert sorted_ids("video OR planner") == "13 12 11 01 10"
    assert sorted_ids("video -(planner OR diffusion)") == "12 11"
    assert sorted_ids("video sort:-relevance") == "01 10 11 12 13"
    assert sorted_ids("has:summary") == sorted_ids("has:summary sort:relevance")


def test_results_keep_the_order_of_the_papers(source: CachedSource) -> None:
    library = source.library()
    backward = library.papers()[::-1]
    assert list(search(library, backward, parse("video"))) == [backward[0], backward[2]]


def test_marks_are_searched(source: CachedSource) -> None:
    marks = {AGENT: Marks(starred=True, tags=("rl",)), BLOCK: Marks(read=True)}
    library = source.library()
    assert find(library, "is:starred", marks) == [AGENT]
    assert find(library, "tag:rl", marks) == [AGENT]
    assert find(library, "is:unread", marks) == [DIFFUSION, AGENT]


def test_papers_without_summary_are_searched(source: CachedSource) -> None:
    source.write("3.md", "nothing any more")
    source.sync()
    assert find(source.library(), "-has:summary") == [AGENT]


def test_summaries_are_read_only_if_the_rest_matches(source: CachedSource) -> None:
    # Reading a damaged file adds an error.
    for month in ("2025-04", "2025-05"):
        source.file(f"{month}.texts").write_text("{")
    library = source.library()
    assert find(library, "votes:>=10 title:agent") == [AGENT]
    assert find(library, "old date:2025-03") == []
    assert library.read_errors == []
    assert find(library, "old votes:10 date:2025-04") == []
    assert len(library.read_errors) == 2


def test_month_without_the_words_is_not_read(source: CachedSource) -> None:
    # It is damaged, which nobody notices before it is read.
    file = source.file("2025-04.rows")
    file.write_bytes(file.read_bytes().replace(b"Agent", b"Agemt"))
    library = source.library()
    assert [paper.paper_id for paper in search_library(library, parse("확산"))] == [DIFFUSION]
    assert library.read_errors == []
    assert list(search_library(library, parse("old"))) == []
    assert len(library.read_errors) == 1


PAPER_COUNT = 2 * BLOCK_PAPERS + 100
"""More papers than fit in two batches."""


@pytest.fixture(scope="module")
def large_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Many papers in two months; every seventh mentions boats, in the title or the summary."""
    source = CachedSource(tmp_path_factory.mktemp("many"))
    for month in (5, 4):
        numbers = range(month % 2, PAPER_COUNT, 2)
        digest = [
            SamplePaper(
                f"25{month:02}.{number:05}",
                f"Título {number} 돛 boat" if number % 14 == 0 else f"Title {number}",
                number,
                (),
                "A boat." if number % 14 == 7 else "A 배." if number % 3 else "",
            )
            for number in numbers
        ]
        source.write(f"{month}.md", ko_digest(f"2025-{month:02}-01", digest))
    source.sync()
    return source.library()


@pytest.mark.parametrize("earlier_query", ["votes:>=600", "date:2025-05", "0001", "boat"])
@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("boat", lambda number: number % 7 == 0),
        ("-boat", lambda number: number % 7),
        ("배 OR 돛", lambda number: number % 14 == 0 or (number % 3 and number % 14 != 7)),
        ("boat OR votes:<100", lambda number: number % 7 == 0 or number < 100),
        (
            "-has:summary OR boat votes:>20",
            lambda number: number > 20 and _mentions_any(number),
        ),
        ("título", lambda number: number % 14 == 0),
    ],
)
def test_large_library_is_searched_completely(
    large_library: Library, earlier_query: str, query: str, matches: Callable[[int], bool]
) -> None:
    # The index of an earlier search, whatever its batches, makes no difference.
    library = Library(large_library.caches)
    indexed = list(search(library, library.papers(), parse(earlier_query)))
    assert 0 < len(indexed) < len(library.papers())
    for papers in (indexed, library.papers(), library.papers("2025-04"), indexed[::-1]):
        expected = [paper for paper in papers if matches(paper.votes or 0)]
        assert list(search(library, papers, parse(query))) == expected


def _mentions_any(number: int) -> bool:
    return number % 7 == 0 or number % 3 == 0


def test_results_are_yielded_in_batches(large_library: Library) -> None:
    papers = large_library.papers()
    batches = list(search_in_batches(large_library, papers, parse("boat")))
    searched = [0, *(number for number, _found in batches)]
    assert searched[:3] == [0, FIRST_BATCH, 3 * FIRST_BATCH]
    assert searched[-1] == PAPER_COUNT
    assert max(end - start for start, end in pairwise(searched)) == BLOCK_PAPERS
    for (start, end), (_number, matching) in zip(pairwise(searched), batches, strict=True):
        assert matching == [paper for paper in papers[start:end] if not (paper.votes or 0) % 7]


class TestTextsAreReused:
    """Indexed texts are reused. Tests damage a file to detect whether it is read again."""

    @staticmethod
    def damage(source: CachedSource, month: str) -> None:
        """Damage the file of a month's texts without changing its stamp."""
        file = source.file(f"{month}.texts")
        stat = file.stat()
        file.write_bytes(b"{" * stat.st_size)
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def test_same_library_reuses_texts(self, source: CachedSource) -> None:
        library = source.library()
        assert find(library, "video") == [DIFFUSION, BLOCK]
        assert find(library, "section:nothing") == []
        self.damage(source, "2025-05")
        assert find(library, "video plans") == [BLOCK]
        assert find(library, "section:motivation") == [BLOCK]
        assert library.read_errors == []

    def test_next_library_reuses_texts(self, source: CachedSource) -> None:
        first = source.library()
        assert find(first, "old OR video") == [DIFFUSION, AGENT, BLOCK]
        source.write(
            "3.md",
            ko_digest("2025-04-02", [SamplePaper(AGENT, "Agent", 3, (), "A fresh entry.")]),
        )
        source.sync()
        self.damage(source, "2025-05")
        second = Library(first.caches, before=first)
        assert find(second, "video") == [DIFFUSION, BLOCK]
        assert find(second, "old") == []
        assert find(second, "fresh") == [AGENT]
        assert find(second, '"web agent" fresh') == [AGENT]
        assert second.read_errors == []
        # A library without a predecessor reads the damaged file.
        assert find(source.library(), "video") == []
        # The first library is unchanged.
        assert find(first, "old") == [AGENT]

    def test_texts_of_an_unreadable_file_are_not_reused(self, source: CachedSource) -> None:
        file = source.file("2025-05.texts")
        data = file.read_bytes()
        file.write_bytes(b"{")
        first = source.library()
        assert find(first, "video") == []
        assert len(first.read_errors) == 1
        file.write_bytes(data)
        assert find(Library(first.caches, before=first), "video") == [
            DIFFUSION,
            BLOCK,
        ]

    def test_texts_of_another_paper_with_the_same_number_are_not_reused(
        self, tmp_path: Path
    ) -> None:
        source = CachedSource(tmp_path)
        source.write("1.md", ko_digest("2025-05-01", [SamplePaper(DIFFUSION, summary="Old.")]))
        source.sync()
        stale = source.library()
        [paper] = stale.papers()
        source.write("1.md", ko_digest("2025-05-01", [SamplePaper(AGENT, summary="Fresh.")]))
        source.sync(rebuild=True)
        [other] = source.library().papers()
        assert other.entries[0].number == paper.entries[0].number
        assert find(source.library(), "fresh") == [AGENT]
        assert find(stale, "fresh") == []

    def test_texts_of_the_remaining_sources_are_reused(
        self, tmp_path: Path, source: CachedSource
    ) -> None:
        other = SourceCache(source.caches, write_digest(tmp_path / "other.md", BLOCK_DIGEST))
        sync(other)
        both_sources = Library([other, source.cache])
        assert find(both_sources, "video") == [DIFFUSION, BLOCK]
        self.damage(source, "2025-05")
        one_source = Library([source.cache], before=both_sources)
        assert find(one_source, "video -planner") == [DIFFUSION]
        assert find(Library([other], before=both_sources), "video") == [BLOCK]
        assert one_source.read_errors == []

    def test_concurrent_searches_share_texts(self, source: CachedSource) -> None:
        library = source.library()
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(partial(find, library), ["video"] * 16))
        assert answers == [[DIFFUSION, BLOCK]] * 16


@dataclass(frozen=True)
class PlainDocument:
    """A document made from the papers and summaries of a library, without any index."""

    library: Library
    paper: Paper
    marks: Marks

    @property
    def is_recommended(self) -> bool:
        return False

    def match(self, _tag: str, /) -> int | None:
        return None

    @property
    def summaries(self) -> list[Summary]:
        return self.library.summaries(self.paper)

    @property
    def texts(self) -> tuple[str, ...]:
        return (
            metadata_text(self.paper),
            *(normalize(summary.markdown) for summary in self.summaries),
        )

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(label for summary in self.summaries for label in summary.sections)

    @property
    def is_new(self) -> bool:
        return False

    @property
    def has_summary(self) -> bool:
        return any(summary.markdown for summary in self.summaries)

    @property
    def full_text(self) -> str:
        return ""

    @property
    def has_full_text(self) -> bool:
        return False


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The sample data, and a second source that repeats one of its days."""
    cache = tmp_path_factory.mktemp("cache")
    day = cache / "again.md"
    day.write_text(
        ko_digest("2025-05-28", [SamplePaper("2505.22617", None, 3, (), "엔트로피 again.")])
    )
    sources = [sample_data(), day]
    for source in sources:
        sync(SourceCache(cache, source))
    return Library([SourceCache(cache, source) for source in sources])


WORDS = [
    "diffusion",
    "wang",
    "2505",
    "학습",
    "강화학습",
    "ㄱㅎㅎㅅ",
    "the",
    "엔트로피",
    "nowhere",
    "2505.22617",
]
PHRASES = ['"강화 학습"', '"language model"', "title:reasoning", "author:kim", "2505.22617v1"]
NAMES = [
    "author:=kim",
    'author:"wang, y"',
    "title:=nothing",
    "id:2505.22617",
    '"wang" OR title:the',
]
FIELDS = ["section:what", "section:활용", "source:again", "has:summary", "has:votes", "votes:>=20"]
STATES = ["date:2025-05", "is:starred", "is:read", "is:tagged", "tag:rl"]
words = st.sampled_from([*WORDS, *PHRASES, *NAMES, *FIELDS, *STATES])
terms = st.builds(str.__add__, st.sampled_from(["", "-"]), words)
clauses = st.lists(terms, min_size=1, max_size=3).map(" OR ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.lists(clauses, max_size=3).map(" ".join), seed=st.randoms(use_true_random=False))
def test_search_equals_testing_every_paper(samples: Library, query: str, seed: Random) -> None:
    marks = {
        paper.paper_id: Marks(seed.random() < 0.5, seed.random() < 0.5, ("RL",))
        for paper in samples.papers()[::2]
    }
    matches = compile_query(parse(query))
    for period in ("", "2025-05", "2025-05-28"):
        papers = samples.papers(period)
        expected = [
            paper
            for paper in papers
            if matches(PlainDocument(samples, paper, marks.get(paper.paper_id, Marks())))
        ]
        assert list(search(samples, papers, parse(query), marks)) == expected
        if not period:
            assert list(search_library(samples, parse(query), marks)) == expected


def test_search_can_be_cancelled(large_library: Library) -> None:
    answers = iter([False, False, True])
    results = search_in_batches(
        large_library,
        large_library.papers(),
        parse("title"),
        task=Task(is_cancelled=lambda: next(answers)),
    )
    assert [number for number, _found in results] == [FIRST_BATCH, 3 * FIRST_BATCH]
    assert not list(
        search(
            large_library,
            large_library.papers(),
            parse("title"),
            task=Task(is_cancelled=lambda: True),
        )
    )
