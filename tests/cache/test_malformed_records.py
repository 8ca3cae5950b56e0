"""Cache files with correct checksums and malformed records, as another program may write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cache.cached_source import FILE_RECORDS, CachedSource, contents
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache.source_cache import SCHEMA
from tui.cache.sync import sync
from tui.storage.tables import StorageError, read_tables, write_tables

Document = dict[str, Any]

WRONG_VALUES: tuple[object, ...] = (
    None,
    5,
    -1,
    1.5,
    True,
    "",
    "2025-13-45",
    "2025-05-01\x1b",
    [],
    [5],
    {"a": 1},
)


def replace_documents(file: Path, change: Callable[[str, Document], Document]) -> None:
    """Change the documents of a file's first table, and the manifest's size of the file."""
    tables = read_tables(file, SCHEMA)
    name = next(iter(tables))
    tables[name] = {key: change(key, document) for key, document in tables[name].items()}
    write_tables(file, tables, SCHEMA)
    manifest = file.with_name("catalogue.json")
    tables = read_tables(manifest, SCHEMA)
    if file.stem in tables["files"]:
        tables["files"][file.stem]["size"] = file.stat().st_size
        write_tables(manifest, tables, SCHEMA)


def read_everything(source: CachedSource) -> None:
    library = source.library()
    for period in ("", "2025-05", *library.period_counts.days()):
        for paper in library.papers(period):
            library.summaries(paper)
            library.text_index.texts(paper)
            assert isinstance(paper.title, str)
            assert paper.votes is None or type(paper.votes) is int
    assert library.ids() is not None
    library.paper("2505.00001")
    str(library.problems())


FIELDS = {
    "2025-05.rows": (
        "id", "date", "title", "arxiv_title", "votes", "names", "dialect", "digest"
    ),
    "2025-05.texts": ("id", "markdown", "sections", "thumbnail"),
    "index-25q2": ("papers",),
    "calendar": ("counts", "recurring"),
    "counts": ("counts", "recurring"),
    FILE_RECORDS: ("size", "mtime", "settled", "dialect", "months", "entries", "problems"),
}  # fmt: skip
CASES = [(file, name) for file, names in FIELDS.items() for name in names]


@pytest.mark.parametrize(("file", "name"), CASES, ids=str)
def test_malformed_record_never_fails_unexpectedly(
    source: CachedSource, file: str, name: str
) -> None:
    good = source.file(file).read_bytes()
    manifest = source.file("catalogue").read_bytes()
    for wrong in (*WRONG_VALUES, ...):

        def change(_key: str, document: Document, wrong: object = wrong) -> Document:
            rest = {other: value for other, value in document.items() if other != name}
            return rest if wrong is ... else {**rest, name: wrong}

        replace_documents(source.file(file), change)
        read_everything(source)
        source.file(file).write_bytes(good)
        source.file("catalogue").write_bytes(manifest)


@pytest.mark.parametrize("file", FIELDS)
def test_malformed_key_never_fails_unexpectedly(source: CachedSource, file: str) -> None:
    tables = read_tables(source.file(file), SCHEMA)
    name = next(iter(tables))
    tables[name] = {f"x{key}\x1b": document for key, document in tables[name].items()}
    write_tables(source.file(file), tables, SCHEMA)
    read_everything(source)


@pytest.mark.parametrize("name", ["id", "title", "votes", "date"])
def test_row_without_a_field_is_reported_and_the_cache_rebuilt(
    source: CachedSource, name: str
) -> None:
    def change(_key: str, document: Document) -> Document:
        return {other: value for other, value in document.items() if other != name}

    replace_documents(source.file("2025-05.rows"), change)
    library = source.library()
    assert not library.papers("2025-05")
    [error] = library.read_errors
    assert "2025-05.rows.json: is damaged (" in error
    source.sync(rebuild=True)
    assert contents(source.library()) == source.rebuilt_contents()


@pytest.mark.parametrize("file", ["2025-05.rows", "index-25q2"])
def test_sync_rebuilds_a_cache_with_malformed_records(source: CachedSource, file: str) -> None:
    replace_documents(source.file(file), lambda *_: {"id": 5})
    source.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00009", "Nine")]))
    assert source.sync().rebuilt
    assert contents(source.library()) == source.rebuilt_contents()


PROBLEMS = [
    [1, "{why:>999999999}", {"why": "x"}, False],
    [1, "{why.__class__.__init__.__globals__}", {"why": "x"}, False],
    [1, "{why!r}", {"why": "x"}, False],
    [1, "{other}", {"why": "x"}, False],
    [1, "{", {"why": "x"}, False],
    ["1", "x", {}, False],
    [1, "x", {"why": {}}, False],
    [1, 2, {}, False],
    [1, "x", {}, 0],
    [1, "x", {}],
    [1],
]


@pytest.mark.parametrize("problem", PROBLEMS, ids=str)
def test_malformed_problem_is_damage(source: CachedSource, problem: list[Any]) -> None:
    replace_documents(
        source.file(FILE_RECORDS), lambda _, document: {**document, "problems": [problem]}
    )
    with pytest.raises(StorageError, match="is damaged"):
        source.cache.manifest()
    library = source.library()
    assert library.problems() == []
    assert library.read_errors
    assert sync(source.cache).rebuilt


def test_unsafe_texts_are_cleaned(source: CachedSource) -> None:
    attack = "\x1b]52;c;eA==\x07\x9b31m\u202e"

    def change(_key: str, document: Document) -> Document:
        return {
            field: value + attack if field in {"title", "names", "markdown"} else value
            for field, value in document.items()
        }

    expected = contents(source.library())
    replace_documents(source.file("2025-05.rows"), change)
    replace_documents(source.file("2025-05.texts"), change)
    # The index of words is that of other texts, so it is not used.
    assert contents(source.library()) == expected | {"words": [None]}
