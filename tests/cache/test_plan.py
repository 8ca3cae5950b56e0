"""What a sync plans to read and to drop."""

from __future__ import annotations

import pytest

from tui.cache.manifest import DialectVersions, FileRecord, Manifest, unread_file
from tui.cache.plan import compare
from tui.sources.scan import FoundFile, ScanResult

CURRENT = "2"


def record(*, size: int = 10, mtime: int = 100, settled: bool = True) -> FileRecord:
    return {**unread_file(size, mtime, settled=settled), "hash": "h", "dialect": "daily_papers_ko"}


def found(name: str, *, size: int = 10, mtime: int = 100) -> FoundFile:
    return FoundFile(name, f"/source/{name}", size, mtime)


def manifest(fingerprint: str = CURRENT, **files: FileRecord) -> Manifest:
    return Manifest(files, DialectVersions(fingerprint), {})


def test_nothing_to_do_for_unchanged_files() -> None:
    plan = compare(manifest(a=record()), ScanResult([found("a")]), CURRENT)
    assert plan.is_empty


@pytest.mark.parametrize(
    "stale", [record(size=11), record(mtime=99), record(settled=False)], ids=repr
)
def test_files_that_may_have_changed_are_read(stale: FileRecord) -> None:
    plan = compare(manifest(a=stale, b=record()), ScanResult([found("a"), found("b")]), CURRENT)
    assert plan.stale == [found("a")]
    assert plan.gone == []


def test_new_files_are_read_in_the_order_of_the_scan() -> None:
    scan = ScanResult([found("c"), found("a"), found("b")])
    assert compare(manifest(a=record()), scan, CURRENT).stale == [found("c"), found("b")]


def test_missing_files_are_gone_unless_their_folder_is_unreachable() -> None:
    files = {"b.md": record(), "a.md": record(), "shut/c.md": record()}
    known = Manifest(files, DialectVersions(CURRENT), {})
    scan = ScanResult(unreachable={"shut": "Permission denied"})
    assert compare(known, scan, CURRENT).gone == ["a.md", "b.md"]


def test_an_unreachable_source_loses_nothing() -> None:
    scan = ScanResult(unreachable={"": "No such file or directory"})
    assert compare(manifest(a=record()), scan, CURRENT).is_empty


def test_a_rebuild_reads_everything_and_reuses_nothing() -> None:
    plan = compare(manifest(a=record()), ScanResult([found("a")]), CURRENT, rebuild=True)
    assert plan.stale == [found("a")]
    assert plan.reusable == {}


def test_new_dialects_only_affect_files_that_they_may_claim() -> None:
    skipped: FileRecord = {**record(), "dialect": None}
    known = manifest("1", ours=record(), skipped=skipped)
    plan = compare(known, ScanResult([found("ours"), found("skipped")]), CURRENT)
    assert plan.stale == [found("skipped")]
    assert plan.reusable == {"ours": record()}
