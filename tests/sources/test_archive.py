"""Archives are listed and read as they are; what is odd or ill meant in them is refused."""

from __future__ import annotations

import gzip
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.support.archives import TAR_MODES, add_member, make_old, write_archive
from tui.sources import archive as archive_module
from tui.sources import zip_archive as zips_module
from tui.sources.scan import FoundFile, ScanResult
from tui.sources.source import FileStamp, FolderSource, ReadFile, is_archive, source_at

KINDS = [".zip", *TAR_MODES]


def listed(file: Path) -> ScanResult:
    return source_at(file).scan({})


def texts(file: Path) -> dict[str, bytes]:
    """Return what can be read in an archive, by the names within it."""
    source = source_at(file)
    found = source.scan({})
    with source.reading() as read:
        return {
            each.name.removeprefix(f"{file.name}/"): read(each)
            for each in found.files
            if each.skip_reason is None
        }


def refused(file: Path) -> dict[str, str]:
    """Return why members are left out, by the names within the archive."""
    return {
        each.name.removeprefix(f"{file.name}/"): each.skip_reason.message.format(
            **each.skip_reason.values
        )
        for each in listed(file).files
        if each.skip_reason is not None and each.skip_reason.message
    }


def content_or_reason(read: ReadFile, file: FoundFile) -> bytes | str | None:
    """Return what stands in a file; ``why`` if a sentence tells why it cannot be read."""
    try:
        return read(file)
    except OSError as error:
        return "why" if error.strerror else None


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    return tmp_path / "papers.zip"


@pytest.mark.parametrize("kind", KINDS)
def test_members_are_read_in_whatever_order(tmp_path: Path, kind: str) -> None:
    file = write_archive(
        tmp_path / f"papers{kind}",
        [("a.md", "one"), ("2025/05/내.md", "둘"), ("./b.md", ""), ("z.md", "z" * 10_000)],
    )
    wanted = {"a.md": b"one", "2025/05/내.md": "둘".encode(), "b.md": b"", "z.md": b"z" * 10_000}
    assert texts(file) == wanted
    source = source_at(file)
    files = {each.name: each for each in source.scan({}).files if each.skip_reason is None}
    with source.reading() as read:
        for name in (*sorted(files), *sorted(files, reverse=True)):
            assert read(files[name]) == wanted[name.removeprefix(f"{file.name}/")]


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_lead_out_are_left_out(tmp_path: Path, kind: str) -> None:
    evil = ["/etc/passwd.md", "../up.md", "a/../../up.md", "..\\up.md", "C:\\x.md", "\\\\h\\x.md"]
    file = write_archive(
        tmp_path / f"papers{kind}", [*((name, "evil") for name in evil), ("a.md", "good")]
    )
    assert texts(file) == {"a.md": b"good"}
    told = refused(file)
    assert set(told.values()) == {"leads out of the archive; skipped"}
    assert len(told) == len(evil)


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_files_and_folders_are_no_digests(tmp_path: Path, kind: str) -> None:
    file = write_archive(
        tmp_path / f"p{kind}", [(".git/a.md", "x"), ("b/.c.md", "x"), ("d.md", "x")]
    )
    assert texts(file) == {"d.md": b"x"}
    assert refused(file) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_archives_within_are_not_opened(tmp_path: Path, kind: str) -> None:
    inner = write_archive(tmp_path / "inner.zip", [("a.md", "x")])
    file = write_archive(
        tmp_path / f"p{kind}", [("b/IN.Zip", inner.read_bytes()), ("c.tar.gz", "")]
    )
    assert texts(file) == {}
    assert set(refused(file).values()) == {"is an archive within an archive; skipped"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_a_name_told_twice_the_last_is_read(tmp_path: Path, kind: str) -> None:
    file = write_archive(tmp_path / f"p{kind}", [("a.md", "1"), ("a.md", "2"), ("./a.md", "3")])
    assert texts(file) == {"a.md": b"3"}
    assert refused(file).keys() == {"a.md (1)", "a.md (2)"}


def test_links_and_devices_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    with tarfile.open(file, "w") as tar:
        for number, kind in enumerate(
            (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)
        ):
            info = tarfile.TarInfo(f"{number}.md")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
        info = tarfile.TarInfo("folder.md")
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
        add_member(tar, "good.md", "x")
    assert texts(file) == {"good.md": b"x"}
    assert refused(file) == dict.fromkeys(
        ("0.md", "1.md", "2.md", "3.md"), "is a link or a device; skipped"
    )


def test_links_in_a_zip_are_left_out(zipped: Path) -> None:
    info = zipfile.ZipInfo("link.md")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("folder.md/", "")
    assert texts(zipped) == {}
    assert refused(zipped) == {"link.md": "is a link or a device; skipped"}


def test_what_is_encrypted_or_packed_oddly_is_left_out(zipped: Path) -> None:
    write_archive(zipped, [("a.md", "secret"), ("b.md", "x")])
    data = bytearray(zipped.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1  # the flag of encryption, in the list
    zipped.write_bytes(data)
    assert refused(zipped) == {"a.md": "is encrypted; skipped"}
    assert texts(zipped) == {"b.md": b"x"}
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.md", "x" * 1000)
    assert refused(zipped) == {"a.md": "is compressed with an unsupported method; skipped"}


def test_a_bomb_is_left_out(zipped: Path) -> None:
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", bytes(30 << 20))
        archive.writestr("blank.md", " " * 500_000)
        with archive.open("large.md", "w") as large:
            for _ in range(65):
                large.write(bytes(1 << 20))
    assert refused(zipped) == {
        "bomb.md": "is more than 200 times as large as its compressed data; skipped",
        "large.md": "is larger than 64 MB; skipped",
    }
    assert texts(zipped) == {"blank.md": b" " * 500_000}


@pytest.mark.parametrize("kind", [".tar.gz", ".tar.bz2", ".tar.xz"])
def test_a_packed_bomb_is_not_unpacked_to_its_end(tmp_path: Path, kind: str) -> None:
    file = write_archive(tmp_path / f"p{kind}", [("a.md", "good"), ("b.md", bytes(63 << 20)),
                                         ("c.md", bytes(63 << 20)), ("d.md", "x")])  # fmt: skip
    found = listed(file)
    assert found.unreachable[""].startswith("unpacks to more than ")
    source = source_at(file)
    files = {each.name.rpartition("/")[2]: each for each in source.scan({}).files}
    assert list(files) == ["a.md", "b.md", "c.md"]
    with source.reading() as read:
        assert read(files["a.md"]) == b"good"
        assert content_or_reason(read, files["c.md"]) == "why"


def assert_given_up(file: Path) -> None:
    """See that a header without end is given up before it takes much memory."""
    tracemalloc.start()
    try:
        assert "a header is too long" in listed(file).unreachable[""]
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


def test_a_header_that_is_a_bomb_fills_no_memory(tmp_path: Path) -> None:
    """The library reads the extended header of a member as a whole."""
    file = tmp_path / "p.tar.gz"
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 60 << 20
    with gzip.open(file, "wb") as packed:
        packed.write(info.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(60):
            packed.write(bytes(1 << 20))
    assert_given_up(file)


def test_a_list_of_holes_without_end_is_not_read(tmp_path: Path) -> None:
    """The library reads where the holes of a sparse file are in as many pieces as it takes."""
    file = tmp_path / "p.tar.gz"
    info = tarfile.TarInfo("a.md")
    info.size = 60 << 20
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "a.md",
                        "GNU.sparse.realsize": "1"}  # fmt: skip
    with gzip.open(file, "wb") as packed:
        packed.write(info.tobuf(tarfile.PAX_FORMAT) + b"31457279\n")
        for _ in range(60):
            packed.write(b"1\n" * (1 << 19))
    assert_given_up(file)


def test_headers_upon_headers_are_damage(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    info = tarfile.TarInfo("pax")
    info.type = tarfile.XHDTYPE
    file.write_bytes(info.tobuf(tarfile.USTAR_FORMAT) * 5000)
    assert "is damaged" in listed(file).unreachable[""]


def test_a_list_without_end_is_not_read(zipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archive(zipped, [(f"{number}.md", "") for number in range(30)])
    monkeypatch.setattr(zips_module, "MAX_DIRECTORY_BYTES", 1000)
    assert listed(zipped).unreachable == {"": "is an archive of more than 65000 files"}


def test_a_list_that_tells_of_more_than_there_can_be_is_not_read(zipped: Path) -> None:
    write_archive(zipped, [("a.md", "x")])
    data = zipped.read_bytes()
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    zipped.write_bytes(data[:-22] + locator + data[-22:])
    assert "more than 65000 files" in listed(zipped).unreachable[""]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "told"),
    [("MAX_MEMBERS", "of more than 3 files"), ("MAX_TOTAL_BYTES", "unpacks to more than ")],
)
def test_members_have_their_number_and_size(
    tmp_path: Path, kind: str, name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_archive(tmp_path / f"p{kind}", [(f"{number}.md", "xx") for number in range(5)])
    monkeypatch.setattr(archive_module, name, 3)
    assert told in listed(file).unreachable[""]


def test_an_archive_that_is_too_large_is_not_opened(
    zipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(zipped, [("a.md", "x")])
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 50)
    assert listed(zipped).unreachable == {"": "is larger than 0 MB; skipped"}


@pytest.mark.parametrize("kind", KINDS)
def test_wherever_an_archive_is_cut_off_that_is_said_and_nothing_breaks(
    tmp_path: Path, kind: str
) -> None:
    whole = write_archive(
        tmp_path / f"p{kind}", [("a.md", "one"), ("b.md", "two" * 1000), ("c.md", "x")]
    )
    data = whole.read_bytes()
    good = texts(whole)
    for end in [*range(0, len(data) - 1, max(1, len(data) // 60)), len(data) - 1]:
        whole.write_bytes(data[:end])
        found = listed(whole)
        # A tar is padded with blocks that nobody misses.
        is_complete = kind == ".tar" and end >= len(data) - 8192
        assert is_complete or "" in found.unreachable, end
        source = source_at(whole)
        with source.reading() as read:
            for each in source.scan({}).files:
                name = each.name.removeprefix(f"{whole.name}/")
                if each.skip_reason is None:
                    assert content_or_reason(read, each) in {good[name], "why"}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_bit_is_flipped_only_a_sentence_comes_of_it(tmp_path: Path, kind: str) -> None:
    whole = write_archive(tmp_path / f"p{kind}", [("a.md", "one"), ("b.md", "two" * 100)])
    data = whole.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 150)):
        spoiled = bytearray(data)
        spoiled[place] ^= 0xFF
        whole.write_bytes(spoiled)
        source = source_at(whole)
        with source.reading() as read:
            for each in source.scan({}).files:
                if each.skip_reason is None:
                    assert content_or_reason(read, each) is not None


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06", b"text", b"\x1f\x8b", b"\xfd7zXZ\0"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path, kind: str, data: bytes) -> None:
    file = tmp_path / f"p{kind}"
    file.write_bytes(data)
    found = listed(file)
    assert found.files == []
    assert found.unreachable[""]


def test_names_in_any_encoding_are_told(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    with tarfile.open(file, "w", encoding="cp949", format=tarfile.GNU_FORMAT) as tar:
        add_member(tar, "한글.md", "x")
    assert texts(file) == {r"\udcc7ѱ\udcdb.md": b"x"}
    zipped = tmp_path / "p.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("AAAAAA.md", "x")
    data = zipped.read_bytes()
    # A tool that writes UTF-8 and does not say so, and one that says so and does not.
    zipped.write_bytes(data.replace(b"AAAAAA", "한글".encode()))
    assert texts(zipped) == {"한글.md": b"x"}
    odd = bytearray(data.replace(b"AAAAAA", b"\xff\xfe\xfd\xfc\xfb\xfa"))
    odd[odd.index(b"PK\x01\x02") + 9] |= 8
    zipped.write_bytes(odd)
    assert "is damaged" in listed(zipped).unreachable[""]


def test_names_cannot_command_a_terminal(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "p.tar", [("a\x1b[2J\u202e.md", "x")])
    assert list(texts(file)) == [r"a\x1b[2J\u202e.md"]


def test_an_archive_that_is_as_it_was_is_not_opened(zipped: Path) -> None:
    write_archive(zipped, [("a.md", "x"), ("../b.md", "x")])
    first = listed(zipped)
    known: dict[str, FileStamp] = {
        each.name: {"size": each.size, "mtime": each.mtime, "settled": True} for each in first.files
    }
    status = zipped.stat()
    zipped.write_bytes(bytes(status.st_size))
    make_old(zipped)
    os.utime(zipped, ns=(status.st_atime_ns, status.st_mtime_ns))
    again = source_at(zipped).scan(known)
    assert again.unreachable == {}
    assert {each.name for each in again.files} == {each.name for each in first.files}
    # It was known only in part: whoever read it was stopped.
    part = {name: each for name, each in known.items() if name != "papers.zip"}
    assert "" in source_at(zipped).scan(part).unreachable


def test_an_archive_that_is_replaced_while_it_is_read_tells_nothing_wrong(zipped: Path) -> None:
    write_archive(zipped, [("a.md", "one"), ("b.md", "two")])
    source = source_at(zipped)
    [b, a, _] = source.scan({}).files
    with source.reading() as read:
        assert read(b) == b"two"
        write_archive(zipped, [("b.md", "three"), ("a.md", "four")])
        with pytest.raises(OSError, match="replaced meanwhile"):
            read(a)


def test_what_is_an_archive_goes_by_its_name() -> None:
    assert all(map(is_archive, ("a.zip", "A.ZIP", "x.tar.gz", "x.TGZ", "b.tar.xz")))
    assert not any(map(is_archive, ("a.md", "zip", "a.gz", "tar.md")))


def test_a_folder_that_is_called_like_an_archive_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.zip").mkdir()
    (tmp_path / "x.zip" / "a.md").write_text("x")
    source = source_at(tmp_path / "x.zip")
    assert isinstance(source, FolderSource)
    assert [each.name for each in source.scan({}).files] == ["a.md"]
