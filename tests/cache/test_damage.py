"""Damaged caches."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cache.cached_source import FILE_RECORDS, FILES, CachedSource, contents
from tests.support.sample_digests import SamplePaper, ko_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.cache.removal import MAX_QUARANTINED
from tui.cache.source_cache import SCHEMA
from tui.cache.sync import sync
from tui.storage.tables import NewerSchemaError, OlderSchemaError, read_tables, write_tables


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


def quarantine_folders(source: CachedSource) -> list[Path]:
    return [path for path in source.cache.folder.path.iterdir() if path.is_dir()]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [truncate, empty, replace_with_other_json])
def test_damaged_cache_is_quarantined_and_rebuilt(
    source: CachedSource, name: str, damage: Callable[[Path], None]
) -> None:
    damage(source.file(name))
    damaged = source.file(name).read_bytes()
    report = source.sync()
    assert report.rebuilt is not None
    assert report.rebuilt.startswith("The cache was rebuilt: ")
    assert str(source.file(name)) in report.rebuilt
    assert report.read == 2
    assert report.changed
    [quarantine] = quarantine_folders(source)
    assert {path.stem for path in quarantine.iterdir()} >= set(FILES)
    assert (quarantine / f"{name}.json").read_bytes() == damaged
    assert contents(source.library()) == source.rebuilt_contents()
    assert source.sync().rebuilt is None


def test_only_the_newest_quarantine_folders_are_kept(source: CachedSource) -> None:
    for number in range(MAX_QUARANTINED + 2):
        source.file("calendar").write_text(f"damage {number}")
        assert source.sync().rebuilt
    kept = sorted((folder / "calendar.json").read_text() for folder in quarantine_folders(source))
    assert kept == ["damage 2", "damage 3", "damage 4"]


@pytest.mark.parametrize("name", FILES[1:])
def test_missing_file_is_detected(source: CachedSource, name: str) -> None:
    source.file(name).unlink()
    assert source.sync().rebuilt
    assert contents(source.library()) == source.rebuilt_contents()


def test_missing_manifest_causes_a_first_sync(source: CachedSource) -> None:
    source.file("catalogue").unlink()
    (source.digests / "june.md").unlink()
    report = source.sync()
    assert (report.read, report.rebuilt) == (1, None)
    assert source.papers() == {"2505.00001": "One"}
    assert contents(source.library()) == source.rebuilt_contents()


@pytest.mark.parametrize("name", FILES)
def test_damage_without_a_change_of_size_is_detected_on_reading(
    source: CachedSource, name: str
) -> None:
    scramble(source.file(name))
    source.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00002", "Two")]))
    assert source.sync().rebuilt
    assert contents(source.library()) == source.rebuilt_contents()


def test_older_schema_is_rebuilt(source: CachedSource) -> None:
    for file in source.cache.folder.path.glob("*.json"):
        make_older(file)
    # Until the sync the library is empty, without errors.
    assert (source.papers(), source.library().read_errors) == ({}, [])
    report = source.sync()
    expected = "The cache was written by an older Broadsheet; all digests were read again."
    assert (report.rebuilt, report.read, report.removed) == (expected, 2, 0)
    assert quarantine_folders(source) == []
    assert contents(source.library()) == source.rebuilt_contents()
    assert source.sync().rebuilt is None


def test_older_schema_of_a_missing_source_is_kept(source: CachedSource) -> None:
    for file in source.cache.folder.path.glob("*.json"):
        make_older(file)
    before = source.stamps()
    source.digests.rename(source.digests.with_name("away"))
    with pytest.raises(OlderSchemaError):
        source.sync()
    assert source.stamps() == before


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("names", [["catalogue"], ["calendar"], FILES])
def test_newer_schema_is_never_overwritten(
    source: CachedSource, names: list[str], rebuild: bool
) -> None:
    for name in names:
        write_tables(source.file(name), read_tables(source.file(name), SCHEMA), SCHEMA + 1)
    source.write("new.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two")]))
    before = source.stamps()
    with pytest.raises(NewerSchemaError):
        source.sync(rebuild=rebuild)
    assert source.stamps() == before
    assert quarantine_folders(source) == []


def test_damaged_cache_can_be_rebuilt(source: CachedSource) -> None:
    truncate(source.file("catalogue"))
    assert source.sync(rebuild=True).read == 2
    assert contents(source.library()) == source.rebuilt_contents()


def test_library_reports_damage_and_shows_the_rest(source: CachedSource) -> None:
    truncate(source.file("2025-05.rows"))
    truncate(source.file("2025-06.texts"))
    library = source.library()
    assert library.read_errors == []
    [june] = library.papers()
    assert june.title == "June"
    assert library.summaries(june) == []
    assert library.papers("2025-05") == []
    assert library.paper("2505.00001") is None
    assert library.paper("2506.00001") == june
    assert len(library.read_errors) == 2
    assert library.read_errors[0].startswith(f"{source.file('2025-05.rows')}: ")
    assert library.read_errors[1].startswith(f"{source.file('2025-06.texts')}: ")


@pytest.mark.parametrize("name", ["calendar", "index-25q2", "catalogue", FILE_RECORDS])
def test_library_tolerates_damage_in_any_file(source: CachedSource, name: str) -> None:
    truncate(source.file(name))
    library = source.library()
    if name == "calendar":
        assert library.papers() == []
        assert library.period_counts.nearest_day("2025-05-01") is None
    else:
        assert len(library.papers()) == 2
    is_manifest_file = name in ("catalogue", FILE_RECORDS)
    assert (library.paper("2505.00001") is None) == (not is_manifest_file)
    assert len(library.problems()) == (0 if is_manifest_file else 1)
    assert len(library.read_errors) == 1


class TestReadOnly:
    def test_cache_can_be_read(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            source.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            source.sync()
            expected = contents(source.library())
            (source.cache.folder.path / ".lock").unlink()
            source.cache.folder.path.chmod(0o500)
            source.caches.chmod(0o500)
            source.write("2.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 2)]))
            with pytest.raises(PermissionError):
                source.sync()
            assert contents(source.library()) == expected

    def test_sync_without_changes_needs_no_write_access(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            old_file = source.write(
                "1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)])
            )
            os.utime(old_file, (1_700_000_000, 1_700_000_000))
            source.sync()
            (source.cache.folder.path / ".lock").unlink()
            source.cache.folder.path.chmod(0o500)
            assert source.sync().unchanged == 1

    def test_new_source_in_a_read_only_cache_is_an_error(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            source.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            source.caches.mkdir(mode=0o500)
            with pytest.raises(PermissionError):
                source.sync()
            assert not source.cache.exists()

    def test_unreadable_cache_is_reported(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            source.write("1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)]))
            source.sync()
            source.cache.folder.path.chmod(0)
            library = source.library()
            assert library.papers() == []
            assert library.paper("2505.00001") is None
            assert len(library.read_errors) == 2
            remedy = f"permission denied; chmod u+rwx {source.cache.folder.path}"
            assert all(error.endswith(remedy) for error in library.read_errors)
            with pytest.raises(PermissionError):
                sync(source.cache)
