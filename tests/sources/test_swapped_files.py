"""Files that are replaced by something else between listing and reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.archives import write_archive
from tests.support.irregular_files import IRREGULAR, put_pipe, remove
from tests.support.sample_digests import write_digest
from tui.sources.lookup import source_at

SECRET = "outside the source"


def link_to_a_secret(path: Path) -> None:
    secret = path.parents[2] / "secret.md"
    secret.write_text(SECRET)
    remove(path)
    path.symlink_to(secret)


def link_the_folder(path: Path) -> None:
    outside = path.parents[2] / "outside"
    write_digest(outside / path.name, SECRET)
    remove(path)
    path.parent.rmdir()
    path.parent.symlink_to(outside)


SWAPS: dict[str, Callable[[Path], None]] = {
    **IRREGULAR,
    "link": link_to_a_secret,
    "folder link": link_the_folder,
}


@pytest.mark.parametrize("kind", SWAPS)
def test_digest_is_not_read_through_what_replaced_it(tmp_path: Path, kind: str) -> None:
    file = write_digest(tmp_path / "source" / "may" / "1.md", "text")
    source = source_at(tmp_path / "source")
    [found] = source.scan({}).files
    with source.reading() as read:
        assert read(found) == b"text"
        SWAPS[kind](file)
        with pytest.raises(OSError, match=r"replaced by a link|regular file|folder|larger than"):
            read(found)


def test_digest_that_was_replaced_by_another_is_read(tmp_path: Path) -> None:
    file = write_digest(tmp_path / "source" / "1.md", "text")
    source = source_at(tmp_path / "source")
    [found] = source.scan({}).files
    write_digest(file, "another, longer text")
    with source.reading() as read:
        assert read(found) == b"another, longer text"


def test_linked_digest_is_read(tmp_path: Path) -> None:
    write_digest(tmp_path / "outside" / "1.md", "text")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "link.md").symlink_to(tmp_path / "outside" / "1.md")
    (tmp_path / "link").symlink_to("source")
    source = source_at(tmp_path / "link", follow_links=True)
    [found] = source.scan({}).files
    with source.reading() as read:
        assert read(found) == b"text"


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_archive_that_became_a_pipe_is_not_waited_for(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"digests{suffix}"
    write_archive(file, [("1.md", "text")])
    source = source_at(file)
    found = next(each for each in source.scan({}).files if each.skip_reason is None)
    put_pipe(file)
    with source.reading() as read, pytest.raises(OSError, match="replaced"):
        read(found)
    assert "" in source_at(file).scan({}).unreachable
