from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

COMMENTED = """\
# What I read.
theme = "broadsheet-light"  # it is bright here

# Where it lies:
sources = []

[keymap]  # as in vim
"day.older" = "f5"
"""


def sources(home: Home) -> list[str]:
    listed: list[str] = tomllib.loads(home.config.read_text(encoding="utf-8"))["sources"]
    return listed


def test_add_creates_the_settings(home: Home, digests: Path) -> None:
    result = home.run("add", digests)
    assert (result.code, result.out) == (0, f"Added {digests} (3 papers).\n")
    assert sources(home) == [str(digests)]
    assert home.config.stat().st_mode & 0o777 == 0o600
    assert home.config.parent.stat().st_mode & 0o777 == 0o700
    assert home.run("list", "--format", "ids").lines == ["2505.00001", "2505.00003", "2505.00002"]


def test_comments_and_other_settings_are_kept(home: Home, digests: Path) -> None:
    home.configure(COMMENTED)
    assert home.run("add", digests / "01.md", digests / "02.md").code == 0
    assert sources(home) == [str(digests / "01.md"), str(digests / "02.md")]
    settings = home.config.read_text(encoding="utf-8")
    before, after = COMMENTED.split("sources = []")
    assert settings.startswith(before)
    assert settings.endswith(after)
    assert home.run("remove", digests / "01.md", digests / "02.md").code == 0
    assert sources(home) == []
    settings = home.config.read_text(encoding="utf-8")
    assert settings.startswith(before)
    assert settings.endswith(after)


def test_relative_path_is_stored_as_absolute(home: Home, digests: Path) -> None:
    assert home.run("add", "../내 digests/./01.md", folder=digests).code == 0
    assert sources(home) == [str(digests / "01.md")]
    assert home.run("remove", "01.md", folder=digests).code == 0
    assert sources(home) == []


def test_tilde_is_expanded(home: Home) -> None:
    write_digest(
        home.root / "home" / "papers" / "01.md",
        ko_digest("2025-05-01", [SamplePaper("2505.00001")]),
    )
    assert home.run("add", "~/papers").code == 0
    assert sources(home) == [str(home.root / "home" / "papers")]


def test_comments_in_the_list_are_kept(home: Home, digests: Path) -> None:
    home.configure(f'sources = [\n  "{digests / "01.md"}",  # the first\n]\n')
    assert home.run("add", digests / "02.md").code == 0
    assert "# the first" in home.config.read_text(encoding="utf-8")
    assert sources(home) == [str(digests / "01.md"), str(digests / "02.md")]


def test_adding_twice_changes_nothing(home: Home, digests: Path) -> None:
    home.run("add", digests)
    before = home.config.stat().st_mtime_ns
    result = home.run("add", f"{digests}/", digests)
    assert (result.code, result.out) == (0, f"{digests} is already a source (3 papers).\n" * 2)
    assert home.config.stat().st_mtime_ns == before


def test_missing_path_is_not_added(home: Home, digests: Path) -> None:
    result = home.run("add", digests, "nowhere")
    assert (result.code, result.out) == (2, "")
    assert result.err == "broadsheet: nowhere: no such file or folder\n"
    assert not home.config.exists()


def test_file_that_is_not_a_digest_is_not_added(home: Home, tmp_path: Path) -> None:
    notes = write_digest(tmp_path / "notes.md", "# Notes\n")
    result = home.run("add", notes)
    assert (result.code, result.out) == (2, "")
    assert "no digest found; expected" in result.err
    assert not home.config.exists()


def test_empty_folder_can_be_added(home: Home, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    result = home.run("add", tmp_path / "later")
    assert (result.code, result.out) == (0, f"Added {tmp_path / 'later'} (0 papers).\n")
    assert "no digest found in it" in result.err


def test_remove_keeps_the_files(home: Home, digests: Path) -> None:
    home.run("add", digests)
    result = home.run("remove", digests)
    assert (result.code, result.out) == (0, f"Removed {digests}. Its files were kept.\n")
    assert sources(home) == []
    assert len(list(digests.iterdir())) == 2


def test_unknown_source_cannot_be_removed(home: Home, digests: Path) -> None:
    home.run("add", digests)
    result = home.run("remove", "elsewhere", digests)
    assert result.code == 1
    assert result.err == "broadsheet: elsewhere: not a source; 'broadsheet sources' lists them\n"
    assert sources(home) == []


def test_source_with_a_missing_path_can_be_removed(
    home: Home, digests: Path, tmp_path: Path
) -> None:
    home.run("add", digests)
    digests.rename(tmp_path / "elsewhere")
    listed = home.run("sources")
    assert listed.out == f"{digests}  3 papers  2025-05-01 to 2025-05-02  (cannot be reached)\n"
    assert home.run("remove", digests).code == 0
    assert sources(home) == []


def test_sources_are_listed(home: Home, digests: Path, tmp_path: Path) -> None:
    result = home.run("sources")
    assert result.code == 0
    assert "the sample data is shown" in result.out
    (tmp_path / "later").mkdir()
    home.configure(f'sources = ["{digests}", "{tmp_path / "later"}"]\n')
    later = str(tmp_path / "later").ljust(cell_len(str(digests)))
    assert home.run("sources").lines == [
        f"{digests}  0 papers  not read yet",
        f"{later}  0 papers  not read yet",
    ]
    home.run("sync")
    assert home.run("sources").lines == [
        f"{digests}  3 papers  2025-05-01 to 2025-05-02",
        f"{later}  0 papers",
    ]


def test_source_with_one_day_is_listed_with_one_date(home: Home, digests: Path) -> None:
    home.run("add", digests / "01.md")
    assert home.run("sources").lines == [f"{digests / '01.md'}  2 papers  2025-05-01"]


def test_source_with_a_damaged_cache_is_listed(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/calendar.json")
    file.write_bytes(b"{")
    result = home.run("sources")
    assert result.code == 0
    assert result.out.startswith(f"{digests}    its cache cannot be read")


@pytest.mark.parametrize("command", ["add", "remove"])
def test_invalid_toml_is_not_overwritten(home: Home, digests: Path, command: str) -> None:
    home.configure("sources = [")
    result = home.run(command, digests)
    assert result.code != 0
    assert "is not valid TOML" in result.err
    assert home.config.read_text(encoding="utf-8") == "sources = ["


@pytest.mark.parametrize("command", ["add", "remove"])
def test_malformed_list_is_not_overwritten(home: Home, digests: Path, command: str) -> None:
    home.configure('sources = "~/papers"\n')
    result = home.run(command, digests)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("; correct it first\n")
    assert home.config.read_text(encoding="utf-8") == 'sources = "~/papers"\n'


def test_settings_that_cannot_be_written_are_one_error(home: Home, digests: Path) -> None:
    (home.root / "config").write_text("a file stands in the way", encoding="utf-8")
    result = home.run("add", digests)
    assert result.code == 2
    assert len(result.err.splitlines()) <= 3
    assert "the settings cannot be written" in result.err
    assert "Traceback" not in result.err


def test_source_given_as_a_link_stays_that_link(home: Home, tmp_path: Path) -> None:
    for number, title in ((1, "Kettle"), (2, "Spoon")):
        paper = SamplePaper(f"2505.0000{number}", title, 3, ("Ann Bee",))
        digest = ko_digest(f"2025-05-0{number}", [paper])
        write_digest(tmp_path / f"release-{number}" / "1.md", digest)
    current = tmp_path / "current"
    current.symlink_to("release-1")
    assert home.run("add", "current").code == 0
    assert sources(home) == [str(current)]
    assert "already a source" in home.run("add", "current", "release-1").out
    current.unlink()
    current.symlink_to("release-2")
    assert home.run("sync").code == 0
    assert home.run("list", "--format", "ids").lines == ["2505.00002"]
    assert home.run("list", "-p", "current", "--format", "ids").lines == ["2505.00002"]
    current.unlink()
    current.symlink_to("release-3")
    assert home.run("remove", "current").code == 0
    assert sources(home) == []


def test_only_the_named_one_of_two_paths_to_a_folder_is_removed(
    home: Home, digests: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(digests)
    home.configure(f'sources = ["{digests}", "{link}"]\n')
    assert home.run("remove", link).code == 0
    assert sources(home) == [str(digests)]
    # It can be removed by any path.
    assert home.run("remove", link).code == 0
    assert sources(home) == []


@pytest.mark.parametrize("words", [["list"], ["sources"], ["remove", "x"], ["add", "01.md"]])
def test_link_to_itself_in_the_settings(home: Home, digests: Path, words: list[str]) -> None:
    (digests / "loop").symlink_to("loop")
    home.configure(f'sources = ["{digests}/loop", "{digests}/02.md"]\n')
    result = home.run(*words, folder=digests)
    assert result.code in {0, 1}
    assert "internal error" not in result.err
    assert home.run("remove", digests / "loop").code == 0
    assert str(digests / "loop") not in sources(home)


def test_sources_are_listed_below_each_other(home: Home, digests: Path, tmp_path: Path) -> None:
    short = tmp_path / "s"
    papers = [SamplePaper(f"2505.{number:05}") for number in range(10, 22)]
    write_digest(short / "01.md", ko_digest("2025-05-09", papers))
    assert home.run("add", digests, short).code == 0
    first, second = home.run("sources").lines
    assert first.startswith(f"{digests}  ")
    assert second.startswith(f"{short}  ")
    columns = {cell_len(line.partition(" papers")[0]) for line in (first, second)}
    assert len(columns) == 1
