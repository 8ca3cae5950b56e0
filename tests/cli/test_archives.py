"""Archives of digests are sources as they are."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.archives import TAR_MODES, NamedContent, write_archive
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest

KINDS = [".zip", *TAR_MODES]


def day(number: int, *papers: int) -> NamedContent:
    """Return the digest of a day in May, with its name in an archive."""
    date = f"2025-05-{number:02}"
    told = [
        SamplePaper(f"2505.{each:05}", f"Paper {each}", votes=each, authors=("Ann Lee",))
        for each in papers
    ]
    return f"inner/{date}.md", ko_digest(date, told)


def ids(home: Home, *words: str | Path) -> list[str]:
    return home.run("list", "sort:id", "--format", "ids", *words).lines


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_is_added_listed_and_read_again_when_it_changed(home: Home, kind: str) -> None:
    file = write_archive(
        home.root / f"papers{kind}", [day(1, 1, 2), day(2, 3), ("README.md", "About")]
    )
    ran = home.run("add", file)
    assert (ran.code, ran.out, ran.err) == (0, f"Added {file} (3 papers).\n", "")
    assert home.run("sources").out == f"{file}  3 papers, 2025-05-01 to 2025-05-02\n"
    [paper] = home.run("list", "id:2505.00003", "--format", "json").json
    assert paper["sources"] == [f"papers{kind}/inner/2025-05-02.md"]
    before = home.run("sync", "--format", "json").json
    assert (before["read"], before["unchanged"], before["skipped"]) == (0, 2, 2)
    assert before["problems"] == []
    write_archive(file, [day(1, 1, 2), day(3, 4)])
    after = home.run("sync", "--format", "json").json
    assert (after["read"], after["unchanged"], after["removed"]) == (1, 1, 1)
    assert ids(home) == ["2505.00001", "2505.00002", "2505.00004"]
    assert "Paper 4" in home.run("show", "2505.00004").out


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_unpacked(home: Home, kind: str) -> None:
    file = write_archive(home.root / "in" / f"papers{kind}", [day(1, 1)])
    assert ids(home, "-p", file) == ["2505.00001"]
    assert list(file.parent.iterdir()) == [file]
    assert not list(home.root.rglob("2025-05-01.md"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_is_told_every_time_in_one_sentence(home: Home, kind: str) -> None:
    file = write_archive(home.root / f"p{kind}", [day(1, 1), ("../evil.md", "x"), ("in.zip", "x")])
    for _ in range(2):
        ran = home.run("sync", "-p", file)
        assert ran.code == 0
        assert sorted(ran.err.splitlines()) == [
            f"broadsheet: p{kind}/../evil.md: leads out of the archive; it is left out",
            f"broadsheet: p{kind}/in.zip: is an archive within an archive, and is not opened",
        ]
    assert not (home.root.parent / "evil.md").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_that_is_cut_off_loses_nothing(home: Home, kind: str) -> None:
    file = write_archive(home.root / f"p{kind}", [day(1, 1), day(2, 2), day(3, 3)])
    home.run("add", file)
    data = file.read_bytes()
    for end in (len(data) // 3, 3, 0):
        file.write_bytes(data[:end])
        ran = home.run("sync")
        assert ran.code == 0
        assert f"broadsheet: {file}: cannot be read (" in ran.err
        assert ids(home) == ["2505.00001", "2505.00002", "2505.00003"]
    file.unlink()
    assert len(ids(home)) == 3
    write_archive(file, [day(4, 4)])
    assert ids(home) == ["2505.00004"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_archive_is_not_added(home: Home, kind: str) -> None:
    file = home.root / f"p{kind}"
    file.write_text("Not packed at all.")
    ran = home.run("add", file)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert not home.config.exists()


def test_an_archive_without_digests_is_an_error(home: Home) -> None:
    file = write_archive(home.root / "p.zip", [("README.md", "About")])
    ran = home.run("add", file)
    assert ran.code == 2
    assert "no digest found" in ran.err


def test_a_member_that_is_damaged_keeps_what_was_read_of_it(home: Home) -> None:
    file = home.root / "p.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in (day(1, 1), day(2, 2)):
            archive.writestr(name, text)
    home.run("add", file)
    data = file.read_bytes()
    # Its checksum in the list says that it is another one, and its content is wrong for both.
    spoiled = data.replace(b"Paper 2", b"Qaper 2")
    with zipfile.ZipFile(file) as archive:
        crc = archive.getinfo(day(2)[0]).CRC
    spoiled = spoiled.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))
    file.write_bytes(spoiled)
    ran = home.run("sync")
    assert ran.code == 0
    assert "p.zip/inner/2025-05-02.md: cannot be read (is damaged (Bad CRC-32" in ran.err
    assert ids(home) == ["2505.00001", "2505.00002"]


def test_a_zip_that_was_packed_again_has_only_changed_members_read(home: Home) -> None:
    """A member is not even unpacked whose checksum is as it was."""
    file = home.root / "p.zip"
    write_archive(file, [day(1, 1), day(2, 2)])
    home.run("add", file)
    with zipfile.ZipFile(file) as archive:
        offset = archive.getinfo(day(1)[0]).header_offset
    write_archive(file, [day(1, 1), day(2, 2, 3)])
    data = bytearray(file.read_bytes())
    data[offset + 60] ^= 0xFF  # in what is packed of the first
    file.write_bytes(data)
    ran = home.run("sync")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("read 1, unchanged 1,")


def test_a_tar_with_links_and_devices(home: Home) -> None:
    file = home.root / "p.tar"
    with tarfile.open(file, "w") as tar:
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        zero = tarfile.TarInfo("zero.md")
        zero.type, zero.devmajor, zero.devminor = tarfile.CHRTYPE, 1, 5
        tar.addfile(zero)
    ran = home.run("sync", "-p", file)
    assert ran.code == 2
    assert "no digest found" in ran.err
