"""Planning which files a sync reads and drops."""

from __future__ import annotations

import pytest

from tui.cache.changes import compare, read_if_changed
from tui.cache.manifest import UNREAD, DialectVersions, FileRecord, Manifest
from tui.sources.scan import UNKNOWN, FileStamp, FoundFile, ScanResult

CURRENT = "2"


def record(
    *, size: int = 10, mtime: int = 100, settled: bool = True, inode: int = 7, ctime: int = 200
) -> FileRecord:
    stamp: FileStamp = {
        "size": size,
        "mtime": mtime,
        "settled": settled,
        "inode": inode,
        "ctime": ctime,
    }
    return {**UNREAD, **stamp, "hash": "h", "dialect": "daily_papers_ko"}


def scanned(name: str, *, inode: int = 7, ctime: int = 200) -> FoundFile:
    return FoundFile(name, f"/source/{name}", 10, 100, inode=inode, ctime=ctime)


def manifest(fingerprint: str = CURRENT, **files: FileRecord) -> Manifest:
    return Manifest(files, DialectVersions(fingerprint), {})


def test_plan_for_unchanged_files_is_empty() -> None:
    plan = compare(manifest(a=record()), ScanResult([scanned("a")]), CURRENT)
    assert plan.is_empty


@pytest.mark.parametrize(
    "stale",
    [
        record(size=11),
        record(mtime=99),
        record(settled=False),
        record(inode=8),
        record(ctime=199),
        record(inode=UNKNOWN, ctime=UNKNOWN),
    ],
    ids=repr,
)
def test_files_that_may_have_changed_are_read(stale: FileRecord) -> None:
    plan = compare(manifest(a=stale, b=record()), ScanResult([scanned("a"), scanned("b")]), CURRENT)
    assert plan.stale == [scanned("a")]
    assert plan.gone == []


def test_new_files_are_read_in_the_order_of_their_dates_and_then_of_the_scan() -> None:
    names = ["ko/2025/05/01", "ko/2025/04/30", "en/2025-05-02", "en/2025-04-30", "c", "a", "b"]
    scan = ScanResult(list(map(scanned, names)))
    plan = compare(manifest(a=record()), scan, CURRENT)
    assert [file.name for file in plan.stale] == [
        *("en/2025-05-02", "ko/2025/05/01", "ko/2025/04/30", "en/2025-04-30", "c", "b")
    ]


def test_missing_files_are_dropped_unless_their_folder_is_unreachable() -> None:
    files = {"b.md": record(), "a.md": record(), "shut/c.md": record()}
    before = Manifest(files, DialectVersions(CURRENT), {})
    scan = ScanResult(unreachable={"shut": "Permission denied"})
    assert compare(before, scan, CURRENT).gone == ["a.md", "b.md"]


def test_unreachable_source_keeps_everything() -> None:
    scan = ScanResult(unreachable={"": "No such file or directory"})
    assert compare(manifest(a=record()), scan, CURRENT).is_empty


def test_rebuild_reads_everything_and_reuses_nothing() -> None:
    plan = compare(manifest(a=record()), ScanResult([scanned("a")]), CURRENT, rebuild=True)
    assert plan.stale == [scanned("a")]
    assert plan.reusable == {}


def test_new_dialects_only_affect_files_that_they_may_claim() -> None:
    skipped: FileRecord = {**record(), "dialect": None}
    before = manifest("1", ours=record(), skipped=skipped)
    plan = compare(before, ScanResult([scanned("ours"), scanned("skipped")]), CURRENT)
    assert plan.stale == [scanned("skipped")]
    assert plan.reusable == {"ours": record()}


def test_file_systems_may_renumber_unchanged_files() -> None:
    text = b"unchanged"
    first = read_if_changed(scanned("a"), lambda _file: text, None).record
    assert first is not None
    known: FileRecord = {**first, "settled": True}
    renumbered = scanned("a", inode=8)
    assert compare(manifest(a=known), ScanResult([renumbered]), CURRENT).stale == [renumbered]
    checked = read_if_changed(renumbered, lambda _file: text, known)
    assert checked.digest is None
    assert checked.record is not None
    # From now on the number is ignored, and the file is not read each time it changes.
    again = manifest(a=checked.record)
    assert compare(again, ScanResult([scanned("a", inode=9)]), CURRENT).is_empty
    changed = scanned("a", inode=9, ctime=201)
    assert compare(again, ScanResult([changed]), CURRENT).stale == [changed]


def test_files_with_problems_are_read_again_by_another_version_of_the_dialects() -> None:
    noted, skipped = record(), record()
    noted["problems"] = [[1, "no votes", {}, True]]
    skipped["problems"] = [[1, "no votes", {}, True], [2, "skipped", {}, False]]
    files = {"a": noted, "b": skipped}
    scan = ScanResult([scanned("a"), scanned("b")])
    assert compare(manifest("5-x", **files), scan, "5-y").is_empty
    assert compare(manifest("5-x", **files), scan, "6-x").stale == [scanned("b")]
