"""Conflict copies and backups in a folder or archive of digests."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.support.archives import write_archive
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.sources.scan import scan

ORIGINAL = "2025-05-01.md"

BACKUPS = [
    "2025-05-01.md~", "2025-05-01.md.~1~", "2025-05-01.md.bak", "2025-05-01.BAK", "x.md.orig",
    "2025-05-01.md.swp", "#2025-05-01.md#", "~2025-05-01.md", ".#2025-05-01.md",
    ".2025-05-01.md.swp", "a.md.rej",
]  # fmt: skip

CONFLICTS = [
    "2025-05-01.sync-conflict-20250509-101010-ABCDEFG.md",
    "2025-05-01 (Ann's conflicted copy 2025-05-09).md",
    "2025-05-01 (conflicted copy 2025-05-09 101010).md",
    "2025-05-01 (Ann's Conflicted Copy).md",
    "2025-05-01 (SFConflict ann@example.org 2025-05-09-10-10-10).md",
    "2025-05-01 (홍길동의 충돌하는 사본 2025-05-09).md",
    "2025-05-01 (충돌된 복사본).md",
    "2025-05-01(충돌 사본 2025-05-09).md",
    unicodedata.normalize("NFD", "2025-05-01 (홍길동의 충돌된 사본 2025-05-09).md"),
    "2025-05-01_conflict-20250509-101010.md",
    "2025-05-01.conflict1.md",
    "2025-05-01.md.conflict2",
    "2025-05-01.Conflict.md",
    "2025-05-01 [conflicted].md",
    "2025-05-01_LOCAL_4711.md",
    "2025-05-01_BASE_4711.md",
    "2025-05-01 (In Konflikt stehende Kopie von Ann 2025-05-09).md",
]

DUPLICATES = [
    "2025-05-01 (1).md", "2025-05-01(2).md", "2025-05-01 copy.md", "2025-05-01 - Copy.md",
    "2025-05-01 - Copy (2).md", "2025-05-01 - 복사본.md", "2025-05-01 - 복사본 (2).md",
    "2025-05-01 복사본.md", "2025-05-01-DESKTOP-AB12CD3.md", "2025-05-01.md.1", "2025-05-01.md.12",
    "Copy of 2025-05-01.md", "Copy (2) of 2025-05-01.md", "Kopie von 2025-05-01.md",
    "복사본 2025-05-01.md", "Copia de 2025-05-01.md", "2025-05-01 – Kopie.md",
    "2025-05-01 - copie (2).md",
]  # fmt: skip

DIGESTS = [
    "part (1).md", "part (2).md", "conflict.md", "2025-05-02 (conflict of interest).md",
    "backup.md",
    "2025-05-03 복사본.md", "copy.md", "original.md", "2025-05-04-laptop-reviews.md", "충돌.md",
    "#1.md", "2025-05-06.1", "Copy of nothing.md", "2025-05-05 (1).txt",
    "x_local_1.md", "a.conflicting.md", "[conflict of laws].md",
]  # fmt: skip


@pytest.mark.parametrize("name", BACKUPS)
def test_backups_of_editors_are_not_read(tmp_path: Path, name: str) -> None:
    write_digest(tmp_path / name, "text")
    write_digest(tmp_path / ORIGINAL, "text")
    files = {file.name: file.skip_reason for file in scan(tmp_path).files}
    assert files.pop(ORIGINAL) is None
    if not name.startswith("."):
        reason = files.pop(name)
        assert reason is not None
        assert (reason.message, reason.is_note) == ("is a backup of an editor; skipped", True)
    assert not files


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflict_copies_are_not_read(tmp_path: Path, name: str) -> None:
    write_digest(tmp_path / name, "text")
    [file] = scan(tmp_path).files
    assert file.skip_reason is not None
    assert "conflict copy" in file.skip_reason.message
    assert file.skip_reason.values == {"original": ORIGINAL}


@pytest.mark.parametrize("name", DUPLICATES)
def test_duplicates_are_not_read_beside_their_original(tmp_path: Path, name: str) -> None:
    write_digest(tmp_path / name, "text")
    # On its own, it may be the only copy.
    assert [file.skip_reason for file in scan(tmp_path).files] == [None]
    write_digest(tmp_path / ORIGINAL, "text")
    skipped = [file for file in scan(tmp_path).files if file.skip_reason]
    assert [file.name for file in skipped] == [name]


def test_other_files_are_read(tmp_path: Path) -> None:
    for name in DIGESTS:
        write_digest(tmp_path / name, "text")
    files = scan(tmp_path).files
    assert {file.name for file in files if file.skip_reason is None} == set(DIGESTS)


def test_backup_that_is_named_is_read(tmp_path: Path) -> None:
    file = write_digest(tmp_path / "2025-05-01.md~", "text")
    assert [found.skip_reason for found in scan(file).files] == [None]


@pytest.mark.parametrize("archived", [False, True])
def test_papers_of_copies_are_not_listed(tmp_path: Path, archived: bool) -> None:
    home = Home(tmp_path)
    names = {ORIGINAL: "2505.00001", BACKUPS[0]: "2505.00002", CONFLICTS[0]: "2505.00003"}
    digests = {name: ko_digest("2025-05-01", [SamplePaper(paper)]) for name, paper in names.items()}
    source = tmp_path / ("digests.zip" if archived else "digests")
    if archived:
        write_archive(source, digests.items())
    else:
        for name, text in digests.items():
            write_digest(source / name, text)
    listed = home.run("list", "-p", source, "--format", "ids")
    assert listed.lines == ["2505.00001"]
    synced = home.run("sync", "-p", source, "--format", "json").json
    [problem] = synced["problems"]
    [note] = [note for note in synced["notes"] if not note["line"]]
    assert f"is a conflict copy of {ORIGINAL}; skipped" in problem["message"]
    assert problem["file"].endswith(CONFLICTS[0])
    assert note["file"].endswith(BACKUPS[0])
    assert note["message"] == "is a backup of an editor; skipped"
    # An archive is a file that was skipped, too.
    assert synced["skipped"] == (3 if archived else 2)
