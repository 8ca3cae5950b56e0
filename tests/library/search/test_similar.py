from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.config.paths import sample_data
from tui.library.library import Library
from tui.library.search.similar import similar_papers
from tui.models import Paper
from tui.runtime.task import Task, TaskCancelledError

P1, P2, P3, P4 = "2505.00001", "2505.00002", "2505.00003", "2505.00004"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Library:
    cache = tmp_path_factory.mktemp("cache")
    sync(SourceCache(cache, sample_data()))
    return Library([SourceCache(cache, source) for source in [sample_data()]])


def paper_with_title(library: Library, title: str) -> Paper:
    """Return the only paper whose title contains a text."""
    [paper] = [paper for paper in library.papers() if title in paper.title]
    return paper


@pytest.mark.parametrize(
    ("title", "most_similar"),
    [
        ("BitNet v2", "BitNet b1.58"),
        ("Soft Thinking", "LightThinker"),
        ("Sadeed", "Kuwain"),
        ("Kuwain", "Sadeed"),
        ("TESS 2", "Block Diffusion"),
        ("WALL-E", "RLVR-World"),
        ("Autellix", "Taming the Titans"),
    ],
)
def test_obvious_match_comes_first(samples: Library, title: str, most_similar: str) -> None:
    assert similar_papers(samples, paper_with_title(samples, title))[0] == paper_with_title(
        samples, most_similar
    )


def test_result_is_ten_distinct_papers_and_reproducible(samples: Library) -> None:
    for paper in samples.papers()[:5]:
        similar = similar_papers(samples, paper)
        assert len({match.paper_id for match in similar}) == 10
        assert paper not in similar
        assert similar_papers(samples, paper) == similar
        assert similar_papers(samples, paper, 3) == similar[:3]


def test_result_does_not_depend_on_the_period(samples: Library) -> None:
    # The paper of a day has that day's votes, which makes no difference.
    day = samples.period_counts.days()[0]
    paper = samples.papers(day)[0]
    merged = samples.paper(paper.paper_id)
    assert merged is not None
    assert similar_papers(samples, paper) == similar_papers(samples, merged)
    assert set(similar_papers(samples, paper)) <= set(samples.papers())


def test_search_can_be_cancelled_at_once(samples: Library) -> None:
    with pytest.raises(TaskCancelledError):
        similar_papers(samples, samples.papers()[0], task=Task(is_cancelled=lambda: True))


def test_search_can_be_cancelled_when_word_counts_are_cached(samples: Library) -> None:
    similar_papers(samples, samples.papers()[0])
    with pytest.raises(TaskCancelledError):
        similar_papers(samples, samples.papers()[0], task=Task(is_cancelled=lambda: True))


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    return CachedSource(tmp_path)


def ids(source: CachedSource, arxiv_id: str) -> list[str]:
    library = source.library()
    paper = library.paper(arxiv_id)
    assert paper is not None
    return [match.paper_id for match in similar_papers(library, paper)]


def test_terms_in_both_scripts_are_compared(source: CachedSource) -> None:
    source.write(
        "1.md",
        ko_digest(
            "2025-05-01",
            [
                SamplePaper(P1, "Alpha", summary="심층강화학습 이야기."),
                SamplePaper(P2, "Beta", summary="강화학습으로 걷는 로봇."),
                SamplePaper(P3, "Gamma", summary="wavelet compression."),
                SamplePaper(P4, "Delta", summary="Wavelet 압축."),
            ],
        ),
    )
    source.sync()
    assert ids(source, P1)[0] == P2
    assert ids(source, P3)[0] == P4


def test_title_counts_more_than_summary(source: CachedSource) -> None:
    entries = [
        SamplePaper(P1, "Wavelet Things", summary="molecule"),
        SamplePaper(P2, "Other Matter", summary="molecule"),
        SamplePaper(P3, "Wavelet Matter", summary="nothing"),
    ]
    source.write("1.md", ko_digest("2025-05-01", entries))
    source.sync()
    assert ids(source, P1)[0] == P3


def test_authors_are_not_compared(source: CachedSource) -> None:
    entries = [
        SamplePaper(P1, "Wavelet", authors=("Zephyr",), summary=""),
        SamplePaper(P2, "Molecule", authors=("Zephyr",), summary=""),
        SamplePaper(P3, "Zephyr", summary=""),
    ]
    source.write("1.md", ko_digest("2025-05-01", entries))
    source.sync()
    assert ids(source, P1) == []


def test_part_of_a_word_does_not_match(source: CachedSource) -> None:
    entries = [SamplePaper(P1, "Wave", summary=""), SamplePaper(P2, "Wavelet", summary="")]
    source.write("1.md", ko_digest("2025-05-01", entries))
    source.sync()
    assert ids(source, P1) == []


def test_paper_without_terms_has_no_similar_papers(source: CachedSource) -> None:
    entries = [
        SamplePaper(P1, "3:1", summary=""),
        SamplePaper(P2, "?", summary=""),
        SamplePaper(P3, None, summary=""),
    ]
    source.write("1.md", ko_digest("2025-05-01", entries))
    source.sync()
    assert ids(source, P1) == []


def test_single_paper_has_no_similar_papers(source: CachedSource) -> None:
    source.write("1.md", ko_digest("2025-05-01", [SamplePaper(P1, "Wavelet")]))
    source.sync()
    assert ids(source, P1) == []
