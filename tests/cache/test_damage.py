"""Damaged caches."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cache.collecting import FILE_RECORDS, FILES, Collection, contents
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.cache.source_cache import SCHEMA
from tui.cache.sync import MAX_QUARANTINED, sync
from tui.storage.tables import NewerSchemaError, OlderSchemaError, read_tables, write_tables


@pytest.fixture
def papers(tmp_path: Path) -> Collection:
    """A source with two digests, synced."""
    collection = Collection(tmp_path)
    collection.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10)]))
    collection.write("june.md", block_digest("2025-06-01", [SamplePaper("2506.00001", "June")]))
    collection.sync()
    return collection


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def scramble(file: Path) -> None:
    """Replace the content without changing the size."""
    file.write_bytes(b"x" * file.stat().st_size)


def replace_with_other_json(file: Path) -> None:
    file.write_text('{"papers": []}')


def make_older(file: Path) -> None:
    write_tables(file, read_tables(file, SCHEMA), SCHEMA - 1)


def quarantine_folders(papers: Collection) -> list[Path]:
    return [path for path in papers.cache.folder.path.iterdir() if path.is_dir()]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [truncate, empty, replace_with_other_json])
def test_damaged_cache_is_quarantined_and_rebuilt(
    papers: Collection, name: str, damage: Callable[[Path], None]
) -> None:
    damage(papers.file(name))
    damaged = papers.file(name).read_bytes()
    report = papers.sync()
    assert report.rebuilt is not None
    assert report.rebuilt.startswith("The cache was rebuilt: ")
    assert str(papers.file(name)) in report.rebuilt
    assert report.read == 2
    assert report.changed
    [quarantine] = quarantine_folders(papers)
    assert {path.stem for path in quarantine.iterdir()} >= set(FILES)
    assert (quarantine / f"{name}.json").read_bytes() == damaged
    assert contents(papers.library()) == papers.rebuilt_contents()
    assert papers.sync().rebuilt is None


def test_only_the_newest_quarantine_folders_are_kept(papers: Collection) -> None:
    for number in range(MAX_QUARANTINED + 2):
        papers.file("calendar").write_text(f"damage {number}")
        assert papers.sync().rebuilt
    kept = sorted((folder / "calendar.json").read_text() for folder in quarantine_folders(papers))
    assert kept == ["damage 2", "damage 3", "damage 4"]


@pytest.mark.parametrize("name", FILES[1:])
def test_missing_file_is_detected(papers: Collection, name: str) -> None:
    papers.file(name).unlink()
    assert papers.sync().rebuilt
    assert contents(papers.library()) == papers.rebuilt_contents()


def test_missing_manifest_causes_a_first_sync(papers: Collection) -> None:
    papers.file("catalogue").unlink()
    (papers.source / "june.md").unlink()
    report = papers.sync()
    assert (report.read, report.rebuilt) == (1, None)
    assert papers.papers() == {"2505.00001": "One"}
    assert contents(papers.library()) == papers.rebuilt_contents()


@pytest.mark.parametrize("name", FILES)
def test_damage_without_a_change_of_size_is_detected_on_reading(
    papers: Collection, name: str
) -> None:
    scramble(papers.file(name))
    papers.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00002", "Two")]))
    assert papers.sync().rebuilt
    assert contents(papers.library()) == papers.rebuilt_contents()


def test_older_schema_is_rebuilt(papers: Collection) -> None:
    for file in papers.cache.folder.path.glob("*.json"):
        make_older(file)
    # Until the sync the library is empty, without errors.
    assert (papers.papers(), papers.library().read_errors) == ({}, [])
    report = papers.sync()
    expected = "The cache was written by an older Broadsheet; all digests were read again."
    assert (report.rebuilt, report.read, report.removed) == (expected, 2, 0)
    assert quarantine_folders(papers) == []
    assert contents(papers.library()) == papers.rebuilt_contents()
    assert papers.sync().rebuilt is None


def test_older_schema_of_a_missing_source_is_kept(papers: Collection) -> None:
    for file in papers.cache.folder.path.glob("*.json"):
        make_older(file)
    before = papers.stamps()
    papers.source.rename(papers.source.with_name("away"))
    with pytest.raises(OlderSchemaError):
        papers.sync()
    assert papers.stamps() == before


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("names", [["catalogue"], ["calendar"], FILES])
def test_newer_schema_is_never_overwritten(
    papers: Collection, names: list[str], rebuild: bool
) -> None:
    for name in names:
        write_tables(papers.file(name), read_tables(papers.file(name), SCHEMA), SCHEMA + 1)
    papers.write("new.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two")]))
    before = papers.stamps()
    with pytest.raises(NewerSchemaError):
        papers.sync(rebuild=rebuild)
    assert papers.stamps() == before
    assert quarantine_folders(papers) == []


def test_damaged_cache_can_be_rebuilt(papers: Collection) -> None:
    truncate(papers.file("catalogue"))
    assert papers.sync(rebuild=True).read == 2
    assert contents(papers.library()) == papers.rebuilt_contents()


def test_library_reports_damage_and_shows_the_rest(papers: Collection) -> None:
    truncate(papers.file("2025-05.rows"))
    truncate(papers.file("2025-06.texts"))
    library = papers.library()
    assert library.read_errors == []
    [june] = library.papers()
    assert june.title == "June"
    assert library.summaries(june) == []
    assert library.papers("2025-05") == []
    assert library.paper("2505.00001") is None
    assert library.paper("2506.00001") == june
    assert len(library.read_errors) == 2
    assert library.read_errors[0].startswith(f"{papers.file('2025-05.rows')}: ")
    assert library.read_errors[1].startswith(f"{papers.file('2025-06.texts')}: ")


@pytest.mark.parametrize("name", ["calendar", "index-25", "catalogue", FILE_RECORDS])
def test_library_tolerates_damage_in_any_file(papers: Collection, name: str) -> None:
    truncate(papers.file(name))
    library = papers.library()
    if name == "calendar":
        assert library.papers() == []
        assert library.nearest_day("2025-05-01") is None
    else:
        assert len(library.papers()) == 2
    is_manifest_file = name in ("catalogue", FILE_RECORDS)
    assert (library.paper("2505.00001") is None) == (not is_manifest_file)
    assert len(library.problems()) == (0 if is_manifest_file else 1)
    assert len(library.read_errors) == 1


class TestReadOnly:
    def test_cache_can_be_read(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            papers = Collection(folder)
            papers.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            papers.sync()
            expected = contents(papers.library())
            (papers.cache.folder.path / ".lock").unlink()
            papers.cache.folder.path.chmod(0o500)
            papers.root.chmod(0o500)
            papers.write("2.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 2)]))
            with pytest.raises(PermissionError):
                papers.sync()
            assert contents(papers.library()) == expected

    def test_sync_without_changes_needs_no_write_access(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            papers = Collection(folder)
            old_file = papers.write(
                "1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)])
            )
            os.utime(old_file, (1_700_000_000, 1_700_000_000))
            papers.sync()
            (papers.cache.folder.path / ".lock").unlink()
            papers.cache.folder.path.chmod(0o500)
            assert papers.sync().unchanged == 1

    def test_new_source_in_a_read_only_cache_is_an_error(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            papers = Collection(folder)
            papers.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            papers.root.mkdir(mode=0o500)
            with pytest.raises(PermissionError):
                papers.sync()
            assert not papers.cache.exists()

    def test_unreadable_cache_is_reported(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            papers = Collection(folder)
            papers.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            papers.sync()
            papers.cache.folder.path.chmod(0)
            library = papers.library()
            assert library.papers() == []
            assert library.paper("2505.00001") is None
            assert len(library.read_errors) == 2
            assert all("Permission denied" in error for error in library.read_errors)
            with pytest.raises(PermissionError):
                sync(papers.cache)
