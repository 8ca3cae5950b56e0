from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.cache.source_cache import SourceCache
from tui.library.library import Library
from tui.library.visits import VisitLog


@pytest.fixture
def visited(home: Home, digests: Path) -> Home:
    """Return a home in which three papers are known, one of them read, and two are new."""
    home.configure(f'sources = ["{digests}"]\n')
    assert home.run("sync").code == 0
    visits = VisitLog(home.state)
    visits.end(Library([SourceCache(home.cache, digests)]), set())
    visits.save()
    papers = [SamplePaper("2505.00004", votes=1), SamplePaper("2505.00005", votes=2)]
    write_digest(digests / "03.md", ko_digest("2025-05-03", papers))
    assert home.run("sync").code == 0
    assert home.run("marks", "set", "2505.00001", "2505.00004", "--read").code == 0
    return home


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 5),
        ("is:read", 2),
        ("is:unread", 3),
        ("is:new", 2),
        ("is:new is:unread", 1),
        ("is:new is:read is:unread", 0),
        ("-is:new", 3),
        ("is:new votes:>=2", 1),
        ("First", 1),
        ("nothing-like-this", 0),
    ],
)
def test_count_prints_one_number_that_agrees_with_the_list(
    visited: Home, query: str, number: int
) -> None:
    result = visited.run("count", "--", query)
    assert (result.out, result.err) == (f"{number}\n", "")
    assert result.code == (0 if number else 1)
    assert len(visited.run("list", "--format", "ids", "--", query).lines) == number


def test_papers_of_named_sources_are_not_new(visited: Home, digests: Path) -> None:
    assert visited.run("count", "-p", digests, "is:new").out == "0\n"


def test_count_reads_new_digests_first(visited: Home, digests: Path) -> None:
    write_digest(digests / "04.md", ko_digest("2025-05-04", [SamplePaper("2505.00006", votes=1)]))
    assert visited.run("count", "is:new").out == "3\n"


def test_query_of_a_count_must_be_valid(home: Home) -> None:
    assert home.run("count", "is:old").code == 2


def test_before_the_first_visit_nothing_is_new(samples: Home) -> None:
    assert samples.run("count", "is:new").out == "0\n"
    assert samples.run("count").out == "71\n"


def test_damaged_log_of_visits_counts_as_none(visited: Home) -> None:
    for name in ("visit", "known-papers"):
        (visited.state / f"{name}.json").write_text("{")
    assert visited.run("count", "is:new").out == "0\n"
