"""Archives are read in place, and unusual or malicious members are skipped."""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.support.archives import TAR_MODES, add_member, write_archive
from tui.sources import archive as archive_module
from tui.sources import zip_archive as zip_module
from tui.sources.lookup import source_at
from tui.sources.scan import FileStamp, FolderSource, FoundFile, ReadFile, ScanResult, is_archive

pytestmark = pytest.mark.slow

EXTENSIONS = [".zip", *TAR_MODES]


def scan_archive(file: Path) -> ScanResult:
    return source_at(file).scan({})


def readable_members(file: Path) -> dict[str, bytes]:
    """Return the content of the members that can be read, by name."""
    source = source_at(file)
    scan = source.scan({})
    with source.reading() as read:
        return {
            member.name.removeprefix(f"{file.name}/"): read(member)
            for member in scan.files
            if member.skip_reason is None
        }


def skip_reasons(file: Path) -> dict[str, str]:
    """Return why members are skipped, by name."""
    return {
        member.name.removeprefix(f"{file.name}/"): member.skip_reason.message.format(
            **member.skip_reason.values
        )
        for member in scan_archive(file).files
        if member.skip_reason is not None and member.skip_reason.message
    }


def content_or_reason(read: ReadFile, file: FoundFile) -> bytes | str | None:
    """Return the content of a file, or the message if it cannot be read."""
    try:
        return read(file)
    except OSError as error:
        return "reason" if error.strerror else None


@pytest.fixture
def zip_file(tmp_path: Path) -> Path:
    return tmp_path / "papers.zip"


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_members_are_read_in_any_order(tmp_path: Path, extension: str) -> None:
    file = write_archive(
        tmp_path / f"papers{extension}",
        [("a.md", "one"), ("2025/05/내.md", "둘"), ("./b.md", ""), ("z.md", "z" * 10_000)],
    )
    expected = {"a.md": b"one", "2025/05/내.md": "둘".encode(), "b.md": b"", "z.md": b"z" * 10_000}
    assert readable_members(file) == expected
    source = source_at(file)
    files = {member.name: member for member in source.scan({}).files if member.skip_reason is None}
    with source.reading() as read:
        for name in (*sorted(files), *sorted(files, reverse=True)):
            assert read(files[name]) == expected[name.removeprefix(f"{file.name}/")]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_members_outside_the_archive_are_skipped(tmp_path: Path, extension: str) -> None:
    evil = ["/etc/passwd.md", "../up.md", "a/../../up.md", "..\\up.md", "C:\\x.md", "\\\\h\\x.md"]
    file = write_archive(
        tmp_path / f"papers{extension}", [*((name, "evil") for name in evil), ("a.md", "good")]
    )
    assert readable_members(file) == {"a.md": b"good"}
    reasons = skip_reasons(file)
    assert set(reasons.values()) == {"leads out of the archive; skipped"}
    assert len(reasons) == len(evil)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_hidden_members_are_ignored(tmp_path: Path, extension: str) -> None:
    file = write_archive(
        tmp_path / f"p{extension}", [(".git/a.md", "x"), ("b/.c.md", "x"), ("d.md", "x")]
    )
    assert readable_members(file) == {"d.md": b"x"}
    assert skip_reasons(file) == {}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_nested_archives_are_skipped(tmp_path: Path, extension: str) -> None:
    inner = write_archive(tmp_path / "inner.zip", [("a.md", "x")])
    file = write_archive(
        tmp_path / f"p{extension}", [("b/IN.Zip", inner.read_bytes()), ("c.tar.gz", "")]
    )
    assert readable_members(file) == {}
    assert set(skip_reasons(file).values()) == {"is an archive within an archive; skipped"}


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_last_member_with_a_name_is_read(tmp_path: Path, extension: str) -> None:
    file = write_archive(
        tmp_path / f"p{extension}", [("a.md", "1"), ("a.md", "2"), ("./a.md", "3")]
    )
    assert readable_members(file) == {"a.md": b"3"}
    assert skip_reasons(file).keys() == {"a.md (1)", "a.md (2)"}


def test_links_and_devices_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    with tarfile.open(file, "w") as tar:
        for number, member_type in enumerate(
            (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)
        ):
            info = tarfile.TarInfo(f"{number}.md")
            info.type, info.linkname = member_type, "/etc/passwd"
            tar.addfile(info)
        info = tarfile.TarInfo("folder.md")
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
        add_member(tar, "good.md", "x")
    assert readable_members(file) == {"good.md": b"x"}
    assert skip_reasons(file) == dict.fromkeys(
        ("0.md", "1.md", "2.md", "3.md"), "is a link or a device; skipped"
    )


def test_links_in_a_zip_are_skipped(zip_file: Path) -> None:
    info = zipfile.ZipInfo("link.md")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(zip_file, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("folder.md/", "")
    assert readable_members(zip_file) == {}
    assert skip_reasons(zip_file) == {"link.md": "is a link or a device; skipped"}


def test_encrypted_and_unsupported_members_are_skipped(zip_file: Path) -> None:
    write_archive(zip_file, [("a.md", "secret"), ("b.md", "x")])
    data = bytearray(zip_file.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1  # the encryption flag in the directory
    zip_file.write_bytes(data)
    assert skip_reasons(zip_file) == {"a.md": "is encrypted; skipped"}
    assert readable_members(zip_file) == {"b.md": b"x"}
    with zipfile.ZipFile(zip_file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.md", "x" * 1000)
    assert skip_reasons(zip_file) == {"a.md": "is compressed with an unsupported method; skipped"}


def test_decompression_bomb_is_skipped(zip_file: Path) -> None:
    with zipfile.ZipFile(zip_file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", bytes(30 << 20))
        archive.writestr("blank.md", " " * 500_000)
        with archive.open("large.md", "w") as large:
            for _ in range(65):
                large.write(bytes(1 << 20))
    assert skip_reasons(zip_file) == {
        "bomb.md": "is more than 200 times as large as its compressed data; skipped",
        "large.md": "is larger than 64 MB; skipped",
    }
    assert readable_members(zip_file) == {"blank.md": b" " * 500_000}


def test_zip_of_many_small_bombs_is_not_fully_read(zip_file: Path) -> None:
    """Members of less than a megabyte may compress as well as they like, but not all together."""
    write_archive(zip_file, [(f"{number:02}.md", " " * 990_000) for number in range(80)])
    scan = scan_archive(zip_file)
    assert scan.unreachable == {"": "unpacks to more than 64 MB"}
    assert 60 < len(scan.files) < 70
    assert len(readable_members(zip_file)) == len(scan.files)


def test_long_names_are_limited(zip_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_NAME_BYTES", 1000)
    write_archive(zip_file, [(f"{number}{'x' * 400}.md", "") for number in range(5)])
    scan = scan_archive(zip_file)
    assert scan.unreachable == {"": "has file names that are too long"}
    assert len(scan.files) == 2


def test_global_headers_of_a_tar_are_limited(tmp_path: Path) -> None:
    """tarfile keeps those of all members."""
    file = tmp_path / "p.tar"
    with file.open("wb") as tar:
        for number in range(3):
            headers = {f"comment{number}": "x" * 500_000}
            tar.write(tarfile.TarInfo.create_pax_global_header(headers))
            tar.write(tarfile.TarInfo(f"{number}.md").tobuf())
        tar.write(bytes(1024))
    scan = scan_archive(file)
    assert scan.unreachable == {"": "is damaged (a header is too long)"}
    assert len(scan.files) == 2


def test_xz_that_needs_much_memory_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "p.tar.xz"
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 200 << 20}]
    file.write_bytes(lzma.compress(bytes(10_240), filters=filters))
    assert scan_archive(file).unreachable == {
        "": "takes more than 80 MB of memory to unpack; compress it with 'xz -6'"
    }


def test_xz_of_several_streams_is_read(tmp_path: Path) -> None:
    plain = write_archive(tmp_path / "p.tar", [("a.md", "one" * 9000), ("b.md", "two")])
    data = plain.read_bytes()
    file = tmp_path / "p.tar.xz"
    file.write_bytes(lzma.compress(data[:700]) + lzma.compress(data[700:]) + bytes(4))
    assert readable_members(file) == {"a.md": b"one" * 9000, "b.md": b"two"}
    assert scan_archive(file).unreachable == {}


@pytest.mark.parametrize("extension", [".tar.gz", ".tar.bz2", ".tar.xz"])
def test_compressed_tar_bomb_is_not_fully_decompressed(tmp_path: Path, extension: str) -> None:
    file = write_archive(tmp_path / f"p{extension}", [("a.md", "good"), ("b.md", bytes(63 << 20)),
                                         ("c.md", bytes(63 << 20)), ("d.md", "x")])  # fmt: skip
    scan = scan_archive(file)
    assert scan.unreachable[""].startswith("unpacks to more than ")
    source = source_at(file)
    files = {member.name.rpartition("/")[2]: member for member in source.scan({}).files}
    assert list(files) == ["a.md", "b.md", "c.md"]
    with source.reading() as read:
        assert read(files["a.md"]) == b"good"
        assert content_or_reason(read, files["c.md"]) == "reason"


def assert_rejected_within_memory_limit(file: Path) -> None:
    """Check that an endless header is rejected before it uses much memory."""
    tracemalloc.start()
    try:
        assert "a header is too long" in scan_archive(file).unreachable[""]
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


def test_huge_header_is_rejected(tmp_path: Path) -> None:
    """tarfile reads the extended header of a member as a whole."""
    file = tmp_path / "p.tar.gz"
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 60 << 20
    with gzip.open(file, "wb") as packed:
        packed.write(info.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(60):
            packed.write(bytes(1 << 20))
    assert_rejected_within_memory_limit(file)


def test_endless_sparse_map_is_rejected(tmp_path: Path) -> None:
    """tarfile reads the map of a sparse file until it ends."""
    file = tmp_path / "p.tar.gz"
    info = tarfile.TarInfo("a.md")
    info.size = 60 << 20
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "a.md",
                        "GNU.sparse.realsize": "1"}  # fmt: skip
    with gzip.open(file, "wb") as packed:
        packed.write(info.tobuf(tarfile.PAX_FORMAT) + b"31457279\n")
        for _ in range(60):
            packed.write(b"1\n" * (1 << 19))
    assert_rejected_within_memory_limit(file)


def test_nested_headers_are_reported_as_damage(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    info = tarfile.TarInfo("pax")
    info.type = tarfile.XHDTYPE
    file.write_bytes(info.tobuf(tarfile.USTAR_FORMAT) * 5000)
    assert "is damaged" in scan_archive(file).unreachable[""]


def test_huge_zip_directory_is_rejected(zip_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archive(zip_file, [(f"{number}.md", "") for number in range(30)])
    monkeypatch.setattr(zip_module, "MAX_DIRECTORY_BYTES", 1000)
    assert scan_archive(zip_file).unreachable == {"": "is an archive of more than 65,000 files"}


def test_zip_directory_with_a_false_size_is_rejected(zip_file: Path) -> None:
    write_archive(zip_file, [("a.md", "x")])
    data = zip_file.read_bytes()
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    zip_file.write_bytes(data[:-22] + locator + data[-22:])
    assert "more than 65,000 files" in scan_archive(zip_file).unreachable[""]


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    ("name", "reasons"),
    [("MAX_MEMBERS", "of more than 3 files"), ("MAX_TOTAL_BYTES", "unpacks to more than ")],
)
def test_number_and_total_size_of_members_are_limited(
    tmp_path: Path, extension: str, name: str, reasons: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_archive(
        tmp_path / f"p{extension}", [(f"{number}.md", "xx") for number in range(5)]
    )
    monkeypatch.setattr(archive_module, name, 3)
    assert reasons in scan_archive(file).unreachable[""]


def test_archive_that_is_too_large_is_not_opened(
    zip_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(zip_file, [("a.md", "x")])
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 50)
    assert scan_archive(zip_file).unreachable == {"": "is larger than 0 MB; skipped"}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_truncated_archive_is_reported(tmp_path: Path, extension: str) -> None:
    archive = write_archive(
        tmp_path / f"p{extension}", [("a.md", "one"), ("b.md", "two" * 1000), ("c.md", "x")]
    )
    data = archive.read_bytes()
    intact = readable_members(archive)
    for end in [*range(0, len(data) - 1, max(1, len(data) // 60)), len(data) - 1]:
        archive.write_bytes(data[:end])
        scan = scan_archive(archive)
        # A tar is complete without the padding at its end.
        is_complete = extension == ".tar" and end >= len(data) - 8192
        assert is_complete or "" in scan.unreachable, end
        source = source_at(archive)
        with source.reading() as read:
            for member in source.scan({}).files:
                name = member.name.removeprefix(f"{archive.name}/")
                if member.skip_reason is None:
                    assert content_or_reason(read, member) in {intact[name], "reason"}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_flipped_bits_are_reported(tmp_path: Path, extension: str) -> None:
    archive = write_archive(tmp_path / f"p{extension}", [("a.md", "one"), ("b.md", "two" * 100)])
    data = archive.read_bytes()
    for offset in range(0, len(data), max(1, len(data) // 150)):
        corrupted = bytearray(data)
        corrupted[offset] ^= 0xFF
        archive.write_bytes(corrupted)
        source = source_at(archive)
        with source.reading() as read:
            for member in source.scan({}).files:
                if member.skip_reason is None:
                    assert content_or_reason(read, member) is not None


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06", b"text", b"\x1f\x8b", b"\xfd7zXZ\0"])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_other_files_are_reported_as_damaged(tmp_path: Path, extension: str, data: bytes) -> None:
    file = tmp_path / f"p{extension}"
    file.write_bytes(data)
    scan = scan_archive(file)
    assert scan.files == []
    assert scan.unreachable[""]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_archive_that_git_lfs_did_not_download_is_named(tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"p{extension}"
    file.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{0:064}\nsize 12345\n")
    assert "is a Git LFS pointer" in scan_archive(file).unreachable[""]


def test_names_in_other_encodings_are_decoded(tmp_path: Path) -> None:
    file = tmp_path / "p.tar"
    with tarfile.open(file, "w", encoding="cp949", format=tarfile.GNU_FORMAT) as tar:
        add_member(tar, "한글.md", "x")
    assert readable_members(file) == {r"\udcc7ѱ\udcdb.md": b"x"}
    zip_file = tmp_path / "p.zip"
    with zipfile.ZipFile(zip_file, "w") as archive:
        archive.writestr("AAAAAA.md", "x")
    data = zip_file.read_bytes()
    # UTF-8 without the flag for it, and the flag without UTF-8.
    zip_file.write_bytes(data.replace(b"AAAAAA", "한글".encode()))
    assert readable_members(zip_file) == {"한글.md": b"x"}
    invalid = bytearray(data.replace(b"AAAAAA", b"\xff\xfe\xfd\xfc\xfb\xfa"))
    invalid[invalid.index(b"PK\x01\x02") + 9] |= 8
    zip_file.write_bytes(invalid)
    assert "is damaged" in scan_archive(zip_file).unreachable[""]


def test_names_are_escaped(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "p.tar", [("a\x1b[2J\u202e.md", "x")])
    assert list(readable_members(file)) == [r"a\x1b[2J\u202e.md"]


def test_unchanged_archive_is_not_opened(zip_file: Path) -> None:
    write_archive(zip_file, [("a.md", "x"), ("../b.md", "x")])
    first = scan_archive(zip_file)
    status = zip_file.stat()
    zip_file.write_bytes(bytes(status.st_size))
    os.utime(zip_file, ns=(status.st_atime_ns, status.st_mtime_ns))
    known_files: dict[str, FileStamp] = {
        member.name: {
            "size": member.size,
            "mtime": member.mtime,
            "settled": True,
            "inode": member.inode,
            "ctime": zip_file.stat().st_ctime_ns,
        }
        for member in first.files
    }
    rescanned = source_at(zip_file).scan(known_files)
    assert rescanned.unreachable == {}
    assert {member.name for member in rescanned.files} == {member.name for member in first.files}
    # If only some members are known (after a cancelled sync), the archive is opened.
    some_files = {name: member for name, member in known_files.items() if name != "papers.zip"}
    assert "" in source_at(zip_file).scan(some_files).unreachable


def test_archive_replaced_while_it_is_read_is_reported(zip_file: Path) -> None:
    write_archive(zip_file, [("a.md", "one"), ("b.md", "two")])
    source = source_at(zip_file)
    [b, a, _] = source.scan({}).files
    with source.reading() as read:
        assert read(b) == b"two"
        write_archive(zip_file, [("b.md", "three"), ("a.md", "four")])
        with pytest.raises(OSError, match="replaced meanwhile"):
            read(a)


def test_archives_are_recognized_by_name() -> None:
    assert all(map(is_archive, ("a.zip", "A.ZIP", "x.tar.gz", "x.TGZ", "b.tar.xz")))
    assert not any(map(is_archive, ("a.md", "zip", "a.gz", "tar.md")))


def test_folder_with_the_name_of_an_archive_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.zip").mkdir()
    (tmp_path / "x.zip" / "a.md").write_text("x")
    source = source_at(tmp_path / "x.zip")
    assert isinstance(source, FolderSource)
    assert [member.name for member in source.scan({}).files] == ["a.md"]
