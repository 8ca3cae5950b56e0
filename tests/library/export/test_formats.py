"""Export formats by name and suffix, the records they need, and writing files."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.export.records import paper, record, render_text
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.export import ExportRecord
from tui.library.export.formats import (
    FORMATS,
    collect_records,
    format_for_path,
    is_digest,
    write_export,
)
from tui.library.library import Library
from tui.models import Marks

NOTES = {"2505.00001": Marks(note="Mine.")}


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.bib", "bibtex"),
        ("a.b/c.MD", "markdown"),
        ("a.markdown", "markdown"),
        ("a.csv", "csv"),
        ("a.csv.json", "json"),
        ("a.csl.json", "csl-json"),
        ("a.digest.md", "digest"),
        ("digest.md", "markdown"),
        ("a.atom", "atom"),
        ("a.ris", "ris"),
        ("a.txt", None),
        ("bib", None),
        (".bib", None),
    ],
)
def test_extension_selects_the_format(name: str, format_name: str | None) -> None:
    assert format_for_path(Path(name)) == format_name


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"atom", "digest"}))
def test_no_papers_are_valid_output(name: str) -> None:
    assert render_text([], name) in {"", "[]\n", ",".join(_KEYS) + "\n"}


_KEYS = (
    "arxiv_id", "title", "votes", "authors", "dates", "sources", "url", "read", "starred", "tags",
    "note", "id", "hidden", "later", "categories", "has_more_authors",
)  # fmt: skip


# Collecting records


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for month in ("04", "05"):
        papers = [SamplePaper(f"25{month}.0000{n}", summary=f"S{month}{n}.") for n in (1, 2)]
        write_digest(tmp_path / "in" / f"{month}.md", ko_digest(f"2025-{month}-01", papers))
    write_digest(tmp_path / "in" / "notes.md", "# Notes\n")
    cache = SourceCache(tmp_path / "cache", tmp_path / "in")
    sync(cache)
    return Library([cache])


@pytest.mark.parametrize("name", FORMATS)
def test_records_have_marks_and_the_summaries_a_format_needs(library: Library, name: str) -> None:
    ids = ["2504.00002", "2505.00001", "2504.00001", "2505.00002"]
    papers = {paper.arxiv_id: paper for paper in library.papers()}
    records = collect_records([papers[id_] for id_ in ids], library, NOTES, name)
    assert [record.paper.arxiv_id for record in records] == ids
    assert [record.marks.note for record in records] == ["", "Mine.", "", ""]
    text = render_text(records, name)
    for arxiv_id in ids:
        assert (f"S{arxiv_id[2:4]}{arxiv_id[-1]}." in text) == FORMATS[name].has_summaries


@pytest.mark.usefixtures("library")
def test_digests_of_any_source_are_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (tmp_path / "link").symlink_to(folder / "05.md")
    for file in (folder / "05.md", folder / ".." / "in" / "04.md", tmp_path / "link"):
        assert is_digest(file)
    for file in (folder / "notes.md", folder / "06.md", folder):
        assert not is_digest(file)


# Writing files


def file_names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


PAPERS = [record(paper("제목"), "One.")]


def test_new_file_has_default_permissions(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    old = os.umask(0o027)
    try:
        write_export(file, PAPERS, "bibtex")
    finally:
        os.umask(old)
    assert file.read_text(encoding="utf-8") == render_text(PAPERS, "bibtex")
    assert mode(file) == 0o640
    assert file_names(tmp_path) == ["refs.bib"]


def test_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("old " * 1000, encoding="utf-8")
    file.chmod(0o606)
    before = file.stat().st_ino
    write_export(file, PAPERS, "bibtex")
    assert file.read_text(encoding="utf-8") == render_text(PAPERS, "bibtex")
    assert mode(file) == 0o606
    assert file.stat().st_ino != before  # replaced, so that it is always complete


def test_symbolic_link_is_kept(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "refs.json"
    link.symlink_to("there/refs.json")
    for _ in range(2):
        write_export(link, PAPERS, "json")
        assert link.is_symlink()
        assert link.read_text(encoding="utf-8") == render_text(PAPERS, "json")
    assert file_names(tmp_path / "there") == ["refs.json"]


def test_named_pipe_is_kept(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    contents: list[str] = []
    reader = threading.Thread(target=lambda: contents.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_export(pipe, PAPERS, "csv")
    reader.join(60)
    assert contents == [render_text(PAPERS, "csv")]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


class _Interrupted:
    """An iterable of records that raises KeyboardInterrupt after the first."""

    def __iter__(self) -> Iterator[ExportRecord]:
        yield PAPERS[0]
        raise KeyboardInterrupt


def test_interrupt_keeps_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write_export(file, _Interrupted(), "bibtex")
    assert file.read_text(encoding="utf-8") == "old"
    assert file_names(tmp_path) == ["refs.bib"]


@pytest.mark.parametrize("name", ["no/such/refs.bib", "file/refs.bib", ".", "x" * 300])
def test_path_that_cannot_be_written_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match=r".") as raised:
        write_export(tmp_path / name, PAPERS, "bibtex")
    if name != "x" * 300:
        assert raised.value.filename == str(tmp_path / name)
    assert file_names(tmp_path) == ["file"]


def test_file_in_a_read_only_folder_is_kept() -> None:
    with folder_of_nobody() as folder, as_nobody():
        (folder / "refs.bib").write_text("old", encoding="utf-8")
        folder.chmod(0o500)
        with pytest.raises(PermissionError) as raised:
            write_export(folder / "refs.bib", PAPERS, "bibtex")
        assert raised.value.filename == str(folder / "refs.bib")
        assert (folder / "refs.bib").read_text(encoding="utf-8") == "old"
