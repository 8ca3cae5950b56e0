"""Commands and symbolic links that lead out of a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def source(home: Home) -> Path:
    """A folder with a digest, and links to a digest and a folder outside it."""
    folder = home.root / "digests"
    write_digest(folder / "01.md", digest("2025-05-01", "2505.00001"))
    write_digest(home.root / "elsewhere" / "02.md", digest("2025-05-02", "2505.00002"))
    write_digest(home.root / "private.md", digest("2025-05-03", "2505.00003"))
    (folder / "theirs").symlink_to("../elsewhere")
    (folder / "mine.md").symlink_to("../private.md")
    return folder


def digest(day: str, arxiv_id: str) -> str:
    return ko_digest(day, [SamplePaper(arxiv_id, "A title", votes=3, authors=("Ann Lee",))])


def ids(home: Home, *arguments: str | Path) -> list[str]:
    return home.run("list", *arguments, "--format", "ids").lines


def test_links_out_of_a_source_are_reported_and_not_read(home: Home, source: Path) -> None:
    result = home.run("sync", "-p", source)
    assert result.code == 0
    assert result.out.startswith("read 1, unchanged 0, removed 0, skipped 0, ")
    for link, name in (("theirs", "elsewhere"), ("mine.md", "private.md")):
        target = home.root / name
        message = f"{link}: is a link to {target}, outside the source, and is not followed"
        assert result.err.count(message) == 1
    assert result.err.count("follow_links = true") == 2
    assert ids(home, "-p", source) == ["2505.00001"]
    # Every sync reports the links.
    assert home.run("sync", "-p", source).err == result.err


def test_follow_links_applies_until_it_is_unset(home: Home, source: Path) -> None:
    home.configure(f'sources = ["{source}"]\nfollow_links = true\n')
    result = home.run("sync")
    assert (result.code, result.err) == (0, "")
    all_ids = ["2505.00003", "2505.00002", "2505.00001"]
    assert ids(home) == ids(home, "-p", source) == all_ids
    home.configure(f'sources = ["{source}"]\n')
    assert ids(home) == ["2505.00001"]


def test_source_that_is_a_link_is_read(home: Home, source: Path) -> None:
    (home.root / "link").symlink_to(source)
    (source / "again.md").symlink_to(home.root / "link" / "01.md")
    result = home.run("sync", "-p", home.root / "link", "--format", "json")
    assert (result.json["read"], len(result.json["problems"])) == (1, 2)
    (home.root / "one.md").symlink_to(home.root / "private.md")
    assert ids(home, "-p", home.root / "one.md") == ["2505.00003"]


def test_link_names_are_escaped(home: Home, source: Path) -> None:
    (source / "name\x1b]0;x\x07.md").symlink_to(home.root / "private.md")
    errors = home.run("sync", "-p", source).err
    assert "\x1b" not in errors
    assert "name\\x1b]0;x\\x07.md: is a link" in errors
