"""Which papers are new after a visit, depending on how much of a source had been read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.library.library import Library
from tui.library.visits import VisitLog


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    """Return a source of two days that have not been read."""
    found = CachedSource(tmp_path)
    write_days(found, 1, 2)
    return found


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def write_days(source: CachedSource, *days: int) -> None:
    for day in days:
        paper = SamplePaper(f"2505.000{day:02}")
        source.write(f"{day:02}.md", ko_digest(f"2025-05-{day:02}", [paper]))


def sync_first_file(source: CachedSource) -> None:
    answers = iter([False, True])
    assert source.sync(cancelled=lambda: next(answers)).cancelled


def complete_visit(state: Path, library: Library) -> None:
    visits = VisitLog(state)
    library.visits = visits
    visits.end(library, set())
    visits.save()


def new_papers(state: Path, source: CachedSource) -> list[str]:
    return sorted(VisitLog(state).arrivals(source.library()))


def test_what_arrives_after_a_visit_is_new(source: CachedSource, state: Path) -> None:
    source.sync()
    complete_visit(state, source.library())
    assert not new_papers(state, source)
    write_days(source, 3)
    source.sync()
    assert new_papers(state, source) == ["2505.00003"]


def test_rest_of_an_interrupted_first_sync_is_not_new(source: CachedSource, state: Path) -> None:
    sync_first_file(source)
    complete_visit(state, source.library())
    source.sync()
    assert not new_papers(state, source)


def test_rest_of_a_sync_that_ended_unseen_is_not_new(source: CachedSource, state: Path) -> None:
    sync_first_file(source)
    shown = source.library()
    assert len(shown.days_by_id) == 1
    source.sync()
    complete_visit(state, shown)
    assert not new_papers(state, source)


def test_papers_of_an_added_source_are_not_new(
    source: CachedSource, state: Path, tmp_path: Path
) -> None:
    source.sync()
    complete_visit(state, source.library())
    (tmp_path / "other").mkdir()
    added = CachedSource(tmp_path / "other")
    write_days(added, 7)
    added.sync()
    assert not sorted(VisitLog(state).arrivals(Library([source.cache, added.cache])))


def test_damaged_catalogue_is_no_reason_to_fail(source: CachedSource, state: Path) -> None:
    source.sync()
    library = source.library()
    source.file("catalogue").write_bytes(b"{")
    complete_visit(state, library)
    source.sync()
    assert not new_papers(state, source)
