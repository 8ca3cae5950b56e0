"""A cache that one user writes and others read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource, contents
from tests.support.requirements import require_programs
from tests.support.sample_digests import SamplePaper, ko_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.cache.manifest import shard_of
from tui.cache.source_cache import CacheLocator
from tui.cache.sync import sync
from tui.library.library import Library
from tui.storage import atomic_write, tables
from tui.storage.tables import DamagedFileError

MAY_1 = ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 1)])
MAY_2 = ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 2)])


@contextmanager
def umask(mask: int) -> Iterator[None]:
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


def modes(source: CachedSource) -> dict[str, int]:
    """Return the permissions of the cache folder and everything in it."""
    paths = (source.caches, *source.caches.rglob("*"))
    return {path.name: path.stat().st_mode & 0o7777 for path in paths}


@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_permissions_do_not_depend_on_the_umask(tmp_path: Path, mask: int) -> None:
    source = CachedSource(tmp_path, is_open=True)
    source.write("1.md", MAY_1)
    with umask(mask):
        source.sync()
        modes_by_name = modes(source)
        assert modes_by_name.pop(".lock") == 0o600
        folders = {source.caches.name, source.cache.folder.path.name}
        assert all(modes_by_name[name] & 0o055 == 0o055 for name in folders)
        assert modes_by_name.pop(source.cache.folder.path.name) == 0o755
        assert {mode for name, mode in modes_by_name.items() if name not in folders} == {0o644}


def test_changed_setting_updates_the_permissions(tmp_path: Path) -> None:
    source = CachedSource(tmp_path)
    source.write("1.md", MAY_1)
    with umask(0o077):
        source.sync()
    private = modes(source)
    assert not any(mode & 0o077 for mode in private.values())
    source.caches.chmod(0o2700)
    shared = CachedSource(tmp_path, is_open=True)
    stamps = shared.stamps()
    shared.sync()
    assert modes(source)[source.caches.name] == 0o2755
    assert modes(source)["calendar.json"] == 0o644
    assert shared.stamps() == stamps  # no file was rewritten
    source.sync()
    assert {**modes(source), source.caches.name: 0o700} == private


def test_cache_of_another_user_is_read_but_not_written() -> None:
    require_programs(root_task="switch to another user")
    with folder_of_nobody() as folder:
        source = CachedSource(folder, is_open=True)
        source.write("1.md", MAY_1)
        source.sync()
        expected = contents(source.library())
        assert source.cache.other_owner() is None
        source.write("2.md", MAY_2)
        source.digests.chmod(0o700)
        before = source.stamps()
        with as_nobody():
            assert source.cache.other_owner() == "root"
            for rebuild in (False, True):
                report = source.sync(rebuild=rebuild)
                assert (report.other_owner, report.changed, report.entries) == ("root", False, 1)
                assert [problem.file for problem in report.problems] == ["1.md"]
            assert contents(source.library()) == expected
        assert source.stamps() == before


def test_only_the_owner_rebuilds_a_damaged_cache() -> None:
    require_programs(root_task="switch to another user")
    with folder_of_nobody() as folder:
        source = CachedSource(folder, is_open=True)
        source.write("1.md", MAY_1)
        source.sync()
        source.file("catalogue").write_bytes(b"{")
        with as_nobody(), pytest.raises(DamagedFileError):
            source.sync()
        assert source.file("catalogue").read_bytes() == b"{"
        assert source.sync().rebuilt


def test_library_is_outdated_after_a_sync_with_changes(tmp_path: Path) -> None:
    source = CachedSource(tmp_path)
    source.write("1.md", MAY_1)
    source.sync()
    library = source.library()
    assert not library.is_outdated()
    source.sync()
    assert not library.is_outdated()
    source.write("2.md", MAY_2)
    source.sync()
    assert library.is_outdated()
    assert not source.library().is_outdated()


def test_library_is_not_outdated_before_a_write_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CachedSource(tmp_path)
    source.write("1.md", MAY_1)
    source.sync()
    source.write("2.md", MAY_2)
    library = source.library()
    before = contents(library)
    replace = atomic_write.replace_file
    checks = []

    def replace_and_open(path: Path, data: bytes, mode: int) -> None:
        replace(path, data, mode)
        checks.append((path.stem, library.is_outdated()))
        # A library opened now works, and is outdated once the write is complete.
        current = source.library()
        assert {paper.arxiv_id for paper in current.papers()} >= {"2505.00001"}
        assert current.read_errors == []
        opened.append(current)

    opened: list[Library] = []
    with monkeypatch.context() as patched:
        patched.setattr(tables, "replace_file", replace_and_open)
        source.sync()
    assert [name for name, _ in checks] == [
        "catalogue", "2025-05.texts", "2025-05.rows", "2025-05.words", "index-25q2", "counts",
        "calendar", shard_of("2.md"), "catalogue",
    ]  # fmt: skip
    assert [is_outdated for _, is_outdated in checks] == [False] * 8 + [True]
    assert [library.is_outdated() for library in opened] == [True] * 8 + [False]
    assert contents(source.library()) == source.rebuilt_contents() != before


def test_library_is_not_outdated_by_a_missing_cache(tmp_path: Path) -> None:
    source = CachedSource(tmp_path)
    source.write("1.md", MAY_1)
    source.sync()
    library = source.library()
    source.caches.rename(tmp_path / "away")
    assert not library.is_outdated()
    (tmp_path / "away").rename(source.caches)
    assert not library.is_outdated()


def test_cache_is_in_a_folder_that_the_user_can_write() -> None:
    require_programs(root_task="switch to another user")
    with folder_of_nobody() as folder:
        source = CachedSource(folder, is_open=True)
        source.write("1.md", MAY_1)
        source.sync()
        other = folder / "other"
        locator = CacheLocator(folder / "own", source.caches)
        assert locator.cache_of(source.digests).folder.path.parent == source.caches
        assert locator.cache_of(other).folder.path.parent == source.caches
        with as_nobody():
            assert locator.cache_of(source.digests).folder.path.parent == source.caches
            assert locator.cache_of(other).folder.path.parent == folder / "own"
        source.cache.folder.path.chmod(0o700)
        with as_nobody():
            assert locator.cache_of(source.digests).folder.path.parent == folder / "own"
        own_cache = CacheLocator(folder / "own", is_open=True).cache_of(source.digests)
        assert sync(own_cache).read == 1
        assert own_cache.folder.path.parent == folder / "own"
        assert own_cache.folder.path.stat().st_mode & 0o777 == 0o755
