"""Values of a library that complete queries."""

from __future__ import annotations

from pathlib import Path

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.library.search.field_values import FieldValues, library_values
from tui.runtime.task import Task


def test_values_that_start_so_come_before_those_with_such_a_word() -> None:
    names = FieldValues(["Jae Kim", "Kimberly Roe", "Li, Kim", "Hakim", "Kim Min", "김 선"])
    assert names.starting_with("kim", 9) == ["Kimberly Roe", "Kim Min", "Jae Kim", "Li, Kim"]
    assert names.starting_with("kim", 2) == ["Kimberly Roe", "Kim Min"]
    assert names.starting_with("", 2) == ["Jae Kim", "Kimberly Roe"]
    assert names.starting_with("김", 9) == ["김 선"]
    assert names.starting_with("k.m", 9) == []
    assert FieldValues([]).starting_with("a", 9) == []


def test_library_has_authors_sources_and_sections(tmp_path: Path) -> None:
    source = CachedSource(tmp_path)
    papers = [
        SamplePaper("2505.00001", "One", 1, ("Ann", "Bo"), "Text."),
        SamplePaper("2505.00002", "Two", 1, ("Bo",), "Text."),
    ]
    source.write("a/1.md", ko_digest("2025-05-02", papers))
    source.write("2.md", ko_digest("2025-04-01", papers[:1]))
    source.sync()
    library = source.library()
    assert library_values(library, "author").starting_with("", 9) == ["Bo", "Ann"]
    assert library_values(library, "source").starting_with("", 9) == ["a/1.md", "2.md"]
    assert library_values(library, "section").starting_with("", 9)
    assert library_values(library, "title").starting_with("", 9) == []
    cancelled = Task(is_cancelled=lambda: True)
    assert library_values(library, "author", cancelled).starting_with("", 9) == []
