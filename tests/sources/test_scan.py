from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.sample_digests import write_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.sources.scan import FoundFile, ScanResult, printable_path, scan


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def found(name: str, file: Path) -> FoundFile:
    """Return what a scan finds of a file."""
    status = file.stat()
    return FoundFile(
        name,
        str(file),
        status.st_size,
        status.st_mtime_ns,
        inode=status.st_ino,
        ctime=status.st_ctime_ns,
    )


def names(result: ScanResult) -> list[str]:
    return [file.name for file in result.files]


def test_folder_is_listed_recursively_in_descending_order(source: Path) -> None:
    for name in ("2024/12/31.md", "2025/01/02.md", "2025/01/10.md", "a/b/c/d/e.txt", "top.md"):
        write_digest(source / name, "text")
    result = scan(source)
    assert names(result) == [
        "top.md",
        "a/b/c/d/e.txt",
        "2025/01/10.md",
        "2025/01/02.md",
        "2024/12/31.md",
    ]
    assert result.unreachable == {}


def test_file_has_its_size_and_time(source: Path) -> None:
    file = write_digest(source / "2025" / "01.md", "four")
    assert scan(source).files == [found("2025/01.md", file)]


def test_empty_folder_has_no_files(source: Path) -> None:
    (source / "nothing" / "here").mkdir(parents=True)
    assert scan(source) == ScanResult()


def test_single_file_is_a_source(source: Path) -> None:
    file = write_digest(source / "README.md", "text")
    write_digest(source / "other.md", "text")
    assert scan(file).files == [found("README.md", file)]


def test_single_hidden_file_is_a_source(source: Path) -> None:
    assert names(scan(write_digest(source / ".notes", "text"))) == [".notes"]


def test_hidden_files_and_folders_are_left_out(source: Path) -> None:
    for name in (".hidden.md", ".git/config", "2025/.cache/a.md", "2025/01.md"):
        write_digest(source / name, "text")
    assert names(scan(source)) == ["2025/01.md"]


@pytest.mark.parametrize("missing", ["gone", "gone/deeper", "a.md/deeper"])
def test_missing_source_is_unreachable(source: Path, missing: str) -> None:
    write_digest(source / "a.md", "text")
    result = scan(source / missing)
    assert result.files == []
    assert result.unreachable.keys() == {""}
    assert "directory" in result.unreachable[""]
    assert result.may_hold("anything.md")


def test_source_that_is_a_link_to_itself_is_unreachable(source: Path) -> None:
    (source / "loop").symlink_to("loop")
    assert scan(source / "loop").unreachable.keys() == {""}


def test_pipes_are_not_read(source: Path) -> None:
    os.mkfifo(source / "pipe")
    assert scan(source) == ScanResult()
    assert scan(source / "pipe").unreachable == {"": "neither a file nor a folder"}


class TestLinks:
    def test_file_is_listed_by_its_own_name(self, source: Path) -> None:
        file = write_digest(source / "2025" / "01.md", "text")
        (source / "latest.md").symlink_to("2025/01.md")
        (source / "2025" / "00.md").symlink_to(file)
        result = scan(source)
        assert result.files == [found("2025/01.md", file)]
        assert result.unfollowed_links == {}

    def test_link_to_a_hidden_file_is_listed(self, source: Path) -> None:
        file = write_digest(source / ".store" / "01.md", "text")
        (source / "one.md").symlink_to(".store/01.md")
        (source / "two.md").symlink_to(file)
        [result] = scan(source).files
        assert (result.name, result.path, result.size) == ("one.md", str(file), 4)

    @pytest.fixture
    def outside(self, source: Path, tmp_path: Path) -> Path:
        """A folder outside the source whose name begins with that of the source."""
        secret = write_digest(tmp_path / "source-too" / "secret.md", "text")
        (source / "file.md").symlink_to(secret)
        (source / "folder").symlink_to("../source-too")
        (source / "in").mkdir()
        (source / "in" / "twice").symlink_to("../folder")
        return secret

    def test_links_out_of_the_source_are_reported(self, source: Path, outside: Path) -> None:
        (source / "up").symlink_to("..")
        result = scan(source)
        assert result.files == []
        assert result.unreachable == {}
        assert result.unfollowed_links == {
            "file.md": str(outside),
            "folder": str(outside.parent),
            "in/twice": str(outside.parent),
            "up": str(source.parent),
        }

    def test_links_out_of_the_source_can_be_followed(self, source: Path, outside: Path) -> None:
        result = scan(source, follow_links=True)
        # The file is listed by its name in its own folder.
        assert [file.path for file in result.files] == [str(outside)]
        assert result.files[0].name in {"folder/secret.md", "in/twice/secret.md"}
        assert result.unfollowed_links == {}

    def test_link_to_the_parent_of_the_source_ends(self, source: Path) -> None:
        write_digest(source / "a.md", "text")
        write_digest(source.parent / "b.md", "text")
        (source / "up").symlink_to("..")
        assert names(scan(source, follow_links=True)) == ["up/b.md", "a.md"]

    def test_targets_of_links_are_printable(self, source: Path) -> None:
        target = write_digest(source.parent / "red\x1b[31m.md", "text")
        (source / "link\x1b.md").symlink_to(target)
        assert scan(source).unfollowed_links == {"link\\x1b.md": f"{source.parent}/red\\x1b[31m.md"}

    def test_dangling_and_circular_links_are_reported(self, source: Path) -> None:
        write_digest(source / "a.md", "text")
        (source / "broken.md").symlink_to("gone.md")
        (source / "self").symlink_to("self")
        (source / "ping").symlink_to("pong")
        (source / "pong").symlink_to("ping")
        result = scan(source)
        assert names(result) == ["a.md"]
        assert result.unreachable == {}

    def test_loops_end(self, source: Path) -> None:
        write_digest(source / "a" / "b" / "01.md", "text")
        (source / "a" / "b" / "back").symlink_to("../..")
        (source / "a" / "here").symlink_to(".")
        assert names(scan(source)) == ["a/b/01.md"]

    @pytest.mark.parametrize("link", ["0-link", "zz-link"])
    def test_folder_is_listed_by_its_own_name(self, source: Path, link: str) -> None:
        write_digest(source / "2025" / "05" / "01.md", "text")
        (source / link).symlink_to("2025")
        (source / "2025" / "00").symlink_to("05")
        assert names(scan(source)) == ["2025/05/01.md"]

    def test_links_to_a_hidden_folder_are_listed_once(self, source: Path) -> None:
        write_digest(source / ".store" / "01.md", "text")
        for link in "bac":
            (source / link).symlink_to(".store")
        # Either name is correct, but repeated scans must give the same one.
        assert names(scan(source)) == ["a/01.md"]

    def test_source_that_is_a_link_is_listed(self, source: Path, tmp_path: Path) -> None:
        write_digest(source / "a.md", "text")
        (source / "b.md").symlink_to("a.md")
        (tmp_path / "link").symlink_to("source")
        assert names(scan(tmp_path / "link")) == ["a.md"]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            (b"plain name.md", "plain name.md"),
            ("논문 · 2025년.md".encode(), "논문 · 2025년.md"),
            (b"bad\xff\xfe.md", "bad\\udcff\\udcfe.md"),
            (b"two\nlines\t.md", "two\\nlines\\t.md"),
            (b"red\x1b[31m.md", "red\\x1b[31m.md"),
            ("left\u202eright.md".encode(), "left\\u202eright.md"),
            (b"back\\slash.md", "back\\\\slash.md"),
        ],
    )
    def test_names_are_printable(self, source: Path, name: bytes, text: str) -> None:
        folder = os.path.join(os.fsencode(source), name)  # noqa: PTH118
        Path(os.fsdecode(folder)).mkdir()
        file = write_digest(Path(os.fsdecode(os.path.join(folder, name))), "here")  # noqa: PTH118
        result = scan(source)
        assert names(result) == [f"{text}/{text}"]
        assert Path(result.files[0].path).read_text() == "here"
        assert names(scan(file)) == [text]
        result.files[0].name.encode()

    def test_names_are_unique(self, source: Path) -> None:
        alike = ("a\nb", "a\\nb", "a\\\nb", "a\\\\nb", "a\udcff", "a\\udcff")
        for name in alike:
            write_digest(source / name, "text")
        result = names(scan(source))
        assert len(result) == len(set(result)) == len(alike)

    def test_names_of_unreachable_folders_are_printable(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            write_digest(folder / "a\nb" / "c.md", "text")
            (folder / "a\nb").chmod(0)
            assert scan(folder).unreachable == {"a\\nb": "Permission denied"}

    def test_path_is_made_printable(self) -> None:
        assert printable_path("a/b c") == "a/b c"
        assert printable_path("\x9b\x7f\u2028") == "\\x9b\\x7f\\u2028"
        assert printable_path("a\ufe0f\\b\U000e0100") == "a\\ufe0f\\\\b\\U000e0100"


class TestPermissions:
    def test_unreadable_folder_is_unreachable(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            for name in ("open/a.md", "shut/b.md", "shut/deep/c.md", "shut-too.md"):
                write_digest(folder / name, "text")
            (folder / "shut").chmod(0)
            result = scan(folder)
            assert names(result) == ["shut-too.md", "open/a.md"]
            assert result.unreachable == {"shut": "Permission denied"}
            assert result.may_hold("shut/b.md")
            assert result.may_hold("shut/deep/c.md")
            assert not result.may_hold("shut-too.md")
            assert not result.may_hold("open/b.md")

    def test_unreadable_source_is_unreachable(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            write_digest(folder / "a.md", "text")
            folder.chmod(0o300)
            result = scan(folder)
            assert result.files == []
            assert result.unreachable == {"": "Permission denied"}

    def test_unreadable_file_is_found(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            write_digest(folder / "a.md", "text").chmod(0)
            assert names(scan(folder)) == ["a.md"]


def test_thousands_of_files_are_listed(source: Path) -> None:
    for year in range(2020, 2025):
        for month in range(1, 13):
            folder = source / f"{year}" / f"{month:02}"
            folder.mkdir(parents=True)
            for day in range(1, 29):
                (folder / f"{day:02}.md").touch()
    result = names(scan(source))
    assert len(result) == 5 * 12 * 28
    assert result[0] == "2024/12/28.md"
    assert result[-1] == "2020/01/01.md"
    assert result == sorted(result, reverse=True)
