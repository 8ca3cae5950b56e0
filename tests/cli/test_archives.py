"""Archives as sources."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.archives import TAR_MODES, NamedContent, write_archive
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest

EXTENSIONS = [".zip", *TAR_MODES]


def day(number: int, *papers: int) -> NamedContent:
    """Return the archive name and the content of a digest for a day in May."""
    date = f"2025-05-{number:02}"
    samples = [
        SamplePaper(f"2505.{number:05}", f"Paper {number}", votes=number, authors=("Ann Lee",))
        for number in papers
    ]
    return f"inner/{date}.md", ko_digest(date, samples)


def ids(home: Home, *args: str | Path) -> list[str]:
    return home.run("list", "sort:id", "--format", "ids", *args).lines


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_archive_is_re_read_when_it_changes(home: Home, extension: str) -> None:
    file = write_archive(
        home.root / f"papers{extension}", [day(1, 1, 2), day(2, 3), ("README.md", "About")]
    )
    result = home.run("add", file)
    assert (result.code, result.out, result.err) == (0, f"Added {file} (3 papers).\n", "")
    assert home.run("sources").out == f"{file}  3 papers  2025-05-01 to 2025-05-02\n"
    [paper] = home.run("list", "id:2505.00003", "--format", "json").json
    assert paper["sources"] == [f"papers{extension}/inner/2025-05-02.md"]
    before = home.run("sync", "--format", "json").json
    assert (before["read"], before["unchanged"], before["skipped"]) == (0, 2, 2)
    assert before["problems"] == []
    write_archive(file, [day(1, 1, 2), day(3, 4)])
    after = home.run("sync", "--format", "json").json
    assert (after["read"], after["unchanged"], after["removed"]) == (1, 1, 1)
    assert ids(home) == ["2505.00001", "2505.00002", "2505.00004"]
    assert "Paper 4" in home.run("show", "2505.00004").out


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_no_files_are_extracted(home: Home, extension: str) -> None:
    file = write_archive(home.root / "in" / f"papers{extension}", [day(1, 1)])
    assert ids(home, "-p", file) == ["2505.00001"]
    assert list(file.parent.iterdir()) == [file]
    assert not list(home.root.rglob("2025-05-01.md"))


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_skipped_members_are_reported_by_every_sync(home: Home, extension: str) -> None:
    file = write_archive(
        home.root / f"p{extension}", [day(1, 1), ("../evil.md", "x"), ("in.zip", "x")]
    )
    for _ in range(2):
        result = home.run("sync", "-p", file)
        assert result.code == 0
        assert sorted(result.err.splitlines()) == [
            f"broadsheet: p{extension}/../evil.md: leads out of the archive; skipped",
            f"broadsheet: p{extension}/in.zip: is an archive within an archive; skipped",
        ]
    assert not (home.root.parent / "evil.md").exists()


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_truncated_archive_keeps_its_papers(home: Home, extension: str) -> None:
    file = write_archive(home.root / f"p{extension}", [day(1, 1), day(2, 2), day(3, 3)])
    home.run("add", file)
    data = file.read_bytes()
    for end in (len(data) // 3, 3, 0):
        file.write_bytes(data[:end])
        result = home.run("sync")
        assert result.code == 0
        assert f"broadsheet: {file}: cannot be read (" in result.err
        assert ids(home) == ["2505.00001", "2505.00002", "2505.00003"]
    file.unlink()
    assert len(ids(home)) == 3
    write_archive(file, [day(4, 4)])
    assert ids(home) == ["2505.00004"]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_file_that_is_not_an_archive_is_not_added(home: Home, extension: str) -> None:
    file = home.root / f"p{extension}"
    file.write_text("Not packed at all.")
    result = home.run("add", file)
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert not home.config.exists()


def test_archive_without_digests_is_an_error(home: Home) -> None:
    file = write_archive(home.root / "p.zip", [("README.md", "About")])
    result = home.run("add", file)
    assert result.code == 2
    assert "no digest found" in result.err


def test_damaged_member_keeps_its_papers(home: Home) -> None:
    file = home.root / "p.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in (day(1, 1), day(2, 2)):
            archive.writestr(name, text)
    home.run("add", file)
    data = file.read_bytes()
    # The changed checksum makes the member stale, and its content does not match it either.
    damaged = data.replace(b"Paper 2", b"Qaper 2")
    with zipfile.ZipFile(file) as archive:
        crc = archive.getinfo(day(2)[0]).CRC
    damaged = damaged.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))
    file.write_bytes(damaged)
    result = home.run("sync")
    assert result.code == 0
    assert "p.zip/inner/2025-05-02.md: cannot be read (is damaged (Bad CRC-32" in result.err
    assert ids(home) == ["2505.00001", "2505.00002"]


def test_only_changed_members_of_a_rewritten_zip_are_read(home: Home) -> None:
    """A member with the same checksum is not even decompressed."""
    file = home.root / "p.zip"
    write_archive(file, [day(1, 1), day(2, 2)])
    home.run("add", file)
    with zipfile.ZipFile(file) as archive:
        offset = archive.getinfo(day(1)[0]).header_offset
    write_archive(file, [day(1, 1), day(2, 2, 3)])
    data = bytearray(file.read_bytes())
    data[offset + 60] ^= 0xFF  # in the compressed data of the first member
    file.write_bytes(data)
    result = home.run("sync")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("read 1, unchanged 1,")


def test_links_and_devices_in_a_tar_are_ignored(home: Home) -> None:
    file = home.root / "p.tar"
    with tarfile.open(file, "w") as tar:
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        zero = tarfile.TarInfo("zero.md")
        zero.type, zero.devmajor, zero.devminor = tarfile.CHRTYPE, 1, 5
        tar.addfile(zero)
    result = home.run("sync", "-p", file)
    assert result.code == 2
    assert "no digest found" in result.err
